"""How many streams are open on a channel now, in all live processes together.

Each process writes its own number down every few seconds; what it has not renewed does not count,
so that a process that was killed is forgotten by itself.
"""

import os
import time
from collections.abc import Mapping
from functools import cache
from typing import Final
from urllib.parse import urlsplit

import redis
import redis.asyncio
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

EVERY_SECONDS: Final = 5.0
# A number older than this is of a process that is gone.
COUNTS_FOR: Final = 12.0


def _key(channel: str) -> str:
    return f"live{urlsplit(settings.REDIS_URL).path}:open:{channel}"


async def write(client: redis.asyncio.Redis, counts: Mapping[str, int]) -> None:
    """Write down how many streams this process has open on each channel."""
    if not counts:
        return
    pipeline = client.pipeline(transaction=False)
    for channel, number in counts.items():
        pipeline.hset(_key(channel), str(os.getpid()), f"{number}:{time.time():.1f}")
        pipeline.expire(_key(channel), 60)
    await pipeline.execute()


def open_on(channel: str) -> int | None:
    """How many streams are open on the channel, all told; None while Redis does not answer."""
    try:
        kept = _client(settings.REDIS_URL).hvals(_key(channel))
    except redis.RedisError:
        return None
    now, total = time.time(), 0
    for value in kept:
        text = value.decode() if isinstance(value, bytes) else value
        number, _colon, at = text.partition(":")
        total += int(number) if now - float(at) < COUNTS_FOR else 0
    return total


@cache
def _client(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=0.5, retry=Retry(NoBackoff(), 0))
