"""Each trap in the wording of the law, on both sides of its edge."""

from datetime import date
from typing import Any

import pytest

from decisions.trees.engine import Walk
from tests.decisions.trees.base import general, open_routes

ABOVE: dict[str, Any] = {"contract_type": "light_touch", "net_value": 700_000}


def notices(walked: Walk, option: str = "") -> set[str]:
    """The notices of a walk, or of one of its routes."""
    return {note.id for note in walked.notices if not option or option in note.options}


def is_open(option: str, begins: date = date(2026, 3, 1), **answers: Any) -> bool:
    """Whether a route is open with these answers."""
    return option in open_routes(general(begins, **answers))


AREA = {
    "area": "own_area",
    "area_decided_before_inviting": "yes",
    "area_stated_in_advert": "yes",
}


@pytest.mark.parametrize(
    ("changes", "allowed"),
    [
        ({}, True),
        ({"area": "own_and_bordering"}, True),
        ({"area": "none"}, False),
        ({"area": "part_of_area"}, False),
        ({"area": "radius"}, False),
        ({"area": "other_area"}, False),
        ({"area_decided_before_inviting": "no"}, False),
        ({"area_stated_in_advert": "no"}, False),
        ({"buyer": "parish_council"}, True),
        ({"buyer": "best_value_authority"}, True),
        ({"buyer": "nhs_body"}, False),
        ({"buyer": "central_government"}, False),
        ({"buyer": "other_public_body"}, False),
        ({"contract_type": "light_touch", "net_value": "663539.99"}, True),
        ({"contract_type": "light_touch", "net_value": "663540"}, False),
        ({"contract_type": "services", "net_value": "207720"}, False),
        ({"contract_type": "works", "net_value": "5192999.99"}, True),
        ({"health_services": "yes"}, False),
    ],
)
def test_a_competition_may_be_kept_to_an_area_only_so(changes: Any, allowed: bool) -> None:
    assert is_open("below_threshold_reserved_area", **{**AREA, **changes}) == allowed


def test_from_4_february_2026_and_not_a_day_before() -> None:
    day_before = general(date(2026, 2, 3), **AREA)
    assert is_open("below_threshold_reserved_area", date(2026, 2, 4), **AREA)
    (reason,) = day_before.standing("below_threshold_reserved_area").reasons("exclude")
    assert reason.answers == ("begins=2026-02-03", "health_services=no")
    assert "Local Government Act 1988 s.17" in reason.source


@pytest.mark.parametrize("buyer", ["council", "nhs_body", "central_government"])
def test_a_reservation_to_vcses_stood_before(buyer: str) -> None:
    assert is_open("below_threshold_reserved_vcse", date(2025, 3, 1), buyer=buyer)


@pytest.mark.parametrize(
    "ground", ["none", "trusted_incumbent", "thin_market", "good_collaboration", "local_provider"]
)
def test_what_is_no_ground_opens_no_direct_award(ground: str) -> None:
    walked = general(**ABOVE, direct_award_ground=ground)
    assert "direct_award" not in open_routes(walked)
    assert "UK5" not in notices(walked)
    assert ({n.id for n in walked.warnings} == {"false_ground"}) == (ground != "none")


@pytest.mark.parametrize(
    ("answers", "allowed"),
    [
        ({"direct_award_ground": "sole_supplier", "reasonable_alternative": "no"}, True),
        ({"direct_award_ground": "sole_supplier", "reasonable_alternative": "yes"}, False),
        ({"direct_award_ground": "sole_supplier", "reasonable_alternative": "not_sure"}, False),
        ({"direct_award_ground": "switching", "no_suitable_tender": "yes"}, True),
        ({"direct_award_ground": "switching", "no_suitable_tender": "no"}, False),
        ({"direct_award_ground": "other_schedule_5", "ground_confirmed": "yes"}, True),
        ({"direct_award_ground": "other_schedule_5", "ground_confirmed": "no"}, False),
        ({"direct_award_ground": "regulations", "regulations_made": "yes"}, True),
        ({"direct_award_ground": "regulations", "regulations_made": "no"}, False),
    ],
)
def test_a_ground_needs_its_limb(answers: Any, allowed: bool) -> None:
    walked = general(**ABOVE, **answers)
    assert ("direct_award" in open_routes(walked)) == allowed
    assert ("UK5" in notices(walked)) == allowed


