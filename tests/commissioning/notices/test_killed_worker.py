"""A worker killed in the middle of sending: nobody gets none, and a repeat can be recognised.

Real Celery workers, killed with SIGKILL, against a mail server on a real socket.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from commissioning.notices import delivery, tasks
from commissioning.notices.actions import tell
from commissioning.notices.kinds import Group, Kind, kinds
from commissioning.notices.models import Notice
from commissioning.people.models import User
from tests.commissioning.notices.smtp import Server

ROOT = Path(__file__).resolve().parents[3]
KIND = "test.crash"
pytestmark = pytest.mark.django_db(transaction=True)
Status = Notice.Status
Worker = subprocess.Popen[bytes]
Start = Callable[..., Worker]


@pytest.fixture
def notice(ada: User) -> Iterator[Notice]:
    """Something to tell Ada; a worker was asked to send it when it was committed."""
    kinds.register(KIND, Kind("people/mails/changed", lambda about: None, Group.ESSENTIAL))
    with transaction.atomic():
        tell(KIND, ada, about={}, key="crash")
    yield Notice.objects.get()
    del kinds._entries[KIND]


@pytest.fixture
def start(post_office: Server, settings: Any) -> Iterator[Start]:
    """Start a worker; ``left_behind`` is after how many seconds it takes over a dead one's row."""
    running: list[Worker] = []
    given = connection.settings_dict
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "commissioning.settings",
        "DATABASE_URL": f"postgres://{given['USER']}@{given['HOST']}:{given['PORT']}/{given['NAME']}",
        "REDIS_URL": settings.REDIS_URL,
        "EMAIL_URL": f"smtp://127.0.0.1:{post_office.port}",
        "SITE_URL": settings.SITE_URL,
        "SECRET_KEY": settings.SECRET_KEY,
        "LOCAL": "1",
    }

    def begin(left_behind: float = 60) -> Worker:
        command = [sys.executable, "-m", "celery", "-A", "tests.commissioning.notices.worker"]
        command += ["worker", "--pool", "solo", "--loglevel", "error"]
        command += ["--without-mingle", "--without-gossip", "--without-heartbeat"]
        mine = environment | {"LEFT_BEHIND_SECONDS": str(left_behind)}
        running.append(subprocess.Popen(command, cwd=ROOT, env=mine))
        return running[-1]

    yield begin
    for worker in running:
        worker.kill()
        worker.wait()


def kill_when_it_stalls(worker: Worker, post_office: Server) -> None:
    """SIGKILL at the very place where the mail server fell silent."""
    assert post_office.post.stalled.wait(60), "the worker never came to the mail server"
    worker.kill()
    worker.wait()


def recover(notice: Notice, start: Start, post_office: Server) -> None:
    """The mail server answers again, another worker starts, and the sweep comes round."""
    notice.refresh_from_db()
    assert notice.status == Status.SENDING
    post_office.post.stall_at = ""
    start(left_behind=0)
    deadline = time.monotonic() + 60
    while notice.status != Status.SENT and time.monotonic() < deadline:
        tasks.sweep.delay()
        time.sleep(0.5)
        notice.refresh_from_db()
    assert notice.status == Status.SENT


@pytest.mark.parametrize("moment", ["rcpt", "dot"])
def test_killed_before_the_server_took_it_one_mail_comes(
    moment: str, notice: Notice, start: Start, post_office: Server
) -> None:
    """Half a mail is no mail (RFC 5321, 4.1.1.4): the next try is the only one that arrives."""
    post_office.post.stall_at = moment
    kill_when_it_stalls(start(), post_office)
    recover(notice, start, post_office)
    assert len(post_office.post.accepted) == 1
    assert notice.attempts == 2


def test_killed_after_the_server_took_it_the_repeat_is_recognisable(
    notice: Notice, start: Start, post_office: Server
) -> None:
    """The one gap at the boundary: taken, and the word of it lost. Sent again, as the same mail."""
    post_office.post.stall_at = "accepted"
    kill_when_it_stalls(start(), post_office)
    recover(notice, start, post_office)
    assert len(post_office.post.accepted) == 2
    ids = {str(mail["Message-ID"]) for mail in post_office.post.accepted}
    assert ids == {delivery.message_id(notice)}


def test_a_slow_server_does_not_make_two(
    notice: Notice, start: Start, post_office: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While its sender lives, a row is locked: a sweep passes it by however long it takes."""
    post_office.post.stall_at = "rcpt"
    worker = start()
    assert post_office.post.stalled.wait(60)
    monkeypatch.setattr(delivery, "LEFT_BEHIND", -delivery.LEFT_BEHIND)
    assert delivery.due().filter(pk=notice.pk).exists()
    assert delivery.sweep() == 0
    assert worker.poll() is None
    assert not post_office.post.accepted
