"""Priorities: dots on themes, hidden or shown while people give them."""

import random
from typing import Any, Final
from uuid import UUID

from django import forms
from django.db.models import Count, Sum
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from commissioning.design.fields import WholeNumberField
from commissioning.design.forms import Look
from commissioning.ground.answers import Invalid, Text
from commissioning.people.models import User
from commissioning.programmes.templatetags.programmes import moneyless
from participation.workshops.actions import grouping, paper
from participation.workshops.actions.dotting import dots_each, set_dots, show_dots
from participation.workshops.activities.base import ActivityKind, Context, Reply, Sheet, Typed
from participation.workshops.forms.paper import DotsSheetForm
from participation.workshops.models import Activity, Dot, Participant
from participation.workshops.presence import people_of
from participation.workshops.suppression import LEAST, Told, people, told

# Themes on the wall where no script measures it.
SURELY_FIT: Final = 8


class DotsForm(forms.Form):
    """How many, and whether the room sees them meanwhile."""

    looks = {"dots": Look(width="2")}
    dots = WholeNumberField(label=_("Dots for each person"), min_value=1, max_value=20, initial=5)
    shows = forms.BooleanField(
        label=_("Show how the dots stand while people give them"),
        help_text=_("Hidden, people look at the ideas; shown, they look at each other."),
        required=False,
    )


def standing(activity: Activity) -> list[dict[str, Any]]:
    """Each theme with its dots and how many people gave any; the most dots first. Two queries."""
    counted = {
        row["theme"]: (row["dots"], row["people"])
        for row in Dot.objects.filter(activity=activity)
        .values("theme")
        .annotate(dots=Sum("number"), people=Count("participant", distinct=True))
    }
    rows = [
        {"theme": theme, "dots": dots, "people": people}
        for theme in activity.workshop.themes.all()
        for dots, people in (counted.get(theme.pk, (0, 0)),)
    ]
    return sorted(rows, key=lambda row: (-row["dots"], row["theme"].title.casefold()))


def _told(activity: Activity, rows: list[dict[str, Any]]) -> Told:
    """The dots that may be told: none that came from fewer than five people, or would follow."""
    return told(
        {str(row["theme"].pk): row["dots"] for row in rows},
        noughts=True,
        small={str(row["theme"].pk) for row in rows if 0 < row["people"] < LEAST},
        took_part=people_of(activity.workshop),
    )


def is_shown(activity: Activity) -> bool:
    """Whether the room may see how the dots stand."""
    return bool(activity.settings.get("shows")) or activity.ended_at is not None


def numbered_themes(activity: Activity) -> list[str]:
    """The themes as they are numbered on paper."""
    return [theme.title for theme in activity.workshop.themes.all()]


def type_in(user: User, activity: Activity, typed: dict[str, Any]) -> Text:
    """Keep the dots of a sheet."""
    themes = list(activity.workshop.themes.all())
    if unknown := [number for number in typed["dots"] if not 1 <= number <= len(themes)]:
        raise Invalid(_("There is no theme number %d.") % unknown[0], "dots")
    dots = paper.give_dots(
        user, activity, typed["sheet"], [themes[number - 1] for number in typed["dots"]]
    )
    said = ngettext("Sheet %(sheet)d: %(dots)d dot.", "Sheet %(sheet)d: %(dots)d dots.", dots)
    return said % {"sheet": typed["sheet"], "dots": dots}