@pytest.mark.parametrize("unforeseeable", ["yes", "no"])
@pytest.mark.parametrize("our_doing", ["yes", "no"])
@pytest.mark.parametrize("necessary", ["yes", "no"])
def test_urgency_needs_all_three_limbs(unforeseeable: str, our_doing: str, necessary: str) -> None:
    walked = general(
        **ABOVE,
        direct_award_ground="urgency",
        urgency_unforeseeable=unforeseeable,
        urgency_our_doing=our_doing,
        urgency_strictly_necessary=necessary,
    )
    allowed = (unforeseeable, our_doing, necessary) == ("yes", "no", "yes")
    assert ("direct_award" in open_routes(walked)) == allowed
    assert ("UK5" in notices(walked, "direct_award")) == allowed


@pytest.mark.parametrize("kind", ["light_touch", "services"])
@pytest.mark.parametrize("one", ["yes", "no"])
@pytest.mark.parametrize("chose", ["yes", "no"])
def test_user_choice_is_one_persons_and_never_a_block(kind: str, one: str, chose: str) -> None:
    walked = general(
        contract_type=kind,
        net_value=700_000,
        direct_award_ground="user_choice",
        one_individual=one,
        person_chose=chose,
    )
    allowed = (kind, one, chose) == ("light_touch", "yes", "yes")
    assert ("direct_award" in open_routes(walked)) == allowed
    assert not notices(walked, "direct_award") & {"UK5", "UK6", "standstill"}


MUTUAL = {
    "reserved_to": "mutual",
    "mutual_listed_services": "yes",
    "mutual_term_years": 5,
    "mutual_employee_control": "yes",
    "mutual_comparable_contract": "no",
    "mutual_procedure": "competitive_flexible_to_all",
}


@pytest.mark.parametrize(
    ("changes", "allowed"),
    [
        ({}, True),
        ({"mutual_term_years": "5.01"}, False),
        ({"mutual_term_years": "4.5"}, True),
        ({"contract_type": "services"}, False),
        ({"mutual_listed_services": "no"}, False),
        ({"mutual_listed_services": "not_sure"}, False),
        ({"mutual_employee_control": "no"}, False),
        ({"mutual_employee_control": "not_sure"}, False),
        ({"mutual_comparable_contract": "yes"}, False),
        ({"mutual_procedure": "competitive_flexible_to_some"}, False),
        ({"mutual_procedure": "open_procedure"}, False),
        ({"mutual_procedure": "direct_award"}, False),
    ],
)
def test_a_mutual_needs_every_limb_and_is_never_a_direct_award(changes: Any, allowed: bool) -> None:
    walked = general(**{**ABOVE, **MUTUAL, **changes})
    assert ("reserved_mutual" in open_routes(walked)) == allowed
    assert "direct_award" not in open_routes(walked)


@pytest.mark.parametrize(("share", "allowed"), [("29.99", False), (30, True), ("30%", True)])
def test_supported_employment_from_exactly_thirty_percent(share: object, allowed: bool) -> None:
    told: dict[str, Any] = {"reserved_to": "supported_employment", "disadvantaged_share": share}
    walked = general(contract_type="goods", net_value=300_000, **told)
    assert ("reserved_supported_employment" in open_routes(walked)) == allowed
    assert any(note.id == "check_supported_employment" for note in walked.checks)


TECKAL = {
    "public_partner": "own_company",
    "company_control": "yes",
    "company_share": "80.01",
    "company_other_influence": "no",
    "company_private_capital": "no",
}


