"""Themes: ideas grouped by the facilitator and helpers at once, while the room watches."""

import random
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commissioning.ground.answers import Invalid, Text
from commissioning.people.models import User
from participation.workshops.actions import grouping
from participation.workshops.activities.base import ActivityKind, Context
from participation.workshops.forms.running import SuggestedForm
from participation.workshops.grouping import terms_of
from participation.workshops.models import Activity, Contribution, Participant, Theme, Workshop

# Ideas of a theme on the wall, at most: its script shows those that fit, and counts the rest.
ON_THE_WALL: Final = 12
THEMES_ON_THE_WALL: Final = 12
# In a rehearsal: seconds that the facilitator has the board alone; how often somebody helps then.
HELPS_AFTER: Final = 20
HELPS_EACH_TURN: Final = 0.08


def columns(workshop: Workshop) -> tuple[list[dict[str, Any]], list[Contribution]]:
    """Each theme with its cards, and the cards that are not grouped yet. Two queries."""
    themes = list(workshop.themes.all())
    by_theme: dict[object, list[Contribution]] = {theme.pk: [] for theme in themes}
    loose: list[Contribution] = []
    for card in grouping.cards_of(workshop).order_by("created_at"):
        by_theme.get(card.theme_id, loose).append(card)
    return [{"theme": theme, "cards": by_theme[theme.pk]} for theme in themes], loose


def across(themes: int) -> int:
    """How many themes stand beside each other on the wall."""
    return 3 if themes <= 6 else 4


def surely_fit(themes: int) -> int:
    """How many ideas of each theme fit on any wall, where no script measures it."""
    if themes <= 3:
        return 2
    return 1 if themes <= 6 else 0


