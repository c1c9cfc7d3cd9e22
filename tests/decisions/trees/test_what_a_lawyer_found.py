"""What a reader who knows the law found wrong once, each with the fact that it rests on."""

from datetime import date
from typing import Any

import pytest

from decisions.trees.engine import Walk, shipped_trees, walk, with_what_ifs
from decisions.trees.engine.notes import Note
from decisions.trees.give_or_buy import BOUGHT, GIVEN
from tests.decisions.trees.base import (
    HEALTH,
    SPRING,
    general,
    health,
    open_routes,
    place_not_known,
)

PILOT = "pilot_then_buy"
BUYING_BELOW = {
    "quotes_or_award",
    "below_threshold_competition",
    "below_threshold_reserved_vcse",
    "framework",
    "open_competition",
    PILOT,
}


def of(notes: tuple[Note, ...], note_id: str) -> set[str]:
    """The routes that a note goes with."""
    return {option for note in notes if note.id == note_id for option in note.options}


def test_every_notifiable_contract_below_the_threshold_has_its_details_published() -> None:
    told = general(net_value=200_000, framework_available="yes")
    details = of(told.notices, "below_threshold_contract_details_notice")
    assert details == BUYING_BELOW & open_routes(told)
    advertised = of(told.notices, "below_threshold_tender_notice")
    assert advertised == details - {"quotes_or_award", "framework"}
    small = general(net_value=29_999)
    assert "below_threshold_contract_details_notice" not in {note.id for note in small.notices}


@pytest.mark.parametrize(
    "answers",
    [
        {"concluding_framework": "yes"},
        {"only_existing_capable": "yes"},
        {"unrestricted_choice": "yes"},
    ],
)
def test_where_the_health_regime_says_must_nobody_pilots_and_then_chooses(
    answers: dict[str, str],
) -> None:
    told = health(**answers)  # type: ignore[arg-type]
    assert PILOT not in open_routes(told)
    assert told.standing(PILOT).reasons("exclude")
    assert PILOT in open_routes(health())


def test_vat_above_any_rate_is_a_contradiction() -> None:
    ids = {note.id for note in general(net_value=1000, vat="part", vat_amount=201).warnings}
    assert "contradiction_vat" in ids
    ids = {note.id for note in general(net_value=1000, vat="part", vat_amount=200).warnings}
    assert "contradiction_vat" not in ids


def test_one_recipient_gets_no_more_than_there_is() -> None:
    grant: dict[str, Any] = {
        "payment_for": "their_own_project",
        "recipient_enterprise": "yes",
        "subsidy_basis": "standalone",
        "net_value": 50_000,
    }
    more = general(SPRING, award_to_one=50_001, **grant)
    assert "award_above_the_whole" in {note.id for note in more.checks}
    all_of_it = general(SPRING, award_to_one=50_000, **grant)
    assert "award_above_the_whole" not in {note.id for note in all_of_it.checks}


def test_the_public_interest_test_goes_with_every_way_of_giving_a_service_away() -> None:
    told = general(
        date(2027, 5, 1),
        buyer="central_government",
        present="in_house",
        net_value=900_000,
        reserved_to="supported_employment",
        disadvantaged_share=40,
    )
    assert {"reserved_supported_employment", PILOT} <= of(told.checks, "public_interest_test")


@pytest.mark.parametrize(
    "answers", [{"health_services": "mixed_mainly_other"}, {"buyer": "parish_council"}]
)
def test_a_regime_that_does_not_apply_is_not_said_to(answers: dict[str, str]) -> None:
    told = health(**answers)  # type: ignore[arg-type]
    assert told.stopped
    assert "no_threshold" not in {note.id for note in told.checks}
    assert "no_threshold" in {note.id for note in health().checks}


def test_what_begins_on_the_day_of_the_revision_is_said_to_begin_on_or_after_it() -> None:
    for told in (general(date(2028, 1, 1)), health(date(2028, 1, 1))):
        (words,) = [n.words for n in told.warnings if n.id == "after_threshold_revision"]
        assert "on or after" in words


def test_a_call_for_grants_in_less_than_three_months_is_told_that_it_takes_longer() -> None:
    soon = general(
        payment_for="their_own_project", recipient_enterprise="no", time_left="under_3_months"
    )
    assert of(soon.checks, "time_for_grants") == {"grant", "devolved_grants"} & open_routes(soon)
    later = general(
        payment_for="their_own_project", recipient_enterprise="no", time_left="over_12_months"
    )
    assert not of(later.checks, "time_for_grants")


