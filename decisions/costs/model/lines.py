"""The lines that every route is costed by: which stage, who bears it, in which purse.

A line is a product of inputs, written once. Totals are sums of lines of one purse, so that nothing
is costed in one route and forgotten in another.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from decisions.costs.model.estimates import Array
from decisions.costs.model.inputs import Frame

Values = Mapping[str, Array]


class Stage(StrEnum):
    """When it is paid."""

    PREPARE = "prepare"
    APPLY = "apply"
    CHOOSE = "choose"
    AWARD = "award"
    CHANGE = "change"
    RUN = "run"


class When(StrEnum):
    """Whether it is choosing, changing over to what was chosen, or what goes on while it runs."""

    CHOOSING = "choosing"
    CHANGING = "changing"
    RUNNING = "running"


WHEN: Final = {
    Stage.PREPARE: When.CHOOSING,
    Stage.APPLY: When.CHOOSING,
    Stage.CHOOSE: When.CHOOSING,
    Stage.AWARD: When.CHOOSING,
    Stage.CHANGE: When.CHANGING,
    Stage.RUN: When.RUNNING,
}


class Bearer(StrEnum):
    """Who bears it."""

    AUTHORITY_STAFF = "authority_staff"
    AUTHORITY_CASH = "authority_cash"
    INTERMEDIARY = "intermediary"
    LEGAL_RISK = "legal_risk"
    MONITORING = "monitoring"
    LOSERS = "losers"
    WINNERS = "winners"
    MOBILISATION = "mobilisation"
    INCUMBENTS = "incumbents"
    REPORTING = "reporting"
    RESIDENTS = "residents"


class Pocket(StrEnum):
    """Which purse, and for the authority which pocket of it."""

    CASH = "cash"
    STAFF = "staff"
    OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Line:
    """One cost. ``worth`` gives pounds; ``hours`` hours, where it is somebody else's time."""

    key: str
    stage: Stage
    bearer: Bearer
    pocket: Pocket
    worth: Callable[[Values, Frame], Array]
    hours: Callable[[Values, Frame], Array] | None = None


def chosen(v: Values) -> Array:
    """How many of those who apply get something."""
    return np.minimum(v["winners"], v["applicants"])


def losing(v: Values) -> Array:
    """How many get nothing: those who apply, less those who are chosen."""
    return v["applicants"] - chosen(v)


def hours_of_each(v: Values) -> Array:
    """Hours that one application takes, with its share of bid-writing posts kept all year."""
    return v["apply_hours_each"] * (1 + v["standing_share"])


def cost_of_each(v: Values) -> Array:
    """What one application costs whoever writes it, in pounds."""
    return hours_of_each(v) * v["rate_provider"] + v["apply_outlay_each"]


def _staff(key: str, stage: Stage, hours: Callable[[Values, Frame], Array], rate: str) -> Line:
    return Line(
        key, stage, Bearer.AUTHORITY_STAFF, Pocket.STAFF, lambda v, f: hours(v, f) * v[rate]
    )


def _time(
    key: str,
    stage: Stage,
    bearer: Bearer,
    hours: Callable[[Values, Frame], Array],
    rate: str = "rate_provider",
) -> Line:
    return Line(key, stage, bearer, Pocket.OTHERS, lambda v, f: hours(v, f) * v[rate], hours)


LINES: Final = (
    _staff("prepare", Stage.PREPARE, lambda v, f: v["prepare_hours"], "rate_officer"),
    _staff(
        "prepare_specialist",
        Stage.PREPARE,
        lambda v, f: v["prepare_specialist_hours"],
        "rate_specialist",
    ),
    Line(
        "external_fees",
        Stage.PREPARE,
        Bearer.AUTHORITY_CASH,
        Pocket.CASH,
        lambda v, f: v["external_fees"],
    ),
    _time(
        "residents",
        Stage.PREPARE,
        Bearer.RESIDENTS,
        lambda v, f: v["residents_hours"],
        "rate_resident",
    ),
    Line(
        "losers",
        Stage.APPLY,
        Bearer.LOSERS,
        Pocket.OTHERS,
        lambda v, f: losing(v) * cost_of_each(v),
        lambda v, f: losing(v) * hours_of_each(v),
    ),
    Line(
        "winners",
        Stage.APPLY,
        Bearer.WINNERS,
        Pocket.OTHERS,
        lambda v, f: chosen(v) * cost_of_each(v),
        lambda v, f: chosen(v) * hours_of_each(v),
    ),
    _staff(
        "assess",
        Stage.CHOOSE,
        lambda v, f: v["assess_hours"] + v["assess_hours_each"] * v["applicants"],
        "rate_officer",
    ),
    Line(
        "citizens_paid",
        Stage.CHOOSE,
        Bearer.AUTHORITY_CASH,
        Pocket.CASH,
        lambda v, f: v["citizens_paid"],
    ),
    _staff("award", Stage.AWARD, lambda v, f: v["award_hours"], "rate_officer"),
    _staff(
        "award_specialist",
        Stage.AWARD,
        lambda v, f: v["award_specialist_hours"],
        "rate_specialist",
    ),
    Line(
        "legal_risk",
        Stage.AWARD,
        Bearer.LEGAL_RISK,
        Pocket.CASH,
        # What it would cost on average: the chance of a challenge times its cost.
        lambda v, f: v["challenge_chance"] * v["challenge_cost"],
    ),
    _staff(
        "changeover",
        Stage.CHANGE,
        lambda v, f: v["change_chance"] * v["changeover_hours"],
        "rate_officer",
    ),
    _time(
        "mobilisation",
        Stage.CHANGE,
        Bearer.MOBILISATION,
        lambda v, f: chosen(v) * v["mobilise_hours_each"],
    ),
    _time(
        "incumbents",
        Stage.CHANGE,
        Bearer.INCUMBENTS,
        lambda v, f: v["change_chance"] * v["incumbent_hours"],
    ),
    Line(
        "intermediary",
        Stage.RUN,
        Bearer.INTERMEDIARY,
        Pocket.CASH,
        lambda v, f: v["intermediary_share"] * f.value,
    ),
    Line(
        "monitoring",
        Stage.RUN,
        Bearer.MONITORING,
        Pocket.STAFF,
        lambda v, f: v["monitor_hours_year"] * f.years * v["rate_officer"],
    ),
    _time(
        "reporting",
        Stage.RUN,
        Bearer.REPORTING,
        # Where nobody applies, whoever does it now still reports.
        lambda v, f: np.maximum(chosen(v), 1) * v["report_hours_each_year"] * f.years,
    ),
)
