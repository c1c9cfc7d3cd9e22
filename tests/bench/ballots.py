"""Ballots a second through the real pages, against a bare view and against PostgreSQL alone.

Run ``python -m tests.bench.ballots``. A cluster with every durability setting on, granian with
two processes of four threads as in production, and 50 phones at once that each save a whole ballot
of 30 scores again and again. The load comes from the same machine, which it shares with the
servers.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import re
import secrets
import signal
import subprocess
import sys
import time
import urllib.request
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from uuid import uuid4

from commissioning.embedded.data import free_port

ROOT: Final = Path(__file__).resolve().parents[2]
PHONES, IDEAS, SECONDS, TURNS = 50, 30, 2.0, 3
# Requests that a phone has ready before each turn; more are written as they are needed.
AHEAD: Final = 60
DURABLE: Final = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "autovacuum": "on",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "listen_addresses": "127.0.0.1",
    "log_min_messages": "fatal",
}
# Run in a process of its own, with the bench's database: a round of 30 ideas and 50 cards.
PREPARE: Final = """
import json
import django
django.setup()
from django.http import HttpResponse
from participation.budgeting import session
from tests.bench.round import make_round
round_, voters = make_round(%d, %d)
cookies = []
for voter in voters:
    response = HttpResponse()
    session.admit(response, voter)
    (cookie,) = response.cookies.values()
    cookies.append(f"{cookie.key}={cookie.value}")
print(json.dumps({"round": str(round_.pk), "cookies": cookies}))
"""
# And in another: how many statements the pages ask of the database.
COUNT: Final = """
import sys
import django
django.setup()
from uuid import uuid4
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
cookie, round_ = sys.argv[1:]
name, _, value = cookie.partition("=")
phone = Client()
phone.cookies[name] = value
form = {f"p-{n}": "3" for n in range(1, %d + 1)} | {"op_id": str(uuid4()), "base_rev": "0"}
json = {"accept": "application/json"}
said = []
for what, ask in {
    "ballot page": lambda: phone.get("/v/ballot/"),
    "whole ballot saved": lambda: phone.post("/v/ballot/", form, headers=json),
    "public page": lambda: phone.get(f"/votes/{round_}/"),
}.items():
    with CaptureQueriesContext(connection) as asked:
        assert ask().status_code == 200, what
    said.append(f"{what} {len(asked)}")
print("statements: " + ", ".join(said))
"""


@dataclass
class Figures:
    """What came of a run of requests; ``work`` is the server's processor time for each, in ms."""

    what: str
    a_second: float
    work: float
    p50: float
    p95: float
    p99: float

    def line(self) -> str:
        """One line of the report; times in milliseconds."""
        return (
            f"{self.what:<52}{self.a_second:8.0f} a second {self.work:5.2f} ms of processor"
            f"   p50 {self.p50:6.1f}  p95 {self.p95:6.1f}  p99 {self.p99:6.1f} ms"
        )


class Phone:
    """One connection that sends requests as fast as they are answered."""

    def __init__(self, port: int, make: Callable[[], bytes]) -> None:
        self.port, self.make = port, make
        self.ready: deque[bytes] = deque()
        self.times: list[float] = []

    def prepare(self) -> None:
        """Write requests beforehand: what a phone does by itself is no work of this machine."""
        while len(self.ready) < AHEAD:
            self.ready.append(self.make())

    async def run(self, until: float) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        while time.perf_counter() < until:
            asked = self.ready.popleft() if self.ready else self.make()
            started = time.perf_counter()
            writer.write(asked)
            head = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
            body = await reader.readexactly(int(length[1]) if length else 0)
            if not head.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(f"{head[:200]!r} {body[:200]!r}")
            self.times.append(time.perf_counter() - started)
        writer.close()


