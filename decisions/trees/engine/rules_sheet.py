"""A place's own rules: asked once, dated, cited in walks. They bind the place; they are no law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from .words import day_text

BODIES = {
    "cabinet": "cabinet",
    "committee": "a committee",
    "officer": "an officer under delegation",
    "parish": "the parish council",
    "nhs_board": "the NHS board",
}


@dataclass(frozen=True, slots=True)
class QuotationLevel:
    """From this estimated value up (pounds, VAT included), what the place's own rules ask for."""

    at_least: Decimal
    ask: str


@dataclass(frozen=True, slots=True)
class Delegation:
    """Who may decide up to this sum (pounds; the sum itself included)."""

    up_to: Decimal
    who: str


@dataclass(frozen=True, slots=True)
class PlaceRules:
    """The rules sheet of one place, as it stood on a day.

    decides: one of BODIES. paragraph: where its constitution or standing orders say so.
    call_in_days: working days in which a decision can be called in. call_in_who: who may do so.
    """

    place: str
    dated: date
    quotation_levels: tuple[QuotationLevel, ...] = ()
    waivers: str = ""
    key_decision_sum: Decimal | None = None
    delegations: tuple[Delegation, ...] = ()
    grants_policy: str = ""
    decides: str = ""
    paragraph: str = ""
    call_in_days: int | None = None
    call_in_who: str = ""

    @property
    def source(self) -> str:
        """How it is cited."""
        return f"{self.place}: rules sheet of {day_text(self.dated)}"

    def level(self, value: Decimal) -> QuotationLevel | None:
        """The quotation level that a value falls in."""
        fitting = [level for level in self.quotation_levels if level.at_least <= value]
        return max(fitting, key=lambda level: level.at_least, default=None)

    def delegation(self, value: Decimal) -> Delegation | None:
        """The lowest delegation that covers a value."""
        fitting = [each for each in self.delegations if value <= each.up_to]
        return min(fitting, key=lambda each: each.up_to, default=None)

    @classmethod
    def from_mapping(cls, raw: Mapping[str, Any]) -> PlaceRules:
        """The sheet as JSON or YAML gives it (see docs/trees.md)."""
        key_sum, call_in_days = raw.get("key_decision_sum"), raw.get("call_in_days")
        return cls(
            place=str(raw["place"]),
            dated=_day(raw["dated"]),
            quotation_levels=tuple(
                QuotationLevel(Decimal(str(each["at_least"])), str(each["ask"]))
                for each in raw.get("quotation_levels", ())
            ),
            waivers=str(raw.get("waivers", "")),
            key_decision_sum=None if key_sum is None else Decimal(str(key_sum)),
            delegations=tuple(
                Delegation(Decimal(str(each["up_to"])), str(each["who"]))
                for each in raw.get("delegations", ())
            ),
            grants_policy=str(raw.get("grants_policy", "")),
            decides=str(raw.get("decides", "")),
            paragraph=str(raw.get("paragraph", "")),
            call_in_days=None if call_in_days is None else int(call_in_days),
            call_in_who=str(raw.get("call_in_who", "")),
        )


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
