"""Simulated people in a rehearsal: they come in a few at a time, and do what people do.

A worker takes one turn after another (``turn``) for as long as the rehearsal is open; what each
person does is up to the kind of activity (``ActivityKind.rehearse``), always by the real actions.
"""

import random
from typing import Final
from uuid import UUID

from django.core.cache import cache
from django.utils import timezone

from commissioning.ground.answers import Invalid, Refused
from participation.workshops.actions import joining
from participation.workshops.activities.base import kind_of
from participation.workshops.models import Activity, Participant, Workshop

PEOPLE: Final = 30
# Each turn so many come in, and so many do something.
COME_EACH_TURN: Final = 4
ACT_EACH_TURN: Final = 6
SECONDS_BETWEEN: Final = 1.5
# In a room that has been at one activity for this long everybody has done what they would.
RESTS_AFTER: Final = 40 * 60
NAMES: Final = (
    "Wyn", "Bea", "", "Kit", "Ola", "", "Nia", "Jude", "Mo", "", "Tess", "Ravi", "", "Elin", "Sol",
    "Fern", "", "Idris", "Maud", "", "Zosia", "Bilal", "Pru", "", "Gwil", "Anwen", "Otto", "",
    "Lark", "Cai",
)  # fmt: skip
# Of a closed session's list a few are left out, so that somebody waits at the door.
WAIT_AT_THE_DOOR: Final = 3


def at_the_door() -> list[str]:
    """The names on the list of a rehearsal whose session lets each person in."""
    return [_full_name(number) for number in range(PEOPLE - WAIT_AT_THE_DOOR)]


def queue(workshop_id: UUID, wait: float = 0.0) -> None:
    """Have a worker take the next turn. What is not taken soon is not worth taking."""
    from participation.workshops.tasks import rehearse

    rehearse.apply_async(args=(str(workshop_id),), countdown=wait, expires=wait + 20, retry=False)


def turn(workshop_id: UUID) -> bool:
    """Let some of the simulated people act; whether another turn should follow.

    Turns that come closer together than they should (two workers, a task sent twice) are one.
    """
    if not cache.add(f"rehearsal:{workshop_id}", "1", timeout=1):
        return False
    workshop = (
        Workshop.objects.filter(pk=workshop_id, rehearses__isnull=False)
        .select_related("programme__place", "current", "led_by")
        .first()
    )
    if workshop is None or workshop.status != Workshop.Status.OPEN:
        return False
    chance = random.Random()  # noqa: S311
    _come_in(workshop)
    activity = workshop.current
    if activity is None:
        return True
    if workshop.cleared_at is None:
        activity.workshop = workshop
        _act(workshop, activity, chance)
    return activity.started_at is not None and (
        (timezone.now() - activity.started_at).total_seconds() < RESTS_AFTER
    )


def _come_in(workshop: Workshop) -> None:
    there = workshop.participants.filter(is_simulated=True).count()
    for number in range(there, min(PEOPLE, there + COME_EACH_TURN)):
        name = _full_name(number) if workshop.is_closed_session else NAMES[number]
        joining.come_in(workshop, name=name, simulated=True)


def _act(workshop: Workshop, activity: Activity, chance: random.Random) -> None:
    people = list(workshop.participants.filter(is_simulated=True, state=Participant.State.IN))
    kind = kind_of(activity)
    for person in chance.sample(people, min(ACT_EACH_TURN, len(people))):
        try:
            kind.rehearse(person, activity, chance)
        except (Invalid, Refused):
            # The facilitator was quicker: the room has gone on, the theme is merged.
            continue


def _full_name(number: int) -> str:
    """A list has full names; nobody is called this."""
    return f"{NAMES[number] or 'Somebody'} Simulated-{number + 1}"
