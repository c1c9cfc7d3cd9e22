"""What several kinds share whose contributions are words: own words, wall, desk, report."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

from django.utils.translation import ngettext

from commissioning.ground.answers import Text
from commissioning.people.models import User
from participation.workshops.actions import paper
from participation.workshops.activities.base import Context, Sheet
from participation.workshops.forms.paper import LinesForm
from participation.workshops.models import Activity, Contribution, Participant

# As many as the smallest type has room for: the wall's script shows those that fit, and counts the
# rest. Where it does not run, as many as surely fit.
ON_THE_WALL: Final = 48
SURELY_FIT: Final = 6
ON_THE_DESK: Final = 300


def own(activity: Activity, participant: Participant) -> Context:
    """What somebody wrote, newest first, whatever became of it."""
    return {
        "own": list(
            Contribution.objects.filter(participant=participant, activity=activity).order_by(
                "-created_at"
            )
        )
    }


def wall(activity: Activity) -> Context:
    """The newest words that are shown, and how many there are."""
    shown = activity.contributions.shown()
    newest = list(shown.order_by("-created_at")[:ON_THE_WALL])
    total = shown.count()
    more = total - min(len(newest), SURELY_FIT)
    return {"cards": newest, "total": total, "safe": SURELY_FIT, "more": more}


def desk(activity: Activity) -> Context:
    """Everything shown, newest first, in its themes."""
    shown = activity.contributions.shown().select_related("theme")
    return {"cards": list(shown.order_by("-created_at")[:ON_THE_DESK]), "total": shown.count()}


def who_spoke(activity: Activity) -> set[object]:
    """Ids of participants with any words here, shown or not."""
    return set(
        activity.contributions.filter(participant__isnull=False).values_list(
            "participant_id", flat=True
        )
    )


def report(activity: Activity) -> Context:
    """What was said by theme; sorted by its words, so that no order of arrival is left."""
    by_theme: defaultdict[str, list[Contribution]] = defaultdict(list)
    for said in activity.contributions.told().select_related("theme"):
        by_theme[said.theme.title if said.theme else ""].append(said)
    if not by_theme:
        return {}
    young = activity.workshop.is_young
    return {
        "groups": [
            {"theme": theme, "words": words_of(found, young=young)}
            for theme, found in sorted(by_theme.items(), key=lambda item: (not item[0], item[0]))
        ],
        "total": sum(len(found) for found in by_theme.values()),
    }


def words_of(found: Iterable[Contribution], *, young: bool) -> list[dict[str, str]]:
    """Words with the name that their author wanted said; of young people never a surname."""
    rows = [
        {"text": said.text, "name": said.name.split(" ")[0] if young else said.name}
        for said in found
    ]
    return sorted(rows, key=lambda row: (row["text"].casefold(), row["text"], row["name"]))


def export(activity: Activity) -> list[dict[str, Any]]:
    """Rows for CSV and JSON: the theme, the words, and nothing of who or when."""
    return [
        {"theme": said.theme.title if said.theme else "", "words": said.text}
        for said in activity.contributions.told().select_related("theme")
    ]


def kept(number: int) -> Text:
    """What whoever types is told."""
    return ngettext("%d line is kept.", "%d lines are kept.", number) % number


def type_in(user: User, activity: Activity, typed: dict[str, Any]) -> Text:
    """Keep lines from paper."""
    return kept(paper.type_in(user, activity, typed["lines"]))


def lines_sheet(title: Text) -> Sheet:
    """Paper with words on it."""
    return Sheet("words", title, LinesForm, type_in)
