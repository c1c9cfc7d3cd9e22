"""Two people who press Save in the same moment: the second is held against what the first wrote.

The first has the lock and has written; the second's form was read and judged before that is
committed, and waits for the lock. With real threads on PostgreSQL.
"""

import threading
import time
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commissioning.design.revisions import Overtaken
from commissioning.people.models import User
from decisions.questions import actions as questions
from decisions.questions.models import Question, Vat
from decisions.questions.said import worth_of
from decisions.records.actions import advising, drafting
from decisions.records.models import Decision
from tests.cast import SignIn
from tests.decisions.records.conftest import SECTIONS
from tests.decisions.records.test_two_tabs import duties, edit, sent_back, value, words

pytestmark = pytest.mark.django_db(transaction=True)
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'advisory'"


def meanwhile(write: Callable[[], object], post: Callable[[], Any]) -> Any:
    """What the second answers, who presses Save after the first wrote and before it is kept."""
    answers: list[Any] = []

    def second() -> None:
        try:
            answers.append(post())
        finally:
            connection.close()

    thread = threading.Thread(target=second)
    with transaction.atomic():
        write()
        thread.start()
        until = time.monotonic() + 20
        with connection.cursor() as cursor:
            while time.monotonic() < until:
                cursor.execute(WAITING)
                if cursor.fetchone()[0]:
                    break
                time.sleep(0.02)
            else:
                pytest.fail("the second never came to the lock")
    thread.join(timeout=30)
    return answers[0]


def opened(browser: Client, address: str) -> dict[str, Any]:
    """The form of a page, as a browser would send it."""
    return sent_back(browser.get(address).context["form"])


def test_of_two_texts_saved_in_one_moment_the_second_is_shown_the_first(
    ada: User, cora: User, ready: Decision, sign_in: SignIn
) -> None:
    browser, address = sign_in(ada), words(ready)
    sent = opened(browser, address)
    coras = SECTIONS["words"] | {"summary": "Cora says this."}
    clash = meanwhile(
        lambda: drafting.write_section(cora, ready, "words", coras),
        lambda: browser.post(address, sent | {"summary": "Ada says that."}),
    )
    assert clash.status_code == 422
    page = clash.content.decode()
    assert "Cora says this." in page
    assert "Ada says that." in page
    assert Decision.objects.get(pk=ready.pk).summary == "Cora says this."
    assert browser.post(address, sent_back(clash.context["form"])).status_code == 302
    assert Decision.objects.get(pk=ready.pk).summary == "Ada says that."


def test_what_does_not_clash_is_merged_in_the_same_moment_too(
    ada: User, cora: User, ready: Decision, sign_in: SignIn
) -> None:
    browser, address = sign_in(ada), words(ready)
    sent = opened(browser, address)
    coras = SECTIONS["words"] | {"summary": "Cora says this."}
    both = meanwhile(
        lambda: drafting.write_section(cora, ready, "words", coras),
        lambda: browser.post(address, sent | {"reasons": "Ada's reasons."}),
    )
    assert both.status_code == 302
    kept = Decision.objects.get(pk=ready.pk)
    assert (kept.summary, kept.reasons) == ("Cora says this.", "Ada's reasons.")


def test_a_question_and_its_value_are_held_so_too(
    ada: User, cora: User, question: Question, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    for address, typed, first in (
        (
            edit(question),
            {"for_whom": "Everybody over 70"},
            lambda: Question.objects.filter(pk=question.pk).update(for_whom="Over 60"),
        ),
        (
            value(question),
            {"net_value": "90,000"},
            lambda: questions.value_question(
                cora, question, questions.Value(Decimal(20_000), None, Vat.NONE, 12, 0)
            ),
        ),
    ):
        sent = opened(browser, address)

        def write(first: Callable[[], object] = first) -> None:
            questions.lock_question(question.pk)
            first()

        clash = meanwhile(
            write,
            partial(browser.post, address, sent | typed),
        )
        assert clash.status_code == 422, address
        assert "What somebody else wrote here meanwhile" in clash.content.decode()
    question.refresh_from_db()
    assert (question.for_whom, question.net_value) == ("Over 60", Decimal(20_000))


def test_duties_and_advice_are_held_so_too(
    ada: User, cora: User, ready: Decision, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    advice = reverse("records:advice", args=[ready.question.programme.slug, ready.pk, "legal"])
    today = timezone.localdate()
    for address, typed, first in (
        (
            duties(ready),
            {"social_value_words": "Ada weighed it."},
            lambda: drafting.answer_duties(cora, ready, {"social_value": ("met", "Cora did.")}),
        ),
        (
            advice,
            {"words": "Lawful, as Ada heard it."},
            lambda: advising.write_advice(
                cora, ready, "legal", officer="Legal", words="Not lawful.", given_on=today
            ),
        ),
    ):
        sent = opened(browser, address)
        clash = meanwhile(
            first,
            partial(browser.post, address, sent | typed),
        )
        assert clash.status_code == 422, address
        page = clash.content.decode()
        assert "What somebody else wrote here meanwhile" in page
        assert next(iter(typed.values())) in page
    assert ready.duties.get(key="social_value").words == "Cora did."
    assert ready.advice.get(kind="legal").words == "Not lawful."


def test_an_action_whose_form_was_overtaken_writes_nothing(
    ada: User, cora: User, question: Question
) -> None:
    stood = worth_of(question)
    questions.value_question(cora, question, questions.Value(Decimal(20_000), None, Vat.NONE))
    with pytest.raises(Overtaken):
        questions.value_question(
            ada, question, questions.Value(Decimal(90_000), None, Vat.NONE), stood=stood
        )
    question.refresh_from_db()
    assert question.net_value == Decimal(20_000)