class Priorities(ActivityKind):
    """Nothing but dots: no names, no order."""

    kind = "priorities"
    title = _("Priorities")
    about = _("Everybody has a few dots and puts them on the themes that matter most.")
    minutes = 8
    settings_form = DotsForm
    sheets = (Sheet("dots", _("Dots on paper"), DotsSheetForm, type_in, numbered_themes),)
    sayings = {"dots": _("Your dots are in. You can change them until we go on.")}

    def phone(self, activity: Activity, participant: Participant) -> Context:
        """Every theme, with one's own dots."""
        given = _given(activity, participant)
        most, used = dots_each(activity), sum(given.values())
        return {
            "rows": [
                {
                    "theme": theme,
                    "mine": given.get(theme.pk, 0),
                    "more": given.get(theme.pk, 0) + 1,
                    "fewer": given.get(theme.pk, 0) - 1,
                }
                for theme in activity.workshop.themes.all()
            ],
            "dots_range": range(1, most + 1),
            "left": most - used,
        }

    def wall(self, activity: Activity) -> Context:
        """How the dots stand, where they are shown; else how many people gave any."""
        return self._board(activity, shown=is_shown(activity))

    def desk(self, activity: Activity, user: User) -> Context:
        """How the dots stand: the facilitator sees them in any case."""
        loose = grouping.cards_of(activity.workshop).filter(theme__isnull=True).count()
        return self._board(activity, shown=True) | {
            "loose": loose,
            "room_sees": is_shown(activity),
        }

    def run(self, user: User, activity: Activity, data: QueryDict) -> Text:
        """Show the room how the dots stand, or hide it again."""
        press = data.get("press", "")
        if press not in ("show_dots", "hide_dots"):
            raise Invalid(_("There is no such button."))
        shows = press == "show_dots"
        show_dots(user, activity, shows=shows)
        return _("The dots are on the wall.") if shows else _("The wall hides the dots again.")

    def _board(self, activity: Activity, *, shown: bool) -> Context:
        rows = standing(activity)
        if not shown:
            # In order of their dots they would tell how they stand.
            rows.sort(key=lambda row: row["theme"].title.casefold())
        gave = Dot.objects.filter(activity=activity).values("participant").distinct().count()
        bars = [{"label": row["theme"].title, "value": row["dots"]} for row in rows]
        return {
            "shown": shown,
            "bars": bars if shown else [],
            "rows": rows,
            "gave": gave,
            "safe": SURELY_FIT,
            "more": len(rows) - SURELY_FIT,
            "most_dots": max((row["dots"] for row in rows), default=0),
        }

    def quiet(self, activity: Activity) -> set[object] | None:
        """Who has given a dot."""
        return set(activity.dots.values_list("participant_id", flat=True))

    def take(self, participant: Participant, activity: Activity, typed: Typed) -> Reply:
        """One press: so many dots on this theme. ``set`` is ``<theme>:<number>``."""
        theme, _colon, number = typed.get("set", "").partition(":")
        try:
            theme_id, wanted = UUID(theme), int(number)
        except ValueError:
            raise Invalid(_("Choose a theme.")) from None
        set_dots(participant, activity, theme_id, wanted)
        return Reply("dots")

    def report(self, activity: Activity) -> Context:
        """Each theme with its dots; who gave how many is nobody's business."""
        rows = standing(activity)
        if not any(row["dots"] for row in rows):
            return {}
        said = _told(activity, rows)
        known = [
            {"theme": row["theme"].title, "dots": said.of(str(row["theme"].pk))} for row in rows
        ]
        # Those that are left out stand by name, not by how many they have.
        known.sort(key=lambda row: (-(row["dots"] or 0), str(row["theme"]).casefold()))
        return {
            "rows": known,
            "left_out": any(row["dots"] is None for row in known),
            "most": max((row["dots"] or 0 for row in known), default=0),
            "dots_each": dots_each(activity),
            "people": people(activity.dots.values("participant").distinct().count()),
        }

    def blank(self, activity: Activity) -> Context:
        """A circle for each dot, for the number of a theme; the themes, where there are any."""
        workshop = activity.workshop
        return {
            "dots": list(range(dots_each(activity))),
            "themes": [moneyless(one.title, workshop.programme) for one in workshop.themes.all()],
        }

    def export(self, activity: Activity) -> list[dict[str, Any]]:
        """One row a theme."""
        rows = standing(activity)
        said = _told(activity, rows)
        return [
            {"theme": row["theme"].title, "dots": said.of(str(row["theme"].pk))} for row in rows
        ]

    def rehearse(self, participant: Participant, activity: Activity, chance: random.Random) -> None:
        """One more dot, sooner on a theme that the whole room likes."""
        given = _given(activity, participant)
        themes = list(activity.workshop.themes.all())
        if not themes or sum(given.values()) >= dots_each(activity):
            return
        liked = [0.5 + 4 * random.Random(theme.title).random() for theme in themes]  # noqa: S311
        theme = chance.choices(themes, liked)[0]
        set_dots(participant, activity, theme.pk, given.get(theme.pk, 0) + 1)


def _given(activity: Activity, participant: Participant) -> dict[UUID, int]:
    """How many dots somebody has on which theme."""
    mine = Dot.objects.filter(activity=activity, participant=participant)
    return dict(mine.values_list("theme", "number"))
