"""The worker: what happens when something goes wrong, or when it dies."""

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import redis
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone
from kombu import Connection
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from commissioning.celery import app
from commissioning.documents import making, tasks
from commissioning.documents.actions import request_document, try_again
from commissioning.documents.models import IssuedDocument, ManifestLine, Rendering
from commissioning.people.models import User
from tests.commissioning.documents.conftest import SEED, Ask, Subject

State = Rendering.State


def boom() -> None:
    raise OSError("the disk is on fire: secret words of a resident")


def test_what_fails_is_tried_again_later_and_then_said_in_words(
    subject: Subject, ada: User, caplog: pytest.LogCaptureFixture
) -> None:
    subject.stop = boom
    rendering = request_document(ada, "test_record", subject.id)
    waits = []
    for _ in range(making.MOST_TRIES):
        waits.append(making.make(rendering.id))
        rendering.refresh_from_db()
    assert waits == [5, 30, 120, None]
    assert rendering.state == State.FAILED
    assert "Nothing of yours is lost" in rendering.trouble
    assert "secret words" not in rendering.trouble + caplog.text


def test_the_task_queues_itself_again_after_a_failure(
    subject: Subject, ada: User, redis_client: redis.Redis
) -> None:
    subject.stop = boom
    rendering = request_document(ada, "test_record", subject.id)
    tasks.render_document.apply(args=(str(rendering.id),))
    assert str(rendering.id) in str(redis_client.lrange("celery:celery", 0, -1))


def test_the_task_makes_the_document(
    subject: Subject, ada: User, redis_client: redis.Redis
) -> None:
    rendering = request_document(ada, "test_record", subject.id)
    tasks.render_document.apply(args=(str(rendering.id),))
    rendering.refresh_from_db()
    assert rendering.state == State.DONE
    assert redis_client.llen("celery:celery") == 0


def test_what_takes_too_long_is_stopped_and_counted(subject: Subject, ada: User) -> None:
    def too_long() -> None:
        raise SoftTimeLimitExceeded

    subject.stop = too_long
    rendering = request_document(ada, "test_record", subject.id)
    assert making.make(rendering.id) == 5


def test_a_failed_one_is_made_when_ada_tries_again(subject: Subject, ada: User) -> None:
    subject.stop = boom
    rendering = request_document(ada, "test_record", subject.id)
    for _ in range(making.MOST_TRIES):
        making.make(rendering.id)
    subject.stop = lambda: None
    rendering.refresh_from_db()
    try_again(ada, rendering)
    making.make(rendering.id)
    rendering.refresh_from_db()
    assert rendering.state == State.DONE


def test_asking_for_a_failed_one_again_tries_again(subject: Subject, ada: User) -> None:
    subject.stop = boom
    rendering = request_document(ada, "test_record", subject.id)
    for _ in range(making.MOST_TRIES):
        making.make(rendering.id)
    again = request_document(ada, "test_record", subject.id)
    assert (again.id, again.state) == (rendering.id, State.WAITING)


def test_a_failed_issue_leaves_no_number_no_line_and_no_gap(
    subject: Subject, ada: User, have_made: Ask
) -> None:
    subject.stop = boom
    rendering = request_document(ada, "test_record", subject.id, issue=True)
    making.make(rendering.id)
    assert not IssuedDocument.objects.exists()
    assert not ManifestLine.objects.exists()
    subject.stop = lambda: None
    assert have_made(subject, issue=True).issued.counter == 1


def test_without_a_signing_key_nothing_is_issued_and_it_says_so(
    subject: Subject, ada: User, settings: Settings
) -> None:
    settings.RECORD_SIGNING_KEY = ""
    rendering = request_document(ada, "test_record", subject.id, issue=True)
    making.make(rendering.id)
    rendering.refresh_from_db()
    assert rendering.state == State.FAILED
    assert "RECORD_SIGNING_KEY is not set" in rendering.trouble


def test_made_twice_is_made_once(subject: Subject, have_made: Ask) -> None:
    rendering = have_made(subject, issue=True)
    finished = rendering.finished_at
    making.make(rendering.id)
    rendering.refresh_from_db()
    assert rendering.finished_at == finished
    assert IssuedDocument.objects.count() == 1