@pytest.mark.parametrize(
    ("changes", "allowed"),
    [
        ({}, True),
        ({"company_share": 80}, False),
        ({"company_share": "80.0"}, False),
        ({"company_share": "79.99"}, False),
        ({"company_share": 100}, True),
        ({"company_control": "no"}, False),
        ({"company_control": "jointly"}, True),
        ({"company_other_influence": "yes"}, False),
        ({"company_other_influence": "not_sure"}, False),
        ({"company_private_capital": "yes"}, False),
    ],
)
def test_a_company_of_ones_own_needs_more_than_eighty(changes: Any, allowed: bool) -> None:
    walked = general(**{**TECKAL, **changes})
    assert ("controlled_company" in open_routes(walked)) == allowed
    checks = {note.id for note in walked.checks}
    assert "check_vertical" in checks


@pytest.mark.parametrize(
    ("parties", "task", "public", "allowed"),
    [
        ("only_public_authorities", "yes", "yes", True),
        ("with_a_charity", "yes", "yes", False),
        ("with_a_company", "yes", "yes", False),
        ("only_public_authorities", "no", "yes", False),
        ("only_public_authorities", "yes", "no", False),
    ],
)
def test_a_charity_as_a_party_takes_co_operation_outside(
    parties: str, task: str, public: str, allowed: bool
) -> None:
    walked = general(
        public_partner="other_authorities",
        cooperation_parties=parties,
        cooperation_shared_task=task,
        cooperation_public_interest=public,
    )
    assert ("public_cooperation" in open_routes(walked)) == allowed
    assert "check_horizontal" in {note.id for note in walked.checks}


GRANTS = {"grant", "devolved_grants", "participatory_budget"}


@pytest.mark.parametrize("label", ["grant", "contract", "not_named"])
@pytest.mark.parametrize(
    "what",
    [
        *("their_own_project", "could_be_either"),
        *("service_we_specify", "something_in_return", "not_sure"),
    ],
)
def test_the_label_does_not_decide(label: str, what: str) -> None:
    walked = general(label=label, payment_for=what, recipient_enterprise="no")
    given = what in {"their_own_project", "could_be_either"}
    assert bool(open_routes(walked) & GRANTS) == given
    warned = "label_is_not_decisive" in {note.id for note in walked.warnings}
    assert warned == (label == "grant" and not given)


@pytest.mark.parametrize(
    ("basis", "award", "earlier", "allowed"),
    [
        ("minimal_financial_assistance", "315000", 0, True),
        ("minimal_financial_assistance", "315000.01", 0, False),
        ("minimal_financial_assistance", "15000", "300000", True),
        ("minimal_financial_assistance", "15000", "300000.01", False),
        ("public_economic_services", "725000", 0, True),
        ("public_economic_services", "725000", "0.01", False),
        ("standalone", "900000", 0, True),
        ("under_a_scheme", "900000", 0, True),
    ],
)
def test_subsidy_limits_are_for_one_enterprise_over_the_years(
    basis: str, award: str, earlier: object, allowed: bool
) -> None:
    walked = general(
        payment_for="their_own_project",
        recipient_enterprise="yes",
        subsidy_basis=basis,
        award_to_one=award,
        earlier_assistance=earlier,
    )
    assert ("grant" in open_routes(walked)) == allowed
    assert ("subsidy_limit" in {note.id for note in walked.warnings}) != allowed
    if basis == "minimal_financial_assistance":
        assert ("mfa_notice" in notices(walked)) == allowed


