"""Criteria applied to bids: points, minimums, ranks, and what the weights decide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

HUNDRED: Final = Decimal(100)
CENT: Final = Decimal("0.01")


class PriceMethod(StrEnum):
    """How a price becomes points."""

    LOWEST_OVER = "lowest_over"
    LINEAR = "linear"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class Weighed:
    """One criterion that gives points: its weight out of 100, and the least score it may have."""

    key: str
    title: str
    weight: Decimal
    is_price: bool = False
    minimum: int | None = None


@dataclass(frozen=True, slots=True)
class Bid:
    """A bid: its price in pounds and its score on each quality criterion, 0 to the scale's top."""

    name: str
    price: Decimal
    scores: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Placed:
    """A bid judged. ``place`` is None where it missed a minimum (``missed`` says which)."""

    bid: Bid
    quality: Decimal
    price: Decimal
    place: int | None
    missed: tuple[str, ...] = ()

    @property
    def total(self) -> Decimal:
        """Points out of 100."""
        return self.quality + self.price


def rank(
    criteria: Sequence[Weighed], bids: Sequence[Bid], top: int, method: PriceMethod
) -> list[Placed]:
    """The bids in order, best first; those that missed a minimum last.

    Quality points are score / top x weight. Price points: ``lowest_over`` weight x lowest price /
    this price; ``linear`` weight at the lowest, nothing at twice the lowest or more; ``fixed``
    nobody bids a price. The lowest price is that of bids which meet every minimum. Equal points are
    an equal place: what breaks a tie is said before bids are opened, not here.
    """
    meeting = [bid for bid in bids if not _missed(criteria, bid)]
    lowest = min((bid.price for bid in meeting), default=Decimal(0))
    placed = [_judge(criteria, bid, top, method, lowest) for bid in bids]
    placed.sort(key=lambda one: (bool(one.missed), -one.total, one.bid.name))
    return [_placed(one, placed) for one in placed]


def _missed(criteria: Sequence[Weighed], bid: Bid) -> tuple[str, ...]:
    return tuple(
        one.title
        for one in criteria
        if one.minimum is not None and bid.scores.get(one.key, 0) < one.minimum
    )


def _judge(
    criteria: Sequence[Weighed], bid: Bid, top: int, method: PriceMethod, lowest: Decimal
) -> Placed:
    quality = sum(
        (
            one.weight * Decimal(bid.scores.get(one.key, 0)) / Decimal(top)
            for one in criteria
            if not one.is_price
        ),
        Decimal(0),
    )
    weight = sum((one.weight for one in criteria if one.is_price), Decimal(0))
    price = weight * _price_share(bid.price, lowest, method)
    return Placed(bid, _cents(quality), _cents(price), None, _missed(criteria, bid))


def _price_share(price: Decimal, lowest: Decimal, method: PriceMethod) -> Decimal:
    """Between 0 and 1. A bid below the lowest that counts (it missed a minimum) gets all."""
    if method is PriceMethod.FIXED or price <= lowest:
        return Decimal(1) if method is not PriceMethod.FIXED else Decimal(0)
    if method is PriceMethod.LINEAR:
        return max(Decimal(0), 2 - price / lowest) if lowest else Decimal(0)
    return lowest / price


def _placed(one: Placed, every: Sequence[Placed]) -> Placed:
    if one.missed:
        return one
    better = sum(not other.missed and other.total > one.total for other in every)
    return replace(one, place=better + 1)


def _cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


def winners(placed: Sequence[Placed]) -> list[str]:
    """Who stands first; several where they are equal, nobody where all missed a minimum."""
    return [one.bid.name for one in placed if one.place == 1]


def reweighed(criteria: Sequence[Weighed], key: str, weight: Decimal) -> list[Weighed]:
    """One criterion at another weight, the others scaled so that all still make 100."""
    rest = sum((one.weight for one in criteria if one.key != key), Decimal(0))
    factor = (HUNDRED - weight) / rest if rest else Decimal(0)
    return [
        replace(one, weight=weight if one.key == key else one.weight * factor) for one in criteria
    ]


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one weight to another of one criterion, the same bids stand first."""

    low: int
    high: int
    first: tuple[str, ...]


def stretches(
    criteria: Sequence[Weighed], bids: Sequence[Bid], top: int, method: PriceMethod, key: str
) -> list[Stretch]:
    """Who would stand first at every weight of one criterion from 0 to 100, joined together."""
    found: list[Stretch] = []
    for weight in range(101):
        first = tuple(winners(rank(reweighed(criteria, key, Decimal(weight)), bids, top, method)))
        if found and found[-1].first == first:
            found[-1] = replace(found[-1], high=weight)
        else:
            found.append(Stretch(weight, weight, first))
    return found


def _share(value: Decimal, percent: int) -> Decimal:
    """A share of a sum, to whole pounds."""
    return max(Decimal(1), (value * percent / 100).quantize(Decimal(1)))


USUAL: Final = Decimal(100_000)
# What the three are called; where nobody bids, no price tells them apart.
_BIDS: Final = ("The cheap one", "The polished one", "The one people know")
_PROVIDERS: Final = ("The steady one", *_BIDS[1:])


def made_up(
    criteria: Sequence[Weighed], top: int, local: str = "", value: Decimal | None = None
) -> list[Bid]:
    """Three invented bids that weights decide between: cheap, polished, and known here.

    Their prices are shares of the question's own value without VAT; of 100,000 pounds where nobody
    has said what it is worth.
    """
    worth = value if value else USUAL
    quality = [one.key for one in criteria if not one.is_price]
    middle = max(1, round(top * 0.6))
    known = local if local in quality else (quality[0] if quality else "")
    cheap, polished, trusted = _BIDS if any(one.is_price for one in criteria) else _PROVIDERS
    return [
        Bid(cheap, _share(worth, 80), dict.fromkeys(quality, middle)),
        Bid(
            polished,
            _share(worth, 98),
            {key: middle if key == known else min(top, middle + 1) for key in quality},
        ),
        Bid(
            trusted,
            _share(worth, 92),
            {key: top if key == known else middle for key in quality},
        ),
    ]
