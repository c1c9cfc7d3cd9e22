"""What every voter still has to spend under equal shares, enclosed by floats.

Floats do the bulk of the work and decide nothing. Each balance is kept as a float together with
a bound on how far the exact balance can be from it, each price as a pair of floats that encloses
the exact price. Where such pairs do not overlap, their order is proven; where they do, the
`Referee` decides with whole numbers.

The price of a project is the smallest rate q at which its backers can pay: the sum over backers
of min(balance, q x weight) reaches the cost. That sum is concave and rises with q, so Newton's
steps from any proven lower bound climb towards q and never pass it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import inf
from typing import Final

import numpy as np
import numpy.typing as npt

from .backing import Backing, Ballots
from .election import FloatArray
from .referee import Referee

ROUNDING: Final = 2.0**-52
"""Twice the largest relative error of one float operation."""
BLURRED: Final = 2.0**-40
"""A price whose enclosure is relatively wider than this is settled by the referee."""

BoolArray = npt.NDArray[np.bool_]


@dataclass(slots=True)
class Bid:
    """What a project would cost each backer now: low <= exact price per weight <= high.

    `low_key` and `high_key` enclose what the rule compares, the price per utility. `high` is
    infinite until proven. `held` are the backers' balances (shape (backers,)).
    """

    project: int
    backing: Backing
    held: FloatArray
    low: float
    low_key: float
    high: float = inf
    high_key: float = inf

    def enclose(self, low: float, high: float) -> None:
        """Note proven bounds on the price, and on the key, rounded outwards."""
        self.low, self.high = low, high
        self.low_key = low / self.backing.divisor * (1 - ROUNDING)
        self.high_key = high / self.backing.divisor * (1 + ROUNDING)


class Purses:
    """Balances of distinct ballots during one run, every voter starting from one endowment.

    balance, error (ballots,): the exact balance lies within `error` of `balance`. A ballot that
    gave all it had has exactly 0 in both. worst: at least the largest error so far.
    """

    def __init__(self, ballots: Ballots, endowment: Fraction) -> None:
        start = float(endowment)
        self.ballots = ballots
        self.balance = np.full(len(ballots.sizes), start)
        self.error = np.full(len(ballots.sizes), start * ROUNDING)
        self.worst = start * ROUNDING
        self.referee = Referee(ballots, endowment)

    def bid(self, project: int, floor_key: float) -> Bid | None:
        """Enclose the price from below; None if its backers surely cannot pay it together.

        `floor_key` is a proven lower bound on the price per utility.
        """
        backing = self.ballots.backings[project]
        held = self.balance[backing.members]
        price = low = floor_key * backing.divisor * (1 - 2 * ROUNDING)
        while True:
            paid, heads, weight = _split(backing, held, _below(backing, held, price))
            noise = self.worst * heads + _rounding(backing)
            if weight <= 0:
                if paid + noise < backing.cost:
                    return None
                break
            low = max(low, (backing.cost - paid - noise) / weight * (1 - 4 * ROUNDING))
            step = (backing.cost - paid) / weight
            if step <= price * (1 + 8 * ROUNDING):
                break
            price = step
        return Bid(project, backing, held, low, low / backing.divisor * (1 - ROUNDING))

    def close(self, bid: Bid) -> None:
        """Tighten a bid and prove an upper bound on its price, if floats can.

        With S any set of backers, q >= (cost - what S has) / (weight of the others). And q <= h
        if the backers surely have the cost between them when nobody pays more than h x weight.
        """
        backing, held = bid.backing, bid.held
        error = self.error[backing.members]
        paid, _, weight = _split(backing, held, _below(backing, held, bid.low))
        if weight <= 0:
            return
        unsure = _below(backing, held - error, bid.low * (1 + BLURRED))
        noise = float(np.dot(error * unsure, backing.sizes)) + _rounding(backing)
        low = max(bid.low, (backing.cost - paid - noise) / weight * (1 - 4 * ROUNDING))
        high = (backing.cost - paid + noise) / weight * (1 + 8 * ROUNDING)
        paid, _, weight = _split(backing, held, _below(backing, held, high))
        surely = (paid + high * weight) * (1 - 4 * ROUNDING) - noise
        if high <= bid.low * (1 + BLURRED) and surely >= backing.cost:
            bid.enclose(low, high)

    def at_base(self, bid: Bid) -> bool:
        """Is it proven that every backer pays the base price?"""
        base = bid.backing.cost / bid.backing.total * (1 + 4 * ROUNDING)
        return not _below(bid.backing, bid.held - self.worst, base).any()

    def exact_key(self, bid: Bid) -> Fraction | None:
        """The exact price per utility; None if the backers cannot pay it together."""
        price = self.referee.price(bid.backing, *self._standing(bid))
        if price is None:
            return None
        nearest = float(price)
        bid.enclose(nearest * (1 - ROUNDING), nearest * (1 + ROUNDING))
        return price / bid.backing.divisor

    def buy(self, bid: Bid) -> bool:
        """Fund the project: the poor give all they have, the rest the price per weight.

        False, and nothing is bought, if the backers turn out not to have the money.
        """
        if bid.high == inf and self.exact_key(bid) is None:
            return False
        backing, held = bid.backing, bid.held
        alive, poor, doubtful = self._standing(bid)
        if doubtful.any():
            poor |= self.referee.give_all(backing, alive, poor, doubtful)
        payment = (bid.low + bid.high) / 2 * backing.weights
        error = self.error[backing.members] + (bid.high - bid.low) * backing.weights
        error += 4 * ROUNDING * (held + payment)
        error[poor] = 0.0
        self.balance[backing.members] = np.where(poor, 0.0, np.maximum(held - payment, 0.0))
        self.error[backing.members] = error
        self.worst = max(self.worst, float(error.max()))
        self.referee.record(backing, bid.project, alive, poor)
        return True

    def _standing(self, bid: Bid) -> tuple[BoolArray, BoolArray, BoolArray]:
        """Which backers have anything, which surely give all of it, of which that is in doubt."""
        error = self.error[bid.backing.members]
        poor = bid.held + error < bid.low * bid.backing.weights
        rich = bid.held - error > bid.high * bid.backing.weights
        return error > 0, poor, ~poor & ~rich


def _below(backing: Backing, held: FloatArray, price: float) -> BoolArray:
    return held < (price if backing.even else price * backing.weights)


def _split(backing: Backing, held: FloatArray, poor: BoolArray) -> tuple[float, float, float]:
    """What the poor have together, how many voters they are, and the weight of the others."""
    count = int(np.count_nonzero(poor))
    if count == 0:
        return 0.0, 0.0, float(backing.total)
    if backing.single and backing.even:
        return float(np.dot(held, poor)), count, float(backing.total - count)
    sizes = backing.sizes * poor
    return (
        float(np.dot(held, sizes)),
        float(sizes.sum()),
        backing.total - float(np.dot(sizes, backing.weights)),
    )


def _rounding(backing: Backing) -> float:
    """A bound on the rounding of `cost - paid`, where `paid` was summed over the backers.

    Sums that matter are at most about the cost; twice that leaves room for the rest.
    """
    return ROUNDING * (2 * len(backing.members) + 32) * backing.cost
