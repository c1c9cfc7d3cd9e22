"""Channels: what can be listened to, and who may.

A channel's name is ``kind:id``. What is published on it is seen by everybody who may listen, so a
channel carries only what each of its listeners' own page shows: different sights, different kinds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from commissioning.ground.answers import Answer
from commissioning.ground.registries import Registry

Viewer = AbstractBaseUser | AnonymousUser


@dataclass(frozen=True, slots=True)
class Channel:
    """One kind of channel: functions of the viewer, a ``User`` or ``AnonymousUser``, and the id.

    Both raise ``LookupError`` for an id that is not there. ``snapshot`` gives a dictionary from
    event to its newest data: what a page would show now.
    """

    may_listen: Callable[[Any, str], Answer]
    snapshot: Callable[[Any, str], dict[str, Any]]


channels: Registry[Channel] = Registry("live channel")


def split(name: str) -> tuple[Channel, str]:
    """The kind and the id of a channel. Raises ``LookupError`` where there is no such kind."""
    kind, _, identifier = name.partition(":")
    return channels[kind], identifier


def may_listen(viewer: Viewer, name: str) -> bool:
    """Whether the channel is there and the viewer may listen to it: one no for both."""
    try:
        channel, identifier = split(name)
        return bool(channel.may_listen(viewer, identifier))
    except LookupError:
        return False
