"""A worker killed in the middle of sending: nobody gets none, and a repeat can be recognised.

Real processes, killed with SIGKILL, against a mail server on a real socket.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction

from commissioning.notices import delivery
from commissioning.notices.actions import tell
from commissioning.notices.kinds import Group, Kind, kinds
from commissioning.notices.models import Notice
from commissioning.people.models import User
from tests.commissioning.notices.smtp import Post, Server

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.django_db(transaction=True)
Status = Notice.Status
Start = Callable[[], "subprocess.Popen[bytes]"]
Later = Callable[[], None]


@pytest.fixture
def notice(ada: User) -> Iterator[Notice]:
    """Something to tell Ada."""
    kind = Kind("people/mails/changed", lambda about: {"change": "News."}, Group.ESSENTIAL)
    kinds.register("test.crash", kind)
    with transaction.atomic():
        tell("test.crash", ada, about={}, key="crash")
    yield Notice.objects.get()
    del kinds._entries["test.crash"]


@pytest.fixture
def start(notice: Notice, post_office: Server) -> Iterator[Start]:
    """Start a worker that sends the notice; whatever still runs at the end is killed."""
    running: list[subprocess.Popen[bytes]] = []
    given = connection.settings_dict
    database = f"postgres://{given['USER']}@{given['HOST']}:{given['PORT']}/{given['NAME']}"

    def begin() -> "subprocess.Popen[bytes]":
        arguments = [database, str(notice.pk), str(post_office.port)]
        command = [sys.executable, "-m", "tests.commissioning.notices.sender", *arguments]
        running.append(subprocess.Popen(command, cwd=ROOT))
        return running[-1]

    yield begin
    for process in running:
        process.kill()
        process.wait()


@pytest.fixture
def a_minute_later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """Let the sweeper look at rows that were claimed just now, as it does after a minute."""
    return lambda: monkeypatch.setattr(delivery, "LEFT_BEHIND", timedelta(0))


def kill_when_it_stalls(process: "subprocess.Popen[bytes]", post: Post) -> None:
    """SIGKILL at the very place where the server fell silent."""
    assert post.stalled.wait(30), "the worker never came to the mail server"
    process.kill()
    process.wait()


def recover(post: Post, a_minute_later: Later) -> None:
    """The server answers again, and the sweeper comes by."""
    post.stall_at = ""
    assert delivery.sweep() == 0, "a row just claimed may still have a living sender"
    a_minute_later()
    # The dead worker's lock goes when PostgreSQL notices that its connection is gone.
    deadline = time.monotonic() + 10
    while delivery.sweep() == 0 and time.monotonic() < deadline:
        time.sleep(0.05)


@pytest.mark.parametrize("moment", ["rcpt", "dot"])
def test_killed_before_the_server_took_it_one_mail_comes(
    moment: str,
    notice: Notice,
    start: Start,
    post_office: Server,
    a_minute_later: Later,
) -> None:
    """Half a mail is no mail (RFC 5321, 4.1.1.4): the next try is the only one that arrives."""
    post = post_office.post
    post.stall_at = moment
    kill_when_it_stalls(start(), post)
    notice.refresh_from_db()
    assert notice.status == Status.SENDING
    recover(post, a_minute_later)
    assert len(post.accepted) == 1
    notice.refresh_from_db()
    assert (notice.status, notice.attempts) == (Status.SENT, 2)
    assert delivery.sweep() == 0


def test_killed_after_the_server_took_it_the_repeat_is_recognisable(
    notice: Notice, start: Start, post_office: Server, a_minute_later: Later
) -> None:
    """The one gap at the boundary: taken, and the word of it lost. Sent again, as the same mail."""
    post = post_office.post
    post.stall_at = "accepted"
    kill_when_it_stalls(start(), post)
    recover(post, a_minute_later)
    assert len(post.accepted) == 2
    ids = {str(mail["Message-ID"]) for mail in post.accepted}
    assert ids == {delivery.message_id(notice)}
    notice.refresh_from_db()
    assert notice.status == Status.SENT


def test_a_slow_server_does_not_make_two(
    start: Start, post_office: Server, a_minute_later: Later
) -> None:
    """While its sender lives, a row is locked: the sweeper passes it by however long it takes."""
    post = post_office.post
    post.stall_at = "rcpt"
    process = start()
    assert post.stalled.wait(30)
    a_minute_later()
    assert delivery.due().exists()
    assert delivery.sweep() == 0
    assert process.poll() is None
    assert not post.accepted
