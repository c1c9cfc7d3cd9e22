"""Every rule and every option gives what the slow reference gives, in the same order."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.budgeting.counting import backing, purses
from participation.budgeting.counting.election import Election
from participation.budgeting.counting.options import UTILITIES, Completion, Options, Start, TopUp
from participation.budgeting.counting.rules import count

from . import reference
from .strategies import elections

GREEDY = [
    Options(rule, utility)
    for rule in ("greedy", "greedy-no-skip", "greedy-per-cost")
    for utility in UTILITIES[rule]
]
COMPLETIONS: list[tuple[Completion, Start]] = [
    ("none", "whole"),
    ("add1", "whole"),
    ("add1", "exact"),
    ("add1-exhaustive", "whole"),
    ("add1-exhaustive", "exact"),
]
TOP_UPS: list[TopUp] = ["none", "votes"]
SHARES = [
    Options("equal-shares", utility, completion, start, top_up)
    for utility, (completion, start), top_up in product(
        UTILITIES["equal-shares"], COMPLETIONS, TOP_UPS
    )
]
ANY = st.one_of(elections(), elections(points=True))
MINIMUM = st.integers(0, 3)


def agrees(election: Election, options: Options) -> None:
    assert list(count(election, options).winners) == reference.count(election, options)


@pytest.mark.parametrize("options", GREEDY, ids=lambda options: f"{options.rule}-{options.utility}")
@given(election=st.one_of(ANY, elections(cents=True)))
@settings(max_examples=60)
def test_greedy(options: Options, election: Election) -> None:
    agrees(election, options)


@given(election=st.one_of(ANY, elections(cents=True)))
@settings(max_examples=250)
def test_phragmen(election: Election) -> None:
    agrees(election, Options("phragmen"))


@pytest.mark.parametrize(
    "options", SHARES, ids=lambda options: " ".join(map(str, options.as_dict().values()))
)
@given(election=ANY)
@settings(max_examples=50)
def test_equal_shares(options: Options, election: Election) -> None:
    agrees(election, options)


@given(election=elections(cents=True), whole=st.booleans())
@settings(max_examples=60)
def test_equal_shares_raises_by_a_unit_of_currency_not_by_a_cent(
    election: Election, whole: bool
) -> None:
    start: Start = "whole" if whole else "exact"
    agrees(election, Options("equal-shares", "cost", "add1", start))


@given(election=ANY, votes=MINIMUM, points=MINIMUM, completion=st.sampled_from(["none", "add1"]))
@settings(max_examples=120)
def test_minimums(election: Election, votes: int, points: int, completion: Completion) -> None:
    for options in (
        Options("greedy"),
        Options("phragmen"),
        Options("equal-shares", completion=completion, top_up="votes"),
    ):
        agrees(election, replace(options, min_votes=votes, min_points=points))


@given(election=ANY, options=st.sampled_from(SHARES))
@settings(max_examples=150)
def test_floats_that_can_tell_nothing_change_nothing(election: Election, options: Options) -> None:
    """With float errors made enormous, the referee has to decide nearly everything."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(purses, "ROUNDING", 2.0**-12)
        patch.setattr(purses, "LESS", 1 - 2.0**-9)
        patch.setattr(purses, "MORE", 1 + 2.0**-8)
        patch.setattr(purses, "BLURRED", 2.0**-7)
        agrees(election, options)


@given(election=ANY, options=st.sampled_from(SHARES))
@settings(max_examples=100)
def test_without_any_proof_by_floats(election: Election, options: Options) -> None:
    """No upper bound is ever proven by floats, so every price is settled exactly."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(purses.Purses, "_close_by_floats", lambda self, bid: None)
        agrees(election, options)


@given(election=elections(points=True))
def test_gathering_equal_ballots_loses_nobody(election: Election) -> None:
    gathered = backing.gather(election, "points", list(range(len(election.projects))))
    for position, support in gathered.backings.items():
        marked = election.choices == position
        assert election.points is not None
        assert support.total == election.points[marked & (election.points > 0)].sum()
