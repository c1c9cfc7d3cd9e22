"""An election as every counting rule reads it: costs, a budget and ballots.

Nothing in here knows where an election came from (a Pabulib file, a database) and nothing in
here is a float: money and points are whole numbers of a smallest unit that the election states.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]

MOST_MONEY: Final = 10**15
"""The largest amount, in smallest units: floats hold every whole number up to nine times this."""
MOST_POINTS: Final = 2**52
"""The largest sum of all points in an election, in smallest units, for the same reason."""


@dataclass(frozen=True, slots=True)
class Project:
    """What stands on the ballot: its id and its cost in smallest units of money."""

    id: str
    cost: int


@dataclass(frozen=True)
class Election:
    """Projects, a budget, and ballots as one row of marks per voter.

    `projects` stand in their declared order, which is the order of lots drawn beforehand.
    `starts` (voters + 1) and `choices` (marks) are a compressed sparse row matrix: voter `v`
    marked the projects at positions `choices[starts[v]:starts[v + 1]]`, in the order of the
    ballot and each at most once. `points` (marks), if ballots carry points, holds what each
    mark is worth. `unit` is how many smallest units make one unit of currency (pence: 100),
    `points_unit` how many make one point.
    """

    projects: tuple[Project, ...]
    budget: int
    starts: IntArray
    choices: IntArray
    points: IntArray | None = None
    unit: int = 1
    points_unit: int = 1

    def __post_init__(self) -> None:
        """Refuse what no rule could count. Raises ValueError."""
        amounts = [self.budget, *(project.cost for project in self.projects)]
        if min(amounts) < 0:
            raise ValueError("An amount of money is below zero.")
        if max(amounts) > MOST_MONEY:
            raise ValueError("An amount of money is too large to be counted.")
        if len({project.id for project in self.projects}) != len(self.projects):
            raise ValueError("Two projects have the same id.")
        if self.points is not None and int(np.abs(self.points).sum()) > MOST_POINTS:
            raise ValueError("The points on the ballots are too large to be counted.")

    @property
    def voters(self) -> int:
        """How many ballots were cast, empty ones included."""
        return len(self.starts) - 1

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The project ids, by position."""
        return tuple(project.id for project in self.projects)

    @cached_property
    def costs(self) -> tuple[int, ...]:
        """The costs in smallest units, by position."""
        return tuple(project.cost for project in self.projects)

    @cached_property
    def votes(self) -> tuple[int, ...]:
        """How many voters marked each project, by position."""
        counted = np.bincount(self.choices, minlength=len(self.projects))
        return tuple(int(count) for count in counted)

    @cached_property
    def scores(self) -> tuple[int, ...]:
        """The sum of points of each project in smallest units; its votes where there are none."""
        if self.points is None:
            return self.votes
        totals = np.zeros(len(self.projects), dtype=np.int64)
        np.add.at(totals, self.choices, self.points)
        return tuple(int(total) for total in totals)

    @cached_property
    def voter_of_mark(self) -> IntArray:
        """The voter (row) that each mark belongs to: shape (marks,)."""
        return np.repeat(np.arange(self.voters), np.diff(self.starts))

    def cost_of(self, positions: Iterable[int]) -> int:
        """What these projects cost together, in smallest units."""
        return sum(self.costs[position] for position in positions)

    def worth(self, weight_of_project: Sequence[int]) -> IntArray:
        """For each voter the sum of a weight over the projects they marked: shape (voters,)."""
        weights = np.asarray(weight_of_project, dtype=np.int64)[self.choices]
        running = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(weights)])
        sums: IntArray = running[self.starts[1:]] - running[self.starts[:-1]]
        return sums

    def money(self, smallest_units: int | Fraction) -> Fraction:
        """An amount in units of currency."""
        return Fraction(smallest_units) / self.unit

    def with_budget(self, budget: int) -> Election:
        """The same ballots with another budget (smallest units)."""
        return replace(self, budget=budget)


Ballot = Sequence[str] | Mapping[str, int | Decimal]


def election_of(
    projects: Iterable[tuple[str, int | Decimal]],
    budget: int | Decimal,
    ballots: Iterable[Ballot],
    *,
    points: bool = False,
) -> Election:
    """Build an election from plain values, as a database holds them.

    `projects` are (id, cost) in the order of the lots; costs and `budget` are in units of
    currency. A ballot is a sequence of project ids or, with `points`, a mapping from id to
    points. Raises KeyError for a mark on an unknown project and ValueError for what no rule
    could count (see `Election`).
    """
    listed = list(projects)
    unit = _unit_of([budget, *(cost for _, cost in listed)])
    position = {identity: place for place, (identity, _) in enumerate(listed)}
    rows = list(ballots)
    starts = np.concatenate([[0], np.cumsum([len(row) for row in rows], dtype=np.int64)])
    marked = [position[identity] for row in rows for identity in row]
    given, points_unit = _points_of(rows) if points else (None, 1)
    return Election(
        projects=tuple(Project(identity, scaled(cost, unit)) for identity, cost in listed),
        budget=scaled(budget, unit),
        starts=starts.astype(np.int64),
        choices=np.asarray(marked, dtype=np.int64),
        points=given,
        unit=unit,
        points_unit=points_unit,
    )


def scaled(amount: int | Decimal, unit: int) -> int:
    """An amount as a whole number of smallest units. Raises ValueError if it is not whole."""
    exact = Fraction(amount) * unit
    if exact.denominator != 1:
        raise ValueError(f"{amount} is not a whole number of 1/{unit}.")
    return exact.numerator


def _points_of(rows: Iterable[Ballot]) -> tuple[IntArray, int]:
    given = [value for row in rows if isinstance(row, Mapping) for value in row.values()]
    unit = _unit_of(given)
    return np.asarray([scaled(value, unit) for value in given], dtype=np.int64), unit


def _unit_of(amounts: Iterable[int | Decimal]) -> int:
    """The power of ten that makes every amount whole."""
    places = max((decimal_places(amount) for amount in amounts), default=0)
    return int(10**places)


def decimal_places(amount: int | Decimal) -> int:
    """How many digits after the decimal point the amount needs."""
    if isinstance(amount, int):
        return 0
    exponent = amount.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
