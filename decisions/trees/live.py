"""What open pages of a walk are told: that somebody said something, and nothing of what.

An event carries only a number that grows. The words are fetched from the page itself, which asks
who is asking: so nobody sees another seat's answer in a stream before they have given their own.
"""

from typing import Any
from uuid import UUID

from commissioning.ground.answers import Answer
from commissioning.live.channels import Channel, channels
from commissioning.live.publish import publish
from commissioning.programmes.rules import Person
from decisions.trees.models import Appraisal
from decisions.trees.rules import may_see_walks


def channel_of(walk: Appraisal) -> str:
    """The channel that pages of a walk listen to."""
    return f"walk:{walk.pk}"


def tell(walk: Appraisal) -> None:
    """On commit, have the open pages of a walk look again."""
    publish(channel_of(walk), "room", _event(walk))


def _event(walk: Appraisal) -> dict[str, Any]:
    """The number that the next thing said would have: it never falls, and is never 0."""
    return {"rev": walk.moves + 1}


def _walk(identifier: str) -> Appraisal:
    """The walk of a channel. Raises ``LookupError``."""
    try:
        found = UUID(identifier)
    except ValueError:
        raise LookupError(identifier) from None
    walk = (
        Appraisal.objects.filter(pk=found)
        .select_related("question__programme")
        .defer("given", "result")
        .first()
    )
    if walk is None:
        raise LookupError(identifier)
    return walk


def _may_listen(viewer: Person, identifier: str) -> Answer:
    return may_see_walks(viewer, _walk(identifier).question)


def _snapshot(viewer: Any, identifier: str) -> dict[str, Any]:
    return {"room": _event(_walk(identifier))}


def register() -> None:
    """Fill the registry; called when the application is ready."""
    channels.register("walk", Channel(_may_listen, _snapshot))
