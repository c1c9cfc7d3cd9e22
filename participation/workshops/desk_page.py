"""What the facilitator's desk shows: where the room is, what waits, who is in."""

from typing import Any

from commissioning.live.presence import open_on
from commissioning.people.models import User
from participation.workshops.activities.base import kind_of
from participation.workshops.models import Activity, Contribution, Participant, Workshop
from participation.workshops.rules import may_facilitate, may_read_worries


def desk_context(workshop: Workshop, user: User) -> dict[str, Any]:
    """Everything on the desk; a bounded number of queries whatever the room."""
    steps = list(workshop.activities.all())
    activity = workshop.current if workshop.runs else None
    kind = kind_of(activity) if activity else None
    position = activity.position if activity else 0
    return {
        "workshop": workshop,
        "programme": workshop.programme,
        "steps": steps,
        "activity": activity,
        "kind": kind,
        "following": next((step for step in steps if step.position > position), None),
        "step_before": next((step for step in reversed(steps) if step.position < position), None),
        "waiting": waiting_in(workshop),
        "at_the_door": list(
            workshop.participants.filter(state=Participant.State.WAITING).order_by("created_at")
        ),
        "people": _people(workshop, activity),
        "leads": bool(may_facilitate(user, workshop.programme)),
        "helpers": [helper.user for helper in workshop.helpers.select_related("user")],
        "worries": list(workshop.worries.values_list("created_at", flat=True)),
        "may_read_worries": bool(may_read_worries(user, workshop)),
        "parked": workshop.contributions.filter(state=Contribution.State.PARKED).count(),
        **(kind.desk(activity, user) if kind and activity else {}),
    }


def waiting_in(workshop: Workshop) -> list[Contribution]:
    """What waits to be released, oldest first."""
    held = workshop.contributions.filter(state=Contribution.State.HELD)
    return list(held.select_related("activity").order_by("created_at")[:100])


def how_many_wait(workshop: Workshop) -> int:
    """How many wait to be released."""
    return workshop.contributions.filter(state=Contribution.State.HELD).count()


def _people(workshop: Workshop, activity: Activity | None) -> dict[str, Any]:
    """How many are in, and how many have said nothing yet here: a number for the room."""
    inside = set(
        workshop.participants.filter(state=Participant.State.IN).values_list("pk", flat=True)
    )
    spoke = kind_of(activity).quiet(activity) if activity else None
    return {
        "inside": len(inside),
        "quiet": len(inside - spoke) if spoke is not None else None,
        "live": open_on(f"phones:{workshop.pk}") if workshop.runs else None,
    }
