"""Most votes first, told as small stories: ties, minimums, what only partly fits, the reserve."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from participation.budgeting.counting.election import Election, election_of
from participation.budgeting.counting.options import OptionError, Options
from participation.budgeting.counting.outcome import PartOffer
from participation.budgeting.counting.rules import count


def vote(costs: dict[str, int], budget: int, **backers: int) -> Election:
    """One ballot per backer, each for one project."""
    ballots = [[name] for name, number in backers.items() for _ in range(number)]
    return election_of(list(costs.items()), budget, ballots)


def winners(election: Election, options: Options) -> Sequence[str]:
    return count(election, options).winner_ids(election)


HALL = vote({"hall": 60, "path": 50, "trees": 30, "bench": 10}, 100, hall=9, path=8, trees=7)


def test_what_does_not_fit_is_skipped() -> None:
    assert winners(HALL, Options("greedy")) == ["hall", "trees", "bench"]


def test_or_the_count_stops_there() -> None:
    assert winners(HALL, Options("greedy-no-skip")) == ["hall"]
    assert winners(HALL, Options("greedy", part_fit="stop")) == ["hall"]


def test_or_its_owner_may_be_offered_the_rest() -> None:
    outcome = count(HALL, Options("greedy", part_fit="offer"))
    assert outcome.winner_ids(HALL) == ["hall"]
    assert outcome.part_offer == PartOffer(project=1, offered=40)
    assert outcome.reserve == (1, 2, 3)


def test_nothing_is_offered_when_nothing_is_left() -> None:
    election = vote({"hall": 100, "path": 50}, 100, hall=2, path=1)
    assert count(election, Options("greedy", part_fit="offer")).part_offer is None


def test_the_reserve_list_is_in_rank_order() -> None:
    assert count(HALL, Options("greedy")).reserve == (1,)


def test_votes_per_cost() -> None:
    assert winners(HALL, Options("greedy-per-cost")) == ["trees", "path", "bench"]


def test_a_minimum_of_votes_leaves_out_what_nobody_chose() -> None:
    assert winners(HALL, Options("greedy", min_votes=1)) == ["hall", "trees"]
    assert count(HALL, Options("greedy", min_votes=8)).eligible == (0, 1)


def test_points_rank_where_every_project_is_scored() -> None:
    ballots = [{"a": 5, "b": 1}, {"a": 1, "b": 4}, {"a": 1, "b": 4}]
    election = election_of([("a", 1), ("b", 1)], 1, ballots, points=True)
    assert winners(election, Options("greedy", "points")) == ["b"]
    assert winners(election, Options("greedy", "points", min_points=10)) == []


TIED = vote({"dear": 30, "first": 20, "second": 20}, 20, dear=5, first=5, second=5)


def test_a_tie_falls_to_the_cheaper_then_to_the_declared_order() -> None:
    assert winners(TIED, Options("greedy")) == ["first"]


def test_or_to_the_lot_that_was_drawn() -> None:
    lot = ("second", "dear", "first")
    assert winners(TIED, Options("greedy", lot=lot)) == ["second"]
    roomy = TIED.with_budget(30)
    assert winners(roomy, Options("greedy", tie_steps=("lot",), lot=("dear", *lot[::2]))) == [
        "dear"
    ]


@pytest.mark.parametrize("lot", [("first",), ("first", "second", "second"), ("a", "b", "c")])
def test_a_lot_that_does_not_name_everyone_is_refused(lot: tuple[str, ...]) -> None:
    with pytest.raises(OptionError, match="every project exactly once"):
        count(TIED, Options("greedy", lot=lot))


def test_equal_shares_ties_fall_the_same_way() -> None:
    lot = ("second", "dear", "first")
    election = vote({"first": 20, "second": 20}, 20, first=5, second=5)
    either = election_of([("first", 20), ("second", 20)], 20, [["first", "second"]] * 4)
    assert winners(election, Options("equal-shares")) == []
    assert winners(either, Options("equal-shares")) == ["first"]
    assert winners(either, Options("equal-shares", lot=("second", "first"))) == ["second"]
    assert winners(either, Options("phragmen", lot=("second", "first"))) == ["second"]
    with pytest.raises(OptionError):
        count(either, Options("equal-shares", lot=lot))


@pytest.mark.parametrize("rule", ["greedy", "greedy-no-skip", "greedy-per-cost", "phragmen"])
def test_edges(rule: str) -> None:
    options = Options(rule)  # type: ignore[arg-type]
    dear = vote({"a": 10, "b": 20}, 5, a=1, b=1)
    assert winners(dear, options) == []
    nobody = election_of([("a", 3)], 5, [])
    assert winners(nobody, options) == ([] if rule == "phragmen" else ["a"])
    assert winners(election_of([("a", 5)], 5, [["a"]]), options) == ["a"]


@pytest.mark.parametrize("completion", ["none", "add1", "add1-exhaustive"])
def test_edges_of_equal_shares(completion: str) -> None:
    options = Options("equal-shares", completion=completion)  # type: ignore[arg-type]
    assert winners(vote({"a": 10, "b": 20}, 5, a=1, b=1), options) == []
    assert winners(election_of([("a", 3)], 5, []), options) == []
    assert winners(election_of([("a", 5), ("b", 9)], 5, [["a"], []]), options) == (
        [] if completion == "none" else ["a"]
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"rule": "lottery"},
        {"rule": "greedy", "utility": "cost"},
        {"rule": "greedy", "completion": "add1"},
        {"rule": "phragmen", "top_up": "votes"},
        {"rule": "equal-shares", "utility": "votes"},
        {"rule": "equal-shares", "part_fit": "offer"},
        {"rule": "equal-shares", "start": "early"},
        {"rule": "greedy", "min_votes": -1},
        {"rule": "greedy", "tie_steps": ("age",)},
    ],
)
def test_options_that_do_not_go_together_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(OptionError):
        Options(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("projects", "budget"),
    [([("a", -1)], 1), ([("a", 1)], -1), ([("a", 10**16)], 1), ([("a", 1), ("a", 2)], 1)],
)
def test_an_election_that_no_rule_could_count_is_refused(
    projects: list[tuple[str, int]], budget: int
) -> None:
    with pytest.raises(ValueError, match=r"money|same id"):
        election_of(projects, budget, [])
