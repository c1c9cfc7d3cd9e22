"""Channels: what can be listened to, and who may.

A channel's name is ``kind:id``. What is published on it is seen by everybody who may listen, so a
channel carries only what each of its listeners' own page shows: different sights, different kinds.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from commissioning.ground.answers import Answer
from commissioning.ground.registries import Registry


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody without an account, known by the digest of a token in their cookie."""

    digest: str
    is_authenticated = False
    pk = None


Viewer = AbstractBaseUser | AnonymousUser | Guest


@dataclass(frozen=True, slots=True)
class Guests:
    """How a channel knows people without an account.

    ``digest`` gives the digest of the token that the browser holds for this id, or None;
    ``admitted`` which of these digests may listen, all asked about in one query.
    """

    digest: Callable[[Mapping[str, str], str], str | None]
    admitted: Callable[[str, set[str]], set[str]]


@dataclass(frozen=True, slots=True)
class Channel:
    """One kind of channel: functions of the viewer (``User``, ``AnonymousUser`` or ``Guest``)
    and the id.

    Both raise ``LookupError`` for an id that is not there. ``snapshot`` gives a dictionary from
    event to its newest data: what a page would show now.
    """

    may_listen: Callable[[Any, str], Answer]
    snapshot: Callable[[Any, str], dict[str, Any]]
    # Where there is one, a browser that holds a token is its owner, signed in or not.
    guests: Guests | None = None


channels: Registry[Channel] = Registry("live channel")


def split(name: str) -> tuple[Channel, str]:
    """The kind and the id of a channel. Raises ``LookupError`` where there is no such kind."""
    kind, _, identifier = name.partition(":")
    return channels[kind], identifier


def may_listen(viewer: Viewer, name: str) -> bool:
    """Whether the channel is there and the viewer may listen to it: one no for both."""
    try:
        channel, identifier = split(name)
        if isinstance(viewer, Guest):
            return viewer in admitted_guests(name, {viewer})
        return bool(channel.may_listen(viewer, identifier))
    except LookupError:
        return False


def guest_of(cookies: Mapping[str, str], name: str) -> Guest | None:
    """The guest whose token the browser holds, if the channel knows guests."""
    try:
        channel, identifier = split(name)
        digest = channel.guests.digest(cookies, identifier) if channel.guests else None
    except LookupError:
        return None
    return Guest(digest) if digest else None


def admitted_guests(name: str, guests: set[Guest]) -> set[Guest]:
    """Those of the guests who may listen to the channel, asked in one go."""
    try:
        channel, identifier = split(name)
        if channel.guests is None:
            return set()
        admitted = channel.guests.admitted(identifier, {guest.digest for guest in guests})
    except LookupError:
        return set()
    return {guest for guest in guests if guest.digest in admitted}
