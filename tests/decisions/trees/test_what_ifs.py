"""What would have to be different is found by walking again, so it is true."""

import pytest

from decisions.trees.engine import shipped_trees, walk, with_what_ifs
from tests.decisions.trees.base import GENERAL, SPRING, place_not_known

TREE = shipped_trees()["england-general"]
ANSWERS = {
    **place_not_known(TREE),
    **GENERAL,
    "net_value": 300_000,
    "local_knowledge": "much",
    "capable_providers": "many",
}


def test_each_change_told_does_what_it_says() -> None:
    walked = with_what_ifs(walk(TREE, ANSWERS, SPRING), ANSWERS)
    told = [(each.option, change) for each in walked.ranked for change in each.would_win_if]
    assert len(told) > 10
    for option, change in told:
        also = (*change.together, *change.also)
        answers = {**ANSWERS, change.question: change.answer, **dict(also)}
        assert walk(TREE, answers, SPRING).standing(option).standing == change.standing


@pytest.mark.parametrize(
    ("option", "question", "answer"),
    [
        ("grant", "payment_for", "their_own_project"),
        ("quotes_or_award", "net_value", "207719.99"),
        ("direct_award", "direct_award_ground", "switching"),
        ("controlled_company", "public_partner", "own_company"),
        ("no_purchase", "need_to_buy", "no"),
        ("in_house", "own_staff", "ready"),
    ],
)
def test_the_change_that_a_reader_looks_for_is_there(
    option: str, question: str, answer: str
) -> None:
    walked = with_what_ifs(walk(TREE, ANSWERS, SPRING), ANSWERS)
    changes = walked.standing(option).would_win_if
    assert (question, answer) in {(change.question, change.answer) for change in changes}


@pytest.mark.parametrize(("providers", "told"), [("one", True), ("few", False), ("many", False)])
def test_no_change_is_told_that_another_answer_contradicts(providers: str, *, told: bool) -> None:
    answers = ANSWERS | {"capable_providers": providers}
    walked = with_what_ifs(walk(TREE, answers, SPRING), answers)
    changes = walked.standing("direct_award").would_win_if
    sole = [change for change in changes if change.answer == "sole_supplier"]
    assert bool(sole) is told


def test_a_day_may_be_the_change() -> None:
    told = {
        **ANSWERS,
        "net_value": 1000,
        "area": "own_area",
        "area_decided_before_inviting": "yes",
        "area_stated_in_advert": "yes",
    }
    early = SPRING.replace(month=2, day=1)
    walked = with_what_ifs(walk(TREE, told, early), told)
    (change,) = walked.standing("below_threshold_reserved_area").would_win_if
    assert (change.question, change.answer) == ("begins", "2026-02-04")


def test_where_no_one_answer_would_do_two_or_three_are_told_and_do_what_they_say() -> None:
    walked = with_what_ifs(walk(TREE, ANSWERS, SPRING), ANSWERS)
    told = [
        (standing, change)
        for standing in walked.ranked
        for change in standing.would_win_if
        if change.together
    ]
    assert told, "nobody would have found it by changing one answer"
    for standing, change in told:
        assert standing.standing == "possible"
        assert len(standing.would_win_if) == 1
        assert 1 <= len(change.together) <= 2
        changed = {change.question: change.answer, **dict(change.together)}
        assert {TREE.questions[key].group for key in changed} == {"place"}
        again = walk(TREE, {**ANSWERS, **changed}, SPRING)
        assert again.standing(standing.option).standing == "recommended"
        for key, value in changed.items():
            one = walk(TREE, {**ANSWERS, key: value}, SPRING)
            assert one.standing(standing.option).standing != "recommended", "one would have done"


def test_where_nothing_of_its_own_would_do_it_is_told_by_what_the_others_fall_behind() -> None:
    """A reserved competition loses by a lower risk too, but a grant loses more."""
    answers = ANSWERS | {
        "payment_for": "could_be_either",
        "recipient_enterprise": "no",
        "net_value": 162_000,
        "capable_providers": "few",
        "small_provider_risk": "high",
        "contract_type": "light_touch",
    }
    walked = with_what_ifs(walk(TREE, answers, SPRING), answers)
    reserved = walked.standing("below_threshold_reserved_vcse")
    assert reserved.standing == "possible"
    assert reserved.would_win_if
    for change in reserved.would_win_if:
        also = dict((*change.together, *change.also))
        other = walk(TREE, {**answers, change.question: change.answer, **also}, SPRING)
        assert other.standing("below_threshold_reserved_vcse").standing == "recommended"
