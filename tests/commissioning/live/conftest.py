"""A channel of the tests' own, and a real server in this process to open streams of."""

import http.client
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import uvicorn
from django.conf import settings
from django.test import Client

from commissioning.ground.answers import Answer, no
from commissioning.live.channels import Channel, channels
from commissioning.people.models import User


@dataclass
class Hall:
    """What the tests' channel knows: who is in, and what is on the wall."""

    members: set[str]
    wall: dict[str, Any]


@pytest.fixture
def hall() -> Iterator[Hall]:
    """A channel ``hall:1`` for its members; ``hall:open`` for everybody."""
    hall = Hall(members=set(), wall={"turnout": {"votes": 3}})

    def may_listen(viewer: Any, identifier: str) -> Answer:
        if identifier not in {"1", "open"}:
            raise LookupError(identifier)
        member = identifier == "open" or str(viewer.pk) in hall.members
        return Answer(True) if member else no("You are not in the hall.")

    def snapshot(viewer: Any, identifier: str) -> dict[str, Any]:
        # A snapshot reads the database, as real ones do.
        return hall.wall | {"people": {"known": User.objects.count()}}

    channels.register("hall", Channel(may_listen, snapshot))
    yield hall
    del channels._entries["hall"]


class Listening:
    """One open stream, read as a browser reads it."""

    def __init__(self, port: int, path: str, cookie: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
        headers = {"Cookie": cookie} if cookie else {}
        self.connection.request("GET", path, headers=headers)
        self.answer = self.connection.getresponse()
        self.status = self.answer.status

    def event(self) -> tuple[str, Any]:
        """The next event's name and data."""
        name = ""
        while True:
            line = self.answer.readline().decode().rstrip("\n")
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: "):
                return name, json.loads(line.removeprefix("data: "))

    def until(self, wanted: str) -> Any:
        """The data of the next event of that name."""
        while True:
            name, data = self.event()
            if name == wanted:
                return data

    def close(self) -> None:
        """Leave."""
        self.answer.close()
        self.connection.close()


def sign_in(person: User) -> str:
    """The cookie of a new session."""
    client = Client()
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}"


Listen = Callable[..., Listening]


@pytest.fixture
def live_port(transactional_db: None) -> Iterator[int]:
    """A real server of pages and streams on this test's database."""
    from commissioning.asgi import application

    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(
            application, lifespan="off", log_level="error", timeout_graceful_shutdown=1
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield listener.getsockname()[1]
        server.should_exit = True
        thread.join(10)


@pytest.fixture
def listen(live_port: int) -> Iterator[Listen]:
    """Open a stream, as nobody or as a person."""
    opened: list[Listening] = []
    cookies: dict[User, str] = {}

    def open_stream(path: str, person: User | None = None) -> Listening:
        if person and person not in cookies:
            cookies[person] = sign_in(person)
        stream = Listening(live_port, path, cookies[person] if person else "")
        opened.append(stream)
        return stream

    yield open_stream
    for stream in opened:
        stream.close()
