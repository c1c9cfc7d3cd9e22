"""Ideas on a prompt: as many as wanted, edited and taken back; the wall fills as they come."""

import random
from typing import Any

from django.utils.translation import gettext_lazy as _

from commissioning.people.models import User
from participation.workshops.actions import contributing
from participation.workshops.activities import words_of_the_room
from participation.workshops.activities.base import ActivityKind, Context, Reply, Typed
from participation.workshops.models import Activity, Participant
from participation.workshops.simulated import content_for
from participation.workshops.simulated.saying import has_said, unsaid

# Ideas that a simulated person has, at most; and how often one of them is a test of the desk.
EACH = 2
TESTS = 0.08


class Ideas(ActivityKind):
    """Words of one kind, without a form of their own."""

    kind = "ideas"
    title = _("Ideas")
    about = _("Everybody answers a question in their own words, as often as they like.")
    minutes = 12
    sayings = contributing.SAYINGS
    sheets = (words_of_the_room.lines_sheet(_("Ideas on paper")),)

    def phone(self, activity: Activity, participant: Participant) -> Context:
        """What I wrote, and what became of it."""
        return words_of_the_room.own(activity, participant)

    def wall(self, activity: Activity) -> Context:
        """The newest first, by theme where there are themes already."""
        return words_of_the_room.wall(activity)

    def desk(self, activity: Activity, user: User) -> Context:
        """Everything shown; what waits stands above it on every desk."""
        return words_of_the_room.desk(activity)

    def marks(self, activity: Activity) -> dict[str, int]:
        """How many ideas everybody can see."""
        return {"ideas": activity.contributions.shown().count()}

    def quiet(self, activity: Activity) -> set[object] | None:
        """Who has written something."""
        return words_of_the_room.who_spoke(activity)

    def take(self, participant: Participant, activity: Activity, typed: Typed) -> Reply:
        """A new idea, a change to one's own, or one taken back."""
        return contributing.take(participant, activity, typed)

    def report(self, activity: Activity) -> Context:
        """Ideas by theme."""
        return words_of_the_room.report(activity)

    def blank(self, activity: Activity) -> Context:
        """Lines for words."""
        return {"lines": 6}

    def export(self, activity: Activity) -> list[dict[str, Any]]:
        """One row an idea."""
        return words_of_the_room.export(activity)

    def rehearse(self, participant: Participant, activity: Activity, chance: random.Random) -> None:
        """One of the ideas that people in such rooms have; now and then one of money, or a name."""
        here = content_for(activity.workshop)
        tests = activity.workshop.is_rehearsal and chance.random() < TESTS
        fresh = unsaid(activity, here["tests" if tests else "ideas"])
        if fresh and has_said(participant, activity) < EACH:
            contributing.say(
                participant,
                activity,
                chance.choice(fresh),
                money=chance.choice(("park", "insist")),
                named=chance.random() < 0.2,
            )