@dataclass
class Load:
    """Phones that all do the same, in turns with other loads."""

    what: str
    phones: list[Phone]
    times: list[float] = field(default_factory=list)
    seconds: float = 0.0
    used: float = 0.0

    def turn(self, server: int) -> None:
        """Let all phones run for a while, after half a second that is not counted."""
        for phone in self.phones:
            phone.prepare()
        asyncio.run(self._together(0.5))
        used = processor_of(server)
        asyncio.run(self._together(SECONDS))
        self.used += processor_of(server) - used
        self.seconds += SECONDS
        self.times += [each for phone in self.phones for each in phone.times]

    async def _together(self, seconds: float) -> None:
        for phone in self.phones:
            phone.times.clear()
        until = time.perf_counter() + seconds
        await asyncio.gather(*(phone.run(until) for phone in self.phones))

    def figures(self) -> Figures:
        """What came of all turns."""
        times = sorted(self.times)

        def at(share: float) -> float:
            return 1000 * times[min(len(times) - 1, int(share * len(times)))]

        work = 1000 * self.used / len(times)
        return Figures(self.what, len(times) / self.seconds, work, at(0.5), at(0.95), at(0.99))


def in_turns(server: int, *loads: Load) -> list[Figures]:
    """The loads one after the other, again and again: what else the machine does hits all."""
    for _ in range(TURNS):
        for each in loads:
            each.turn(server)
    return [each.figures() for each in loads]


