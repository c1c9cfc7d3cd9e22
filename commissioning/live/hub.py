"""One Redis subscription for the process, fanned out in memory to every open stream."""

import asyncio
import contextlib
import json
import logging
import random
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

import redis.asyncio
from asgiref.sync import sync_to_async
from django.conf import settings
from redis import RedisError

from commissioning.live import listeners, presence
from commissioning.live.publish import RECHECK, topic

logger = logging.getLogger(__name__)

# With the time a check takes, a person who was removed hears nothing more after ten seconds.
RECHECK_SECONDS = 4.0
LONGEST_RETRY = 5.0


@dataclass(eq=False)
class Stream:
    """One open stream: who listens to what, and what waits to be sent."""

    channel: str
    listener: listeners.Listener
    waiting: dict[str, Any] = field(default_factory=dict)
    # The connection to Redis was lost for a while, so the whole must be sent again.
    missed: bool = False
    ended: bool = False
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, event: str, data: Any) -> None:
        """Let it wait to be sent, in place of an older one of the same name."""
        self.waiting[event] = data
        self.news.set()

    def resume(self) -> None:
        """Have everything sent again."""
        self.missed = True
        self.news.set()

    def end(self) -> None:
        """Close it from our side."""
        self.ended = True
        self.news.set()


class Hub:
    """The streams of one event loop."""

    def __init__(self) -> None:
        # Weak: a stream that a vanished client never began to read leaves by itself.
        self.streams: defaultdict[str, WeakSet[Stream]] = defaultdict(WeakSet)
        self.tasks: list[asyncio.Task[None]] = []
        self.connected = asyncio.Event()
        self.written: set[str] = set()

    async def join(self, stream: Stream) -> None:
        """Add a stream; from when this returns, nothing published is missed."""
        if not self.tasks:
            self.tasks = [
                asyncio.create_task(self._forever(self._listen)),
                asyncio.create_task(self._forever(self._recheck_again_and_again)),
                asyncio.create_task(self._forever(self._write_down_how_many)),
            ]
        self.streams[stream.channel].add(stream)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.connected.wait(), 2)

    def leave(self, stream: Stream) -> None:
        """Take a stream out."""
        self.streams[stream.channel].discard(stream)
        if not self.streams[stream.channel]:
            del self.streams[stream.channel]

    def count(self) -> int:
        """How many streams are open in this process."""
        return sum(len(group) for group in self.streams.values())

    def open_streams(self) -> list[Stream]:
        """Every stream of this process."""
        return [stream for group in list(self.streams.values()) for stream in group]

    async def _forever(self, work: Callable[[], Any]) -> None:
        """Do it again after an error, a little later each time, never all processes at once."""
        wait = 0.1
        while True:
            try:
                await work()
                wait = 0.1
            except (RedisError, OSError) as error:
                logger.warning("live updates wait for Redis: %s", type(error).__name__)
            except Exception:
                logger.exception("live updates had an error")
            await asyncio.sleep(wait * random.uniform(0.5, 1.5))  # noqa: S311
            wait = min(LONGEST_RETRY, wait * 2)

    async def _listen(self) -> None:
        async with (
            redis.asyncio.Redis.from_url(settings.REDIS_URL, health_check_interval=10) as client,
            client.pubsub(ignore_subscribe_messages=False) as subscription,
        ):
            try:
                await subscription.psubscribe(topic("*"))
                async for message in subscription.listen():
                    await self._receive(message)
            finally:
                self.connected.clear()

    async def _receive(self, message: dict[str, Any]) -> None:
        if message["type"] == "psubscribe":
            self.connected.set()
            for stream in self.open_streams():
                stream.resume()
            return
        name = message["channel"].decode().removeprefix(topic(""))
        told = json.loads(message["data"])
        if name == RECHECK:
            await self._recheck(self._of(told))
            return
        for stream in list(self.streams.get(name, ())):
            stream.tell(told["event"], told["data"])

    def _of(self, who: dict[str, str | None]) -> list[Stream]:
        """The streams of a person or of a session; of everybody when neither is named."""
        user, session = who["user"], who["session"]
        return [
            stream
            for stream in self.open_streams()
            if user in (None, stream.listener.user_id)
            and session in (None, stream.listener.session_key)
        ]

    async def _recheck_again_and_again(self) -> None:
        while True:
            await asyncio.sleep(RECHECK_SECONDS)
            await self._recheck(self.open_streams())

    async def _write_down_how_many(self) -> None:
        async with redis.asyncio.Redis.from_url(settings.REDIS_URL) as client:
            while True:
                # Also a channel that nobody listens to any more, once.
                names = set(self.streams) | self.written
                await presence.write(client, {name: self._on(name) for name in names})
                self.written = set(self.streams)
                await asyncio.sleep(presence.EVERY_SECONDS)

    def _on(self, channel: str) -> int:
        return len(self.streams.get(channel, ()))

    async def _recheck(self, streams: Iterable[Stream]) -> None:
        """End the streams whose listener may not stay, all asked about in one go."""
        asked = {(stream.listener, stream.channel) for stream in streams}
        if not asked:
            return
        refused = await sync_to_async(listeners.refused, thread_sensitive=False)(asked)
        for stream in streams:
            if (stream.listener, stream.channel) in refused:
                stream.end()


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


def hub() -> Hub:
    """The hub of the running event loop: one in a process."""
    return _hubs.setdefault(asyncio.get_running_loop(), Hub())
