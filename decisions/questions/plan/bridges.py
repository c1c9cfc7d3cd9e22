"""When it is too late: which bridges over the gap are lawful, and which are not."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from decisions.questions.plan.standstill import Regime


class Standing(StrEnum):
    """How a bridge stands in law."""

    LAWFUL = "lawful"
    CHECK = "check"
    UNLAWFUL = "unlawful"


@dataclass(frozen=True, slots=True)
class Bridge:
    """A way over the gap, when it is lawful, and where that is written."""

    title: str
    standing: Standing
    when: str
    source: str


_EXTEND: Final = Bridge(
    "Use an extension that the present agreement already has",
    Standing.LAWFUL,
    "If the agreement gives one and it was counted in its value when it was first put out. Tell "
    "the organisation and the people who use it at once.",
    "The present agreement itself",
)
_MODIFY: Final = Bridge(
    "Change the present contract for a short time",
    Standing.CHECK,
    "Only within a permitted change, and with a contract change notice (UK10) where one is due. A "
    "contract begun before 24 February 2025 goes by the older law.",
    "Procurement Act 2023 ss.74-75 and Schedule 8: take advice before relying on it",
)
_HEALTH_MODIFY: Final = Bridge(
    "Change the present health contract for a short time",
    Standing.CHECK,
    "Only within what the provider selection regime allows without a new process, and published "
    "where it says so.",
    "SI 2023/1348 reg 13: take advice before relying on it",
)
_HEALTH_CONTINUITY: Final = Bridge(
    "Carry the present health contract on while standstill runs",
    Standing.CHECK,
    "Only where standstill has begun, the independent panel's advice was asked for in it, and the "
    "present contract would end before it does.",
    "SI 2023/1348 reg 14(3): take advice before relying on it",
)
_GRANT: Final = Bridge(
    "Go on with the present grant for a fixed time, on its own terms",
    Standing.LAWFUL,
    "If it is truly a grant, the power to give it still stands, and the subsidy limits are counted "
    "again with the new sum.",
    "Subsidy Control Act 2022 ss.36-38; the power the grant was given under",
)
_SMALL: Final = Bridge(
    "A short agreement below the threshold",
    Standing.LAWFUL,
    "If its whole value is below the threshold and it was not cut from something larger to get "
    "there. The place's own quotation rules apply.",
    "Procurement Act 2023 ss.84-88 and Schedule 3",
)
_IN_HOUSE: Final = Bridge(
    "Do it in house until the new arrangement is ready",
    Standing.LAWFUL,
    "If the body can. Staff may transfer to it, and back again: take advice first.",
    "The body's own powers; Transfer of Undertakings Regulations 2006",
)
_URGENT: Final = Bridge(
    "A direct award because it is urgent",
    Standing.UNLAWFUL,
    "Not for this reason: the day the present arrangement ends was known, so running out of time "
    "is the body's own doing. Only what nobody could foresee counts, and only what is strictly "
    "necessary.",
    "Procurement Act 2023 s.41 and Schedule 5",
)
_HEALTH_URGENT: Final = Bridge(
    "An urgent award",
    Standing.UNLAWFUL,
    "Not for this reason: it must be unforeseeable and not the body's own doing, and waiting must "
    "be likely to put patients or the public at risk.",
    "SI 2023/1348 reg 14(2)",
)


def bridges_for(regime: Regime) -> list[Bridge]:
    """The bridges of the regime that the question is under, lawful ones first; those that are not
    lawful are said to be so. While no walk says which regime it is, those that every regime has."""
    if regime == Regime.HEALTH:
        return [_EXTEND, _IN_HOUSE, _HEALTH_MODIFY, _HEALTH_CONTINUITY, _HEALTH_URGENT]
    if regime == Regime.NONE:
        return [_EXTEND, _IN_HOUSE]
    return [_EXTEND, _GRANT, _SMALL, _IN_HOUSE, _MODIFY, _URGENT]
