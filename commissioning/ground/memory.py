"""What servers keep for each other in Redis for a while, and can do without while it is away.

Nothing that must not be lost is kept here, so no page fails for it: what cannot be read was not
kept, and who cannot be asked was not the first.
"""

from contextlib import suppress
from typing import Any

from django.core.cache import cache
from redis import RedisError


def recall(name: str) -> Any:
    """What is kept under this name; None for nothing."""
    with suppress(RedisError):
        return cache.get(name)
    return None


def keep(name: str, value: object, seconds: int) -> None:
    """Keep it for so long, if it can be kept."""
    with suppress(RedisError):
        cache.set(name, value, timeout=seconds)


def forget(name: str) -> None:
    """Keep it no longer, or let the next who asks be the first."""
    with suppress(RedisError):
        cache.delete(name)


def is_first(name: str, seconds: int) -> bool:
    """Whether nobody else asked this in so many seconds; nobody is while memory is away."""
    with suppress(RedisError):
        return cache.add(name, "1", timeout=seconds)
    return False
