"""What must never be found in a log, in Redis or in a message to a worker.

After each browser test all that it left in the database and the browsers is gathered: addresses,
what people wrote, the codes of voting cards, and every cookie. Redis is searched for it at once,
since the next test begins with an empty one; the logs of web, worker and PostgreSQL once all is
over, so that a line written late is found too.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import redis
from playwright.sync_api import BrowserContext

from commissioning.people.models import User
from participation.budgeting import keyring, register
from participation.budgeting.codes import grouped
from participation.budgeting.models import Elector
from participation.budgeting.models.register import RollEntry
from participation.calls.models import SectionDraft
from participation.workshops.models import Consent, Contribution, Worry

# Shorter words may stand in a log by chance.
SHORTEST = 12
MOST_CARDS = 50
# Cookies that say nothing of anybody.
PLAIN_COOKIES = {"csrf", "language", "django_language"}


def left_by(browsers: Iterable[BrowserContext]) -> set[str]:
    """Everything that a test left which is nobody else's business."""
    found = {*_rows(), *_codes(), *_tokens(browsers)}
    return {text for text in found if len(text) >= SHORTEST or "-" in text}


def _rows() -> Iterator[str]:
    yield from User.objects.values_list("email", flat=True)
    yield from RollEntry.objects.values_list("email", flat=True)
    yield from Contribution.objects.values_list("text", flat=True)
    yield from Consent.objects.values_list("why", flat=True)
    yield from Worry.objects.values_list("words", flat=True)
    for typed in SectionDraft.objects.values_list("raw", flat=True):
        yield from (text for text in typed.values() if isinstance(text, str))


def _codes() -> Iterator[str]:
    for elector in Elector.objects.select_related("round")[:MOST_CARDS]:
        code = keyring.exist(elector.round_id) and register.code_now(elector.round, elector.pk)
        if code:
            yield from (code, grouped(code))


def _tokens(browsers: Iterable[BrowserContext]) -> Iterator[str]:
    for browser in browsers:
        for cookie in browser.cookies():
            if cookie["name"] not in PLAIN_COOKIES:
                yield cookie["value"]


def found_in(text: str, canaries: Iterable[str]) -> list[str]:
    """The canaries that stand in the text."""
    return sorted(canary for canary in canaries if canary in text)


def everything_in(kept: redis.Redis) -> str:
    """Every key of Redis with all that it holds: sessions, caches, queues, streams."""
    return "".join(str([key, _value(kept, key)]) for key in kept.scan_iter())


def _value(kept: redis.Redis, key: Any) -> object:
    read: dict[Any, Callable[[Any], object]] = {
        b"string": kept.get,
        b"hash": kept.hgetall,
        b"list": lambda name: kept.lrange(name, 0, -1),
        b"set": kept.smembers,
        b"zset": lambda name: kept.zrange(name, 0, -1),
        b"stream": kept.xrange,
        b"none": lambda _name: None,
    }
    return read[kept.type(key)](key)