def test_nothing_about_the_place_that_another_answer_contradicts_would_let_a_route_win() -> None:
    """The provider satisfies the contract: that the service works badly is no way to win."""
    tree = shipped_trees()["england-health"]
    answers = {**place_not_known(tree), **HEALTH, "present_works": "well"}
    walked = with_what_ifs(walk(tree, answers, SPRING), answers)
    told = [(c.question, c.answer) for each in walked.ranked for c in each.would_win_if]
    assert told
    assert ("present_works", "badly") not in told


def test_social_value_is_asked_about_where_health_services_are_bought() -> None:
    assert "health_competitive" in of(health().checks, "social_value")


def test_a_project_of_the_recipients_own_is_given_a_grant_and_not_bought() -> None:
    told = general(
        net_value=36_000, label="grant", payment_for="their_own_project", recipient_enterprise="no"
    )
    assert not BUYING_BELOW & open_routes(told)
    for option in BUYING_BELOW:
        assert any("not bought" in one.words for one in told.standing(option).reasons("exclude"))
    bought = general(net_value=36_000, payment_for="service_we_specify")
    assert open_routes(bought) >= BUYING_BELOW


def test_what_could_be_given_or_bought_is_ranked_by_the_place() -> None:
    either: dict[str, Any] = {
        "net_value": 36_000,
        "payment_for": "could_be_either",
        "recipient_enterprise": "no",
    }
    told = general(**either)
    assert {"grant", *BUYING_BELOW} <= open_routes(told)
    assert "set_up_as_chosen" in {one.id for one in told.checks}
    fragile = general(**either, small_provider_risk="high", intermediary="yes")
    closed_circle = general(**either, market_opening="much", capable_providers="many")
    assert best(fragile) == ["devolved_grants"]
    assert best(closed_circle)[0] == "below_threshold_competition"


def best(told: Walk) -> list[str]:
    """The routes that are recommended."""
    return [one.option for one in told.ranked if one.standing == "recommended"]


@pytest.mark.parametrize("buyer", ["council", "parish_council", "nhs_body"])
def test_a_council_lists_its_grants_and_nobody_else_is_told_to(buyer: str) -> None:
    told = general(payment_for="their_own_project", recipient_enterprise="no", buyer=buyer)
    listed = of(told.notices, "grant_in_the_list")
    grants = {"grant", "devolved_grants", "participatory_budget"} & open_routes(told)
    assert grants
    assert listed == (set() if buyer == "nhs_body" else grants)


@pytest.mark.parametrize(
    ("kind", "value", "check"),
    [
        ("services", 207_719, ""),
        ("services", 207_720, "ordinary_or_light_touch"),
        ("services", 663_539, "ordinary_or_light_touch"),
        ("services", 663_540, ""),
        ("light_touch", 207_719, ""),
        ("light_touch", 207_720, "light_touch_or_ordinary"),
        ("light_touch", 663_539, "light_touch_or_ordinary"),
        ("light_touch", 663_540, ""),
        ("goods", 300_000, ""),
    ],
)
def test_where_the_kind_of_service_decides_the_code_is_to_be_looked_up(
    kind: str, value: int, check: str
) -> None:
    told = general(net_value=value, contract_type=kind, vat="none")
    ids = {one.id for one in told.checks}
    assert ids & {"ordinary_or_light_touch", "light_touch_or_ordinary"} == ({check} - {""})


def test_before_the_award_notice_of_a_competition_come_assessment_summaries() -> None:
    above = general(net_value=900_000, contract_type="services", vat="none")
    asked = of(above.notices, "assessment_summaries")
    assert "open_competition" in asked
    assert not asked & {"framework", "direct_award"}
    assert not of(general(net_value=100_000).notices, "assessment_summaries")


def test_where_nobody_knows_whether_it_is_given_or_bought_that_comes_first() -> None:
    told = general(payment_for="not_sure", net_value=28_000)
    assert "grant_or_purchase_is_open" in {one.id for one in told.checks}
    for option in ("grant", "devolved_grants", "participatory_budget"):
        standing = told.standing(option)
        assert standing.standing == "excluded"
        (why,) = [one.words for one in standing.because if one.effect == "exclude"]
        assert why.startswith("Nobody has settled yet whether the money would buy something")
    settled = general(payment_for="something_in_return", net_value=28_000)
    assert "grant_or_purchase_is_open" not in {one.id for one in settled.checks}


def test_what_is_bought_is_what_an_own_project_closes_and_what_is_given_is_what_it_leaves() -> None:
    told = general(payment_for="their_own_project", recipient_enterprise="no")
    closed = {
        one.option
        for one in told.ranked
        if any("not bought" in reason.words for reason in one.reasons("exclude"))
    }
    family = {key: one.family for key, one in told.tree.options.items()}
    assert closed == {key for key in family if family[key] in BOUGHT}
    assert open_routes(told) >= {key for key in family if family[key] in GIVEN}
