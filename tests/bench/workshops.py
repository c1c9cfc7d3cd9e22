"""A room of phones and walls on live streams, each phone contributing every five seconds.

Run ``python -m tests.bench.workshops``: 150 phones and 3 walls, then 500 phones of which 150
contribute, then every server killed in turn (``tests/bench/killing.py``). ``[PHONES [SECONDS]]``
measures one room, ``--kill`` only kills.

Web (granian, two processes) and live (uvicorn) are split as in production; PostgreSQL has every
durability setting on. Measured, in one run: how long after an action's commit every phone knows
(the event carries the time of the commit; a later event stands for the ones that it overtook),
and how long the same events take from Redis to as many plain subscribers. The load comes from the
same machine, which it shares with the servers.
"""

from __future__ import annotations

import asyncio
import bisect
import json
import os
import random
import re
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from commissioning.embedded.data import free_port
from tests.bench.ballots import DURABLE, ROOT, memory_of, request

REV: Final = re.compile(rb'"rev": (\d+)')
PHONES, WALLS, SECONDS, EVERY = 150, 3, 60.0, 5.0
WEB: Final = (
    "granian --interface=wsgi --host=127.0.0.1 --port={port} --blocking-threads=4 --workers=2"
    " --no-ws --no-log commissioning.wsgi:application"
)
LIVE: Final = "uvicorn commissioning.asgi:application --port {port} --log-level error"
PREPARE: Final = """
import json
import django
django.setup()
from tests.bench.room import make_room
print(json.dumps(make_room(%d)))
"""


@dataclass
class Run:
    """What was heard and what was taken. Times are microseconds since 1970, as the events'."""

    published: list[int] = field(default_factory=list)
    raw: list[float] = field(default_factory=list)
    heard: list[list[tuple[int, int]]] = field(default_factory=list)
    taken: int = 0
    refused: int = 0
    posts: list[float] = field(default_factory=list)

    def arrivals(self) -> list[float]:
        """For every event and every screen, milliseconds until the screen knew that much."""
        found: list[float] = []
        for screen in self.heard:
            revs = [rev for rev, _ in screen]
            for rev in self.published:
                place = bisect.bisect_left(revs, rev)
                if place < len(screen):
                    found.append((screen[place][1] - rev) / 1000)
        return sorted(found)

    def missed(self) -> int:
        """Events that some screen never came to know of, nor anything later."""
        return sum(
            1
            for screen in self.heard
            for rev in self.published
            if not screen or screen[-1][0] < rev
        )


def now() -> int:
    """Microseconds since 1970."""
    return time.time_ns() // 1000


async def stream(port: int, channel: str, cookie: str, heard: list[tuple[int, int]]) -> None:
    """One screen on its stream; opened again when it breaks."""
    while True:
        with suppress(OSError, asyncio.IncompleteReadError, ValueError):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(request("GET", f"/live/{channel}/", {"Cookie": cookie}))
            while line := await reader.readline():
                if line.startswith(b"data:") and b'"rev"' in line:
                    heard.append((json.loads(line[5:])["rev"], now()))
        await asyncio.sleep(0.5)


async def subscribe(url: str, channel: str, run: Run, *, first: bool) -> None:
    """A plain subscriber of Redis; the first also keeps what was published.

    Redis's own protocol, read without a client library: with hundreds of subscribers in this one
    process a library would be what is measured.
    """
    from commissioning.live.publish import topic

    address = urlsplit(url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    writer.write(f"SUBSCRIBE {topic(channel)}\r\n".encode())
    rest = b""
    while piece := await reader.read(65536):
        *whole, rest = (rest + piece).split(b"\r\n")
        for line in whole:
            if found := REV.search(line):
                rev = int(found[1])
                run.raw.append((now() - rev) / 1000)
                if first:
                    run.published.append(rev)


async def contribute(port: int, made: dict[str, Any], cookie: str, run: Run, until: float) -> None:
    """One phone: an idea every five seconds, begun at some moment of the first five."""
    token = secrets.token_hex(16)
    headers = {
        "Cookie": f"{cookie}; csrf={token}",
        "Content-Type": "application/x-www-form-urlencoded",
        "Connection": "close",
    }
    await asyncio.sleep(random.random() * EVERY)
    while time.monotonic() < until:
        begun = time.monotonic()
        form = {
            "activity": made["activity"],
            "op": str(uuid4()),
            "text": f"An idea {secrets.token_hex(4)}",
            "csrfmiddlewaretoken": token,
        }
        body = urlencode(form).encode()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request("POST", f"/j/{made['code']}/say/", headers, body))
        answer = await reader.readline()
        writer.close()
        run.taken += b" 302" in answer
        run.refused += b" 302" not in answer
        run.posts.append(1000 * (time.monotonic() - begun))
        await asyncio.sleep(max(0.0, EVERY - (time.monotonic() - begun)))


async def measure(web: int, live: int, redis_url: str, made: dict[str, Any], seconds: float) -> Run:
    """Open every stream, let the room work, and hear it out."""
    run = Run(heard=[[] for _ in range(len(made["phones"]) + WALLS)])
    phones, wall = f"phones:{made['workshop']}", f"wall:{made['workshop']}"
    screens = [(phones, cookie) for cookie in made["phones"]] + [(wall, made["wall"])] * WALLS
    tasks = [
        asyncio.create_task(stream(live, channel, cookie, run.heard[i]))
        for i, (channel, cookie) in enumerate(screens)
    ]
    tasks += [
        asyncio.create_task(subscribe(redis_url, phones, run, first=i == 0))
        for i in range(len(screens))
    ]
    # A hall comes in before it works: first everybody is connected.
    while not all(run.heard):
        await asyncio.sleep(0.5)
    await asyncio.sleep(2)
    until = time.monotonic() + seconds
    await asyncio.gather(*(contribute(web, made, c, run, until) for c in made["speakers"]))
    await everybody_knows(run)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return run


