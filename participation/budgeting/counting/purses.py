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
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from .backing import Backing, Ballots
from .election import FloatArray
from .referee import Referee

ROUNDING: Final = 2.0**-52
"""Twice the largest relative error of one float operation."""
LESS: Final = 1 - 8 * ROUNDING
MORE: Final = 1 + 16 * ROUNDING
"""Factors that take a bound outwards by more than a few operations can have rounded it."""
BLURRED: Final = 2.0**-30
"""A price whose enclosure is relatively wider than this is settled by the referee."""
TRIED: Final = 1 + 2.0**-16
"""How far above its lower bound a price is first tried when no upper bound is proven."""

BoolArray = npt.NDArray[np.bool_]


class Parted(NamedTuple):
    """Backers parted at a rate: the poor, who have less than it asks, and the others.

    poor: how many ballots are poor. paid, heads: what these voters have together, and how many
    they are. weight: the weight of the others.
    """

    poor: int
    paid: float
    heads: float
    weight: float


@dataclass(slots=True)
class Bid:
    """What a project would cost each backer now: low <= exact price per weight <= high.

    `low_key` and `high_key` enclose what the rule compares, the price per utility. `high` is
    infinite until proven. `held` are the backers' balances (shape (backers,)), `parted` how the
    lower bound was found. at_base: it is proven that every backer pays the same per weight.
    """

    project: int
    backing: Backing
    held: FloatArray
    parted: Parted
    low: float
    low_key: float
    high: float = inf
    high_key: float = inf
    at_base: bool = False

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
        self.start = start = float(endowment)
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
        parted = _NOBODY_YET
        while (now := _part(backing, held, price, parted)) is not parted:
            parted = now
            noise = self.worst * parted.heads + backing.rounding
            if parted.weight <= 0:
                if parted.paid + noise < backing.cost:
                    return None
                break
            low = max(low, (backing.cost - parted.paid - noise) / parted.weight * LESS)
            price = max(price, (backing.cost - parted.paid) / parted.weight)
        return Bid(project, backing, held, parted, low, low / backing.divisor * LESS)

    def close(self, bid: Bid) -> bool:
        """Enclose the price from both sides; False if the backers cannot pay it together."""
        self._close_by_floats(bid)
        return bid.high < inf or self.exact_key(bid) is not None

    def _close_by_floats(self, bid: Bid) -> None:
        """Tighten a bid and prove an upper bound on its price, if floats can.

        With S any set of backers, q >= (cost - what S has) / (weight of the others). And q <= h
        if the backers surely have the cost between them when nobody pays more than h x weight.
        """
        backing, held, parted = bid.backing, bid.held, bid.parted
        if parted.weight <= 0:
            return
        noise = backing.rounding
        limit = bid.low * (1 + BLURRED)
        unsure = _below(backing, held - self.worst, limit)
        if unsure.any():
            errors = self.error[backing.members[unsure]] * backing.sizes[unsure]
            noise += float(np.add.reduce(errors))
        needed = backing.cost - parted.paid
        low = max(bid.low, (needed - noise) / parted.weight * LESS)
        high = (needed + noise + 16 * ROUNDING * backing.cost) / parted.weight * MORE
        parted = _part(backing, held, high, parted)
        surely = (parted.paid + high * parted.weight) * LESS - noise
        if high <= limit and surely >= backing.cost:
            bid.enclose(low, high)
            bid.at_base = not unsure.any()

    def exact_key(self, bid: Bid) -> Fraction | None:
        """The exact price per utility; None if the backers cannot pay it together.

        Where no upper bound is proven, one is tried: if the exact price under it does not exceed
        it, everybody who was taken to be rich enough was. If not, nobody is taken to be.
        """
        tried = bid.high if bid.high < inf else bid.low * TRIED
        price = self.referee.price(bid.backing, *self._standing(bid, tried))
        if price is None or price > Fraction(tried):
            price = self.referee.price(bid.backing, *self._standing(bid, inf))
        if price is None:
            return None
        nearest = float(price)
        bid.enclose(nearest * LESS, nearest * MORE)
        return price / bid.backing.divisor

    def buy(self, bid: Bid) -> None:
        """Fund a closed bid: the poor give all they have, the rest the price per weight."""
        backing, held = bid.backing, bid.held
        alive, poor, doubtful = self._standing(bid, bid.high)
        if doubtful.any():
            poor |= self.referee.give_all(backing, alive, poor, doubtful)
        weight = 1.0 if backing.even else backing.weights
        payment = (bid.low + bid.high) / 2 * weight
        balance = np.maximum(held - payment, 0.0)
        balance[poor] = 0.0
        error = self.error[backing.members]
        error += (bid.high - bid.low) / 2 * weight + 4 * ROUNDING * (self.start + payment)
        error[poor] = 0.0
        self.balance[backing.members] = balance
        self.error[backing.members] = error
        self.worst = max(self.worst, float(error.max()))
        self.referee.record(backing, bid.project, alive, poor)

    def _standing(self, bid: Bid, high: float) -> tuple[BoolArray, BoolArray, BoolArray]:
        """Which backers have anything, which surely give all of it, of which that is in doubt."""
        error = self.error[bid.backing.members]
        weight = 1.0 if bid.backing.even else bid.backing.weights
        poor = bid.held + error < bid.low * weight
        doubtful = bid.held - error <= high * weight
        doubtful ^= poor
        return error > 0, poor, doubtful


def _below(backing: Backing, held: FloatArray, price: float) -> BoolArray:
    return held < (price if backing.even else price * backing.weights)


def _part(backing: Backing, held: FloatArray, rate: float, before: Parted) -> Parted:
    """Part the backers at a rate; `before` itself if that is how they were parted already.

    `before` was parted at a lower rate, so equal counts are equal sets.
    """
    poor = _below(backing, held, rate)
    count = int(np.count_nonzero(poor))
    if count == before.poor:
        return before
    if count == 0:
        return Parted(0, 0.0, 0.0, float(backing.total))
    sizes = backing.sizes[poor]
    heads = float(np.add.reduce(sizes))
    weighed = heads if backing.even else float(np.add.reduce(sizes * backing.weights[poor]))
    return Parted(count, float(np.add.reduce(held[poor] * sizes)), heads, backing.total - weighed)


_NOBODY_YET = Parted(-1, 0.0, 0.0, 0.0)
