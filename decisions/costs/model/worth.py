"""What the cost of choosing could have been instead, and whether the price pays a provider."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from decisions.costs.model.estimates import Estimate
from decisions.costs.model.rounding import Three, round_down, round_figure

POST_HOURS: Final = 1_650  # a full-time year: 44 weeks of 37.5 hours


@dataclass(frozen=True, slots=True)
class GoodUses:
    """What a pound of the authority's cash buys instead; rates are the place's to change."""

    facilitation_day: float
    citizen_hour: float
    small_grant: float


@dataclass(frozen=True, slots=True)
class Instead:
    """What that cash would also pay for: one of these, not all of them."""

    facilitation_days: float
    citizen_hours: float
    small_grants: float


def would_also_pay_for(cash: Three, uses: GoodUses) -> Instead:
    """Of the authority's **cash** alone: staff already paid and other people's time buy nothing.

    Rounded down, always: what is said to be affordable can be paid for.
    """

    def bought(rate: float, smallest: float) -> float:
        whole = cash.middle / rate if rate > 0 else 0.0
        return round_down(whole, smallest) if whole >= 1 else 0.0

    return Instead(
        facilitation_days=bought(uses.facilitation_day, 1),
        citizen_hours=bought(uses.citizen_hour, 5),
        small_grants=bought(uses.small_grant, 1),
    )


def chance(applicants: Estimate, winners: Estimate) -> tuple[int, int] | None:
    """How many get something, of how many who apply, by the likely figures; None for nobody.

    Whole people's numbers, and no rate in hundredths: three bids say nothing so fine.
    """
    if applicants.likely <= 0:
        return None
    asked = max(round(applicants.likely), 1)
    return min(max(round(winners.likely), 1), asked), asked


def posts(hours: float) -> float:
    """Hours as full-time posts for a year, to a tenth."""
    return round(hours / POST_HOURS, 1)


class Pays(StrEnum):
    """Whether the price pays a provider's true cost."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    NOT_ASKED = "not asked"
    NOBODY = "nobody"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class TrueCost:
    """The one check that every route has. ``short`` is in pounds, over the whole life."""

    pays: Pays
    share: float | None
    short: float


def true_cost(share: float | None, value: float, *, has_provider: bool = True) -> TrueCost:
    """``share`` of a provider's true cost that the price pays (None: nobody has asked).

    Short by value / share - value: what providers would have to find elsewhere. It is no cost of
    choosing, and is never added to one.
    """
    if not has_provider:
        return TrueCost(Pays.NOT_ASKED, None, 0.0)
    if share is None or share <= 0:
        return TrueCost(Pays.UNKNOWN, None, 0.0)
    if share >= 1:
        return TrueCost(Pays.YES, share, 0.0)
    return TrueCost(Pays.NO, share, round_figure(value / share - value, 100))


def price_must_fall(dearer_by: Three, value: float) -> float | None:
    """How far (in hundredths) a tested price must fall for a dearer way of choosing to pay for
    itself, to the authority alone. None where it is not dearer or there is no value."""
    if value <= 0 or dearer_by.middle <= 0:
        return None
    return round(dearer_by.middle / value * 100, 1)
