"""The provider selection regime's own logic, as a table, in full."""

from datetime import date
from itertools import product

import pytest

from tests.decisions.trees.base import health, open_routes

A, B, C = "health_direct_award_a", "health_direct_award_b", "health_direct_award_c"
SUITABLE, COMPETITIVE = "health_most_suitable_provider", "health_competitive"
PROCESSES = {A, B, C, SUITABLE, COMPETITIVE}
VALUES = [  # (present, proposed, both limbs)
    ("1000000", "1000000", False),
    ("1000000", "1499999.99", False),
    ("1000000", "1500000", True),
    ("2000000", "2500000", True),
    ("2000000", "2499999.99", False),
    ("3000000", "3600000", False),
    ("400000", "700000", False),
    ("2000000.04", "2500000.04", False),
]


def by_the_book(
    framework: str, only: str, choice: str, new: str, satisfying: str, considerable: bool
) -> set[str]:
    """The regime's list, read from the top: the first line that fits decides."""
    if framework == "yes":
        return {COMPETITIVE}
    if only == "yes":
        return {A}
    if choice == "yes":
        return {B}
    if new == "yes" or satisfying != "yes" or considerable:
        return {SUITABLE, COMPETITIVE}
    return {C, SUITABLE, COMPETITIVE}  # C may be used; it need not be


@pytest.mark.parametrize("framework", ["yes", "no"])
@pytest.mark.parametrize("only", ["yes", "no", "not_sure"])
@pytest.mark.parametrize("choice", ["yes", "no", "not_sure"])
def test_the_whole_table(framework: str, only: str, choice: str) -> None:
    for new, satisfying, character, ours, (present, proposed, limbs) in product(
        ["yes", "no"],
        ["yes", "not_satisfying", "unlikely", "not_sure"],
        ["yes", "no", "not_sure"],
        ["yes", "no"],
        VALUES,
    ):
        walked = health(
            concluding_framework=framework,
            only_existing_capable=only,
            unrestricted_choice=choice,
            new_service=new,
            existing_satisfying=satisfying,
            change_in_character=character,
            change_by_authority=ours,
            present_lifetime_value=present,
            proposed_lifetime_value=proposed,
        )
        considerable = character != "no" or (ours == "yes" and limbs)
        expected = by_the_book(framework, only, choice, new, satisfying, considerable)
        assert open_routes(walked) & PROCESSES == expected
        for standing in walked.ranked:
            if standing.standing == "excluded":
                assert standing.reasons("exclude")


@pytest.mark.parametrize("unforeseeable", ["yes", "no"])
@pytest.mark.parametrize("short", ["yes", "no"])
@pytest.mark.parametrize(("months", "warned"), [(12, False), (13, True)])
def test_the_regimes_own_urgent_award(
    unforeseeable: str, short: str, months: int, warned: bool
) -> None:
    walked = health(
        urgent="yes",
        urgent_unforeseeable=unforeseeable,
        urgent_as_short_as_practicable=short,
        urgent_months=months,
    )
    allowed = (unforeseeable, short) == ("yes", "yes")
    assert ("health_urgent_award" in open_routes(walked)) == allowed
    assert ("urgent_too_long" in {note.id for note in walked.warnings}) == warned
    assert "direct_award" not in open_routes(walked)
    assert "health_urgent_award" not in open_routes(health(urgent="no"))


def test_the_acts_routes_and_a_reservation_to_an_area_are_closed() -> None:
    walked = health()
    for option in (
        "quotes_or_award",
        "below_threshold_competition",
        "below_threshold_reserved_vcse",
        "below_threshold_reserved_area",
        "light_touch_competition",
        "framework",
        "reserved_mutual",
        "reserved_supported_employment",
        "open_competition",
        "direct_award",
    ):
        (reason,) = walked.standing(option).reasons("exclude")
        assert reason.answers == ("health_services=yes",)
        assert "SI 2023/1348" in reason.source
    assert not {note.id for note in walked.notices} & {"UK4", "UK5", "UK6", "UK7", "standstill"}


def test_standstill_is_for_c_and_the_two_processes_and_counted_its_own_way() -> None:
    (note,) = [note for note in health().notices if note.id == "health_standstill"]
    assert set(note.options) == {C, SUITABLE, COMPETITIVE}
    assert "8th working day after the day it starts" in note.words
    assert "health_standstill" not in {n.id for n in health(only_existing_capable="yes").notices}


def test_it_has_its_own_first_day_and_no_threshold() -> None:
    assert health(date(2023, 12, 31)).stopped
    assert not health(date(2024, 1, 1)).stopped
    assert not health(date(2025, 2, 23)).stopped
    small = health(present_lifetime_value=10, proposed_lifetime_value=10)
    assert C in open_routes(small)


@pytest.mark.parametrize(
    ("answers", "stop"),
    [
        ({"health_services": "no"}, "not_health_care"),
        ({"health_services": "mixed_mainly_other"}, "not_health_care"),
        ({"buyer": "central_government"}, "not_this_buyer"),
        ({"buyer": "parish_council"}, "not_this_buyer"),
    ],
)
def test_what_is_out_of_scope_stops(answers: dict[str, str], stop: str) -> None:
    walked = health(**answers)  # type: ignore[arg-type]
    assert walked.stopped
    assert walked.stopped.id == stop
    assert [each.option for each in walked.ranked] == ["stop_and_take_advice"]


@pytest.mark.parametrize("health_services", ["yes", "mixed_mainly_health", "mixed_separable"])
def test_mixed_services_go_by_their_main_subject(health_services: str) -> None:
    walked = health(health_services=health_services)
    assert C in open_routes(walked)
    checks = {note.id for note in walked.checks}
    assert ("mixed_service" in checks) == (health_services != "yes")
