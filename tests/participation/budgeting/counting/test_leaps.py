"""Leaping over endowments gives what single steps give, and keeps large amounts quick."""

from __future__ import annotations

import time
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from participation.budgeting.counting.election import Election, election_of
from participation.budgeting.counting.equal_shares import Market
from participation.budgeting.counting.options import UTILITIES, Options
from participation.budgeting.counting.rules import count

from . import reference
from .strategies import elections


@given(
    election=st.one_of(elections(), elections(points=True)),
    utility=st.sampled_from(UTILITIES["equal-shares"]),
    begin=st.integers(0, 12),
    stride=st.integers(1, 12),
)
@settings(max_examples=300)
def test_what_is_vouched_for_is_true(
    election: Election, utility: str, begin: int, stride: int
) -> None:
    options = Options("equal-shares", utility)  # type: ignore[arg-type]
    market = Market(election, options)
    run = market.run(Fraction(begin, 3))
    worth = reference.utilities(election, options)
    if market.still_holds(run, Fraction(begin + stride, 3)) is not None:
        for third in range(begin, begin + stride + 1):
            assert tuple(reference.once(election, worth, Fraction(third, 3))) == run.winners


def test_half_a_million_steps_are_not_taken_one_by_one() -> None:
    """A currency with small units, few voters, and a dear project that only one of them wants."""
    projects = [("hall", 90_000_000), ("path", 30_000_000), ("well", 30_000_000), ("tree", 9_000)]
    ballots = [["hall", "path"]] * 40 + [["path", "well"]] * 35 + [["tree"]] + [["well"]] * 24
    election = election_of(projects, 149_000_000, ballots)
    begun = time.process_time()
    outcome = count(election, Options("equal-shares", completion="add1"))
    assert time.process_time() - begun < 5
    assert outcome.endowment is not None
    assert outcome.endowment - election.budget // election.voters > 500_000