def largest(groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """As many groups as can be read from the back of a hall, those with most in them, in order."""
    by_size = sorted(groups, key=lambda group: -len(group["cards"]))[:THEMES_ON_THE_WALL]
    kept = {group["theme"].pk for group in by_size}
    return [group for group in groups if group["theme"].pk in kept]


def seen_of(data: QueryDict) -> dict[str, str]:
    """What was ticked: ``card=<id>:<theme it was seen in>``."""
    pairs: Iterable[tuple[str, str, str]] = (one.partition(":") for one in data.getlist("card"))
    return {card: theme for card, _colon, theme in pairs}


class Themes(ActivityKind):
    """Nothing is collected from phones; they see the groups as they grow."""

    kind = "themes"
    title = gettext_lazy("Themes")
    about = gettext_lazy("You and your helpers put ideas together that belong together.")
    minutes = 15
    collects = False
    phones_follow = True

    def phone(self, activity: Activity, participant: Participant) -> Context:
        """The names of the groups, and where one's own ideas went."""
        groups, loose = columns(activity.workshop)
        mine = participant.pk
        return {
            "groups": [
                {
                    "theme": group["theme"],
                    "number": len(group["cards"]),
                    "mine": [card for card in group["cards"] if card.participant_id == mine],
                }
                for group in groups
            ],
            "loose": len(loose),
        }

    def wall(self, activity: Activity) -> Context:
        """The groups, each with its first few ideas."""
        every, loose = columns(activity.workshop)
        groups = largest(every)
        safe = surely_fit(len(groups))
        return {
            "across": across(len(groups)),
            "more_themes": len(every) - len(groups),
            "safe": safe,
            "groups": [
                {
                    "theme": group["theme"],
                    "cards": group["cards"][:ON_THE_WALL],
                    "total": len(group["cards"]),
                    "more": max(0, len(group["cards"]) - safe),
                }
                for group in groups
            ],
            "loose": len(loose),
        }

    def desk(self, activity: Activity, user: User) -> Context:
        """The board."""
        groups, loose = columns(activity.workshop)
        last = activity.workshop.theme_steps.filter(undone_at__isnull=True).first()
        return {"groups": groups, "loose": loose, "last_step": last}

    def marks(self, activity: Activity) -> dict[str, int]:
        """How many groups there are."""
        return {"themes": activity.workshop.themes.count()}

    def run(self, user: User, activity: Activity, data: QueryDict) -> Text:
        """A button of the board."""
        workshop, press = activity.workshop, data.get("press", "")
        theme, title = data.get("theme", ""), data.get("title", "")
        if press == "move":
            return _move(user, workshop, data)
        if press == "rename":
            grouping.rename(user, workshop, theme, title)
            return _("Renamed.")
        if press == "merge":
            grouping.merge(user, workshop, theme, data.get("into", ""))
            return _("Merged.")
        if press == "drop":
            grouping.drop_theme(user, workshop, theme)
            return _("Taken apart: its ideas are not grouped any more.")
        return _whole_board(user, workshop, press, data.get("seen", ""))

    def confirm(self, user: User, activity: Activity, data: QueryDict) -> Context | None:
        """Suggested groups are looked at before they stand on the wall."""
        if data.get("press") != "suggest":
            return None
        groups = grouping.suggestion(activity.workshop)
        seen = grouping.suggestion_digest(groups)
        if not groups or data.get("seen") == seen:
            return None
        return {
            "template": "participation/workshops/suggested.html",
            "heading": ngettext("%d group to start from?", "%d groups to start from?", len(groups))
            % len(groups),
            "consequences": [],
            "action": _("Take these groups over"),
            "form": SuggestedForm(initial={"press": "suggest", "seen": seen}),
            "groups": groups,
            "again": bool(data.get("seen")),
            "programme": activity.workshop.programme,
        }

    def rehearse(self, participant: Participant, activity: Activity, chance: random.Random) -> None:
        """A simulated helper, who leaves the facilitator time to begin.

        Where nobody has made a theme after a while, they take the suggested groups; then now and
        then they put a loose idea where it fits. It is done as the one who leads, who can undo it.
        """
        workshop, helper = activity.workshop, activity.workshop.led_by
        if chance.random() > HELPS_EACH_TURN or not _has_run_for(activity, HELPS_AFTER):
            return
        groups, loose = columns(workshop)
        if not groups:
            grouping.suggest_themes(helper, workshop)
        elif found := _fitting(loose, groups):
            card, theme = found
            grouping.move(helper, workshop, {str(card.pk): ""}, str(theme.pk))

    def report(self, activity: Activity) -> Context:
        """The groups by name; what is in them stands with the question that it answers."""
        titles = activity.workshop.themes.values_list("title", flat=True)
        return {"themes": sorted(titles, key=str.casefold)} if titles else {}


def _move(user: User, workshop: Workshop, data: QueryDict) -> str:
    seen, to = seen_of(data), data.get("to", "")
    if to == "new":
        theme: Theme = grouping.make_theme(user, workshop, data.get("title", ""), seen)
        return _("“%s” is there.") % theme.title
    number = grouping.move(user, workshop, seen, to)
    return _("Moved: %d.") % number


def _whole_board(user: User, workshop: Workshop, press: str, seen: str) -> str:
    if press == "suggest":
        number = grouping.suggest_themes(user, workshop, seen)
        return (
            ngettext(
                "%d group to start from. Rename it, split it, or undo it.",
                "%d groups to start from. Rename, merge, split, or undo them at once.",
                number,
            )
            % number
        )
    if press == "undo":
        return _("Undone: %s.") % grouping.undo(user, workshop)
    raise Invalid(_("There is no such button."))


def _has_run_for(activity: Activity, seconds: int) -> bool:
    began = activity.started_at
    return began is not None and timezone.now() - began > timedelta(seconds=seconds)


def _fitting(
    loose: list[Contribution], groups: list[dict[str, Any]]
) -> tuple[Contribution, Theme] | None:
    """The first loose idea that shares an uncommon word with a theme, and that theme."""
    for card in loose:
        terms = set(terms_of(card.text))
        for group in groups:
            texts = [group["theme"].title, *(other.text for other in group["cards"])]
            if terms & {term for text in texts for term in terms_of(text)}:
                return card, group["theme"]
    return None
