"""An organisation applies: begun once, saved as typed, submitted with one receipt, amended."""

import re
import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from commissioning.ground.answers import Invalid, Refused
from commissioning.notices.models import Notice
from commissioning.people.models import User
from participation.calls.actions import applying
from participation.calls.actions.applying import Edit, Stale
from participation.calls.actions.calls import allow_late
from participation.calls.clock import database_now
from participation.calls.models import Call, Expression, Submission
from places.directory.models import Organisation
from tests.participation.calls.conftest import answers_to, close, type_in, write_all

pytestmark = pytest.mark.django_db


def test_an_organisation_begins_once_and_goes_on_with_the_same_one(
    call: Call, begun: Expression, ravi: User, lanes: Organisation
) -> None:
    assert applying.begin_expression(ravi, call, lanes) == begun


def test_the_database_itself_keeps_an_organisation_to_one(begun: Expression) -> None:
    with (
        pytest.raises(IntegrityError, match="one_expression_an_organisation"),
        transaction.atomic(),
    ):
        Expression.objects.create(
            call=begun.call,
            organisation=begun.organisation,
            number=2,
            started_by=begun.started_by,
            only_one=True,
        )


def test_nobody_begins_for_an_organisation_that_is_not_theirs(
    call: Call, sami: User, lanes: Organisation
) -> None:
    with pytest.raises(Refused, match="people who act for Lanes Neighbours"):
        applying.begin_expression(sami, call, lanes)


def test_nobody_begins_after_the_close(call: Call, priya: User, lanes: Organisation) -> None:
    close(call)
    with pytest.raises(Invalid, match="This call has closed"):
        applying.begin_expression(priya, call, lanes)


def test_half_an_answer_is_kept_as_it_was_typed(begun: Expression, priya: User) -> None:
    typed = {"asked": "about four thou", "line_what_0": "=1+1 <script>", "line_amount_0": "£"}

    type_in(priya, begun, "budget", typed)

    assert begun.drafts.get(key="budget").raw == typed


def test_two_people_who_save_one_section_do_not_overwrite_each_other(
    begun: Expression, priya: User, ravi: User
) -> None:
    priyas, ravis = Edit(0, uuid.uuid4()), Edit(0, uuid.uuid4())
    applying.save_section(priya, begun, "project", {"name": "Lunches"}, priyas)

    with pytest.raises(Stale) as stale:
        applying.save_section(ravi, begun, "project", {"name": "Suppers"}, ravis)

    assert stale.value.saved.raw == {"name": "Lunches"}
    assert stale.value.saved.saved_by == priya
    assert begun.drafts.get(key="project").raw == {"name": "Lunches"}


def test_a_person_who_has_seen_both_may_choose_their_own(
    begun: Expression, priya: User, ravi: User
) -> None:
    applying.save_section(priya, begun, "project", {"name": "Lunches"}, Edit(0, uuid.uuid4()))
    applying.save_section(ravi, begun, "project", {"name": "Suppers"}, Edit(1, uuid.uuid4()))

    assert begun.drafts.get(key="project").raw == {"name": "Suppers"}


def test_a_page_whose_answer_was_lost_is_not_stale_against_itself(
    begun: Expression, priya: User
) -> None:
    page = Edit(0, uuid.uuid4())
    for name in ("L", "Lu", "Lunch"):
        applying.save_section(priya, begun, "project", {"name": name}, page)

    assert begun.drafts.get(key="project").raw == {"name": "Lunch"}


def test_a_page_is_stale_once_somebody_else_saved_between_its_saves(
    begun: Expression, priya: User, ravi: User
) -> None:
    page = Edit(0, uuid.uuid4())
    applying.save_section(priya, begun, "project", {"name": "Lunch"}, page)
    applying.save_section(ravi, begun, "project", {"name": "Supper"}, Edit(1, uuid.uuid4()))

    with pytest.raises(Stale):
        applying.save_section(priya, begun, "project", {"name": "Lunches"}, page)


def test_two_people_on_two_sections_do_not_meet(begun: Expression, priya: User, ravi: User) -> None:
    applying.save_section(priya, begun, "project", {"name": "Lunches"}, Edit(0, uuid.uuid4()))
    applying.save_section(ravi, begun, "budget", {"asked": "1"}, Edit(0, uuid.uuid4()))

    assert begun.drafts.count() == 2


def test_what_is_not_whole_is_not_submitted_and_says_what_is_missing(
    begun: Expression, priya: User
) -> None:
    type_in(priya, begun, "project", {"name": "Lunches", "summary": "", "area": ""})

    with pytest.raises(Invalid, match="Your budget: not begun yet"):
        applying.submit(priya, begun, op=uuid.uuid4())

    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("asked", "food", "sentence"),
    [
        ("4800", "4000.50", "costs come to £5,300.50"),
        ("400", "4000", "least a project may ask for is £500"),
        ("5001", "4000", "most a project may ask for is £5,000"),
        ("lots", "4000", "must be a number"),
        ("-5", "4000", "more than or equal to|at least|0.01"),
        ("1e400", "4000", "."),
    ],
)
def test_a_budget_that_does_not_add_up_says_why(
    written: Expression, priya: User, asked: str, food: str, sentence: str
) -> None:
    budget = answers_to(written.call)["budget"] | {"asked": asked, "line_amount_0": food}
    type_in(priya, written, "budget", budget)

    form = applying.sections_of(written).form("budget")

    assert not form.is_valid()
    said = " ".join(str(error) for errors in form.errors.values() for error in errors)
    assert re.search(sentence, said), said


