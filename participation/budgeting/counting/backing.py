"""Who stands behind each project: voters with equal ballots gathered, one list per project.

Equal ballots pay the same under equal shares, so the rule runs on distinct ballots, each with
the number of voters who cast it. What a mark weighs is 1, or its points where voters pay in
proportion to their points.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from .election import Election, FloatArray, IntArray
from .options import Utility


@dataclass(frozen=True, slots=True)
class Backing:
    """The support of one project, over its distinct backing ballots (shape (backers,)).

    members: which ballots (rows of `Ballots`). marks: where their marks on this project lie in
    `Ballots.choices`. sizes: how many voters cast each. weights: what one voter's mark weighs.
    total: the sum of sizes x weights, an exact whole number. even: every weight is 1. cost:
    smallest units of money. divisor: the rule compares price per weight / divisor, what a backer
    pays for one unit of utility. rounding: a bound on how far off a float `cost - sum of balances`
    is: one addition per backer, each off by at most 2^-53 of the sum, and a sum that matters is at
    most about the cost.
    """

    members: npt.NDArray[np.intp]
    marks: npt.NDArray[np.intp]
    sizes: FloatArray
    weights: FloatArray
    total: int
    even: bool
    cost: int
    divisor: int
    rounding: float

    @property
    def base(self) -> Fraction:
        """The lowest price there can be: when every backer pays the same per weight."""
        return Fraction(self.cost, self.total * self.divisor)


@dataclass(frozen=True)
class Ballots:
    """Distinct ballots as compressed sparse rows, and the backing of every project.

    starts (ballots + 1), choices, weights (marks): as in `Election`, marks without weight left
    out. sizes (ballots,): how many voters cast each.
    """

    starts: IntArray
    choices: IntArray
    weights: IntArray
    sizes: IntArray
    backings: dict[int, Backing]


def gather(election: Election, utility: Utility, positions: list[int]) -> Ballots:
    """Gather equal ballots and list the backers of each of these projects.

    Projects of cost 0 and projects without a backer are left out: under equal shares they are
    ignored. With `cost` as the utility a backer of a project gains its cost, with `cardinality`
    1, with `points` the points given. Marks of zero or fewer points give no utility and are
    dropped.
    """
    points = election.points if utility == "points" else None
    owners, choices = election.voter_of_mark, election.choices
    weights = np.ones(len(choices), dtype=np.int64)
    if points is not None:
        useful = points > 0
        owners, choices, weights = owners[useful], choices[useful], points[useful]
    order = np.lexsort((choices, owners))
    starts = np.concatenate([[0], np.cumsum(np.bincount(owners, minlength=election.voters))])
    starts, choices, weights, sizes = _merged(starts, choices[order], weights[order])
    backings = _backings(election, utility, positions, starts, choices, weights, sizes)
    return Ballots(starts, choices, weights, sizes, backings)


def _merged(
    starts: IntArray, choices: IntArray, weights: IntArray
) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Equal rows as one row each, with how many there were."""
    pairs = np.stack([choices, weights], axis=1).astype(np.int64)
    text, width = pairs.tobytes(), pairs.itemsize * 2
    seen: dict[bytes, int] = {}
    bounds = (starts * width).tolist()
    row_of = [seen.setdefault(text[begin:end], len(seen)) for begin, end in pairwise(bounds)]
    joined = np.frombuffer(b"".join(seen), dtype=np.int64).reshape(-1, 2)
    lengths = np.asarray([len(row) // width for row in seen], dtype=np.int64)
    sizes = np.bincount(np.asarray(row_of, dtype=np.intp), minlength=len(seen))
    return np.concatenate([[0], np.cumsum(lengths)]), joined[:, 0], joined[:, 1], sizes


def _backings(
    election: Election,
    utility: Utility,
    positions: list[int],
    starts: IntArray,
    choices: IntArray,
    weights: IntArray,
    sizes: IntArray,
) -> dict[int, Backing]:
    rows = np.repeat(np.arange(len(sizes)), np.diff(starts))
    by_project = np.argsort(choices, kind="stable")
    bounds = np.searchsorted(choices[by_project], np.arange(len(election.projects) + 1))
    backings = {}
    for position in positions:
        cost = election.costs[position]
        marks = by_project[bounds[position] : bounds[position + 1]]
        if cost == 0 or len(marks) == 0:
            continue
        members = rows[marks]
        size, weight = sizes[members], weights[marks]
        backings[position] = Backing(
            members=members,
            marks=marks,
            sizes=size.astype(np.float64),
            weights=weight.astype(np.float64),
            total=int((size * weight).sum()),
            even=bool((weight == 1).all()),
            cost=cost,
            divisor=cost if utility == "cost" else 1,
            rounding=2.0**-53 * (len(marks) + 64) * cost,
        )
    return backings
