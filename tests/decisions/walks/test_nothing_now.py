"""Where there is nothing now, nothing is said of going on with it or of taking it over."""

import pytest
from django.test import Client
from django.urls import reverse

from commissioning.people.models import User
from decisions.costs.costed import QuestionCosts
from decisions.questions.models import Question
from decisions.records.actions import drafting
from decisions.records.story import story
from decisions.trees import actions
from decisions.trees.models import Appraisal
from tests.cast import SignIn
from tests.decisions.walks.conftest import BEGINS, answer_all


@pytest.fixture
def bus(question: Question) -> Question:
    """The question without a present arrangement."""
    question.present_ends_on = None
    question.save(update_fields=["present_ends_on"])
    return question


@pytest.fixture
def nothing(bus: Question, ada: User) -> Appraisal:
    """A walk that was told that there is nothing now."""
    walk = actions.begin_walk(ada, bus, "england-general", BEGINS)
    return answer_all(ada, walk, {"present_works": "nothing_there"})


def page(client: Client, name: str, question: Question, *more: object) -> str:
    """The words of a page."""
    address = reverse(name, args=[question.programme.slug, question.pk, *more])
    return " ".join(client.get(address).content.decode().split())


def test_nothing_is_compared_with_going_on_where_nothing_goes_on(
    nothing: Appraisal, ada: User, sign_in: SignIn
) -> None:
    question, browser = nothing.question, sign_in(ada)
    result = page(browser, "trees:result", question, nothing.pk)
    assert "The least costly possible way is “Change nothing”" not in result
    assert "There is nothing now. So “Change nothing” is not costed" in result
    compared = page(browser, "costs:compare", question)
    assert "no wait" not in compared
    going_on = [question.programme.slug, question.pk, "change_nothing"]
    assert reverse("costs:route", args=going_on) not in compared
    inside = page(browser, "costs:route", question, "in_house")
    assert "Disruption" not in inside
    assert "somebody else takes over" not in inside


def test_where_something_is_there_it_is_compared_with_and_taken_over_from(
    whole: Appraisal, ada: User, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    assert "change_nothing" in QuestionCosts(whole.question).chosen
    assert "Disruption" in page(browser, "costs:route", whole.question, "in_house")
    assert "There is nothing now." not in page(browser, "costs:compare", whole.question)


def test_a_day_on_which_the_present_ends_says_that_there_is_one(
    ada: User, question: Question
) -> None:
    walk = actions.begin_walk(ada, question, "england-general", BEGINS)
    answer_all(ada, walk, {"present_works": "nothing_there"})
    assert not QuestionCosts(question).nothing_now


def test_the_record_says_that_change_nothing_is_not_costed(nothing: Appraisal, ada: User) -> None:
    locked = actions.lock_for_good(ada, nothing)
    question = Question.objects.get(pk=locked.question_id)
    decision = drafting.begin_decision(ada, question, "A youth bus")
    costs = next(one for one in story(decision)["sections"] if one["key"] == "costs")
    table = next(one for one in costs["blocks"] if one["kind"] == "table")
    assert "Change nothing" not in [row[0] for row in table["rows"]]
    assert "There is nothing now. So “Change nothing” is not costed" in str(costs)
    assert "Not costed: Change nothing" not in str(costs)


def test_the_picture_of_what_choosing_costs_stands_below_each_question_and_the_result(
    whole: Appraisal, ada: User, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    for address in ("trees:result", "trees:ask"):
        more = [whole.pk, "history"] if address == "trees:ask" else [whole.pk]
        said = page(browser, address, whole.question, *more)
        below = said.partition("What each way of choosing would cost, and whom")[2]
        assert below.count('<svg class="cc-costs__bar"') >= 3, address
