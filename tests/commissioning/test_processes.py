"""Both shapes in which pages and streams are served: in one process, and in two behind a front."""

import http.client
import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from commissioning.embedded.data import free_port, is_free
from tests.cluster import ROOT, Addresses
from tests.production import environment

pytestmark = pytest.mark.slow


@dataclass
class Process:
    """A server that was started as an operator starts it."""

    port: int
    popen: subprocess.Popen[bytes]
    log: Path

    def get(self, path: str, method: str = "GET") -> tuple[int, http.client.HTTPMessage, bytes]:
        """Ask as the front does: by the site's name, for somebody who came by HTTPS."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        front = {"Host": "commissioning.example", "X-Forwarded-Proto": "https"}
        connection.request(method, path, headers=front)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, answer.headers, body


def start(words: list[str], given: dict[str, str], log: Path) -> Process:
    """Start a server and wait until it listens."""
    port = free_port()
    with log.open("wb") as output:
        popen = subprocess.Popen(
            [sys.executable, "-m", *words, "--port", str(port)],
            cwd=ROOT,
            env=given,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    deadline = time.monotonic() + 60
    while is_free(port) and popen.poll() is None and time.monotonic() < deadline:
        time.sleep(0.1)
    assert popen.poll() is None, log.read_text()
    return Process(port, popen, log)


WEB = ["granian", "--interface=wsgi", "--workers=2", "--blocking-threads=4", "--no-ws"]
WEB += ["commissioning.wsgi:application"]
STREAMS = ["uvicorn", "--lifespan=off", "--no-access-log", "--timeout-graceful-shutdown=5"]


@pytest.fixture(scope="module")
def given(
    django_db_setup: None,
    test_addresses: Addresses,
    database_name: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, str]:
    """A production environment on the tests' servers, with static files collected."""
    folder = tmp_path_factory.mktemp("production")
    given = environment(
        DATABASE_URL=test_addresses.app.format(name=database_name),
        REDIS_URL=f"{test_addresses.redis}/61",
        STATIC_ROOT=str(folder / "static"),
        VAR_DIR=str(folder / "var"),
    )
    command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"]
    subprocess.run(command, cwd=ROOT, env=given, check=True)
    return given


@pytest.fixture(scope="module")
def pair(
    given: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Process]]:
    """The web and the live process of production, as docker-compose.yml starts them."""
    folder = tmp_path_factory.mktemp("logs")
    started = [
        start(WEB, given, folder / "web.log"),
        start([*STREAMS, "commissioning.asgi:live"], given, folder / "live.log"),
    ]
    yield started
    for process in started:
        process.popen.send_signal(signal.SIGTERM)
        process.popen.wait(20)


def test_pages_come_from_the_web_process_with_every_guard_on(pair: list[Process]) -> None:
    web, _ = pair
    status, headers, body = web.get("/")
    assert status == 200
    assert b"Collaborative Commissioning" in body
    assert headers["Strict-Transport-Security"].startswith("max-age=63072000")
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"


def test_both_processes_say_that_they_can_work(pair: list[Process]) -> None:
    for process in pair:
        status, _, body = process.get("/health/ready")
        assert (status, json.loads(body)) == (200, {"database": True, "redis": True})


def test_the_live_process_refuses_a_guessed_channel(pair: list[Process]) -> None:
    _, live = pair
    assert live.get("/live/anything:1/")[0] == 404


def test_no_log_holds_what_was_asked_for(pair: list[Process]) -> None:
    for process in pair:
        process.get("/v/CANARY-7KQF-2M9T/?code=CANARYCODE")
        process.get("/nowhere/?email=canary@example.org")
        written = process.log.read_text()
        assert "CANARY" not in written
        assert "canary@" not in written


def test_one_process_serves_pages_and_streams(given: dict[str, str], tmp_path: Path) -> None:
    both = start([*STREAMS, "commissioning.asgi:application"], given, tmp_path / "both.log")
    try:
        assert both.get("/")[0] == 200
        assert both.get("/health/ready")[0] == 200
        assert both.get("/live/anything:1/")[0] == 404
        assert both.get("/live/anything:1/now/")[0] == 404
    finally:
        both.popen.send_signal(signal.SIGTERM)
        both.popen.wait(20)
