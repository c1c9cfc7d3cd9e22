"""Published evidence: kept as it was published, never mixed, and checked against its own parts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Measure(StrEnum):
    """What a row measures. Rows of different measures are never put into one figure."""

    PER_COMPETITION = "per_competition"
    PER_COMPETITION_EFFORT = "per_competition_effort"
    DURATION = "duration"
    BIDS = "bids"
    AUTHORITY_PER_BID = "authority_per_bid"
    SHARE_OF_RAISED = "share_of_raised"
    SHARE_BY_INCOME = "share_by_income"
    SECTOR_TOTAL = "sector_total"
    SHARE_OF_COST_PAID = "share_of_cost_paid"
    SHARE_OF_CHARITIES = "share_of_charities"
    SHARE_OF_RESPONDENTS = "share_of_respondents"
    EXAMPLE = "example"
    JUDGEMENT = "judgement"


class MeasuresDiffer(TypeError):
    """Somebody tried to put rows together that measure different things."""


@dataclass(frozen=True, slots=True)
class Row:
    """One published figure with its source, year and caveat. ``seen`` says whether the source was
    read; if not, it is shown as "check before relying on it"."""

    key: str
    measure: Measure
    source: str
    year: int | None
    seen: bool
    says: str
    caveat: str
    figures: Mapping[str, float]
    currency: str = ""


def one_measure(rows: Iterable[Row]) -> Measure:
    """The one thing that all rows measure. Raises :class:`MeasuresDiffer`."""
    measures = {row.measure for row in rows}
    if len(measures) != 1:
        names = ", ".join(sorted(measures))
        raise MeasuresDiffer(f"these rows measure different things: {names}")
    return measures.pop()


def span(rows: Iterable[Row], figure: str) -> tuple[float, float]:
    """The lowest and highest of a figure over rows of one measure."""
    kept = list(rows)
    one_measure(kept)
    values = [row.figures[figure] for row in kept]
    return min(values), max(values)


class Verdict(StrEnum):
    """Whether a published total follows from its published parts."""

    ADDS_UP = "adds up"
    DOES_NOT = "does not add up"
    OTHER_MEANING = "may mean something else"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: what was published, what its parts give, how that was worked out."""

    key: str
    published: float
    reproduced: float
    sum_: str
    verdict: Verdict
    words: str


def _verdict(published: float, reproduced: float, tolerance: float) -> Verdict:
    return Verdict.ADDS_UP if abs(published - reproduced) <= tolerance else Verdict.DOES_NOT


def check(rows: Mapping[str, Row]) -> list[Finding]:
    """Reproduce the published totals from the published parts."""
    uk, eu = rows["uk_total"].figures, rows["eu_total"].figures
    effort, bids = rows["eu_person_days"].figures, rows["eu_bids_per_procedure"].figures
    a, b, n = effort["authority"], effort["each_bidder"], effort["bids"]
    days = a + b * n
    parts = uk["authority"] + uk["all_bidders"]
    share = b * n / days
    implied = uk["authority"] / rows["uk_authority_cost_per_bid"].figures["amount"]
    return [
        Finding(
            "uk_total",
            uk["amount"],
            parts,
            f"{uk['authority']:,.0f} + {uk['all_bidders']:,.0f} = {parts:,.0f}",
            _verdict(uk["amount"], parts, 0.5),
            "The authority's part and all bidders' part give the total.",
        ),
        Finding(
            "eu_bidders_share",
            eu["bidders_share"],
            round(share, 4),
            f"{b:g} x {n:g} / ({a:g} + {b:g} x {n:g}) = {share:.1%}",
            _verdict(eu["bidders_share"], share, 0.01),
            "The person-days give bidders a larger share of the effort than was published of the "
            "cost. Days of different people may cost differently; the report does not say so.",
        ),
        Finding(
            "eu_duration_days",
            rows["eu_duration_days"].figures["days"],
            round(days, 1),
            f"{a:g} + {b:g} x {n:g} = {days:.1f}",
            Verdict.OTHER_MEANING
            if abs(rows["eu_duration_days"].figures["days"] - days) < 1
            else Verdict.DOES_NOT,
            "The days that a procedure is said to last are the sum of everybody's person-days, so "
            "they may be days of work and not days on the calendar. They are not used as a time.",
        ),
        Finding(
            "eu_bids_per_procedure",
            n,
            min(max(n, bids["low"]), bids["high"]),
            f"{bids['low']:g} <= {n:g} <= {bids['high']:g}",
            Verdict.ADDS_UP if bids["low"] <= n <= bids["high"] else Verdict.DOES_NOT,
            "The number of bids lies within the published range.",
        ),
        Finding(
            "uk_bids_implied",
            round(implied, 2),
            n,
            f"{uk['authority']:,.0f} / "
            f"{rows['uk_authority_cost_per_bid'].figures['amount']:,.0f} = {implied:.1f}",
            Verdict.ADDS_UP if bids["low"] <= implied <= bids["high"] else Verdict.DOES_NOT,
            "The authority's total over its cost for one bid says how many bids there were: more "
            "than the European five to six. Two studies, two kinds of competition.",
        ),
    ]


def row_of(key: str, data: Mapping[str, Any]) -> Row:
    """A row as content files hold it."""
    return Row(
        key=key,
        measure=Measure(data["measure"]),
        source=data["source"],
        year=data.get("year"),
        seen=data["seen"],
        says=data["says"],
        caveat=data.get("caveat", ""),
        figures={name: float(value) for name, value in data.get("figures", {}).items()},
        currency=data.get("currency", ""),
    )
