"""Telling live pages that something changed."""

import json
import logging
from functools import cache, partial
from typing import Any
from urllib.parse import urlsplit

import redis
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from redis.backoff import NoBackoff
from redis.retry import Retry

logger = logging.getLogger(__name__)

RECHECK = "recheck"


def topic(name: str) -> str:
    """The Redis channel; Redis shares those between its databases, so the database is named."""
    return f"live{urlsplit(settings.REDIS_URL).path}:{name}"


def publish(channel: str, event: str, data: dict[str, Any]) -> None:
    """On commit, tell the channel's listeners the whole new state of what ``event`` names.

    A later event of the same name replaces an earlier one that was not sent yet. Nothing is
    promised: a page that missed an event gets the whole when it connects again.
    """
    message = json.dumps({"event": event, "data": data}, cls=DjangoJSONEncoder)
    transaction.on_commit(partial(_send, topic(channel), message))


def recheck(user_id: object = None, session_key: str | None = None) -> None:
    """On commit, have every process ask again whether listeners may stay, at once.

    Of one person, of one session, or of everybody.
    """
    who = {"user": None if user_id is None else str(user_id), "session": session_key}
    transaction.on_commit(partial(_send, topic(RECHECK), json.dumps(who)))


@cache
def _client(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=2, retry=Retry(NoBackoff(), 0))


def _send(name: str, message: str) -> None:
    try:
        _client(settings.REDIS_URL).publish(name, message)
    except redis.RedisError as error:
        # What was committed stands; pages that listen will poll or connect again.
        logger.warning("a live event was not sent: %s", type(error).__name__)
