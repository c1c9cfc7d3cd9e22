"""The backward plan alone, on paper: its own way, each step with its day, bridges when late."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from commissioning.documents.models import Rendering
from commissioning.documents.render import render_pdf
from commissioning.people.models import User
from decisions.questions import actions
from decisions.questions.models import Question
from decisions.questions.plan_paper import PAPER, TEMPLATE, data
from decisions.questions.planned import kept_plan, planned
from tests.cast import SignIn
from tests.reading import words_of

EARLY, LATE = date(2026, 2, 2), date(2027, 5, 3)
BUTTON = "Print it (PDF)"


def url(name: str, question: Question) -> str:
    return reverse(f"questions:{name}", args=[question.programme.slug, question.pk])


@pytest.fixture
def headed(question: Question, ada: User) -> Question:
    """A question that the place plans by a competition under the light-touch rules."""
    actions.set_plan(ada, question, "light_touch", key_decision=False, lengths={"evaluate": 1})
    return question


def on_paper(question: Question) -> str:
    """The words of the PDF."""
    return " ".join(
        words_of(render_pdf(TEMPLATE, {"data": data(question.pk)}, title="Plan", lang="en-GB"))
    )


def test_the_paper_has_each_step_with_its_day_and_where_its_length_comes_from(
    headed: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: EARLY)
    said = on_paper(headed)
    plan = planned(headed, kept_plan(headed), "light_touch")
    assert plan is not None
    assert plan.way.title in said
    assert "the day the present arrangement ends" in said
    for step in plan.steps:
        assert step.title in said
        assert f"{step.starts.day} {step.starts:%B %Y}" in said
    assert "1 working day. The place's own length" in said
    assert "Step by step" in said
    assert "This is too late" not in said


def test_a_plan_that_is_late_has_its_bridges(
    headed: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: LATE)
    said = on_paper(headed)
    assert "This is too late: work should have begun by" in said
    assert "Bridges over the gap" in said
    assert "Use an extension that the present agreement already has" in said
    assert "Passed" in said


def test_members_print_it_and_nobody_else_is_offered_it(
    headed: Question, sami: User, sign_in: SignIn, client: Client
) -> None:
    browser = sign_in(sami)
    assert BUTTON in browser.get(url("plan", headed)).content.decode()
    answer = browser.post(url("plan_paper", headed))
    rendering = Rendering.objects.get(type_name=PAPER)
    assert answer["Location"] == rendering.get_absolute_url()
    assert BUTTON not in client.get(url("plan", headed)).content.decode()


def test_a_way_that_is_only_looked_at_is_not_printed_as_the_plan(
    headed: Question, sami: User, sign_in: SignIn
) -> None:
    page = sign_in(sami).get(url("plan", headed) + "?way=grant").content.decode()
    assert "Calendar file" in page
    assert BUTTON not in page


def test_without_a_plan_there_is_nothing_to_print(
    question: Question, sami: User, sign_in: SignIn
) -> None:
    answer = sign_in(sami).post(url("plan_paper", question))
    assert answer["Location"] == url("plan", question)
    assert not Rendering.objects.exists()
