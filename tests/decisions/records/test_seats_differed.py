"""Where nobody recorded dissent, the record still says how often seats answered otherwise."""

from commissioning.people.models import User
from decisions.records.models import Decision
from decisions.trees import actions as trees
from decisions.trees.models import Appraisal
from tests.decisions.records.conftest import fresh
from tests.decisions.records.test_on_paper import section
from tests.decisions.walks.conftest import say, settle, walk, whole

__all__ = ["walk", "whole"]


def test_a_difference_that_was_settled_is_told_where_nobody_dissented(
    ada: User, sami: User, whole: Appraisal, draft: Decision
) -> None:
    assert "Seats answered" not in str(section(draft, "dissent"))
    say(sami, whole, "history", "good", "They kept every promise.")
    settle(ada, whole, "history", "mixed")
    trees.lock_for_good(ada, whole)
    assert (
        "Nobody recorded dissent. Seats answered 1 question differently; the path says where, and "
        "how it was settled."
    ) in str(section(fresh(draft), "dissent"))


def test_where_all_seats_agreed_nothing_is_added(
    ada: User, sami: User, whole: Appraisal, draft: Decision
) -> None:
    say(sami, whole, "history", "mixed", "Some promises were kept.")
    trees.lock_for_good(ada, whole)
    said = str(section(fresh(draft), "dissent"))
    assert "Nobody recorded dissent." in said
    assert "Seats answered" not in said
