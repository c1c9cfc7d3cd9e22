"""Below a threshold, above it, for health and for grants: each duty cites the law that binds it."""

from decimal import Decimal

import pytest

from commissioning.people.models import User
from decisions.criteria.judging.library import Standing, library
from decisions.criteria.paper import data
from decisions.questions.models import Question, Vat
from decisions.records.actions import drafting
from decisions.records.binding import why_it_binds
from decisions.records.models import Decision
from decisions.records.sections.place import worth
from decisions.records.suggested_duties import suggested_duties
from decisions.trees import actions as trees
from decisions.trees import paper
from decisions.trees.models import Appraisal
from decisions.trees.regime import Regime, regime_of
from tests.decisions.criteria.conftest import make_final, write_draft
from tests.decisions.records.conftest import fresh
from tests.decisions.records.test_on_paper import section, table
from tests.decisions.walks.conftest import answer_all, walk

__all__ = ["walk"]

# A contract of 180,000 pounds that is let below the light-touch threshold, kept to the area.
CONTRACT = {
    "label": "contract",
    "payment_for": "service_we_specify",
    "options_value": "0",
    "vat": "standard",
    "area": "own_area",
    "area_decided_before_inviting": "yes",
    "area_stated_in_advert": "yes",
    "shape_of_need": "one_service",
}
ROUTE = {"route": "below_threshold_reserved_area", "route_name": "a competition of the area"}


@pytest.fixture
def below(ada: User, walk: Appraisal) -> Appraisal:
    """A walk to a competition that is reserved to the area."""
    return trees.lock_for_good(ada, answer_all(ada, walk, CONTRACT))


def duties(decision: Decision) -> dict[str, str]:
    """Each duty with its source and what to check."""
    return {row[0]: row[3] for row in table(decision, "duties")["rows"]}


def test_below_the_threshold_no_duty_cites_what_binds_above_it(
    ada: User, below: Appraisal, draft: Decision
) -> None:
    drafting.write_section(ada, draft, "route", ROUTE)
    draft.refresh_from_db()
    found = duties(draft)
    assert found["Conflicts of interest"].startswith("The authority's own code of conduct")
    assert "is for procurements at or above the threshold" in found["Conflicts of interest"]
    assert found["Fairness of early talks"].startswith("Good practice here")
    assert found["Barriers to small organisations"].startswith("Procurement Act 2023, section 86")
    assert "13(9)" in found["Barriers to small organisations"]
    assert "Lots" not in found
    assert "though they are below their threshold; good practice otherwise" in found["Social value"]
    assert "No law asks for it" in found["The power to give a grant"]
    assert "below the threshold" in str(section(draft, "duties")["blocks"][0])


def test_vat_is_no_duty_that_is_met_and_who_recovers_it_is_left_to_its_officer(
    ada: User, below: Appraisal, draft: Decision
) -> None:
    drafting.write_section(ada, draft, "route", ROUTE)
    Question.objects.filter(pk=draft.question_id).update(vat=Vat.STANDARD)
    told = suggested_duties(fresh(draft))["vat"]
    assert told[1].endswith(
        "VAT on top, by the question: Yes, at the standard rate of 20%. Whether the "
        "authority recovers it is for its finance officer to say."
    )
    drafting.answer_duties(ada, draft, {"vat": told})
    (row,) = [row for row in table(fresh(draft), "duties")["rows"] if row[0] == "VAT"]
    assert row[1] == "Answered"


def test_the_act_on_social_value_is_for_services_and_not_for_works_of_whatever_value(
    ada: User, walk: Appraisal, draft: Decision
) -> None:
    trees.lock_for_good(ada, answer_all(ada, walk, CONTRACT | {"contract_type": "works"}))
    drafting.write_section(ada, draft, "route", ROUTE)
    now = fresh(draft)
    standing, words = suggested_duties(now)["social_value"]
    assert standing == "not_apply"
    assert words.endswith("The Public Services (Social Value) Act 2012 is for services.")
    said = duties(now)["Social value"]
    assert "is for services, and by the walk these are goods or works" in said
    assert "threshold" not in said


def test_above_the_threshold_they_are_the_acts(ada: User, walk: Appraisal, draft: Decision) -> None:
    trees.lock_for_good(ada, answer_all(ada, walk, CONTRACT | {"net_value": "900000"}))
    chosen = {"route": "light_touch_competition", "route_name": "a competition"}
    drafting.write_section(ada, draft, "route", chosen)
    draft.refresh_from_db()
    found = duties(draft)
    assert found["Conflicts of interest"] == "Procurement Act 2023, sections 81 to 83."
    assert found["Fairness of early talks"] == "Procurement Act 2023, sections 16 and 17."
    assert found["Barriers to small organisations"] == (
        "Procurement Act 2023, sections 12 and 13(9)."
    )
    assert found["Lots"] == "Procurement Act 2023, section 18."
    assert "lots" not in suggested_duties(draft)
    assert "section 18" in why_it_binds(draft, "lots")
    draft.form = "lots"
    assert suggested_duties(draft)["lots"][0] == "met"


