"""What people are told by e-mail: what happened, what is next, and nothing that is not so."""

import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives
from pytest_django import Settings

from commissioning.notices import delivery
from commissioning.notices.models import Notice
from commissioning.people.models import User
from participation.calls import notices
from participation.calls.actions import applying, assessing
from participation.calls.actions.calls import (
    allow_late,
    extend_call,
)
from participation.calls.actions.questions import answer_publicly, ask_publicly
from participation.calls.clock import database_now
from participation.calls.models import Call, Decision, Expression, Submission
from participation.calls.tasks import remind_of_close
from places.directory.models import Organisation
from tests.participation.calls.conftest import close, closes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def local_mail(settings: Settings) -> None:
    """Mail stays in memory."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.SITE_URL = "http://localhost:8000"


def sent(kind: str) -> list[str]:
    """The mails of that kind, subject and both bodies together."""
    mail.outbox.clear()
    for notice in Notice.objects.filter(kind=kind):
        delivery.deliver(notice.pk)
    return [_whole(message) for message in mail.outbox]


def _whole(message: EmailMessage) -> str:
    assert isinstance(message, EmailMultiAlternatives)
    [(html, _type)] = message.alternatives
    return f"{message.subject}\n{message.body}\n{html!s}"


def test_the_receipt_says_what_was_received_when_and_what_is_next(submitted: Submission) -> None:
    [receipt] = sent("calls.received")

    for words in ("Front-room lunches", "Lanes Neighbours", "EOI 1", "UK time", "You hear the"):
        assert words in receipt
    assert f"/expressions/{submitted.expression_id}/" in receipt
    assert "4,800" not in receipt


def test_a_withdrawal_is_acknowledged_and_not_told_once_it_is_taken_up_again(
    submitted: Submission, priya: User
) -> None:
    expression = applying.withdraw(priya, submitted.expression)
    applying.reopen(priya, expression)
    assert sent("calls.withdrawn") == []

    applying.withdraw(priya, expression)
    Notice.objects.filter(kind="calls.withdrawn").delete()
    assert notices.withdrawn({"expression": str(expression.pk)}) is not None


def test_applicants_are_asked_and_assessors_told_of_the_answer(
    assessing_call: Call, submitted: Submission, cora: User, priya: User
) -> None:
    question = assessing.ask_applicant(
        cora, submitted.expression, "Who cooks?", database_now() + timedelta(days=2)
    )
    asked = sent("calls.asked")
    assert all("Who cooks?" in body for body in asked)
    assessing.answer_assessors(priya, question, "Twelve of us.")

    [answered] = sent("calls.answered")
    assert "EOI 1 answered your question" in answered


@pytest.mark.parametrize(
    ("outcome", "words"),
    [(Decision.Outcome.APPROVED, "is approved"), (Decision.Outcome.NOT_APPROVED, "feedback")],
)
def test_the_decision_is_told_with_what_is_next(
    assessing_call: Call, submitted: Submission, ada: User, cora: User, outcome: str, words: str
) -> None:
    assessing.decide(cora, submitted.expression, outcome, "A reason.")
    assert notices.decided({"expression": str(submitted.expression_id)}) is None

    assessing.release(ada, assessing_call)

    told = sent("calls.decided")
    assert told
    assert all(words in body for body in told)


def test_feedback_is_told_and_what_is_owed_is_chased(
    assessing_call: Call, submitted: Submission, ada: User, cora: User
) -> None:
    assessing.decide(cora, submitted.expression, Decision.Outcome.NOT_APPROVED, "A reason.")
    assessing.release(ada, assessing_call)
    Call.objects.filter(pk=assessing_call.pk).update(released_at=database_now() - timedelta(days=8))
    assessing.remind_of_feedback(assessing_call.pk)
    chased = sent("calls.feedback_owed")
    assert len(chased) == 2
    assert "was not approved and still waits for feedback" in chased[0]

    expression = Expression.objects.get(pk=submitted.expression_id)
    assessing.give_feedback(cora, expression, "Say who cooks.")
    assert all("wrote to you" in body for body in sent("calls.feedback"))
    assert notices.feedback_owed({"call": str(assessing_call.pk)}) is None


def test_a_reminder_of_the_close_is_dropped_once_it_is_submitted(
    written: Expression, priya: User
) -> None:
    closes(written.call, timedelta(days=2))
    remind_of_close()
    applying.submit(priya, written, op=uuid.uuid4())
    assert sent("calls.closing_soon") == []


def test_a_reminder_says_that_it_is_not_submitted_yet(written: Expression) -> None:
    closes(written.call, timedelta(days=2))
    remind_of_close()
    assert "has not been submitted yet" in sent("calls.closing_soon")[0]


def test_leave_to_be_late_and_a_later_close_are_told(
    begun: Expression, ada: User, lanes: Organisation
) -> None:
    call = begun.call
    assert call.closes_at is not None
    extend_call(ada, call, call.closes_at + timedelta(days=1), "The post was <late>.")
    [changed] = sent("calls.call_changed")
    assert "The post was &lt;late&gt;." in changed
    close(call)
    allow_late(ada, call, lanes, "Flood.", database_now() + timedelta(hours=2))
    assert "submit once after the close" in sent("calls.late_allowed")[0]


def test_questions_about_a_call_reach_those_who_run_it_and_come_back_answered(
    call: Call, gwen: User, northbank: Organisation, cora: User
) -> None:
    question = ask_publicly(gwen, call, northbank, "May we hire a hall?")
    asked = sent("calls.public_question")
    assert len(asked) == 2
    assert all("Northbank" not in body for body in asked)

    answer_publicly(cora, question, "May we hire a hall?", "Yes.")
    assert "Yes." in sent("calls.public_answer")[0]


@pytest.mark.parametrize("name", list(notices.REGISTERED))
def test_a_notice_about_what_is_gone_is_dropped(name: str) -> None:
    context, _group = notices.REGISTERED[name]
    gone = str(uuid.uuid4())
    about = dict.fromkeys(("submission", "expression", "question", "call", "leave", "change"), gone)
    assert context(about) is None