def test_the_sweep_finds_what_redis_never_heard_of(
    subject: Subject,
    ada: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    rendering = request_document(ada, "test_record", subject.id)
    assert tasks.sweep() == 0  # still fresh: its own task is on the way
    Rendering.objects.update(queued_at=timezone.now() - dt.timedelta(minutes=2))
    with django_capture_on_commit_callbacks() as queued:
        assert tasks.sweep() == 1
    assert len(queued) == 1
    rendering.refresh_from_db()
    assert rendering.queued_at > timezone.now() - dt.timedelta(minutes=1)


@pytest.mark.django_db(transaction=True)
def test_asking_works_while_redis_is_down(
    subject: Subject, ada: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    nowhere = Connection("redis://127.0.0.1:1/0")
    monkeypatch.setattr(app, "connection_for_write", lambda: nowhere)
    monkeypatch.setattr(app.amqp, "_producer_pool", None)
    rendering = request_document(ada, "test_record", subject.id)
    assert rendering.state == State.WAITING
    assert "Error calling" in caplog.text  # it was tried, and it did fail


def test_the_sweep_writes_the_first_key_so_that_it_can_be_read(db: None) -> None:
    tasks.sweep()
    assert ManifestLine.objects.get().kind == "key"


def test_old_copies_are_forgotten_and_issued_documents_are_not(
    subject: Subject, have_made: Ask
) -> None:
    copy, sealed = have_made(subject), have_made(subject, issue=True)
    assert tasks.forget_copies() == 0
    Rendering.objects.update(finished_at=timezone.now() - tasks.KEPT_FOR - dt.timedelta(days=1))
    assert tasks.forget_copies() == 1
    assert not default_storage.exists(str(copy.file))
    assert default_storage.exists(str(sealed.file))
    assert list(Rendering.objects.all()) == [sealed]


WORKER = """
import sys, time, uuid
import django
from django.conf import settings
settings.TEMPLATES[0]["DIRS"].append(sys.argv[2])
django.setup()
from commissioning.documents import making
from commissioning.documents.types import DocumentType, document_types
from commissioning.ground.answers import YES

class Place:
    name, prefix = "Rivermead", "RIV"

def stop(_subject, _issued):
    # Number, file and manifest line are written; nothing is committed yet.
    print("at work", flush=True)
    time.sleep(60)

document_types.register("test_record", DocumentType(
    name="test_record", label="Decision record", template="test_record.html",
    data=lambda s: {}, rule=lambda u, s: YES, place=lambda s: Place, title=lambda d: "t",
    on_issued=stop,
))
making.make(uuid.UUID(sys.argv[1]))
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_half_way_leaves_one_issue_and_no_gap(
    subject: Subject, ada: User, have_made: Ask
) -> None:
    rendering = request_document(ada, "test_record", subject.id, issue=True)
    worker = start_worker(rendering)
    try:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "at work\n"
        assert making.is_worked_on(rendering.id)
        assert making.make(rendering.id) is None  # a second worker leaves it alone
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        wait_until_free(rendering)
    finally:
        worker.kill()
    rendering.refresh_from_db()
    assert rendering.state == State.WORKING  # it cannot say that it died
    Rendering.objects.update(started_at=timezone.now() - dt.timedelta(seconds=20))
    assert tasks.sweep() == 1
    making.make(rendering.id)
    assert [str(issued) for issued in IssuedDocument.objects.all()] == [
        f"RIV-{timezone.localdate().year}-001, version 1"
    ]
    assert len(default_storage.listdir("documents")[1]) == 1


def test_a_document_that_kills_every_worker_is_given_up(subject: Subject, ada: User) -> None:
    rendering = request_document(ada, "test_record", subject.id)
    Rendering.objects.update(state=State.WORKING, attempts=making.MOST_TRIES)
    making.make(rendering.id)
    rendering.refresh_from_db()
    assert rendering.state == State.FAILED
    assert "stopped several times" in rendering.trouble


def start_worker(rendering: Rendering) -> subprocess.Popen[str]:
    """A worker process of its own, that will stop in the middle of its work."""
    database = connection.settings_dict
    address = (
        f"postgres://{database['USER']}:{database['PASSWORD']}@{database['HOST']}:"
        f"{database['PORT']}/{database['NAME']}"
    )
    environment = os.environ | {
        "DATABASE_URL": address,
        "REDIS_URL": settings.REDIS_URL,
        "SECRET_KEY": "a worker of the tests",
        "RECORD_SIGNING_KEY": SEED,
        "MEDIA_ROOT": default_storage.path(""),
        "DJANGO_SETTINGS_MODULE": "commissioning.settings",
        "PYTHONPATH": str(Path(settings.BASE_DIR)),
    }
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, str(rendering.id), str(Path(__file__).parent)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def wait_until_free(rendering: Rendering) -> None:
    """PostgreSQL notices at once that a client is gone; the kernel takes a moment to tell it."""
    deadline = time.monotonic() + 10
    while making.is_worked_on(rendering.id):
        assert time.monotonic() < deadline, "the lock of a dead worker is still held"
        time.sleep(0.05)