def test_vat_of_a_purchase_without_vat_is_to_be_done_until_somebody_says_which_of_the_three(
    ada: User, below: Appraisal, draft: Decision
) -> None:
    drafting.write_section(ada, draft, "route", ROUTE)
    Question.objects.filter(pk=draft.question_id).update(vat=Vat.NONE)
    standing, words = suggested_duties(fresh(draft))["vat"]
    assert standing == "to_do"
    assert words.endswith(
        "By the finance officer, before anything is signed: which of the three it is."
    )


def test_the_fairness_paper_asks_for_no_notice_that_is_not_due(below: Appraisal) -> None:
    told = paper.data(below.pk)
    assert regime_of(below) == Regime.BELOW
    assert "is for procurements at or above it" in told["keep"]
    assert "do not apply" in told["talks"]


def test_a_grant_is_closed_by_what_makes_it_a_contract_and_by_no_power(
    ada: User, below: Appraisal, draft: Decision
) -> None:
    closed = dict(table(draft, "routes", "Routes that were rejected")["rows"])
    for route in ("Grant", "Devolved grants through an intermediary", "Participatory budget"):
        assert "(Procurement Act 2023 s.3 (a public contract is one for pecuniary" in closed[route]
        assert "Localism Act" not in closed[route]


def test_every_rule_that_the_route_rests_on_stands_among_the_facts(
    ada: User, below: Appraisal, draft: Decision
) -> None:
    rows = {row[0]: row for row in table(draft, "facts")["rows"]}
    area = rows["Below-threshold competitions may be reserved to suppliers of an area"]
    assert area[2] == "from 4 February 2026"
    assert "The Procurement Act 2023 is in force" in rows
    assert "Threshold for light-touch services" in rows


def test_open_routes_stand_as_the_printed_method_counts_them(
    ada: User, below: Appraisal, draft: Decision
) -> None:
    told = str(section(draft, "routes"))
    assert "How open routes are put in order" in told
    assert below.result is not None
    counted = [
        tuple(
            sum(
                (each["effect"] == "raise") - (each["effect"] == "lower")
                for each in one["because"]
                if bool(each["strong"]) is strong
            )
            for strong in (True, False)
        )
        for one in below.result["ranked"]
        if one["standing"] != "excluded"
    ]
    assert counted == sorted(counted, reverse=True)
    first = table(draft, "routes", "Routes that were open")["rows"][0][0]
    assert "Strong: 1 for, 0 against." in first


@pytest.mark.parametrize(
    ("options", "vat", "said"),
    [
        ("0", Vat.STANDARD, "£180,000 without VAT; £216,000 with it"),
        ("0", Vat.UNKNOWN, "£180,000 without VAT; £216,000 if VAT is payable"),
        ("20000", Vat.NONE, "£180,000 without options and extensions; £200,000 with them."),
        ("20000", Vat.STANDARD, "£180,000 without VAT, options and extensions; £240,000 with"),
        ("0", Vat.NONE, "£180,000. No VAT, option or extension comes on top"),
    ],
)
def test_only_what_comes_on_top_is_named(
    question: Question, options: str, vat: Vat, said: str
) -> None:
    question.options_value, question.vat = Decimal(options), vat
    assert worth(question).startswith(said)


def test_criteria_say_who_may_answer_and_the_record_how_price_is_judged(
    ada: User, cora: User, below: Appraisal, draft: Decision
) -> None:
    drafting.write_section(ada, draft, "route", ROUTE)
    held = make_final(cora, write_draft(cora, draft.question, "below"))
    kept_to = "Only suppliers of the area of Rivermead Council: the competition is reserved to them"
    assert data(held.pk)["who_may"].startswith(kept_to)
    told = dict(section(draft, "criteria")["blocks"][0]["pairs"])
    assert told["Who may answer"].startswith(kept_to)
    assert told["How price or value is judged"] == "The lowest price divided by this price"
    assert told["What breaks a tie"] == "The higher score on local knowledge."
    assert "Cora W., commissioner, Rivermead Council" in told["Who judges"]
    rows = {row[0]: row for row in table(draft, "criteria")["rows"]}
    assert "(the lowest price divided by this price)" in rows["Price"][-1]


def test_suggestions_below_the_threshold_rest_on_no_section_about_tenders_above_it() -> None:
    for one in library().suggestions.values():
        assert one.source(Standing.BELOW).startswith("Good practice")
        assert "at or above" in one.source(Standing.BELOW)
    knows = library().suggestions["knows_the_communities"]
    assert knows.source(Standing.ABOVE) == "Procurement Act 2023 s.23"
