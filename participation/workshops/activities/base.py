"""What a kind of activity gives the room: one class, registered once.

A kind is a folder ``activities/<kind>/`` with a class that extends :class:`ActivityKind`,
registered in ``activities/register.py``, and templates in
``templates/participation/workshops/activities/<kind>/``: ``phone.html``, ``wall.html`` and
``desk.html`` (the parts of those screens that are the activity's own), ``record.html`` (its part
of the workshop record on paper), and ``blank.html`` where it can be filled in on paper.
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from django import forms
from django.http import QueryDict

from commissioning.ground.answers import Invalid, Text
from commissioning.ground.registries import Registry
from commissioning.people.models import User
from participation.workshops.models import Activity, Participant, Workshop

Typed = Mapping[str, str]
Context = dict[str, Any]
TEMPLATES: Final = "participation/workshops/activities"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a phone is answered: which of the kind's ``sayings`` (done), or a form drawn again.

    ``again`` is what the phone's template gets besides: an offer to answer, what was typed.
    """

    said: str = ""
    again: Context = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sort of paper that is typed in: its form, and what is done with what it holds."""

    key: str
    title: Text
    form: type[forms.Form]
    take: Callable[[User, Activity, dict[str, Any]], Text]
    # What the numbers on the paper stand for, in their order.
    numbered: Callable[[Activity], list[str]] = lambda activity: []


class ActivityKind:
    """One kind of activity. Every write goes through the room's ``actions``, never from here."""

    kind: ClassVar[str]
    title: ClassVar[Text]
    about: ClassVar[Text]
    minutes: ClassVar[int] = 10
    # Whether people's words or marks are taken at all.
    collects: ClassVar[bool] = True
    # Whether phones fetch their view anew (a little later, each at another moment) on any change.
    phones_follow: ClassVar[bool] = False
    # Sentences that a phone is told after a post, by their name in the address.
    sayings: ClassVar[dict[str, Text]] = {}
    # What can be typed in from paper, the most usual first.
    sheets: ClassVar[tuple[Sheet, ...]] = ()
    # A form for ``Activity.settings``, where the kind has any.
    settings_form: ClassVar[type[forms.Form] | None] = None

    @property
    def phone_template(self) -> str:
        """The activity's part of the phone's page."""
        return f"{TEMPLATES}/{self.kind}/phone.html"

    @property
    def wall_template(self) -> str:
        """The activity's part of the wall."""
        return f"{TEMPLATES}/{self.kind}/wall.html"

    @property
    def desk_template(self) -> str:
        """The activity's part of the facilitator's desk."""
        return f"{TEMPLATES}/{self.kind}/desk.html"

    @property
    def record_template(self) -> str:
        """The activity's part of the workshop record on paper."""
        return f"{TEMPLATES}/{self.kind}/record.html"

    @property
    def blank_template(self) -> str:
        """The activity's part of a blank paper form."""
        return f"{TEMPLATES}/{self.kind}/blank.html"

    def phone(self, activity: Activity, participant: Participant) -> Context:
        """What this person's phone shows. Own words may be held; others' are shown ones only."""
        return {}

    def wall(self, activity: Activity) -> Context:
        """What everybody may see on the projector: nothing held, hidden, parked or removed."""
        return {}

    def desk(self, activity: Activity, user: User) -> Context:
        """What facilitators and helpers work with."""
        return {}

    def marks(self, activity: Activity) -> dict[str, int]:
        """A few public figures that travel with each change to every phone (``{"ideas": 94}``).

        Asked for after each commit: at most one query.
        """
        return {}

    def step(self, activity: Activity) -> str:
        """Changes whenever phones must be drawn anew while the activity stays (a new draft)."""
        return ""

    def quiet(self, activity: Activity) -> set[object] | None:
        """Ids of participants who have done something in it; None where that is not counted."""
        return None

    def take(self, participant: Participant, activity: Activity, typed: Typed) -> Reply:
        """What a phone sent. Raises :class:`Invalid` with a sentence that says how to mend."""
        raise Invalid("Nothing is collected here.")

    def run(self, user: User, activity: Activity, data: QueryDict) -> Text:
        """What a facilitator or helper pressed on the desk; the sentence they are told."""
        raise Invalid("There is nothing to press here.")

    def confirm(self, user: User, activity: Activity, data: QueryDict) -> Context | None:
        """What must be confirmed before ``run``: parts of ``confirm_page``; None: nothing."""
        return None

    def report(self, activity: Activity) -> Context:
        """What goes into the workshop record, as JSON values; empty where there is nothing to tell.

        Told words only, sorted by themselves: no participant ids, order, or fine times; small
        counts left out (``suppression``).
        """
        return {}

    def blank(self, activity: Activity) -> Context | None:
        """What a blank paper form of it shows, as JSON values; None where it has no paper."""
        return None

    def export(self, activity: Activity) -> list[dict[str, Any]]:
        """Rows of plain values for CSV and JSON: keys of ``said.COLUMNS`` without the first two.

        Told words only, without names; small counts left out (``suppression``).
        """
        return []

    def rehearse(self, participant: Participant, activity: Activity, chance: random.Random) -> None:
        """Do what somebody like this simulated participant might do now, through the actions."""


kinds: Final[Registry[ActivityKind]] = Registry("kind of activity")


def kind_of(activity: Activity) -> ActivityKind:
    """The slice that runs an activity."""
    return kinds[activity.kind]


def current_of(workshop: Workshop) -> Activity | None:
    """The activity that is on every phone now."""
    return workshop.current if workshop.runs else None
