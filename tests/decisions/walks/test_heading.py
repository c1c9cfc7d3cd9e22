"""Costs and plan follow the route that a locked walk recommends, as soon as there is one."""

import pytest
from django.test import Client
from django.urls import reverse

from commissioning.people.models import User
from decisions.costs.costed import QuestionCosts
from decisions.questions.heading import heading_of
from decisions.questions.models import Question
from decisions.trees import actions
from decisions.trees.models import Appraisal


@pytest.fixture
def locked(whole: Appraisal, ada: User) -> Question:
    """The question once its walk is locked; it recommends devolved grants."""
    actions.lock_for_good(ada, whole)
    return Question.objects.get(pk=whole.question_id)


def page(client: Client, name: str, question: Question) -> str:
    """The words of a page of the question."""
    return client.get(reverse(name, args=[question.programme.slug, question.pk])).content.decode()


def test_the_plan_and_the_questions_page_follow_the_walk(
    locked: Question, whole: Appraisal, client: Client
) -> None:
    heading = heading_of(locked)
    assert heading is not None
    assert heading.way is not None
    said = page(client, "questions:plan", locked)
    assert "What the walk that was locked recommends" in said
    assert "This plan is counted for it." in said
    own = client.get(locked.get_absolute_url()).content.decode()
    assert f"By “{heading.title}”" in own
    assert "Light-touch competition" not in own.split("When it must begin")[1][:400]


def test_the_costs_page_gains_the_route_that_is_recommended_and_those_left_open(
    locked: Question, client: Client
) -> None:
    heading = heading_of(locked)
    assert heading is not None
    chosen = QuestionCosts(locked).chosen
    assert chosen[0] == heading.route
    assert set(chosen) <= {"change_nothing", *heading.open_routes}, "closed ones are not compared"
    assert f"/{heading.route}/" in page(client, "costs:compare", locked)