async def everybody_knows(run: Run) -> None:
    """Wait until every screen knows of the last event; for a while."""
    for _ in range(60):
        await asyncio.sleep(0.5)
        last = max(run.published, default=0)
        if all(screen and screen[-1][0] >= last for screen in run.heard):
            return


@contextmanager
def serving(command: str, environment: dict[str, str], port: int) -> Iterator[int]:
    """A server in a process of its own, once it listens; gives its id."""
    process = subprocess.Popen(
        [sys.executable, "-m", *command.split()],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(300):
            try:
                asyncio.run(_knock(port))
            except OSError:
                time.sleep(0.1)
            else:
                break
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)


async def _knock(port: int) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.close()


def at(times: list[float], share: float) -> float:
    """A quantile; nan of nothing."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def line(what: str, times: list[float]) -> str:
    """One line of the report, in milliseconds."""
    return (
        f"{what:<58} p50 {at(times, 0.5):7.1f}  p95 {at(times, 0.95):7.1f}"
        f"  max {at(times, 1.0):7.1f} ms"
    )


def run(
    say: Callable[[str], Any] = print,
    phones: int = PHONES,
    seconds: float = SECONDS,
    *,
    speakers: int | None = None,
    kill: bool = False,
) -> dict[str, float]:
    """Measure, say it line by line, and give the figures that have targets.

    ``speakers``: how many of the phones contribute, where not all do. ``kill``: kill the servers in
    turn instead.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commissioning.settings")
    import django

    django.setup()
    from tests import cluster

    usual, cluster.FAST = cluster.FAST, DURABLE
    servers = cluster.Cluster()
    try:
        with TemporaryDirectory() as keys:
            environment, made = _prepared(servers.addresses, Path(keys), phones)
            if kill:
                from tests.bench import killing

                words = {"web": WEB, "live": LIVE}
                return killing.measured(servers, environment, made, words, say)
            made["speakers"] = made["phones"][:speakers]
            return _measured(servers.addresses, environment, made, say, seconds)
    finally:
        servers.stop()
        cluster.FAST = usual


def _prepared(addresses: Any, keys: Path, phones: int) -> tuple[dict[str, str], dict[str, Any]]:
    """A database with a room in it, and the environment of the servers."""
    from tests import cluster

    cluster.clone(addresses, "room")
    environment = os.environ | {
        "DATABASE_URL": addresses.app.format(name="room"),
        "REDIS_URL": f"{addresses.redis}/0",
        "SECRET_KEY": "the bench's own secret, which is long enough for anybody",
        "VOTE_PEPPER": "the bench's own pepper, which is long enough for anybody",
        "BALLOT_KEY_DIR": str(keys),
        "LOCAL": "0",
        "DJANGO_SETTINGS_MODULE": "tests.bench.bare",
    }
    done = subprocess.run(
        [sys.executable, "-c", PREPARE % phones],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return environment, json.loads(done.stdout.splitlines()[-1])


def _measured(
    addresses: Any,
    environment: dict[str, str],
    made: dict[str, Any],
    say: Callable[[str], Any],
    seconds: float,
) -> dict[str, float]:
    import psycopg

    web, live = free_port(), free_port()
    with (
        serving(WEB.format(port=web), environment, web) as web_process,
        serving(LIVE.format(port=live), environment, live) as live_process,
    ):
        found = asyncio.run(measure(web, live, environment["REDIS_URL"], made, seconds))
        with psycopg.connect(addresses.superuser.format(name="room")) as root:
            (held,) = root.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE usename = 'app'"
            ).fetchone() or (0,)
            (kept,) = root.execute("SELECT count(*) FROM workshops_contribution").fetchone() or (0,)
        memory = memory_of(web_process) + memory_of(live_process)
    arrivals = found.arrivals()
    ratio = at(arrivals, 0.95) / at(found.raw, 0.95)
    say(
        f"{len(made['phones'])} phones and {WALLS} walls connected, {len(made['speakers'])} "
        f"of them contribute every {EVERY:.0f} s: {found.taken} ideas taken, {found.refused} not"
    )
    say(line("from commit to every screen", arrivals))
    say(line("the same events from Redis to as many plain subscribers", found.raw))
    say(line("an idea sent, until the phone is answered", found.posts))
    say(f"p95 is {ratio:.1f} times the raw fan-out's (aim: 10); events are sent at most 4 a second")
    say(f"events that a screen never came to know of: {found.missed()}")
    say(f"acknowledged {found.taken}, kept {kept}; database connections held: {held}")
    say(f"memory of the processes: {memory} MB")
    say(f"load of the machine (1 minute): {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    return {"p95": at(arrivals, 0.95), "ratio": ratio, "connections": float(held)}


def main(words: list[str]) -> None:
    """``[PHONES [SECONDS]]``, ``--kill``; with nothing: 150, then 500 connected, then the kills."""
    from tests.bench.killing import PHONES as KILLED_UNDER

    def say(text: str) -> None:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()

    if words and words[0] != "--kill":
        run(say, int(words[0]), float(words[1]) if len(words) > 1 else SECONDS)
        return
    if not words:
        run(say)
        run(say, 500, speakers=PHONES)
    run(say, KILLED_UNDER, kill=True)


if __name__ == "__main__":
    main(sys.argv[1:])
