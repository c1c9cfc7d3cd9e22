"""Turnout: how many votes are in, in total, and no oftener than every half minute.

Told at once, it would let somebody at the door see whose vote had just come in.
"""

import time
from dataclasses import dataclass
from typing import Final

import redis
from django.core.cache import cache

from participation.budgeting.models import Elector, Round, Sealed

EVERY_SECONDS: Final = 30


@dataclass(frozen=True, slots=True)
class Turnout:
    """Whole votes that are in, of cards handed out, at the last half minute."""

    votes: int
    cards: int


def turnout(round_: Round) -> Turnout | None:
    """The turnout of the current half minute: the same for everybody who asks within it.

    None while the shared memory is away: the half minute cannot be kept without it.
    """
    name = f"turnout:{round_.pk}:{int(time.time()) // EVERY_SECONDS}"
    try:
        told: tuple[int, int] | None = cache.get(name)
        if told is None:
            told = _count(round_)
            # Whoever came first in this half minute is believed by everybody else.
            told = told if cache.add(name, told, EVERY_SECONDS * 2) else cache.get(name) or told
    except redis.RedisError:
        return None
    return Turnout(*told)


def _count(round_: Round) -> tuple[int, int]:
    active = Elector.objects.filter(round=round_, state=Elector.State.ACTIVE)
    votes = Sealed.objects.filter(
        elector__round=round_, elector__state=Elector.State.ACTIVE, counted__isnull=False
    )
    return votes.count(), active.count()
