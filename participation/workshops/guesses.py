"""Slowing who guesses codes, without locking a hall out.

A browser that was wrong more than twice waits, each time twice as long. Nothing is counted by
network address, since 500 people in a hall share one. Whoever takes a fresh browser for each guess
is only noticed: a code finds a room and is no secret, so a session that must be closed lets each
person in by a list or a tap.
"""

import logging
import time
from typing import Final

import redis
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

logger = logging.getLogger(__name__)

FIRST_WAIT: Final = 1.0
LONGEST_WAIT: Final = 30.0
FREE: Final = 2
KEPT_SECONDS: Final = 600
_SALT: Final = "workshop code guesses"
_ALL: Final = "workshop-code-misses"
ALARM_A_MINUTE: Final = 600


def _name() -> str:
    return "__Host-room-tries" if settings.HTTPS else "room-tries"


def _misses(request: HttpRequest) -> tuple[int, float]:
    """How often this browser was wrong, and from when it may try again."""
    try:
        value = signing.loads(request.COOKIES.get(_name(), ""), salt=_SALT, max_age=KEPT_SECONDS)
        return int(value[0]), float(value[1])
    except (signing.BadSignature, ValueError, TypeError, IndexError, KeyError):
        return 0, 0.0


def wait_of(request: HttpRequest) -> int:
    """Seconds that this browser has still to wait; 0 where it may try."""
    return max(0, round(_misses(request)[1] - time.time()))


def missed(request: HttpRequest, response: HttpResponse) -> None:
    """Count a wrong code, in the browser and (as a number only) for all."""
    misses = _misses(request)[0] + 1
    wait = 0.0 if misses <= FREE else min(LONGEST_WAIT, FIRST_WAIT * 2 ** (misses - FREE))
    value = signing.dumps([misses, time.time() + wait], salt=_SALT)
    response.set_cookie(
        _name(),
        value,
        max_age=KEPT_SECONDS,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Strict",
    )
    if _count_all() == ALARM_A_MINUTE:
        logger.warning("more than ten wrong workshop codes a second for a minute")


def forget(response: HttpResponse) -> None:
    """A right code ends the count."""
    response.delete_cookie(_name(), samesite="Strict")


def _count_all() -> int:
    try:
        cache.add(_ALL, 0, timeout=60)
        return cache.incr(_ALL)
    except (redis.RedisError, ValueError):
        return 1