@pytest.mark.parametrize(
    ("basis", "award", "published"),
    [
        ("minimal_financial_assistance", "100000", False),
        ("minimal_financial_assistance", "100000.01", True),
        ("public_economic_services", "100000", False),
        ("public_economic_services", "100000.01", True),
        ("under_a_scheme", "100000", False),
        ("under_a_scheme", "100000.01", True),
        ("standalone", "1", True),
    ],
)
def test_the_subsidy_database(basis: str, award: str, published: bool) -> None:
    walked = general(
        payment_for="their_own_project",
        recipient_enterprise="yes",
        subsidy_basis=basis,
        award_to_one=award,
        earlier_assistance=0,
    )
    assert ("subsidy_database" in notices(walked)) == published


def test_what_is_not_economic_is_outside_subsidy_control() -> None:
    walked = general(payment_for="their_own_project", recipient_enterprise="no")
    assert not notices(walked) & {"mfa_notice", "subsidy_database"}


@pytest.mark.parametrize(
    ("buyer", "value", "told"),
    [
        ("council", "29999.99", False),
        ("council", "30000", True),
        ("parish_council", "30000", True),
        ("nhs_body", "11999.99", False),
        ("nhs_body", "12000", True),
        ("central_government", "12000", True),
        ("other_public_body", "29999.99", False),
    ],
)
def test_notifiable_below_threshold(buyer: str, value: str, told: bool) -> None:
    walked = general(buyer=buyer, net_value=value)
    notifiable = {"below_threshold_tender_notice", "below_threshold_contract_details_notice"}
    assert (notices(walked) >= notifiable) == told
    # An award that was not advertised has no tender notice, and has its details notice.
    assert "below_threshold_tender_notice" not in notices(walked, "quotes_or_award")
    details = notices(walked, "quotes_or_award")
    assert ("below_threshold_contract_details_notice" in details) == told


def test_standstill_and_details_of_ordinary_and_light_touch_contracts() -> None:
    ordinary = general(net_value=300_000)
    light = general(**ABOVE)
    assert "standstill" in notices(ordinary, "open_competition")
    assert "standstill" not in notices(light)
    assert "standstill_voluntary" in notices(light, "light_touch_competition")
    assert "within 30 days" in next(n.words for n in ordinary.notices if n.id == "UK7")
    assert "within 120 days" in next(n.words for n in light.notices if n.id == "UK7")


@pytest.mark.parametrize(
    ("kind", "value", "noticed", "checked"),
    [
        # Section 52: an estimated value of *more than* five million.
        ("services", "4999999.99", False, False),
        ("services", "5000000", False, False),
        ("services", "5000000.01", True, False),
        ("light_touch", "5000000", False, True),
    ],
)
def test_performance_indicators(kind: str, value: str, noticed: bool, checked: bool) -> None:
    walked = general(contract_type=kind, net_value=value)
    assert ("kpis" in notices(walked)) == noticed
    assert ("kpis_light_touch" in {note.id for note in walked.checks}) == checked


@pytest.mark.parametrize(
    ("buyer", "present", "told"),
    [
        ("council", "grant", True),
        ("best_value_authority", "contract", True),
        ("nhs_body", "grant", False),
        ("central_government", "contract", False),
    ],
)
def test_three_months_notice_of_an_end(buyer: str, present: str, told: bool) -> None:
    walked = general(buyer=buyer, present=present, extension="none", ending_or_reducing="yes")
    assert ("best_value_notice" in notices(walked)) == told
    quiet = general(buyer=buyer, present=present, extension="none", ending_or_reducing="no")
    assert "best_value_notice" not in notices(quiet)


@pytest.mark.parametrize(
    ("value", "told"), [("100000", False), ("100000.01", True), ("250000", True)]
)
def test_a_council_being_abolished_needs_consent_above_the_sum(value: str, told: bool) -> None:
    assert (
        "reorganisation_consent" in notices(general(net_value=value, reorganisation="yes"))
    ) == told
    assert "reorganisation_consent" not in notices(general(net_value=value, reorganisation="no"))


