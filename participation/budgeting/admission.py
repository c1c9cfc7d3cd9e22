"""Admitting people with their code. A right code is always admitted; only misses are slowed.

What protects codes is their length, not the slowing down: the look-up comes first, whoever asks,
so that a hall of people behind one address never locks anybody out. Redis holds numbers of misses
and nothing else, and voting goes on without it.
"""

import logging
from dataclasses import dataclass
from typing import Final

import redis
from django.core.cache import cache
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Text
from participation.budgeting import codes, keyring
from participation.budgeting.cast import Voter
from participation.budgeting.models import Credential, Elector, Round
from participation.budgeting.session import Tries

logger = logging.getLogger(__name__)

FIRST_WAIT: Final = 0.25
LONGEST_WAIT: Final = 8.0
ALARM_A_MINUTE: Final = 100 * 60
_SHARED_BUCKET: Final = "vote-misses-without-cookie"
_ALL_MISSES: Final = "vote-misses"
_REPLACED: Final = _("This card was replaced or cancelled. Ask the people running the vote.")


class NotAdmitted(Exception):
    """Why a code does not open a ballot, in words. ``is_miss``: it is slowed down and counted."""

    def __init__(self, reason: Text, *, is_miss: bool = False) -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.is_miss = is_miss


@dataclass(frozen=True, slots=True)
class Wait:
    """How long a browser should wait before its next try, and how often it was wrong."""

    seconds: float
    misses: int


def admit(typed: str) -> Voter:
    """The voter whose card has this code. Raises :class:`NotAdmitted`.

    A slip of the finger is told by the check symbol, without any look at the register.
    """
    credential = find(read_code(typed))
    if credential is None:
        raise NotAdmitted(_("We do not know this code. Check it against your card."), is_miss=True)
    if not credential.active or credential.elector.state == Elector.State.VOID:
        raise NotAdmitted(_REPLACED)
    if credential.elector.state == Elector.State.PRINTED:
        raise NotAdmitted(_("This card has not been handed out yet, so it cannot vote."))
    return Voter(credential.round_id, credential.elector_id, credential.pk)


def read_code(typed: str) -> str:
    """The code that was typed. Raises :class:`NotAdmitted` where the check symbol does not fit."""
    try:
        return codes.normalise(typed)
    except codes.NotACode as error:
        raise NotAdmitted(
            _("That is not quite a code. Check each letter and number against your card.")
        ) from error


def find(code: str) -> Credential | None:
    """The credential with this code in any round: each round keeps its codes under its own key."""
    rounds = Round.objects.filter(code_symbols=len(code) - 1).values_list("pk", flat=True)
    asked = Q()
    for round_id in rounds:
        lookup = keyring.lookup_of(keyring.lookup_key(round_id), code)
        asked |= Q(round=round_id, lookup=lookup)
    if not asked:
        return None
    return Credential.objects.select_related("elector", "round").filter(asked).first()


def missed(tries: Tries) -> Wait:
    """Count a miss; who sends no cookie waits with all who send none."""
    misses = tries.misses + 1 if tries.known else _count(_SHARED_BUCKET)
    if _count(_ALL_MISSES) == ALARM_A_MINUTE:
        logger.critical("more than 100 wrong voting codes a second for a minute")
    wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(misses - 1, 10))
    return Wait(wait, misses if tries.known else 1)


def _count(name: str) -> int:
    """Add one to a number that is forgotten after a minute."""
    try:
        cache.add(name, 0, timeout=60)
        return cache.incr(name)
    except (redis.RedisError, ValueError):
        return 1
