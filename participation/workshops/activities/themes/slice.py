"""Themes: ideas grouped by the facilitator and helpers at once, while the room watches."""

from collections.abc import Iterable
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commissioning.ground.answers import Invalid, Text
from commissioning.people.models import User
from participation.workshops.actions import grouping
from participation.workshops.activities.base import ActivityKind, Context
from participation.workshops.models import Activity, Contribution, Participant, Theme, Workshop

ON_THE_WALL = 5


def columns(workshop: Workshop) -> tuple[list[dict[str, Any]], list[Contribution]]:
    """Each theme with its cards, and the cards that are not grouped yet. Two queries."""
    themes = list(workshop.themes.all())
    by_theme: dict[object, list[Contribution]] = {theme.pk: [] for theme in themes}
    loose: list[Contribution] = []
    for card in grouping.cards_of(workshop).order_by("created_at"):
        by_theme.get(card.theme_id, loose).append(card)
    return [{"theme": theme, "cards": by_theme[theme.pk]} for theme in themes], loose


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
        groups, loose = columns(activity.workshop)
        return {
            "groups": [
                {
                    "theme": group["theme"],
                    "cards": group["cards"][:ON_THE_WALL],
                    "more": max(0, len(group["cards"]) - ON_THE_WALL),
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
        return _whole_board(user, workshop, press)

    def report(self, activity: Activity) -> Context:
        """The groups by name, with how many ideas each holds."""
        groups, loose = columns(activity.workshop)
        return {
            "groups": [
                {
                    "theme": group["theme"].title,
                    "number": len(group["cards"]),
                    "words": sorted((card.text for card in group["cards"]), key=str.casefold),
                }
                for group in sorted(groups, key=lambda one: one["theme"].title.casefold())
            ],
            "loose": len(loose),
        }


def _move(user: User, workshop: Workshop, data: QueryDict) -> str:
    seen, to = seen_of(data), data.get("to", "")
    if to == "new":
        theme: Theme = grouping.make_theme(user, workshop, data.get("title", ""), seen)
        return _("“%s” is there.") % theme.title
    number = grouping.move(user, workshop, seen, to)
    return _("Moved: %d.") % number


def _whole_board(user: User, workshop: Workshop, press: str) -> str:
    if press == "suggest":
        number = grouping.suggest_themes(user, workshop)
        return _("%d groups to start from. Rename, merge, split, or undo them at once.") % number
    if press == "undo":
        return _("Undone: %s.") % grouping.undo(user, workshop)
    raise Invalid(_("There is no such button."))
