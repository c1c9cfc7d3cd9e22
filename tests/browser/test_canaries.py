"""The search after each test finds what it is there to find."""

from collections.abc import Callable

import redis

from tests.browser.canaries import everything_in, found_in

WORDS = "Somebody on our street is not safe at home."


def test_words_are_found_wherever_redis_may_hold_them(redis_client: redis.Redis) -> None:
    homes: dict[str, Callable[[], object]] = {
        "text": lambda: redis_client.set("text", WORDS),
        "hash": lambda: redis_client.hset("hash", "field", WORDS),
        "list": lambda: redis_client.rpush("list", f"a message with {WORDS} in it"),
        "set": lambda: redis_client.sadd("set", WORDS),
        "sorted set": lambda: redis_client.zadd("sorted", {WORDS: 1}),
        "stream": lambda: redis_client.xadd("stream", {"what": WORDS}),
        "key": lambda: redis_client.set(f"asked:{WORDS}", 1),
    }
    for home, keep in homes.items():
        redis_client.flushdb()
        assert found_in(everything_in(redis_client), [WORDS]) == []
        keep()
        assert found_in(everything_in(redis_client), [WORDS]) == [WORDS], home
    redis_client.flushdb()