def test_submitting_keeps_exactly_what_the_assessors_see(submitted: Submission) -> None:
    content = submitted.content

    assert submitted.title == "Front-room lunches"
    assert submitted.asked == Decimal(4800)
    assert submitted.area is not None
    assert content["sections"][0]["answers"][0]["answer"] == "Lunch for four, every Thursday."
    assert content["budget"]["costs"] == "5300"
    assert content["budget"]["match"] == [{"what": "Church collection", "amount": "500"}]
    assert len(submitted.digest) == 64


def test_a_double_press_gives_one_submission_and_one_receipt(
    written: Expression, priya: User
) -> None:
    op = uuid.uuid4()
    first = applying.submit(priya, written, op=op)
    again = applying.submit(priya, written, op=op)
    other_tab = applying.submit(priya, written, op=uuid.uuid4())

    assert first == again == other_tab
    assert Notice.objects.filter(kind="calls.received").count() == 1


def test_a_submission_is_never_changed(submitted: Submission) -> None:
    for change in (
        lambda: Submission.objects.filter(pk=submitted.pk).update(title="Other"),
        lambda: Submission.objects.filter(pk=submitted.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
            change()


def test_the_earlier_version_stands_while_it_is_changed(submitted: Submission, priya: User) -> None:
    expression = applying.reopen(priya, submitted.expression)
    type_in(priya, expression, "project", {"name": "Front-room suppers", "summary": "", "area": ""})

    expression.refresh_from_db()
    assert expression.is_being_amended
    assert expression.standing == submitted


def test_a_changed_one_replaces_it_when_it_is_submitted_again(
    submitted: Submission, priya: User
) -> None:
    expression = applying.reopen(priya, submitted.expression)
    project = answers_to(expression.call)["project"] | {"name": "Front-room suppers"}
    type_in(priya, expression, "project", project)

    second = applying.submit(priya, expression, op=uuid.uuid4())

    expression.refresh_from_db()
    assert (second.number, expression.standing) == (2, second)
    assert Submission.objects.get(number=1).title == "Front-room lunches"


def test_what_is_submitted_is_not_typed_into(submitted: Submission, priya: User) -> None:
    with pytest.raises(Invalid, match="has been submitted"):
        type_in(priya, submitted.expression, "project", {"name": "Other"})


def test_a_second_late_is_too_late_and_the_draft_is_kept(written: Expression, priya: User) -> None:
    close(written.call)

    with pytest.raises(Invalid, match=r"has closed\. Your draft is kept"):
        applying.submit(priya, written, op=uuid.uuid4())

    assert written.drafts.count() == 6
    assert not Notice.objects.filter(kind="calls.received").exists()


def test_typing_goes_on_being_saved_after_the_close(written: Expression, priya: User) -> None:
    close(written.call)
    type_in(priya, written, "project", {"name": "Kept", "summary": "", "area": ""})

    assert written.drafts.get(key="project").raw["name"] == "Kept"


def test_one_caught_by_the_close_while_changing_keeps_what_was_submitted(
    submitted: Submission, priya: User
) -> None:
    expression = applying.reopen(priya, submitted.expression)
    close(expression.call)

    with pytest.raises(Invalid, match="submitted before stands"):
        applying.submit(priya, expression, op=uuid.uuid4())

    expression.refresh_from_db()
    assert expression.standing == submitted


def test_the_lead_allows_one_to_be_late_once_with_a_reason_in_the_history(
    written: Expression, priya: User, ada: User, lanes: Organisation
) -> None:
    call = close(written.call)
    until = database_now() + timedelta(hours=3)
    allow_late(ada, call, lanes, "Their hall lost its electricity.", until)

    submission = applying.submit(priya, written, op=uuid.uuid4())

    assert submission.late is not None
    entry = call.programme.history.get(sentence__contains="late")
    assert entry.reason == "Their hall lost its electricity."
    with pytest.raises(Invalid, match="stands as it is"):
        applying.reopen(priya, written)


def test_a_commissioner_does_not_allow_lateness(
    written: Expression, cora: User, lanes: Organisation
) -> None:
    call = close(written.call)
    with pytest.raises(Refused, match="lead commissioner"):
        allow_late(cora, call, lanes, "Why not.", database_now() + timedelta(hours=3))


def test_leave_for_one_organisation_is_no_leave_for_another(
    call: Call, ada: User, gwen: User, northbank: Organisation, lanes: Organisation
) -> None:
    expression = applying.begin_expression(gwen, call, northbank)
    write_all(gwen, expression)
    close(call)
    allow_late(ada, call, lanes, "Electricity.", database_now() + timedelta(hours=3))

    with pytest.raises(Invalid, match="has closed"):
        applying.submit(gwen, expression, op=uuid.uuid4())


def test_a_withdrawn_one_no_longer_stands_and_can_be_taken_up_again(
    submitted: Submission, priya: User
) -> None:
    expression = applying.withdraw(priya, submitted.expression)
    assert (expression.state, expression.standing) == (Expression.State.WITHDRAWN, None)

    assert applying.reopen(priya, expression).state == Expression.State.DRAFT


def test_hours_are_kept_apart_from_what_assessors_see(written: Expression, priya: User) -> None:
    submission = applying.submit(priya, written, op=uuid.uuid4(), hours=Decimal("6.5"))

    written.refresh_from_db()
    assert written.hours == Decimal("6.5")
    assert "6.5" not in str(submission.content)
