"""Two people at once, on PostgreSQL, with real threads: what is acknowledged is kept, once."""

import threading
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from commissioning.ground.answers import Invalid
from commissioning.notices.models import Notice
from commissioning.people.models import User
from participation.calls.actions import applying
from participation.calls.actions.applying import Edit, Stale
from participation.calls.actions.calls import begin_assessing, lock_call
from participation.calls.models import Call, Expression, Submission
from places.directory.models import Organisation
from tests.participation.calls.conftest import closes

pytestmark = pytest.mark.django_db(transaction=True)


def together(*works: Callable[[], Any]) -> list[Any]:
    """Do all at the same moment, each on its own connection; what each gave, or raised."""
    results: list[Any] = [None] * len(works)
    barrier = threading.Barrier(len(works))

    def run(place: int, work: Callable[[], Any]) -> None:
        try:
            barrier.wait(timeout=20)
            results[place] = work()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def test_two_people_who_save_at_the_same_moment_lose_nothing(
    begun: Expression, priya: User, ravi: User
) -> None:
    results = together(
        lambda: applying.save_section(
            priya, begun, "project", {"name": "Lunches"}, Edit(0, uuid.uuid4())
        ),
        lambda: applying.save_section(
            ravi, begun, "project", {"name": "Suppers"}, Edit(0, uuid.uuid4())
        ),
    )

    stale = [result for result in results if isinstance(result, Stale)]
    assert len(stale) == 1
    saved = begun.drafts.get(key="project")
    assert saved.revision == 1
    assert saved.raw == stale[0].saved.raw


def test_ten_presses_at_once_are_one_submission_with_one_receipt(
    written: Expression, priya: User, ravi: User
) -> None:
    op = uuid.uuid4()
    presses = [lambda: applying.submit(priya, written, op=op) for _ in range(5)]
    presses += [lambda: applying.submit(ravi, written, op=uuid.uuid4()) for _ in range(5)]

    results = together(*presses)

    assert len({result.pk for result in results}) == 1
    assert Submission.objects.count() == 1
    assert len({notice.about["submission"] for notice in Notice.objects.all()}) == 1
    assert Notice.objects.filter(kind="calls.received").values("key").distinct().count() == 1


def test_a_press_that_waited_for_the_lock_is_judged_when_it_gets_it(
    written: Expression, priya: User
) -> None:
    call = closes(written.call, timedelta(seconds=0.6))
    held = threading.Event()

    def hold() -> None:
        with transaction.atomic():
            lock_call(call.pk)
            held.set()
            time.sleep(1.0)

    def press() -> Submission:
        held.wait(timeout=20)
        return applying.submit(priya, written, op=uuid.uuid4())

    _held, pressed = together(hold, press)

    assert isinstance(pressed, Invalid)
    assert "has closed" in str(pressed.reason)
    assert not Submission.objects.exists()


def test_a_press_in_time_stands_although_assessing_begins_at_once(
    written: Expression, priya: User, cora: User
) -> None:
    call = closes(written.call, timedelta(seconds=0.5))

    def begin() -> Call:
        time.sleep(0.6)
        return begin_assessing(cora, call)

    submission, begun = together(lambda: applying.submit(priya, written, op=uuid.uuid4()), begin)

    assert isinstance(submission, Submission)
    assert begun.status == Call.Status.ASSESSING
    assert submission.at < begun.closes_at
    written.refresh_from_db()
    assert written.standing == submission


def test_begun_twice_at_once_it_is_one_expression(
    call: Call, lanes: Organisation, priya: User, ravi: User
) -> None:
    first, second = together(
        lambda: applying.begin_expression(priya, call, lanes),
        lambda: applying.begin_expression(ravi, call, lanes),
    )
    assert first == second
    assert Expression.objects.count() == 1
