"""Assessors judge fairly, in secret, and release all decisions at once; feedback follows."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pgtrigger
import pytest
from django.db import DatabaseError, transaction

from commissioning.ground.answers import Invalid, Refused
from commissioning.notices.models import Notice
from commissioning.people.models import User
from commissioning.programmes.models import Declaration, Programme, Role
from participation.calls import rules
from participation.calls.actions import applying, assessing
from participation.calls.actions.ballot import hours_reported
from participation.calls.actions.calls import allow_late, begin_assessing
from participation.calls.clock import database_now
from participation.calls.models import Call, Decision, Expression, Submission
from participation.calls.odds import Odds, usual_hours
from participation.calls.tasks import chase_feedback
from places.directory.models import Organisation, OrganisationMember
from tests.cast import join
from tests.participation.calls.conftest import close, member

pytestmark = pytest.mark.django_db

APPROVED, NOT_APPROVED = Decision.Outcome.APPROVED, Decision.Outcome.NOT_APPROVED


@pytest.fixture
def eoi(submitted: Submission) -> Expression:
    """What Lanes Neighbours submitted."""
    return submitted.expression


def released(call: Call, ada: User, cora: User, outcome: str = NOT_APPROVED) -> Call:
    """Decide everything alike and release it."""
    for expression in assessing.assessed(call):
        assessing.decide(cora, expression, outcome, "Because it is close to what is done already.")
    return assessing.release(ada, call)


def days_later(call: Call, days: float) -> None:
    """Move the release into the past."""
    Call.objects.filter(pk=call.pk).update(released_at=database_now() - timedelta(days=days))


def test_nobody_opens_an_expression_before_the_close(eoi: Expression, cora: User) -> None:
    assert "before the call closes" in str(rules.may_read(cora, eoi).reason)
    with pytest.raises(Invalid, match="before the call closes"):
        begin_assessing(cora, eoi.call)


def test_assessing_begins_once_the_call_has_closed(
    assessing_call: Call, eoi: Expression, cora: User
) -> None:
    eoi.refresh_from_db()
    assert rules.may_judge(cora, eoi)


def test_who_could_gain_opens_nothing(
    assessing_call: Call, eoi: Expression, cora: User, programme: Programme
) -> None:
    Declaration.objects.create(
        membership=member(programme, cora), could_gain=True, words="My sister works there."
    )
    eoi.refresh_from_db()

    assert "could gain" in str(rules.may_see_list(cora, assessing_call).reason)
    with pytest.raises(Refused, match="could gain"):
        assessing.decide(cora, eoi, APPROVED, "Good.")


def test_who_has_not_declared_opens_nothing(
    assessing_call: Call, eoi: Expression, programme: Programme, nell: User
) -> None:
    join(programme, nell, Role.COMMISSIONER, could_gain=None)

    assert "make your declaration" in str(rules.may_see_list(nell, assessing_call).reason)


def test_who_acts_for_the_applicant_does_not_open_its_expression(
    assessing_call: Call, eoi: Expression, cora: User, lanes: Organisation
) -> None:
    OrganisationMember.objects.create(organisation=lanes, user=cora)
    eoi.refresh_from_db()

    assert "act for Lanes Neighbours" in str(rules.may_read(cora, eoi).reason)
    with pytest.raises(Refused, match="act for Lanes Neighbours"):
        assessing.answer_check(cora, eoi, assessing_call.checks.get(), met=True)


def test_a_declared_conflict_closes_one_expression_and_stays(
    assessing_call: Call, eoi: Expression, sami: User, cora: User
) -> None:
    eoi.refresh_from_db()
    conflict = assessing.declare_conflict(sami, eoi, "My neighbour runs it.")

    assert "conflict of interest" in str(rules.may_read(sami, eoi).reason)
    assert rules.may_read(cora, eoi)
    with pytest.raises(DatabaseError), transaction.atomic():
        conflict.delete()


def test_a_lead_who_is_no_assessor_reads_but_does_not_decide(
    assessing_call: Call, eoi: Expression, ada: User
) -> None:
    eoi.refresh_from_db()
    assert rules.may_read(ada, eoi)
    with pytest.raises(Refused, match="not one of this call's assessors"):
        assessing.decide(ada, eoi, APPROVED, "Good.")


def test_assessors_ask_and_the_applicant_answers_in_time(
    assessing_call: Call, eoi: Expression, cora: User, priya: User, ravi: User
) -> None:
    until = database_now() + timedelta(days=3)
    question = assessing.ask_applicant(cora, eoi, "Who cooks?", until)

    told = Notice.objects.filter(kind="calls.asked").values_list("user", flat=True)
    assert set(told) == {priya.pk, ravi.pk}
    answered = assessing.answer_assessors(ravi, question, "Twelve of us, in turn.")
    assert answered.answered_by == ravi
    with pytest.raises(Invalid, match="has been answered"):
        assessing.answer_assessors(priya, question, "And my mother.")


def test_an_answer_after_its_time_is_refused(
    assessing_call: Call, eoi: Expression, cora: User, priya: User
) -> None:
    question = assessing.ask_applicant(cora, eoi, "Who cooks?", database_now() + timedelta(days=3))
    question.due_at = database_now() - timedelta(seconds=1)
    question.save(update_fields=["due_at"])

    with pytest.raises(Invalid, match="time to answer"):
        assessing.answer_assessors(priya, question, "Twelve of us.")


def test_a_question_needs_a_time_to_come(assessing_call: Call, eoi: Expression, cora: User) -> None:
    with pytest.raises(Invalid, match="from now on"):
        assessing.ask_applicant(cora, eoi, "Who cooks?", database_now() - timedelta(days=1))


def test_a_decision_needs_a_reason(assessing_call: Call, eoi: Expression, cora: User) -> None:
    with pytest.raises(Invalid, match="reason"):
        assessing.decide(cora, eoi, APPROVED, "   ")


def test_a_decision_tells_nobody_until_it_is_released(
    assessing_call: Call, eoi: Expression, ada: User, cora: User, priya: User
) -> None:
    before = Notice.objects.count()
    assessing.decide(cora, eoi, NOT_APPROVED, "canary-reason")

    assert Notice.objects.count() == before
    assert not assessing_call.programme.history.filter(reason__contains="canary").exists()
    assert not assessing_call.programme.history.filter(sentence__contains="not approved").exists()


def test_nothing_is_released_before_everything_is_decided(assessing_call: Call, ada: User) -> None:
    with pytest.raises(Invalid, match="1 expression has no decision yet"):
        assessing.release(ada, assessing_call)


def test_only_the_lead_releases(assessing_call: Call, eoi: Expression, cora: User) -> None:
    assessing.decide(cora, eoi, APPROVED, "Good.")
    with pytest.raises(Refused, match="lead commissioner"):
        assessing.release(cora, assessing_call)


def test_a_release_tells_everybody_at_once_and_once(
    assessing_call: Call, ada: User, cora: User, priya: User, ravi: User
) -> None:
    call = released(assessing_call, ada, cora)
    assessing.release(ada, call)

    told = Notice.objects.filter(kind="calls.decided").values_list("user", flat=True)
    assert sorted(told) == sorted([priya.pk, ravi.pk])


def test_a_released_decision_stands_in_the_database_itself(
    assessing_call: Call, eoi: Expression, ada: User, cora: User
) -> None:
    released(assessing_call, ada, cora)
    eoi.refresh_from_db()

    with pytest.raises(Refused, match="they stand"):
        assessing.decide(cora, eoi, APPROVED, "We thought again.")
    for change in (
        lambda: Decision.objects.filter(expression=eoi).update(outcome=APPROVED),
        lambda: Decision.objects.filter(expression=eoi).delete(),
    ):
        with pytest.raises(DatabaseError, match="stands"), transaction.atomic():
            change()


def test_an_expression_withdrawn_while_it_is_assessed_is_not_decided(
    assessing_call: Call, eoi: Expression, cora: User, priya: User
) -> None:
    applying.withdraw(priya, eoi)
    with pytest.raises(Invalid, match="withdrawn"):
        assessing.decide(cora, eoi, APPROVED, "Good.")


def test_assessors_are_chased_from_the_seventh_day_until_feedback_is_given(
    assessing_call: Call, eoi: Expression, ada: User, cora: User, sami: User
) -> None:
    call = released(assessing_call, ada, cora)
    days_later(call, 6.9)
    assert chase_feedback() == 0

    days_later(call, 7.1)
    assert chase_feedback() == 2
    chase_feedback()
    assert Notice.objects.filter(kind="calls.feedback_owed").count() == 2

    eoi.refresh_from_db()
    assessing.give_feedback(cora, eoi, "A clearer plan for the winter would have helped.")
    days_later(call, 12)
    assert chase_feedback() == 0


def test_overdue_feedback_is_chased_every_day(assessing_call: Call, ada: User, cora: User) -> None:
    call = released(assessing_call, ada, cora)
    for days in (8, 10.5, 11.5):
        days_later(call, days)
        chase_feedback()

    assert Notice.objects.filter(kind="calls.feedback_owed", user=cora).count() == 3


def test_feedback_written_before_the_release_tells_nobody_yet(
    assessing_call: Call, eoi: Expression, ada: User, cora: User
) -> None:
    assessing.decide(cora, eoi, NOT_APPROVED, "Too like what is there.")
    assessing.give_feedback(cora, eoi, "Work with the Bridge Club.")

    assert not Notice.objects.filter(kind="calls.feedback").exists()
    assessing.release(ada, assessing_call)
    assert not assessing.owed_feedback(assessing_call).exists()


def test_an_approved_one_is_owed_no_feedback(assessing_call: Call, ada: User, cora: User) -> None:
    call = released(assessing_call, ada, cora, APPROVED)
    assert not assessing.owed_feedback(call).exists()


def test_the_fsm_of_a_call_goes_one_way(assessing_call: Call) -> None:
    with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
        Call.objects.filter(pk=assessing_call.pk).update(status="published")


def test_hours_are_told_without_who_said_so_and_only_from_five_on(
    submitted: Submission, priya: User
) -> None:
    expression = submitted.expression
    Expression.objects.filter(pk=expression.pk).update(hours=Decimal("7.5"))

    assert hours_reported(expression.call) == [Decimal("7.5")]
    assert usual_hours([Decimal(4)] * 4) is None
    assert usual_hours([Decimal(n) for n in (2, 30, 4, 5, 9)]) == 5
    assert usual_hours([Decimal(n) for n in (2, 4, 5, 6, 9, 30)]) == Decimal("5.5")


@pytest.mark.parametrize(
    ("applying_", "funded", "one_in", "everyone"),
    [(30, 8, 4, False), (8, 8, 1, True), (3, 2, 2, False)],
)
def test_odds_are_said_in_words(applying_: int, funded: int, one_in: int, everyone: bool) -> None:
    odds = Odds(applying_, funded)
    assert (odds.one_in, odds.everyone) == (one_in, everyone)


def test_a_call_never_closes_earlier_in_the_database_itself(call: Call) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(closes_at=database_now() + timedelta(hours=1))
    assert pgtrigger.registered("calls.Call:closes_only_later")


def test_submitting_late_while_assessing_joins_the_others(
    written: Expression, priya: User, ada: User, cora: User, lanes: Organisation
) -> None:
    call = close(written.call)
    begin_assessing(cora, call)
    allow_late(ada, call, lanes, "Flood.", database_now() + timedelta(hours=2))
    assert "may still submit late" in " ".join(
        assessing.stands_against_release(call, database_now())
    )

    applying.submit(priya, written, op=uuid.uuid4())

    assert list(assessing.assessed(call)) == [written]
