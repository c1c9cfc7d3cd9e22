"""What the room's screens are told: one kind of channel for phones, one for walls, one for desks.

An event says *that* something changed and a few figures that every phone may show; the words
themselves are fetched from pages that ask who is asking. So nothing held, hidden, parked or removed
can reach a stream, and a late event can only make a screen look again.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from commissioning.ground.answers import Answer, no
from commissioning.live.channels import Channel, Guests, channels
from commissioning.live.publish import publish, recheck
from commissioning.programmes.rules import Person
from participation.workshops.activities.base import kind_of
from participation.workshops.models import Activity, Participant, Workshop
from participation.workshops.room import digest_in
from participation.workshops.rules import may_help

Event = dict[str, Any]


def workshop_of(identifier: str) -> Workshop:
    """The workshop of a channel. Raises ``LookupError``."""
    try:
        found = UUID(identifier)
    except ValueError:
        raise LookupError(identifier) from None
    workshop = (
        Workshop.objects.filter(pk=found).select_related("programme", "current__workshop").first()
    )
    if workshop is None:
        raise LookupError(identifier)
    return workshop


def room_event(workshop: Workshop) -> Event:
    """Where the room is: the same for phones, walls and desks. Three queries at most.

    ``step`` changes when phones must be drawn anew; ``rev`` always grows, so that a screen can
    leave aside an event that was overtaken. Times are milliseconds since 1970, and seconds.
    """
    activity = workshop.current if workshop.runs else None
    return {
        "rev": time.time_ns() // 1000,
        "step": step_of(workshop, activity),
        "status": workshop.status,
        "cleared": workshop.cleared_at is not None,
        "until": _until(activity),
        "left": activity.seconds_left if activity else None,
        "people": workshop.participants.filter(state=Participant.State.IN).count(),
        "marks": kind_of(activity).marks(activity) if activity else {},
        "follow": bool(activity and kind_of(activity).phones_follow),
    }


def step_of(workshop: Workshop, activity: Activity | None) -> str:
    """What phones are drawn for."""
    cleared = "cleared" if workshop.cleared_at else ""
    own = kind_of(activity).step(activity) if activity else ""
    return f"{activity.pk if activity else ''}:{workshop.status}:{cleared}:{own}"


def _until(activity: Activity | None) -> int | None:
    if activity is None or activity.time_up_at is None:
        return None
    return int(activity.time_up_at.timestamp() * 1000)


@dataclass(frozen=True, slots=True)
class Telling:
    """What is told on commit. Equal ones of one transaction are told once."""

    identifier: str
    authors: bool

    def __call__(self) -> None:
        """Have every screen of the workshop look again."""
        try:
            event = room_event(workshop_of(self.identifier))
        except LookupError:
            return
        for sight in ("phones", "wall", "desk"):
            publish(f"{sight}:{self.identifier}", "room", event)
        if self.authors:
            publish(f"phones:{self.identifier}", "told", {"rev": event["rev"]})


def tell(workshop_id: object, *, authors: bool = False) -> None:
    """On commit, have every screen of the workshop look again.

    ``authors``: phones also fetch what became of their own words.
    """
    telling = Telling(str(workshop_id), authors)
    if telling not in [waiting[1] for waiting in transaction.get_connection().run_on_commit]:
        transaction.on_commit(telling)


def end_streams_of_those_who_left() -> None:
    """On commit, have every open stream's right to listen looked at, at once."""
    recheck()


def _digest(cookies: Mapping[str, str], identifier: str) -> str | None:
    return digest_in(cookies, workshop_of(identifier).code)


def _admitted(identifier: str, digests: set[str]) -> set[str]:
    return set(
        Participant.objects.filter(
            workshop=workshop_of(identifier),
            token_digest__in=digests,
            state__in=(Participant.State.IN, Participant.State.WAITING),
        ).values_list("token_digest", flat=True)
    )


def _snapshot(viewer: Any, identifier: str) -> dict[str, Any]:
    return {"room": room_event(workshop_of(identifier))}


def _nobody(viewer: Person, identifier: str) -> Answer:
    workshop_of(identifier)
    return no("Only who has come in with a code listens here.")


def _helpers(viewer: Person, identifier: str) -> Answer:
    return may_help(viewer, workshop_of(identifier))


def register() -> None:
    """Fill the registry; called when the application is ready."""
    channels.register("phones", Channel(_nobody, _snapshot, Guests(_digest, _admitted)))
    channels.register("wall", Channel(_helpers, _snapshot))
    channels.register("desk", Channel(_helpers, _snapshot))
