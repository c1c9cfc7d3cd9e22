"""The plan, the notices and the facts of a record are those of the route that was chosen."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from commissioning.ground.answers import Invalid
from commissioning.people.models import User
from decisions.costs.costed import QuestionCosts
from decisions.questions import actions as questions
from decisions.questions.actions import Value
from decisions.questions.models import BackwardPlan, Question, Vat
from decisions.questions.plan import standstill
from decisions.questions.planned import counting
from decisions.records.actions import drafting
from decisions.records.binding import why_it_binds
from decisions.records.models import Decision
from decisions.records.readiness import missing_to_recommend
from decisions.records.route_plans import plan_of, way_of
from decisions.records.rules import may_begin_from
from decisions.records.story import story
from decisions.records.suggested import suggested
from decisions.trees import actions as trees
from decisions.trees.models import Appraisal
from tests.decisions.records.conftest import write_all
from tests.decisions.trees.base import GENERAL, HEALTH
from tests.decisions.walks.conftest import BEGINS, answer_all

Walked = Callable[..., Decision]


@pytest.fixture
def walked(ada: User, question: Question) -> Walked:
    """Walk a tree with these answers, lock it, and draft the decision for a route."""

    def walk_it(route: str, tree: str = "england-general", **answers: object) -> Decision:
        base = GENERAL if tree == "england-general" else HEALTH
        said = {key: str(value) for key, value in {**base, **answers}.items()}
        if "net_value" in said:
            value = Value(Decimal(said["net_value"]), Decimal(0), Vat.NONE, 36, 0)
            questions.value_question(ada, question, value)
        walk = trees.begin_walk(ada, question, tree, BEGINS)
        trees.lock_for_good(ada, answer_all(ada, walk, said))
        draft = drafting.begin_decision(ada, question, "Company")
        return write_all(ada, draft, route={"route": route, "route_name": "this way"})

    return walk_it


def told(decision: Decision, key: str) -> str:
    """A section of the record as one text."""
    fresh = Decision.objects.get(pk=decision.pk)
    return next((str(one) for one in story(fresh)["sections"] if one["key"] == key), "")


def test_the_plan_is_the_chosen_routes_whatever_the_place_kept(
    ada: User, question: Question, walked: Walked
) -> None:
    questions.set_plan(ada, question, "quotes", key_decision=False, lengths={"call_in": 7})
    decision = walked("open_competition", net_value=400_000)
    plan = plan_of(decision)
    assert plan is not None
    assert plan.way.key == "competition"
    assert plan.step("call_in").length == "7 working days", "the place's own call-in stays"
    assert plan.step("ask").length == "35 days", "quotes' own length is not a tender's"
    assert "Counted for the route that was chosen: Competition under the Act." in told(
        decision, "plan"
    )
    assert "Quotes, or award, below threshold" not in told(decision, "plan")
    drafting.recommend(ada, decision)
    kept = BackwardPlan.objects.get(question=question)
    assert (kept.way, kept.lengths) == ("competition", {"call_in": 7}), "the question's page too"


def test_the_health_regime_counts_its_standstill_by_its_own_rule(walked: Walked) -> None:
    decision = walked("health_direct_award_c", "england-health")
    plan = plan_of(decision)
    assert plan is not None
    step = plan.step("standstill")
    published = plan.step("intention").starts
    assert step.starts == published + timedelta(days=1)
    assert step.ends == standstill.last_day(standstill.Regime.HEALTH, published)
    assert "midnight of the 8th working day after the day it starts" in told(decision, "plan")
    assert "UK6" not in told(decision, "plan") + told(decision, "next")
    assert "Notice of the intention to award" in told(decision, "next")


def test_the_present_provider_who_stays_is_not_told_that_it_ends(
    ada: User, question: Question, walked: Walked
) -> None:
    """An NHS body awards by process C: no notice of an end, of a key decision, no call-in."""
    decision = walked("health_direct_award_c", "england-health", buyer="nhs_body")
    plan = plan_of(decision)
    assert plan is not None
    keys = {step.key for step in plan.steps}
    assert keys.isdisjoint({"notice", "staff", "decision_notice", "call_in"}), "no body named yet"
    text = told(decision, "plan")
    assert "ends or shrinks" not in text
    assert "est value" not in text
    assert "way of choosing" not in text, "the decision is on who provides it"


def test_once_a_direct_award_is_decided_its_plan_holds_only_what_follows(
    ada: User, walked: Walked
) -> None:
    decision = walked("health_direct_award_c", "england-health", buyer="nhs_body")
    Decision.objects.filter(pk=decision.pk).update(
        body_kind="nhs_board", decided_on=date(2026, 11, 27)
    )
    decision = Decision.objects.get(pk=decision.pk)
    plan = plan_of(decision)
    assert plan is not None
    assert plan.step("decide").starts == date(2026, 11, 27)
    assert {step.key for step in plan.steps}.isdisjoint({"appraise", "engage", "evaluate"})
    text = told(decision, "plan")
    assert "settled who gets it" in text
    assert "came after" not in text


def test_direct_award_b_has_no_notice_before_it_and_no_standstill(walked: Walked) -> None:
    decision = walked("health_direct_award_b", "england-health", unrestricted_choice="yes")
    plan, law = told(decision, "plan"), told(decision, "next")
    assert "tandstill" not in plan + law
    assert "Notice of the intention" not in law
    assert "Notice of the award" in law


def test_a_persons_own_choice_is_published_neither_before_nor_after(walked: Walked) -> None:
    decision = walked(
        "direct_award",
        contract_type="light_touch",
        net_value=700_000,
        individual_budgets="yes",
        direct_award_ground="user_choice",
        one_individual="yes",
        person_chose="yes",
    )
    way = way_of(decision)
    assert way is not None
    assert way.key == "user_choice"
    law = told(decision, "next")
    for notice in ("UK4", "UK5", "UK6", "UK7"):
        assert notice not in law + told(decision, "plan"), notice
    checks = told(decision, "checks")
    assert "no UK5, no UK6" in checks
    assert "no UK7" in checks
    assert "in the person's best interests" in checks


@pytest.mark.parametrize(
    ("kind", "net_value", "binds"),
    [
        ("light_touch", "207720", True),
        ("light_touch", "207719.99", False),
        ("services", "207719.99", False),
    ],
)
def test_social_value_binds_light_touch_services_from_the_sum_of_other_services(
    walked: Walked, kind: str, net_value: str, binds: bool
) -> None:
    decision = walked("below_threshold_competition", contract_type=kind, net_value=net_value)
    assert ("section 1(16) and (17)" in why_it_binds(decision, "social_value")) is binds


def test_a_direct_award_on_a_ground_is_made_transparent_first(walked: Walked) -> None:
    decision = walked(
        "direct_award",
        net_value=400_000,
        direct_award_ground="sole_supplier",
        reasonable_alternative="no",
    )
    plan = plan_of(decision)
    assert plan is not None
    assert plan.step("transparency").ends < plan.step("standstill").starts
    assert "UK5" in told(decision, "next")
    assert "UK4" not in told(decision, "next"), "no tender notice where nobody tenders"


def test_a_grants_plan_has_no_standstill(walked: Walked) -> None:
    decision = walked("grant", payment_for="their_own_project", label="grant")
    assert "Grant, by a call for ideas" in told(decision, "plan")
    assert "tandstill" not in told(decision, "plan")
    assert "UK" not in told(decision, "next")


def test_a_grant_to_one_named_group_is_planned_and_costed_without_a_call(
    ada: User, question: Question, walked: Walked
) -> None:
    """The officer gives £20,000 to the Bowling Green Gardeners: nobody else was ever asked."""
    decision = walked(
        "grant",
        payment_for="their_own_project",
        label="grant",
        net_value=20_000,
        capable_providers="one",
    )
    named = {"route": "grant", "form": "named_recipient", "route_name": "a grant to the Gardeners"}
    decision = drafting.write_section(ada, decision, "route", named)
    assert ("route", "Say which group the grant goes to.") in missing_to_recommend(decision)
    named["goes_to_words"] = "The Bowling Green Gardeners"
    assert ("route", "Say why nobody else is asked.") in missing_to_recommend(decision)
    why = "They are the only group on the green, and have kept it for ten years."
    decision = drafting.write_section(ada, decision, "route", {**named, "no_call": why})
    assert missing_to_recommend(decision) == []
    plan = told(decision, "plan")
    assert "Grant to one named group, without a call" in plan
    assert "The call is open" not in plan
    assert "way of choosing" not in plan, "the decision is on who gets it"
    costs = told(decision, "costs")
    assert "Grant to one named group, without a call (chosen)" in costs
    (one,) = QuestionCosts(question).compare([decision.way_chosen])
    assert one.costed.figures.losers.middle == 0, "where nobody else was asked nobody loses"
    forms = told(decision, "forms")
    assert why in forms
    assert "Subsidy control asks the same" in forms
    assert not may_begin_from(ada, effective(decision)), "nobody is asked or votes"


def test_nobody_is_told_of_an_end_where_the_group_that_has_it_is_the_one_that_is_named(
    question: Question,
) -> None:
    question.present_ends_on = date(2027, 6, 30)
    question.present_provider_words = question.goes_to_words = "The Bowling Green Gardeners"
    for way, named, told in (
        ("grant_named", question.goes_to_words, False),
        ("grant_named", "The Choir", True),
        ("grant", question.goes_to_words, True),
    ):
        question.goes_to_words = named
        counted = counting(question, way, {}, key_decision=False)
        assert counted is not None
        assert ("notice" in {one.key for one in counted.as_planned().steps}) is told, (way, named)


def test_who_may_bid_is_said_as_the_walk_answered_it(walked: Walked) -> None:
    decision = walked(
        "below_threshold_reserved_area",
        **{"net_value": 90_000, "area": "own_area"},
        **{"area_decided_first": "yes", "area_in_advert": "yes"},
    )
    said = suggested(Decision(question=decision.question, route=decision.route), "words")
    assert "Only suppliers of the authority's own area may bid." in said["summary"]
    assert "bordering" not in said["summary"]


def effective(decision: Decision) -> Decision:
    """As if it were in effect."""
    decision.status = Decision.Status.EFFECTIVE
    return decision


def test_only_a_grant_takes_the_form_of_one_named_group(ada: User, walked: Walked) -> None:
    decision = walked("open_competition", net_value=400_000)
    named = {"route": "open_competition", "form": "named_recipient", "route_name": "x"}
    with pytest.raises(Invalid, match="does not take this form"):
        drafting.write_section(ada, decision, "route", named)


def test_where_nothing_is_bought_no_plan_is_counted(walked: Walked) -> None:
    decision = walked("change_nothing")
    assert "nothing is bought or given" in told(decision, "plan")


def test_a_parish_waits_for_no_call_in_and_gives_no_key_notice(ada: User, walked: Walked) -> None:
    decision = walked("quotes_or_award", net_value=20_000, buyer="parish_council")
    parish = {
        "body_kind": "parish",
        "body_name": "Quay Parish Council",
        "power": "LGA 1972, s.137",
    }
    decision = drafting.write_section(ada, decision, "power", parish)
    plan = plan_of(decision)
    assert plan is not None
    assert {step.key for step in plan.steps}.isdisjoint({"call_in", "decision_notice"})


@pytest.mark.parametrize(
    ("value", "due"), [("4999999.99", False), ("5000000", False), ("5000000.01", True)]
)
def test_key_performance_indicators_are_due_above_five_million_and_not_at_it(
    walked: Walked, value: str, due: bool
) -> None:
    decision = walked("open_competition", net_value=value)
    assert ("at least three key performance indicators" in told(decision, "next")) is due


def test_a_walk_of_another_day_or_value_is_walked_again(
    ada: User, question: Question, walked: Walked
) -> None:
    decision = walked("open_competition", net_value=400_000)
    assert missing_to_recommend(decision) == []
    value = Value(Decimal(500_000), Decimal(0), Vat.NONE, 36, 0)
    questions.value_question(ada, question, value)
    decision = Decision.objects.get(pk=decision.pk)
    with pytest.raises(Invalid, match="was answered £400,000; the question says £500,000"):
        drafting.recommend(ada, decision)
    Question.objects.filter(pk=question.pk).update(net_value=400_000, begins_on=date(2028, 1, 1))
    with pytest.raises(Invalid, match="the question now begins on 1 January 2028"):
        drafting.recommend(ada, decision)


def test_facts_that_changed_at_midnight_are_found_before_anybody_decides(walked: Walked) -> None:
    """A release with another threshold comes between the walk and the recommendation."""
    decision = walked("open_competition", net_value=400_000)
    kept = Appraisal.objects.get(question=decision.question)
    result = kept.result or {}
    fact = next(one for one in result["facts"] if one["amount"].startswith("£"))
    result["facts"] = [one | {"amount": "£1"} if one is fact else one for one in result["facts"]]
    decision.question.__dict__["_rests_on"] = kept
    (found,) = missing_to_recommend(decision)
    assert found[0] == "route"
    assert f"{fact['title']} is now {fact['amount']}" in found[1]
