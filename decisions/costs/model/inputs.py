"""What a route's cost is worked out from: the same inputs for every route."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from decisions.costs.model.estimates import Estimate


class Unit(StrEnum):
    """What a number counts."""

    HOURS = "hours"
    HOURS_A_YEAR = "hours a year"
    NUMBER = "number"
    MONTHS = "months"
    POUNDS = "pounds"
    POUNDS_AN_HOUR = "pounds an hour"
    SHARE = "share"


class Part(StrEnum):
    """How inputs are grouped on a page."""

    AUTHORITY = "authority"
    APPLICANTS = "applicants"
    AFTERWARDS = "afterwards"
    WAITING = "waiting"
    RATES = "rates"


@dataclass(frozen=True, slots=True)
class Input:
    """One input: its name for good, what it counts, where it belongs."""

    key: str
    unit: Unit
    part: Part
    # Rates and the people who wait are the same whatever route is taken.
    shared: bool = False


_ALL: Final = (
    Input("prepare_hours", Unit.HOURS, Part.AUTHORITY),
    Input("prepare_specialist_hours", Unit.HOURS, Part.AUTHORITY),
    Input("assess_hours", Unit.HOURS, Part.AUTHORITY),
    Input("assess_hours_each", Unit.HOURS, Part.AUTHORITY),
    Input("award_hours", Unit.HOURS, Part.AUTHORITY),
    Input("award_specialist_hours", Unit.HOURS, Part.AUTHORITY),
    Input("external_fees", Unit.POUNDS, Part.AUTHORITY),
    Input("citizens_paid", Unit.POUNDS, Part.AUTHORITY),
    Input("intermediary_share", Unit.SHARE, Part.AUTHORITY),
    Input("challenge_chance", Unit.SHARE, Part.AUTHORITY),
    Input("challenge_cost", Unit.POUNDS, Part.AUTHORITY),
    Input("applicants", Unit.NUMBER, Part.APPLICANTS),
    Input("winners", Unit.NUMBER, Part.APPLICANTS),
    Input("apply_hours_each", Unit.HOURS, Part.APPLICANTS),
    Input("apply_outlay_each", Unit.POUNDS, Part.APPLICANTS),
    Input("standing_share", Unit.SHARE, Part.APPLICANTS),
    Input("residents_hours", Unit.HOURS, Part.APPLICANTS),
    Input("change_chance", Unit.SHARE, Part.AFTERWARDS),
    Input("changeover_hours", Unit.HOURS, Part.AFTERWARDS),
    Input("incumbent_hours", Unit.HOURS, Part.AFTERWARDS),
    Input("mobilise_hours_each", Unit.HOURS, Part.AFTERWARDS),
    Input("monitor_hours_year", Unit.HOURS_A_YEAR, Part.AFTERWARDS),
    Input("report_hours_each_year", Unit.HOURS_A_YEAR, Part.AFTERWARDS),
    Input("months", Unit.MONTHS, Part.WAITING),
    Input("people_waiting", Unit.NUMBER, Part.WAITING, shared=True),
    Input("rate_officer", Unit.POUNDS_AN_HOUR, Part.RATES, shared=True),
    Input("rate_specialist", Unit.POUNDS_AN_HOUR, Part.RATES, shared=True),
    Input("rate_provider", Unit.POUNDS_AN_HOUR, Part.RATES, shared=True),
    Input("rate_resident", Unit.POUNDS_AN_HOUR, Part.RATES, shared=True),
)
INPUTS: Final[dict[str, Input]] = {one.key: one for one in _ALL}
ROUTE_INPUTS: Final = tuple(one.key for one in _ALL if not one.shared)
SHARED_INPUTS: Final = tuple(one.key for one in _ALL if one.shared)
NOTHING: Final = Estimate.exactly(0)
# A legal challenge, changeover or bid may not be likelier than certain.
_AT_MOST: Final = {Unit.SHARE: 1.0, Unit.MONTHS: 120.0, Unit.NUMBER: 1e6}


class InvalidInputs(ValueError):
    """Inputs that cannot be: ``key`` names the one, the message says why in a sentence."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(reason)
        self.key = key


@dataclass(frozen=True, slots=True)
class Frame:
    """What is the same for every route of a question: its value in pounds (all of it, net, over its
    whole life) and its length in years."""

    value: float
    years: float

    def __post_init__(self) -> None:
        if not 0 <= self.value <= 1e12:
            raise InvalidInputs("value", "Say what it is worth, in pounds.")
        if not 0 < self.years <= 50:
            raise InvalidInputs("years", "Say how long it lasts: up to 50 years.")


def complete(inputs: Mapping[str, Estimate]) -> dict[str, Estimate]:
    """Every input of ours, in order; what is not given is nothing. Unknown names are refused."""
    for key in inputs:
        if key not in INPUTS:
            raise InvalidInputs(key, f"There is no input called {key}.")
    return {key: inputs.get(key, NOTHING) for key in INPUTS}


def check_route(inputs: Mapping[str, Estimate], *, is_grant: bool) -> None:
    """Raise :class:`InvalidInputs` for what no route can be, and for a grant that costs nothing."""
    for key, estimate in inputs.items():
        most = _AT_MOST.get(INPUTS[key].unit)
        if estimate.low < 0:
            raise InvalidInputs(key, "A cost is never less than nothing.")
        if most is not None and estimate.high > most:
            raise InvalidInputs(key, f"That is more than there can be: at most {most:g}.")
    applicants, winners = inputs["applicants"], inputs["winners"]
    if winners.likely > applicants.likely:
        raise InvalidInputs("winners", "No more can be chosen than apply.")
    if applicants.likely and not inputs["apply_hours_each"].low:
        raise InvalidInputs("apply_hours_each", "Nobody applies in no time at all.")
    if is_grant:
        _grants_are_never_free(inputs)


def _grants_are_never_free(inputs: Mapping[str, Estimate]) -> None:
    """Grants are costed like everything else: somebody applies, assesses and reports."""
    if not inputs["applicants"].low:
        raise InvalidInputs("applicants", "Somebody applies for a grant: say how many.")
    if not inputs["monitor_hours_year"].low and not inputs["intermediary_share"].low:
        raise InvalidInputs(
            "monitor_hours_year", "Somebody looks after a grant: say for how many hours a year."
        )
