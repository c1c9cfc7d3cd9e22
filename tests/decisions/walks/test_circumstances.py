"""A plan follows who buys, the answers of the walk and the place's own rules, before a decision."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from commissioning.people.models import User
from decisions.questions.circumstances import circumstances_of
from decisions.questions.models import Question
from decisions.questions.plan.standstill import Regime
from decisions.questions.planned import is_key
from decisions.trees import actions
from decisions.trees.versions import write_sheet
from tests.decisions.trees.base import GENERAL, HEALTH
from tests.decisions.walks.conftest import BEGINS, answer_all


@pytest.fixture
def ada_client(client: Client, ada: User) -> Client:
    """Ada's browser."""
    client.force_login(ada)
    return client


def fresh(question: Question) -> Question:
    """The same, with nothing remembered of it."""
    return Question.objects.select_related("who_buys", "programme").get(pk=question.pk)


def walk(ada: User, question: Question, tree: str, **answers: str) -> None:
    base = GENERAL if tree == "england-general" else HEALTH
    said = {key: str(value) for key, value in {**base, **answers}.items()}
    answer_all(ada, actions.begin_walk(ada, question, tree, BEGINS), said)


def plan_page(client: Client, question: Question, way: str = "") -> str:
    url = reverse("questions:plan", args=[question.programme.slug, question.pk])
    return client.get(url, {"way": way} if way else {}).content.decode()


def test_an_nhs_bodys_plan_has_no_notice_of_a_key_decision_and_no_call_in(
    ada: User, ada_client: Client, question: Question
) -> None:
    walk(ada, question, "england-health", buyer="nhs_body", ending_or_reducing="yes")
    page = plan_page(ada_client, question, "health_suitable")
    assert "28 clear days" not in page
    assert "Call-in" not in page
    assert "the best value guidance is not for this body" in page


def test_a_health_question_is_offered_no_way_of_the_procurement_act(
    ada: User, ada_client: Client, question: Question
) -> None:
    assert "Competition under the Act" in plan_page(ada_client, question), "nobody knows yet"
    walk(ada, question, "england-health", buyer="nhs_body")
    page = plan_page(ada_client, question)
    for title in ("Competition under the Act", "Light-touch competition", "Quotes, or award"):
        assert title not in page, title
    assert "Health services: most suitable provider" in page
    shown = plan_page(ada_client, question, "light_touch")
    assert '<option value="light_touch" selected>' in shown, "what is shown is in its own list"


def test_an_nhs_body_that_buys_is_known_before_anybody_walked(
    ada_client: Client, question: Question
) -> None:
    body = question.who_buys
    body.kind = "health"
    body.save(update_fields=["kind"])
    page = plan_page(ada_client, question)
    assert "28 clear days" not in page
    assert "Call-in" not in page


def test_a_grant_below_the_sheets_sum_needs_no_key_decision_notice(
    ada: User, ada_client: Client, question: Question
) -> None:
    sheet = {"key_decision_sum": "250000", "decides": "cabinet", "call_in_days": 7}
    write_sheet(ada, question.programme, date(2026, 4, 1), sheet, "")
    Question.objects.filter(pk=question.pk).update(net_value=20_000, vat="none")
    walk(ada, fresh(question), "england-general", buyer="council")
    assert not is_key(fresh(question), None)
    page = plan_page(ada_client, question, "grant")
    assert "28 clear days" not in page
    assert "7 working days" in page, "the sheet's own call-in"
    Question.objects.filter(pk=question.pk).update(net_value=250_000)
    assert is_key(fresh(question), None)


def test_nobody_is_told_of_an_end_where_nobody_loses_what_they_have(
    ada: User, ada_client: Client, question: Question
) -> None:
    walk(
        ada,
        question,
        "england-general",
        present="contract",
        extension="none",
        ending_or_reducing="no",
    )
    assert "ends or shrinks" not in plan_page(ada_client, question, "competition")


def test_bridges_are_those_of_the_regime_that_the_walk_is_under(
    ada: User, ada_client: Client, question: Question
) -> None:
    Question.objects.filter(pk=question.pk).update(present_ends_on=date(2026, 12, 1))
    before = plan_page(ada_client, question, "light_touch")
    assert "depends on the walk" in before
    assert "Schedule 5" not in before
    walk(ada, fresh(question), "england-general")
    assert "Schedule 5" in plan_page(ada_client, question, "light_touch")
    walk(ada, fresh(question), "england-health", buyer="nhs_body")
    assert circumstances_of(fresh(question)).regime == Regime.HEALTH
    page = plan_page(ada_client, question, "light_touch")
    assert "SI 2023/1348 reg 14" in page
    assert "Schedule 5" not in page
    assert "depends on the walk" not in page
