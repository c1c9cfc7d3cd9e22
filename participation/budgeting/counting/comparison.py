"""The step that some cities take at the end: would more voters have preferred greedy?"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from .election import Election, IntArray
from .outcome import Preference


def preference(
    election: Election,
    equal_shares: Collection[int],
    greedy: Collection[int],
    *,
    by_money: bool = False,
) -> Preference:
    """Count who prefers which outcome: the one with more of their chosen projects.

    With `by_money` the one with more money in their chosen projects. Every voter is counted: one
    who has a winner on one side and none on the other prefers the first.
    """
    here = _gain(election, equal_shares, by_money)
    there = _gain(election, greedy, by_money)
    prefers_here, prefers_there = int((here > there).sum()), int((there > here).sum())
    return Preference(prefers_here, prefers_there, election.voters - prefers_here - prefers_there)


def _gain(election: Election, winners: Collection[int], by_money: bool) -> IntArray:
    weights = np.zeros(len(election.projects), dtype=np.int64)
    for position in winners:
        weights[position] = election.costs[position] if by_money else 1
    return election.worth(weights.tolist())
