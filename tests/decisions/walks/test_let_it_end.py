"""A walk about what ends by itself speaks of letting it end, with reasons the right way round."""

import pytest

from commissioning.people.models import User
from decisions.questions.models import Question
from decisions.trees import actions
from decisions.trees.results import result_of
from decisions.trees.standpoint import Standing
from tests.decisions.walks.conftest import BEGINS, answer_all


@pytest.mark.parametrize(
    ("ends", "title", "effect"),
    [(True, "Let it end", "lower"), (False, "Change nothing", "raise")],
)
def test_that_it_works_well_speaks_against_letting_it_end(
    question: Question, ada: User, ends: bool, title: str, effect: str
) -> None:
    if not ends:
        question.present_ends_on = None
        question.save(update_fields=["present_ends_on"])
    walk = actions.begin_walk(ada, question, "england-general", BEGINS)
    answer_all(ada, walk, {"present_works": "well", "present": "contract"})
    result = result_of(Standing(walk))
    row = next(one for one in result["ranked"] if one["option"] == "change_nothing")
    assert row["title"] == title
    said = [one for one in row["because"] if one["answer"] == "present_works=well"]
    assert [one["effect"] for one in said] == [effect]
