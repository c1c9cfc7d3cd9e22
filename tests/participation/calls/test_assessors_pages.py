"""The assessors' pages: lists, exports, and nothing for others before the release."""

import csv
import io
import re
import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from commissioning.people.models import User
from participation.calls.actions import applying, assessing
from participation.calls.actions.calls import begin_assessing
from participation.calls.clock import database_now
from participation.calls.exports import COLUMNS
from participation.calls.models import (
    Call,
    Clarification,
    Decision,
    Expression,
    Submission,
)
from places.directory.models import Organisation
from tests.cast import SignIn
from tests.participation.calls.conftest import close, write_all
from tests.participation.calls.pages import SCRIPT, exported, many, ours, page, text, when

pytestmark = pytest.mark.django_db


def test_only_assessors_and_those_who_run_it_find_the_list(
    assessing_call: Call,
    sign_in: SignIn,
    cora: User,
    sami: User,
    ada: User,
    olu: User,
    femi: User,
    nell: User,
    priya: User,
) -> None:
    for person in (cora, sami, ada):
        assert sign_in(person).get(page(assessing_call, "assess")).status_code == 200
    for person in (olu, femi, nell, priya):
        assert sign_in(person).get(page(assessing_call, "assess")).status_code == 404


def test_before_the_close_the_list_shows_nothing_but_how_many(
    submitted: Submission, sign_in: SignIn, cora: User
) -> None:
    call = submitted.expression.call
    said = text(sign_in(cora).get(page(call, "assess")))
    assert "1 submitted" in said
    assert "Front-room lunches" not in said
    one = sign_in(cora).get(page(call, "assess_one", submitted.expression.pk))
    assert one.status_code == 403
    assert "Front-room lunches" not in text(sign_in(cora).get(page(call, "assess") + "?q=front"))
    assert "Front-room lunches" not in exported(sign_in(cora), call)


def test_an_assessor_reads_exactly_the_preview_and_decides(
    assessing_call: Call, submitted: Submission, sign_in: SignIn, cora: User, priya: User
) -> None:
    one = page(assessing_call, "assess_one", submitted.expression.pk)
    seen = text(sign_in(cora).get(one))
    assert "Lunch for four, every Thursday." in seen
    assert "Church collection" in seen
    # What has no decision is shown open, whatever the form beside it holds.
    assert "The decision Not decided yet What do you decide?" in seen

    decided = sign_in(cora).post(
        page(assessing_call, "decide", submitted.expression.pk),
        {"outcome": "approved", "reason": "It fits."},
    )
    assert decided.status_code == 302
    assert Decision.objects.get().reason == "It fits."


def test_the_preview_and_the_assessors_page_show_the_same(
    written: Expression, sign_in: SignIn, priya: User, cora: User
) -> None:
    def article(body: str) -> str:
        found = re.search(r"<article.*?</article>", body, re.DOTALL)
        assert found is not None
        return found[0]

    previewed = article(sign_in(priya).get(ours(written, "preview")).content.decode())
    applying.submit(priya, written, op=uuid.uuid4())
    begin_assessing(cora, close(written.call))
    assessed = sign_in(cora).get(page(written.call, "assess_one", written.pk))
    assert article(assessed.content.decode()) == previewed


def test_a_conflicted_assessor_is_told_why_and_finds_it_in_no_list(
    assessing_call: Call, submitted: Submission, sign_in: SignIn, sami: User
) -> None:
    browser = sign_in(sami)
    expression = submitted.expression
    browser.post(page(assessing_call, "conflict", expression.pk), {"words": "A friend runs it."})

    refused = browser.get(page(assessing_call, "assess_one", expression.pk))
    assert refused.status_code == 403
    assert "declared a conflict of interest" in text(refused)
    assert "Front-room lunches" not in text(browser.get(page(assessing_call, "assess")))
    assert "Front-room lunches" not in exported(browser, assessing_call)
    assert (
        browser.post(
            page(assessing_call, "decide", expression.pk), {"outcome": "approved", "reason": "x"}
        ).status_code
        == 403
    )


def test_who_could_gain_is_refused_with_the_reason(
    assessing_call: Call, sign_in: SignIn, cora: User
) -> None:
    from commissioning.programmes.models import Declaration
    from tests.participation.calls.conftest import member

    Declaration.objects.create(
        membership=member(assessing_call.programme, cora), could_gain=True, words="Perhaps."
    )
    for name in ("assess", "export"):
        response = sign_in(cora).get(page(assessing_call, name))
        assert response.status_code == 403
        assert "could gain" in text(response)


