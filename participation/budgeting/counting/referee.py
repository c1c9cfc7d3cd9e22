"""The exact side of equal shares: whole numbers, asked only where floats cannot tell.

The balance of a ballot that never gave all it had is the endowment minus, for every winner it
paid for, that winner's price times the weight of its mark. So a sum of balances is a short sum of
whole coefficients times prices, and the prices are whole numbers over one common denominator.
Prices are worked out only when somebody asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import gcd

import numpy as np
import numpy.typing as npt

from .backing import Backing, Ballots
from .election import IntArray

BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Sale:
    """One winner: who still had something (alive) and who gave all of it (poor)."""

    project: int
    backing: Backing
    alive: BoolArray
    poor: BoolArray


@dataclass(frozen=True, slots=True)
class _Doubtful:
    """A ballot that may or may not be able to pay: its balance (numerator), voters, weight."""

    balance: int
    size: int
    weight: int


class Referee:
    """Exact prices and balances of one run; masks have the shape of the backing they go with."""

    def __init__(self, ballots: Ballots, endowment: Fraction) -> None:
        self._ballots = ballots
        self._denominator = endowment.denominator
        self._endowment = endowment.numerator
        self._prices: dict[int, int] = {}
        self._sales: list[_Sale] = []
        self._paid: BoolArray | None = None

    def record(self, backing: Backing, project: int, alive: BoolArray, poor: BoolArray) -> None:
        """Note a sale; its price is worked out when it is first needed."""
        self._sales.append(_Sale(project, backing, alive, poor))

    def price(
        self, backing: Backing, alive: BoolArray, poor: BoolArray, doubtful: BoolArray
    ) -> Fraction | None:
        """The exact price per weight, given who surely gives all and of whom it is in doubt.

        None if the backers do not have the cost between them.
        """
        rich = _weight(backing, ~poor & ~doubtful)
        giving = backing.members[alive & poor]
        if len(giving) == 0 and not doubtful.any():
            return Fraction(backing.cost, rich) if rich else None
        self._settle()
        cost = backing.cost * self._denominator - self._sum(giving)
        unsure = self._doubtful(backing, alive, doubtful)
        if not rich and cost > sum(one.balance * one.size for one in unsure):
            return None
        return _rate(cost, rich, unsure) / self._denominator

    def give_all(
        self, backing: Backing, alive: BoolArray, poor: BoolArray, doubtful: BoolArray
    ) -> BoolArray:
        """Which of the doubtful backers have no more than the price asks of them."""
        price = self.price(backing, alive, poor, doubtful)
        assert price is not None, "a project is bought only when its backers have its cost"
        gives = np.zeros(len(poor), dtype=np.bool_)
        asked = price * self._denominator
        unsure = self._doubtful(backing, alive, doubtful)
        for place, one in zip(np.flatnonzero(doubtful), unsure, strict=True):
            gives[place] = one.balance <= asked * one.weight
        return gives

    def _settle(self) -> None:
        """Work out the prices of all sales so far, in order, over one common denominator."""
        if self._paid is None:
            self._paid = np.zeros(len(self._ballots.choices), dtype=np.bool_)
        for sale in self._sales[len(self._prices) :]:
            backing = sale.backing
            needed = backing.cost * self._denominator
            needed -= self._sum(backing.members[sale.alive & sale.poor])
            weight = _weight(backing, ~sale.poor)
            common = gcd(needed, weight) or 1
            self._rescale(weight // common or 1)  # weight 0: all gave all, nobody paid a price
            self._prices[sale.project] = needed // common
            self._paid[backing.marks[~sale.poor]] = True

    def _rescale(self, factor: int) -> None:
        if factor != 1:
            self._denominator *= factor
            self._endowment *= factor
            self._prices = {project: price * factor for project, price in self._prices.items()}

    def _sum(self, members: npt.NDArray[np.intp]) -> int:
        """What the voters of these ballots have together, as a numerator."""
        if len(members) == 0:
            return 0
        assert self._paid is not None
        ballots = self._ballots
        marks, owners = _marks_of(ballots.starts, members)
        paid = self._paid[marks]
        marks, owners = marks[paid], owners[paid]
        amounts = ballots.weights[marks] * ballots.sizes[owners]
        projects, places = np.unique(ballots.choices[marks], return_inverse=True)
        coefficients = np.zeros(len(projects), dtype=np.int64)
        np.add.at(coefficients, places, amounts)
        owed = zip(projects.tolist(), coefficients.tolist(), strict=True)
        heads = int(ballots.sizes[members].sum())
        return heads * self._endowment - sum(self._prices[p] * times for p, times in owed)

    def _doubtful(self, backing: Backing, alive: BoolArray, doubtful: BoolArray) -> list[_Doubtful]:
        found = []
        for place in np.flatnonzero(doubtful):
            size, weight = int(backing.sizes[place]), int(backing.weights[place])
            together = self._sum(backing.members[place : place + 1]) if alive[place] else 0
            found.append(_Doubtful(together // size, size, weight))
        return found


def _rate(cost: int, rich: int, unsure: list[_Doubtful]) -> Fraction:
    """The price per weight when the sure poor have paid and `cost` (numerator) is left.

    Whoever the set S of doubtful ballots that give all, the price is at least (cost - what S has)
    / (weight of the others), and it is one of these for S = those with the least per weight.
    """
    weight = rich + sum(one.size * one.weight for one in unsure)
    rates = [Fraction(cost, weight)]
    for one in sorted(unsure, key=lambda one: Fraction(one.balance, one.weight)):
        cost -= one.balance * one.size
        weight -= one.size * one.weight
        if weight:
            rates.append(Fraction(cost, weight))
    return max(rates)


def _weight(backing: Backing, chosen: BoolArray) -> int:
    return int((backing.sizes * backing.weights)[chosen].sum())


def _marks_of(
    starts: IntArray, rows: npt.NDArray[np.intp]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Every mark of these ballots, and for each the ballot it belongs to."""
    lengths = starts[rows + 1] - starts[rows]
    before = np.cumsum(lengths) - lengths
    marks = np.repeat(starts[rows] - before, lengths) + np.arange(int(lengths.sum()))
    return marks, np.repeat(rows, lengths)