def request(method: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """The bytes of a request."""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def saver(port: int, cookie: str) -> Phone:
    """A phone that saves another whole ballot each time, as the page's own script does."""
    token = secrets.token_hex(16)
    headers = {
        "Cookie": f"{cookie}; csrf={token}",
        "Accept": "application/json",
        "Content-Type": "application/json",
        "X-CSRFToken": token,
    }
    revisions = count()

    def make() -> bytes:
        rev = next(revisions)
        marks = {f"p-{n}": str(1 + (n + rev) % 5) for n in range(1, IDEAS + 1)}
        form = marks | {"op_id": str(uuid4()), "base_rev": str(rev), "csrfmiddlewaretoken": token}
        return request("POST", "/v/ballot/", headers, json.dumps(form).encode())

    return Phone(port, make)


def poster(port: int, method: str, path: str) -> Phone:
    """A phone that asks for the same thing again and again."""
    whole = request(method, path, {})
    return Phone(port, lambda: whole)


@contextmanager
def granian(environment: dict[str, str], settings: str, port: int) -> Iterator[int]:
    """The production server on a port; gives its process id."""
    command = [sys.executable, "-m", "granian", "--interface=wsgi", "--host=127.0.0.1"]
    command += [f"--port={port}", "--blocking-threads=4", "--workers=2", "--no-ws", "--no-log"]
    process = subprocess.Popen(
        [*command, "commissioning.wsgi:application"],
        cwd=ROOT,
        env=environment | {"DJANGO_SETTINGS_MODULE": settings},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/bare/", data=b"")
                break
            except OSError:
                time.sleep(0.1)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def processes_of(server: int) -> list[int]:
    """The server's own process and its workers."""
    children = Path(f"/proc/{server}/task/{server}/children")
    return [server, *map(int, children.read_text().split())]


def processor_of(server: int) -> float:
    """Seconds of processor time that the server's processes have used."""
    ticks = 0
    for pid in processes_of(server):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def memory_of(server: int) -> list[int]:
    """Megabytes of each process of the server (resident)."""
    sizes = []
    for pid in processes_of(server):
        found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
        sizes.append(int(found[1]) // 1024 if found else 0)
    return sizes


def pgbench(binaries: Path, url: str) -> float:
    """Single INSERTs a second with nothing in front of PostgreSQL."""
    with TemporaryDirectory() as folder:
        script = Path(folder) / "insert.sql"
        script.write_text("INSERT INTO bench.bare (words) VALUES ('a vote');\n")
        done = subprocess.run(
            [str(binaries / "pgbench"), "-n", "-c", str(PHONES), "-j", "2",
             "-T", str(int(TURNS * SECONDS)), "-f", str(script), url],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    return float(found[1]) if found else 0.0


def page_bytes(port: int, cookie: str) -> dict[str, int]:
    """The ballot page and what it links to, gzipped as the front sends it."""
    address = f"http://127.0.0.1:{port}"
    page = _get(address + "/v/ballot/", cookie)
    linked = re.findall(rb'(?:href|src)="(/static/[^"]+\.(?:css|js|woff2))"', page)
    sizes = {"/v/ballot/": len(gzip.compress(page, 6))}
    for path in dict.fromkeys(found.decode() for found in linked):
        content = _get(address + path, "")
        sizes[path] = len(content) if path.endswith("woff2") else len(gzip.compress(content, 6))
    return sizes


def _get(url: str, cookie: str) -> bytes:
    asked = urllib.request.Request(url, headers={"Cookie": cookie})
    with urllib.request.urlopen(asked) as answer:
        content: bytes = answer.read()
    return content


def run(say: Callable[[str], Any] = print) -> dict[str, float]:
    """Measure everything, say it line by line, and give the figures that have targets."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commissioning.settings")
    import django
    import psycopg

    django.setup()
    from commissioning.embedded import postgres
    from tests import cluster

    usual, cluster.FAST = cluster.FAST, DURABLE
    servers = cluster.Cluster()
    try:
        with TemporaryDirectory() as keys:
            return _measure(servers.addresses, postgres.binaries(), Path(keys), say, psycopg)
    finally:
        servers.stop()
        cluster.FAST = usual


def _measure(
    addresses: Any, binaries: Path, keys: Path, say: Callable[[str], Any], psycopg: Any
) -> dict[str, float]:
    from tests import cluster

    cluster.clone(addresses, "bench")
    superuser = addresses.superuser.format(name="bench")
    with psycopg.connect(superuser, autocommit=True) as root:
        root.execute("CREATE SCHEMA bench")
        root.execute(
            "CREATE TABLE bench.bare"
            " (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, words text)"
        )
        root.execute("GRANT USAGE ON SCHEMA bench TO app; GRANT INSERT ON bench.bare TO app")
    environment = os.environ | {
        "DATABASE_URL": addresses.app.format(name="bench"),
        "REDIS_URL": f"{addresses.redis}/0",
        "SECRET_KEY": "the bench's own secret, which is long enough for anybody",
        "VOTE_PEPPER": "the bench's own pepper, which is long enough for anybody",
        "BALLOT_KEY_DIR": str(keys),
        "LOCAL": "0",
        "DATABASE_POOL_SIZE": "12",
    }

    def alone(program: str, *arguments: str) -> str:
        """The last line that a program prints which runs in a process of its own."""
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments],
            cwd=ROOT,
            env=environment | {"DJANGO_SETTINGS_MODULE": "tests.bench.bare"},
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return done.stdout.splitlines()[-1]

    made = json.loads(alone(PREPARE % (IDEAS, PHONES + 1)))
    say(alone(COUNT % IDEAS, made["cookies"][-1], made["round"]))
    port = free_port()
    figures: dict[str, float] = {}
    with granian(environment, "tests.bench.bare", port) as process:
        saving = [saver(port, cookie) for cookie in made["cookies"][:PHONES]]
        inserting = [poster(port, "POST", "/bare/") for _ in range(PHONES)]
        reading = [poster(port, "GET", f"/votes/{made['round']}/") for _ in range(PHONES)]
        votes, bare, public = in_turns(
            process,
            Load("a whole ballot saved, real page", saving),
            Load("bare view with one INSERT, the same middleware", inserting),
            Load("public page of the round, 30 ideas", reading),
        )
        for line in (votes, bare, public):
            say(line.line())
        sizes = page_bytes(port, made["cookies"][0])
        say(
            f"ballot page {sizes['/v/ballot/']:,} bytes gzipped, with all it links to"
            f" {sum(sizes.values()):,}"
        )
        say(f"memory of the server's processes: {memory_of(process)} MB")
    with granian(environment, "tests.bench.bare_alone", port) as process:
        inserting = [poster(port, "POST", "/bare/") for _ in range(PHONES)]
        (without,) = in_turns(
            process, Load("bare view with one INSERT, hardly any middleware", inserting)
        )
        say(without.line())
    tps = pgbench(binaries, superuser)
    say(f"{'pgbench with one INSERT':<58}{tps:8.0f} a second")
    say(
        f"a saved ballot has {votes.a_second / bare.a_second:.0%} of the bare view's throughput"
        f" ({votes.a_second / without.a_second:.0%} of it with hardly any middleware,"
        f" {votes.a_second / tps:.0%} of pgbench)"
    )
    figures |= {
        "votes": votes.a_second,
        "bare": bare.a_second,
        "public": public.a_second,
        "page": sum(sizes.values()),
        "alone": without.a_second,
        "pgbench": tps,
    }
    return figures


if __name__ == "__main__":
    run()
