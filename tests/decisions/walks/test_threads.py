"""Two people at once, with real threads on PostgreSQL: everything acknowledged is kept, once."""

import threading
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from commissioning.ground.answers import Refused
from commissioning.people.models import User
from decisions.trees import actions
from decisions.trees.actions import Said
from decisions.trees.actions_common import Stale
from decisions.trees.models import Appraisal, SeatAnswer
from decisions.trees.standpoint import Standing

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


def test_two_seats_at_once_are_both_kept_in_some_order(
    walk: Appraisal, ada: User, sami: User
) -> None:
    results = together(
        lambda: actions.answer(ada, walk, "need_to_buy", Said("yes", "So.", 0, uuid.uuid4())),
        lambda: actions.answer(sami, walk, "need_to_buy", Said("no", "No.", 0, uuid.uuid4())),
    )
    assert all(isinstance(result, SeatAnswer) for result in results)
    assert sorted(walk.answers.values_list("number", flat=True)) == [1, 2]
    assert Standing(walk).working.differing == ("need_to_buy",)


def test_ten_presses_of_one_button_are_one_answer(walk: Appraisal, ada: User) -> None:
    op = uuid.uuid4()
    press = lambda: actions.answer(ada, walk, "need_to_buy", Said("yes", "So.", 0, op))  # noqa: E731
    results = together(*[press] * 10)
    assert {result.pk for result in results} == {walk.answers.get().pk}


def test_of_two_tabs_of_one_person_one_is_stale(walk: Appraisal, ada: User) -> None:
    results = together(
        *[
            lambda value=value: actions.answer(
                ada, walk, "need_to_buy", Said(value, "So.", 0, uuid.uuid4())
            )
            for value in ("yes", "no")
        ]
    )
    assert sum(isinstance(result, Stale) for result in results) == 1
    assert walk.answers.count() == 1


def test_an_answer_that_meets_the_lock_is_in_the_result_or_refused(
    whole: Appraisal, ada: User, cora: User
) -> None:
    results = together(
        lambda: actions.lock_for_good(ada, whole),
        lambda: actions.answer(cora, whole, "history", Said("mixed", "So.", 0, uuid.uuid4())),
    )
    whole.refresh_from_db()
    assert whole.is_locked
    assert whole.result is not None
    row = next(row for row in whole.result["path"] if row["question"] == "history")
    answered = isinstance(results[1], SeatAnswer)
    assert answered or isinstance(results[1], Refused)
    assert len(row["seats"]) == (2 if answered else 1)
