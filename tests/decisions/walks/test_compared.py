"""What a walk answers of value, VAT, day and buyer is held against what the question says."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from commissioning.people.models import User
from decisions.questions.models import Question, Vat
from decisions.records.actions import drafting
from decisions.records.freshness import out_of_date
from decisions.trees import actions
from decisions.trees.compared import differences_of, rise_in_words
from decisions.trees.models import Appraisal
from decisions.trees.results import result_of
from decisions.trees.standpoint import Standing
from places.directory.models import Organisation
from tests.cast import SignIn
from tests.decisions.records.test_on_paper import section
from tests.decisions.walks.conftest import BEGINS, answer_all, at, say


@pytest.fixture
def whole(walk: Appraisal, ada: User) -> Appraisal:
    """Every question answered; nobody knows the time left, and something is there now."""
    return answer_all(ada, walk, {"time_left": "not_known", "present": "other"})


def told(walk: Appraisal) -> list[str]:
    """Where the walk and the question differ, in sentences."""
    walk = Appraisal.objects.get(pk=walk.pk)
    return [one.words for one in differences_of(walk, result_of(Standing(walk))["path"])]


def test_a_walk_of_the_same_value_day_vat_and_buyer_differs_in_nothing(whole: Appraisal) -> None:
    assert told(whole) == []


def test_a_penny_less_than_the_question_says_is_said_on_every_page_and_in_the_record(
    ada: User, whole: Appraisal, sign_in: SignIn
) -> None:
    say(ada, whole, "net_value", "179999.99")
    (words,) = told(whole)
    assert words.endswith("was answered £179,999.99; the question says £180,000.")
    browser = sign_in(ada)
    for name in ("walk", "result"):
        page = browser.get(at(name, whole)).content.decode()
        assert "was answered £179,999.99; the question says £180,000." in page, name
        assert "Take over what the question says" in page
    asked = browser.get(at("ask", whole, "net_value"))
    assert "the question says £180,000" in asked.content.decode()
    assert asked.context["form"]["value"].value() == Decimal("179999.99")
    taken = browser.get(at("ask", whole, "net_value") + "?take=1").context["form"]
    assert taken["value"].value() == Decimal(180_000)
    locked = actions.lock_for_good(ada, whole)
    draft = drafting.begin_decision(ada, locked.question, "Daytime company")
    assert any("the question says £180,000" in one for one in out_of_date(draft))
    assert "the question says £180,000" in str(section(draft, "checks"))


def test_vat_the_day_the_options_and_who_buys_are_compared_too(
    ada: User, whole: Appraisal, question: Question
) -> None:
    question.refresh_from_db()
    question.vat, question.options_value = Vat.STANDARD, None
    question.begins_on = date(2027, 2, 1)
    question.who_buys = Organisation.objects.create(
        name="Rivermead Health Partnership",
        slug="rivermead-health",
        kind=Organisation.Kind.HEALTH,
        place=question.programme.place,
        confirmed_at=timezone.now(),
    )
    question.save()
    said = " ".join(told(whole))
    for words in (
        "“The day on which it begins” was answered 11 January 2027; the question says 1 February",
        "the question says Yes, at the standard rate of 20%",
        "was answered £120,000; the question says £0",
        "the question says Rivermead Health Partnership",
    ):
        assert words in said, words


def test_what_the_question_leaves_open_differs_from_nothing(
    whole: Appraisal, question: Question
) -> None:
    Question.objects.filter(pk=question.pk).update(
        net_value=None, options_value=None, vat=Vat.UNKNOWN, begins_on=None
    )
    assert told(whole) == []


@pytest.mark.parametrize(
    ("next_", "words"),
    [
        (
            "2499999.99",
            "up by £499,999.99 (25%), from £2,000,000 to £2,499,999.99. By the question's own "
            "figure: up by £500,000 (25%), from £2,000,000 to £2,500,000",
        ),
        ("2500000", "up by £500,000 (25%), from £2,000,000 to £2,500,000"),
    ],
)
def test_the_rise_that_process_c_turns_on_is_said_in_pounds_and_per_cent(
    question: Question, next_: str, words: str
) -> None:
    question.net_value, question.options_value = Decimal(1_500_000), Decimal(1_000_000)
    path = [
        {"question": "present_lifetime_value", "answer": "2000000"},
        {"question": "proposed_lifetime_value", "answer": next_},
    ]
    assert rise_in_words(question, path) == words


def test_a_health_walks_lifetime_value_is_the_questions_with_every_extension(
    ada: User, question: Question
) -> None:
    walk = actions.begin_walk(ada, question, "england-health", BEGINS)
    answers = {
        "buyer": "council",
        "health_services": "yes",
        "concluding_framework": "no",
        "only_existing_capable": "no",
        "unrestricted_choice": "no",
        "new_service": "no",
        "existing_satisfying": "yes",
        "change_in_character": "no",
        "change_by_authority": "yes",
        "present_lifetime_value": "250000",
        "proposed_lifetime_value": "299999.99",
        "time_left": "not_known",
        "present": "contract",
        "extension": "none",
    }
    walk = answer_all(ada, walk, answers)
    asked = {row["question"] for row in result_of(Standing(walk))["path"]}
    if "proposed_lifetime_value" not in asked:
        pytest.fail(f"the walk did not come to the lifetime value: {sorted(asked)}")
    (words,) = told(walk)
    assert "was answered £299,999.99; the question says £300,000." in words