@pytest.mark.parametrize(
    ("buyer", "begins", "told"),
    [
        ("central_government", date(2027, 3, 31), False),
        ("central_government", date(2027, 4, 1), True),
        ("council", date(2026, 6, 16), False),
        ("council", date(2026, 6, 17), True),
    ],
)
def test_the_public_interest_test_before_outsourcing(buyer: str, begins: date, told: bool) -> None:
    walked = general(begins, buyer=buyer, present="in_house", net_value=300_000)
    assert ("public_interest_test" in {note.id for note in walked.checks}) == told


def test_begun_before_the_act_says_which_law_and_stops() -> None:
    walked = general(date(2025, 2, 23))
    assert walked.stopped
    assert [each.option for each in walked.ranked] == ["stop_and_take_advice"]
    assert "Public Contracts Regulations 2015" in walked.warnings[0].words
    assert not walked.notices
    assert not general(date(2025, 2, 24)).stopped


def test_after_the_next_revision_it_warns() -> None:
    ids = [
        {note.id for note in general(day).warnings}
        for day in (date(2027, 12, 31), date(2028, 1, 1))
    ]
    assert ids == [set(), {"after_threshold_revision"}]


@pytest.mark.parametrize(
    ("present", "answers", "allowed"),
    [
        ("contract", {"extension": "in_the_contract"}, True),
        ("contract", {"extension": "permitted_change"}, True),
        ("contract", {"extension": "none"}, False),
        ("contract", {"extension": "not_sure"}, False),
        ("grant", {}, False),
        ("grant", {"payment_for": "their_own_project", "recipient_enterprise": "no"}, True),
        ("nothing", {}, False),
    ],
)
def test_extending_what_there_is(present: str, answers: Any, allowed: bool) -> None:
    told = {"present": present, "ending_or_reducing": "no", **answers}
    assert is_open("extend_or_vary", **told) == allowed


def test_a_health_service_of_a_council_is_not_for_the_general_tree() -> None:
    walked = general(health_services="yes")
    act = {
        "quotes_or_award",
        "below_threshold_competition",
        "below_threshold_reserved_vcse",
        "below_threshold_reserved_area",
        "light_touch_competition",
        "framework",
        "open_competition",
        "direct_award",
        "reserved_mutual",
        "reserved_supported_employment",
    }
    assert not open_routes(walked) & act
    assert "health_regime" in open_routes(walked)
    assert "health_regime" not in open_routes(general(health_services="mixed_mainly_other"))
    assert "health_regime" in open_routes(general(health_services="mixed_mainly_health"))
    separable = general(health_services="mixed_separable")
    assert "health_regime" not in open_routes(separable)
    assert {note.id for note in separable.warnings} == {"separable_health_part"}


@pytest.mark.parametrize(
    ("kind", "buyer", "net_value", "asked"),
    [
        ("light_touch", "council", "207720", True),
        ("light_touch", "council", "207719.99", False),
        ("light_touch", "council", "663539.99", True),
        ("light_touch", "nhs_body", "135018", True),
        ("light_touch", "nhs_body", "135017.99", False),
        ("services", "council", "207719.99", False),
    ],
)
def test_the_act_of_2012_reaches_light_touch_services_below_their_threshold(
    kind: str, buyer: str, net_value: str, asked: bool
) -> None:
    walked = general(contract_type=kind, buyer=buyer, net_value=net_value)
    (note,) = [one for one in walked.checks if one.id == "social_value"]
    assert ("s.1(16)(b)" in note.source) is asked
    assert ("good practice" in note.words) is not asked


def test_a_persons_own_choice_has_no_notice_after_it_either() -> None:
    told: dict[str, Any] = {
        "contract_type": "light_touch",
        "net_value": 700_000,
        "direct_award_ground": "user_choice",
        "one_individual": "yes",
        "person_chose": "yes",
    }
    walked = general(**told)
    assert "direct_award" in open_routes(walked)
    after = [one for one in walked.notices if one.id == "UK7"]
    assert after, "other routes have one"
    assert all("direct_award" not in one.options for one in after)