def test_the_export_has_its_columns_and_no_formula(
    call: Call, gwen: User, northbank: Organisation, cora: User, sign_in: SignIn
) -> None:
    northbank.name = "=HYPERLINK(1)"
    northbank.save()
    expression = applying.begin_expression(gwen, call, northbank)
    write_all(gwen, expression, name="+44 ways to walk")
    applying.submit(gwen, expression, op=uuid.uuid4())
    begin_assessing(cora, close(call))

    rows = list(csv.DictReader(io.StringIO(exported(sign_in(cora), call).removeprefix("\ufeff"))))

    assert (
        tuple(rows[0])
        == COLUMNS
        == (
            "number",
            "organisation",
            "title",
            "area",
            "asked",
            "currency",
            "submitted_at",
            "late",
            "decision",
            "feedback_given",
        )
    )
    assert rows[0]["organisation"] == "'=HYPERLINK(1)"
    assert rows[0]["title"] == "'+44 ways to walk"
    assert Decimal(rows[0]["asked"]) == 4800


def test_the_list_is_searched_filtered_sorted_and_paged(
    call: Call, cora: User, sign_in: SignIn
) -> None:
    many(call, 30)
    begin_assessing(cora, close(call))
    browser = sign_in(cora)
    address = page(call, "assess")

    assert "Project 30" not in text(browser.get(address))
    assert "Project 30" in text(browser.get(f"{address}?page=2"))
    assert "Project 17" in text(browser.get(f"{address}?q=project+17"))
    assert "Nothing to show" in text(browser.get(f"{address}?q=zzz"))
    assert "Nothing to show" in text(browser.get(f"{address}?decision=approved"))
    first = text(browser.get(f"{address}?sort=-number"))
    assert "Project 30" in first
    for bent in ("?page=999", "?page=x", "?sort=;drop", "?decision=nonsense", "?area=x'"):
        assert browser.get(address + bent).status_code == 200


@pytest.mark.parametrize("count", [3, 20])
def test_the_list_makes_as_many_queries_for_twenty_as_for_three(
    call: Call,
    cora: User,
    sign_in: SignIn,
    count: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    many(call, count)
    begin_assessing(cora, close(call))
    browser = sign_in(cora)
    with django_assert_max_num_queries(24):
        browser.get(page(call, "assess"))


@pytest.mark.parametrize("count", [2, 15])
def test_our_own_list_makes_as_many_queries_however_long_it_is(
    call: Call,
    priya: User,
    lanes: Organisation,
    sign_in: SignIn,
    count: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(1, count + 1):
        Expression.objects.create(
            call=call, organisation=lanes, number=number, started_by=priya, only_one=False
        )
    browser = sign_in(priya)
    with django_assert_max_num_queries(14):
        assert text(browser.get(reverse("calls:ours"))).count("Lanes Neighbours") >= count


def test_nothing_anywhere_shows_a_decision_before_the_release(
    assessing_call: Call, submitted: Submission, sign_in: SignIn, cora: User, priya: User
) -> None:
    expression = submitted.expression
    assessing.decide(cora, expression, Decision.Outcome.NOT_APPROVED, "canary-reason")
    assessing.give_feedback(cora, expression, "canary-feedback")
    browser = sign_in(priya)
    programme = assessing_call.programme
    addresses = [
        ours(expression),
        reverse("calls:ours"),
        ours(expression, "preview"),
        ours(expression, "submit"),
        page(assessing_call),
        reverse("calls:calls", args=[programme.slug]),
        programme.get_absolute_url(),
    ]
    for who in (browser, Client()):
        for address in addresses:
            body = who.get(address, follow=True).content.decode()
            assert "canary" not in body
            assert "does not go on" not in body
    assert browser.get(ours(expression, "entry")).status_code == 403


def test_everybody_reads_the_decision_once_it_is_released(
    assessing_call: Call,
    submitted: Submission,
    sign_in: SignIn,
    ada: User,
    cora: User,
    priya: User,
) -> None:
    expression = submitted.expression
    assessing.decide(cora, expression, Decision.Outcome.NOT_APPROVED, "Too like the Bridge Club.")
    released = sign_in(ada).post(page(assessing_call, "release"))
    assert released.status_code == 302

    said = text(sign_in(priya).get(ours(expression)))
    assert "does not go on this time" in said
    assert "Too like the Bridge Club." in said
    assert "The people who read it write to you by" in said
    assert "Front-room lunches" not in text(Client().get(page(assessing_call)))


def test_a_question_to_the_applicant_is_answered_on_its_page(
    assessing_call: Call, submitted: Submission, sign_in: SignIn, cora: User, priya: User
) -> None:
    expression = submitted.expression
    until = database_now() + timedelta(days=3)
    asked = sign_in(cora).post(
        page(assessing_call, "ask_applicant", expression.pk),
        {"words": f"Who cooks? {SCRIPT}", **when("due_at", until)},
    )
    assert asked.status_code == 302
    question = Clarification.objects.get()

    browser = sign_in(priya)
    assert "Who cooks?" in text(browser.get(ours(expression)))
    assert "<script>alert" not in browser.get(ours(expression)).content.decode()
    browser.post(ours(expression, "answer", question.pk), {"answer": "Twelve of us."})
    assert "Twelve of us." in text(
        sign_in(cora).get(page(assessing_call, "assess_one", expression.pk))
    )
