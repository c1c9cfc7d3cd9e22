"""A locked walk that is not right is walked again without saying everything twice."""

from collections.abc import Mapping

import pytest
from django.utils import timezone

from commissioning.people.models import User
from decisions.questions.models import Question
from decisions.records.actions import drafting
from decisions.records.freshness import out_of_date
from decisions.records.sections.walk import to_do
from decisions.trees import actions
from decisions.trees.compared import differences, differences_of
from decisions.trees.known import known_for
from decisions.trees.models import Appraisal
from decisions.trees.results import result_of
from decisions.trees.rules import seat_of
from decisions.trees.standpoint import Standing
from places.directory.models import Organisation
from tests.cast import SignIn
from tests.decisions.walks.conftest import BEGINS, answer_all, at, said, say
from tests.decisions.walks.test_known import confirm

NOT_THERE = "“What is there now?” was answered Nothing; the question says"


@pytest.fixture
def contradicted(ada: User, walk: Appraisal) -> Appraisal:
    """Whole and open, with another value and another present than the question's."""
    return answer_all(ada, walk, {"net_value": "100000", "present": "nothing"})


def told(question: Question, **answers: str) -> list[str]:
    """Where answers differ from the question's facts."""
    path = [
        {"question": key, "answer": value, "text": key, "said": value}
        for key, value in answers.items()
    ]
    found = differences(question, path, BEGINS, timezone.localdate())
    return [one.asked for one in found if one.key != "begins"]


def test_the_lock_page_says_what_a_draft_would_stumble_over(
    ada: User, contradicted: Appraisal, sign_in: SignIn
) -> None:
    page = said(sign_in(ada), at("lock", contradicted))
    assert "was answered £100,000; the question says £180,000." in page
    assert NOT_THERE in page
    # The draft can&#x27;t be recommended: the words are escaped.
    assert "be recommended while the two differ" in page
    say(ada, contradicted, "net_value", "180000")
    page = said(sign_in(ada), at("lock", contradicted))
    assert NOT_THERE in page
    assert "be recommended while the two differ" not in page


def test_what_is_there_now_is_told_on_every_page_and_in_the_record_and_stops_nothing(
    ada: User, contradicted: Appraisal, sign_in: SignIn
) -> None:
    say(ada, contradicted, "net_value", "180000")
    browser = sign_in(ada)
    for page in (at("walk", contradicted), at("result", contradicted)):
        assert NOT_THERE in said(browser, page)
    assert NOT_THERE in said(browser, at("ask", contradicted, "present"))
    locked = actions.lock_for_good(ada, contradicted)
    draft = drafting.begin_decision(ada, locked.question, "Daytime company")
    assert out_of_date(draft) == []
    assert NOT_THERE in str(to_do(draft))


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"present": "nothing"}, ["The Lanes Company provides it now"]),
        ({"present_works": "nothing_there"}, ["The Lanes Company provides it now"]),
        ({"present": "in_house"}, ["The Lanes Company provides it now"]),
        ({"present": "contract", "present_works": "well"}, []),
        ({"present": "grant"}, []),
        ({"present": "other", "present_works": "not_known"}, []),
    ],
)
def test_a_provider_that_the_question_names_is_there(
    question: Question, lanes: Organisation, answers: Mapping[str, str], expected: list[str]
) -> None:
    lanes.name = "The Lanes Company"
    question.present_provider, question.present_ends_on = lanes, None
    assert told(question, **answers) == expected


def test_the_body_that_buys_provides_it_with_its_own_staff(question: Question) -> None:
    question.present_provider = question.who_buys
    assert told(question, present="in_house") == []
    assert told(question, present="contract") == [f"{question.who_buys.name} provides it now"]


def test_of_a_new_thing_the_question_knows_no_present(question: Question) -> None:
    question.present_provider = question.present_ends_on = None
    assert told(question, present="nothing", present_works="nothing_there") == []


def test_a_locked_walk_with_a_wrong_value_is_walked_again_on_one_page(
    ada: User, contradicted: Appraisal, sign_in: SignIn
) -> None:
    """Nobody walks thirty pages a second time."""
    say(ada, contradicted, "local_knowledge", "some", "Two workshops said so.")
    locked = actions.lock_for_good(ada, contradicted)
    browser = sign_in(ada)
    assert "Walk it again with the answers of this one" in said(browser, at("result", locked))
    again = actions.begin_walk(ada, locked.question, "england-general", BEGINS)
    confirm(browser, again, but="present")
    rows = {row.key: row for row in again.answers.all()}
    assert rows["local_knowledge"].value == "some"
    assert rows["local_knowledge"].reason == (
        f"Taken over from “{locked.title}”. Two workshops said so."
    )
    assert rows["net_value"].value == "180000", "a fact of the question comes from the question"
    assert "present" not in rows, "what was unticked is asked by itself"
    again = answer_all(ada, again, {"present": "other"})
    assert differences_of(again, result_of(Standing(again))["path"]) == []
    third = actions.begin_walk(
        ada, actions.lock_for_good(ada, again).question, "england-general", BEGINS
    )
    once = {
        one.key: one.reason
        for one in known_for(Standing(third), seat_of(ada, third.question.programme))
    }
    assert once["local_knowledge"] == f"Taken over from “{again.title}”. Two workshops said so."


def test_a_citizen_commissioner_is_not_told_what_to_say(
    ada: User, sami: User, contradicted: Appraisal
) -> None:
    locked = actions.lock_for_good(ada, contradicted)
    again = actions.begin_walk(ada, locked.question, "england-general", BEGINS)
    found = known_for(Standing(again), seat_of(sami, again.question.programme))
    assert "local_knowledge" not in {one.key for one in found}
    known = {one.key for one in known_for(Standing(again), seat_of(ada, again.question.programme))}
    assert "local_knowledge" in known
