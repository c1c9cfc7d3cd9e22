"""The exact side of equal shares: whole numbers, asked only where floats cannot tell.

The balance of a ballot that never gave all it had is the endowment minus, for every winner it
paid for, that winner's price times the weight of its mark. So a sum of balances is a short sum of
whole coefficients times prices, and the prices are whole numbers over one common denominator.
Prices are worked out only when somebody asks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
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


Unsure = Counter[tuple[int, int]]
"""How many voters, by balance (a numerator) and weight, may or may not be able to pay."""


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
        unsure: Unsure = Counter()
        for held, weight, place in self._doubtful(backing, alive, doubtful):
            unsure[held, weight] += int(backing.sizes[place])
        if not rich and cost > sum(held * size for (held, _), size in unsure.items()):
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
        for held, weight, place in self._doubtful(backing, alive, doubtful):
            gives[place] = held <= asked * weight
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
        amounts = ballots.weights[marks] * ballots.sizes[members[owners]]
        projects, places = np.unique(ballots.choices[marks], return_inverse=True)
        coefficients = np.zeros(len(projects), dtype=np.int64)
        np.add.at(coefficients, places, amounts)
        owed = zip(projects.tolist(), coefficients.tolist(), strict=True)
        heads = int(ballots.sizes[members].sum())
        return heads * self._endowment - sum(self._prices[p] * times for p, times in owed)

    def _doubtful(
        self, backing: Backing, alive: BoolArray, doubtful: BoolArray
    ) -> Iterator[tuple[int, int, int]]:
        """The exact balance (numerator) and the weight of every doubtful backer, and its place."""
        places = np.flatnonzero(doubtful)
        balances = self._balances(backing.members[places])
        weights = backing.weights[places].tolist()
        for place, weight, held in zip(places.tolist(), weights, balances, strict=True):
            yield held if alive[place] else 0, int(weight), place

    def _balances(self, members: npt.NDArray[np.intp]) -> list[int]:
        """What one voter of each ballot has; ballots that paid the same are worked out once."""
        assert self._paid is not None
        ballots = self._ballots
        marks, owners = _marks_of(ballots.starts, members)
        paid = np.where(self._paid[marks], ballots.weights[marks], 0)
        keys = np.stack([ballots.choices[marks], paid], axis=1)[paid > 0]
        ends = np.cumsum(np.bincount(owners, weights=paid > 0, minlength=len(members)))
        blob, width = keys.tobytes(), keys.itemsize * 2
        known: dict[bytes, int] = {}
        found = []
        begin = 0
        for end in (ends.astype(np.int64) * width).tolist():
            key = blob[begin:end]
            if key not in known:
                known[key] = self._endowment - self._owed(key)
            found.append(known[key])
            begin = end
        return found

    def _owed(self, key: bytes) -> int:
        pairs = np.frombuffer(key, dtype=np.int64).reshape(-1, 2).tolist()
        return sum(self._prices[project] * weight for project, weight in pairs)


def _rate(cost: int, rich: int, unsure: Unsure) -> Fraction:
    """The price per weight when the sure poor have paid and `cost` (numerator) is left.

    Whoever the set S of doubtful ballots that give all, the price is at least (cost - what S has)
    / (weight of the others), and it is one of these for S = those with the least per weight.
    """
    left = rich + sum(weight * size for (_, weight), size in unsure.items())
    rates = [Fraction(cost, left)]
    for held, weight in sorted(unsure, key=lambda one: Fraction(*one)):
        size = unsure[held, weight]
        cost -= held * size
        left -= weight * size
        if left:
            rates.append(Fraction(cost, left))
    return max(rates)


def _weight(backing: Backing, chosen: BoolArray) -> int:
    return int((backing.sizes * backing.weights)[chosen].sum())


def _marks_of(
    starts: IntArray, rows: npt.NDArray[np.intp]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Every mark of these ballots, and for each the place in `rows` of the ballot it is on."""
    lengths = starts[rows + 1] - starts[rows]
    before = np.cumsum(lengths) - lengths
    marks = np.repeat(starts[rows] - before, lengths) + np.arange(int(lengths.sum()))
    return marks, np.repeat(np.arange(len(rows)), lengths)
