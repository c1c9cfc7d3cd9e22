"""Web, live, Redis and PostgreSQL killed in turn while a room works, behind one origin.

Each is killed outright (SIGKILL, with its workers) and started again after two seconds, as a
supervisor does. Plain phones contribute every few seconds and keep what was not acknowledged, under
the same name, as the page's script does. A real phone and a real wall (Chromium) are never loaded
anew: what the phone says meanwhile, and how long until words typed on it during the outage are kept
and the wall moves again, is written down.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from playwright.async_api import Page, async_playwright

from commissioning.embedded.data import free_port
from tests import cluster
from tests.bench.ballots import ROOT, processes_of, request

PHONES: Final = 60
EVERY: Final = 5.0
# How long a supervisor takes to start again what died, and the longest that anything may take.
AGAIN: Final = 2.0
PATIENCE: Final = 90.0
CHROMIUM: Final = "/usr/bin/chromium"
NOBODY_THERE: Final = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
FLAGS: Final = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]


@dataclass
class Phones:
    """What plain phones sent and heard. Times are seconds of the monotonic clock."""

    sent: set[str] = field(default_factory=set)
    acknowledged: set[str] = field(default_factory=set)
    answered: list[float] = field(default_factory=list)
    # For each phone when it last heard anything of the room.
    heard: dict[int, float] = field(default_factory=dict)
    tries_again: int = 0
    # What the database holds in the end, by the names that phones gave.
    kept: list[str] = field(default_factory=list)


class Process:
    """A server of ours that can be killed and started again on the same port."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self.command, self.environment = command, environment
        self.start()

    def start(self) -> None:
        """Start it."""
        self.process = subprocess.Popen(
            self.command,
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill(self) -> None:
        """Kill it and its workers, without a word."""
        for pid in processes_of(self.process.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def kept_running(commands: dict[str, list[str]], environment: dict[str, str]) -> Iterator[Any]:
    """The processes by name; all ended afterwards."""
    running = {name: Process(command, environment) for name, command in commands.items()}
    try:
        yield running
    finally:
        for one in running.values():
            one.kill()


async def origin(port: int, web: int, live: int) -> asyncio.Server:
    """One address for both, as the front in production: streams to live, all else to web."""

    async def pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.CancelledError):
            while piece := await reader.read(65536):
                writer.write(piece)
                await writer.drain()
        writer.close()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            to = live if head.split(b" ", 2)[1].startswith(b"/live/") else web
            up_reader, up_writer = await asyncio.open_connection("127.0.0.1", to)
        except (OSError, asyncio.IncompleteReadError):
            writer.write(
                b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            )
            writer.close()
            return
        # One request a connection, so that each goes where it belongs.
        lines = [
            line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")
        ]
        up_writer.write(b"\r\n".join([*lines[:-2], b"Connection: close", b"", b""]))
        await asyncio.gather(pipe(reader, up_writer), pipe(up_reader, writer))

    return await asyncio.start_server(serve, "127.0.0.1", port)


async def listen(port: int, number: int, channel: str, cookie: str, phones: Phones) -> None:
    """A phone's stream, opened again as a browser does it."""
    while True:
        writer = None
        with suppress(OSError, asyncio.IncompleteReadError, ValueError):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(request("GET", f"/live/{channel}/", {"Cookie": cookie}))
            while line := await reader.readline():
                if line.startswith(b"data:") and b'"rev"' in line:
                    phones.heard[number] = time.monotonic()
        if writer:
            writer.close()
        await asyncio.sleep(random.uniform(2, 4))


async def contribute(port: int, made: dict[str, Any], cookie: str, phones: Phones) -> None:
    """An idea every few seconds; kept and sent again until it is acknowledged."""
    token = secrets.token_hex(16)
    headers = {
        "Cookie": f"{cookie}; csrf={token}",
        "Content-Type": "application/x-www-form-urlencoded",
        "Connection": "close",
    }
    await asyncio.sleep(random.random() * EVERY)
    # Fewer than a phone may give, however long the bench takes.
    for _ in range(55):
        op = str(uuid4())
        form = {"activity": made["activity"], "op": op, "text": f"An idea {op[:8]}"}
        body = urlencode(form | {"csrfmiddlewaretoken": token}).encode()
        phones.sent.add(op)
        while not await _is_taken(port, made["code"], headers, body):
            phones.tries_again += 1
            await asyncio.sleep(random.uniform(2, 4))
        phones.acknowledged.add(op)
        phones.answered.append(time.monotonic())
        await asyncio.sleep(EVERY)


async def _is_taken(port: int, code: str, headers: dict[str, str], body: bytes) -> bool:
    with suppress(OSError, TimeoutError):
        async with asyncio.timeout(10):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(request("POST", f"/j/{code}/say/", headers, body))
            answer = await reader.readline()
            writer.close()
            return b" 302" in answer
    return False


async def say_on_phone(phone: Page, words: str) -> str:
    """Type an idea on the real phone and send it; what the page says of it a moment later."""
    box = phone.get_by_label("Your idea")
    await box.fill(words)
    await phone.get_by_role("button", name="Send it").first.click()
    await asyncio.sleep(1.5)
    return (await phone.locator("[data-live-state]").inner_text()).strip()


async def waited_for(what: Callable[[], Any], since: float) -> float:
    """Seconds until it is true; nan where it never came true."""
    while time.monotonic() - since < PATIENCE:
        answer = what()
        if await answer if asyncio.iscoroutine(answer) else answer:
            return time.monotonic() - since
        await asyncio.sleep(0.1)
    return float("nan")


async def run(
    kills: dict[str, tuple[Callable[[], None], Callable[[], None]]],
    ports: tuple[int, int, int],
    made: dict[str, Any],
    superuser: str,
    say: Callable[[str], Any],
) -> Phones:
    """Let the room work; kill one after another; say what came of it."""
    front = await origin(*ports)
    phones, port, channel = Phones(), ports[0], f"phones:{made['workshop']}"
    tasks: list[asyncio.Task[None]] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        phone, wall = await _screens(browser, f"http://127.0.0.1:{port}", made)
        tasks += [
            asyncio.create_task(work)
            for number, cookie in enumerate(made["phones"])
            for work in (
                listen(port, number, channel, cookie, phones),
                contribute(port, made, cookie, phones),
            )
        ]
        await asyncio.sleep(8)
        for name, (kill, start) in kills.items():
            await _one(name, kill, start, phone, wall, phones, say)
        reloaded = [await page.evaluate("window.sameAsBefore !== true") for page in (phone, wall)]
        say(f"real screens that were loaded anew: {sum(reloaded)} of 2")
        await browser.close()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    front.close()
    # Asked for here: a PostgreSQL that a thread of this loop started ends with the loop.
    phones.kept = await asyncio.to_thread(kept_ops, superuser)
    return phones


async def _screens(browser: Any, site: str, made: dict[str, Any]) -> tuple[Page, Page]:
    visitor = await browser.new_context(viewport={"width": 360, "height": 740})
    visitor.set_default_timeout(PATIENCE * 1000)
    phone = await visitor.new_page()
    await phone.goto(f"{site}/j/{made['code']}/")
    await phone.get_by_role("button", name="Come in").click()
    await phone.get_by_label("Your idea").wait_for()
    desk = await browser.new_context(viewport={"width": 1920, "height": 1080})
    desk.set_default_timeout(PATIENCE * 1000)
    name, _equals, value = made["wall"].partition("=")
    await desk.add_cookies([{"name": name, "value": value, "url": site}])
    wall = await desk.new_page()
    await wall.goto(f"{site}{made['wall_path']}")
    for page in (phone, wall):
        await page.evaluate("window.sameAsBefore = true")
    return phone, wall


async def _one(
    name: str,
    kill: Callable[[], None],
    start: Callable[[], None],
    phone: Page,
    wall: Page,
    phones: Phones,
    say: Callable[[str], Any],
) -> None:
    began, tries = time.monotonic(), phones.tries_again
    await asyncio.to_thread(kill)
    starting = asyncio.create_task(_later(start))
    words = f"Written while {name} was dead"
    told = await say_on_phone(phone, words)
    await starting
    ready = time.monotonic()
    taken = await waited_for(lambda: phones.answered and phones.answered[-1] > ready, began)

    def everybody_hears() -> bool:
        return all(phones.heard.get(one, 0) > ready for one in range(PHONES))

    heard = await waited_for(everybody_hears, began)

    async def phone_has_it() -> bool:
        return await phone.locator("#ws-own").get_by_text(words).count() > 0

    kept = await waited_for(phone_has_it, began)
    seen = await _counted_on(wall)

    async def wall_moves() -> bool:
        return await _counted_on(wall) > seen

    moving = await waited_for(wall_moves, began)
    say(
        f"{name:<11} killed: ideas taken again after {taken:4.1f} s, all {PHONES} phones hear "
        f"again after {heard:4.1f} s, tried again {phones.tries_again - tries:3d} times; a real "
        f"phone said “{told or 'nothing: it was taken'}” and had its words kept after "
        f"{kept:4.1f} s; the real wall moves after {moving:4.1f} s"
    )
    await asyncio.sleep(6)


async def _counted_on(wall: Page) -> int:
    """How many ideas the wall says there are: the newest cards alone move on too fast."""
    found = re.search(r"(\d+)\s+ideas? so far", await wall.locator("#ws-corner").inner_text())
    return int(found[1]) if found else 0


async def _later(start: Callable[[], None]) -> None:
    await asyncio.sleep(AGAIN)
    await asyncio.to_thread(start)


def redis_again(servers: cluster.Cluster) -> tuple[Callable[[], None], Callable[[], None]]:
    """How the bench's Redis is killed, and started again on its port."""
    from commissioning.embedded import redis

    port = urlsplit(servers.addresses.redis).port

    def start() -> None:
        command = [str(redis.binary()), "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
        command += ["--appendonly", "no", "--databases", "64", "--dir", str(servers.folder)]
        server = cluster.Server(command, servers.account, signal.SIGTERM)
        servers.servers[0] = (server, signal.SIGKILL)

    return lambda: servers.servers[0][0].stop(signal.SIGKILL), start


def postgres_again(servers: cluster.Cluster) -> tuple[Callable[[], None], Callable[[], None]]:
    """How the bench's PostgreSQL is killed, and started again on its data."""
    port = urlsplit(servers.addresses.app).port

    def kill() -> None:
        server, _how = servers.servers[1]
        for pid in processes_of(server.process.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        server.process.wait()

    def start() -> None:
        assert port is not None
        for _ in range(6):
            # It mends itself first, which takes a while on a busy machine.
            with suppress(RuntimeError):
                server = cluster.start_postgres(servers.folder / "data", port, servers.account)
                servers.servers[1] = (server, signal.SIGQUIT)
                return
        raise RuntimeError("PostgreSQL did not come back")

    return kill, start


def kept_ops(superuser: str) -> list[str]:
    """What the database holds, by the names that phones gave."""
    import psycopg

    with psycopg.connect(superuser) as root:
        return [str(op) for (op,) in root.execute("SELECT op FROM workshops_contribution")]


def command(words: str, port: int) -> list[str]:
    """A server of the application on a port."""
    return [sys.executable, "-m", *words.format(port=port).split()]


def until_it_listens(port: int) -> None:
    """Wait for a server that was started just now."""
    for _ in range(600):
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        time.sleep(0.1)
    raise RuntimeError(f"nobody listens on port {port}")


def measured(
    servers: cluster.Cluster,
    environment: dict[str, str],
    made: dict[str, Any],
    words: dict[str, str],
    say: Callable[[str], Any],
) -> dict[str, float]:
    """Kill each in turn; the figures that have targets."""
    web, live, front = (free_port() for _ in range(3))
    commands = {"web": command(words["web"], web), "live": command(words["live"], live)}
    with kept_running(commands, environment) as running:
        for port in (web, live):
            until_it_listens(port)
        kills = {name: (one.kill, one.start) for name, one in running.items()}
        kills |= {"Redis": redis_again(servers), "PostgreSQL": postgres_again(servers)}
        superuser = servers.addresses.superuser.format(name="room")
        phones = asyncio.run(run(kills, (front, web, live), made, superuser, say))
    kept = phones.kept
    lost = phones.acknowledged - set(kept)
    twice = len(kept) - len(set(kept))
    say(f"acknowledged {len(phones.acknowledged)}, of them lost {len(lost)}, kept twice {twice}")
    return {"lost": float(len(lost)), "twice": float(twice)}
