"""What readers of records found wrong once: an officer's law, days, duties that come too late."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from commissioning.people.models import User
from decisions.costs.model.inputs import Unit
from decisions.costs.model.rounding import Three
from decisions.costs.waits import bridged
from decisions.questions.plan.backward import plan_back
from decisions.questions.plan.picture import LAST_NAME, draw
from decisions.questions.plan.routes import way_key
from decisions.questions.plan.since import appraised
from decisions.questions.plan.ways import APPRAISE, LISTEN
from decisions.records.actions import drafting
from decisions.records.duties import BY_KEY, source_of
from decisions.records.models import Body, Decision, DutyAnswer
from decisions.records.readiness import cautions, missing_to_recommend
from decisions.records.routes import chosen_in_words
from decisions.records.sections.costs import _point
from decisions.records.sections.first_page import glance
from decisions.records.sections.plan import whose_decision
from decisions.records.sections.walk import regime_of_decision, rests_on
from decisions.records.sections.weighed import duties, statement_of
from decisions.records.small_assistance import other_year
from decisions.records.story import story
from decisions.records.suggested_duties import suggested_duties
from decisions.trees.regime import Regime
from tests.cast import SignIn
from tests.decisions.records.conftest import fresh
from tests.decisions.records.test_route_plans import Walked, walked

__all__ = ["walked"]
ENDS, TODAY = date(2027, 10, 31), date(2026, 11, 27)


def of_an_officer(decision: Decision, name: str) -> Decision:
    """The same draft, decided by an officer who is called so."""
    Decision.objects.filter(pk=decision.pk).update(body_kind=Body.OFFICER, body_name=name)
    return fresh(decision)


@pytest.mark.parametrize("name", ["Cabinet of Rivermead Council", "The Cabinet", "Full Council"])
def test_no_officer_has_the_name_of_a_body(ready: Decision, name: str) -> None:
    said = [words for _where, words in missing_to_recommend(of_an_officer(ready, name))]
    assert any(f"“{name}” is the name of a body" in words for words in said), said


@pytest.mark.parametrize(
    "name",
    [
        "Head of Place, Rivermead Council (delegated)",
        "Director of Care",
        "Clerk to the Council, A.",
    ],
)
def test_a_post_is_taken_as_it_is_written(ready: Decision, name: str) -> None:
    said = [words for _where, words in missing_to_recommend(of_an_officer(ready, name))]
    assert not any("is the name of a body" in words for words in said), said


def test_an_officer_has_the_conflicts_law_of_officers() -> None:
    officer, _check = source_of(BY_KEY["conflicts"], Regime.GRANT, Body.OFFICER)
    members, _check = source_of(BY_KEY["conflicts"], Regime.GRANT, Body.CABINET)
    act, _check = source_of(BY_KEY["conflicts"], Regime.ABOVE, Body.OFFICER)
    assert "Local Government Act 1972, section 117" in str(officer)
    assert "Localism Act 2011" in str(members)
    assert "Procurement Act 2023" in str(act)


@pytest.mark.parametrize(
    ("body", "law"), [(Body.OFFICER, "regs 13(4) and 14"), (Body.CABINET, "regs 12 and 14")]
)
def test_an_executive_decision_is_followed_by_its_statement(
    ready: Decision, body: Body, law: str
) -> None:
    ready.body_kind = body
    (said,) = statement_of(ready)
    assert law in said
    ready.body_kind = Body.COMMITTEE
    assert statement_of(ready) == []


def test_only_guidance_is_departed_from(ada: User, ready: Decision, sign_in: SignIn) -> None:
    address = reverse("records:duties", args=[ready.question.programme.slug, ready.pk])
    form = sign_in(ada).get(address).context["form"]
    offered = {
        key: [value for value, _said in form.fields[key].choices]
        for key in BY_KEY
        if key in form.fields
    }
    assert DutyAnswer.Standing.DEPARTED not in offered["equality"]
    assert DutyAnswer.Standing.DEPARTED not in offered["conflicts"]
    assert DutyAnswer.Standing.DEPARTED in offered["best_value"]
    ready.duties.filter(key="equality").update(standing=DutyAnswer.Standing.DEPARTED)
    said = [words for where, words in missing_to_recommend(fresh(ready)) if where == "duties"]
    assert any("Equality Act 2010" in words for words in said), said


@pytest.mark.parametrize(
    ("key", "words"),
    [("equality", "comes before the decision"), ("conflicts", "looked for before the decision")],
)
def test_what_belongs_before_the_decision_is_not_left_for_after_it_unsaid(
    ada: User, ready: Decision, key: str, words: str
) -> None:
    assert not any(words in one for one in cautions(ready))
    assert words not in str(duties(ready))
    drafting.answer_duties(ada, ready, {key: ("to_do", "Greta Lockhouse does it by 18 December.")})
    left = fresh(ready)
    assert any(words in one for one in cautions(left))
    (said,) = (value for name, value in glance(left) if name == "Duties still to be done")
    assert said.startswith("1 of ")
    assert words in said
    assert words in str(duties(left))


def test_a_power_that_no_lawyer_confirmed_is_printed_beside_the_duties(
    ada: User, walked: Walked
) -> None:
    draft = walked("grant", payment_for="their_own_project", label="grant", net_value=9_000)
    unsaid = "no comment of the"
    drafting.answer_duties(ada, draft, {"grant_power": ("to_do", "The lawyer names it.")})
    assert unsaid not in str(duties(fresh(draft)))
    drafting.answer_duties(ada, draft, {"grant_power": ("met", "Localism Act 2011, section 1.")})
    assert unsaid in str(duties(fresh(draft)))
    assert any(unsaid in one for one in cautions(fresh(draft)))


@pytest.mark.parametrize(
    ("route", "said"), [("health_direct_award_c", True), ("health_competitive", False)]
)
def test_the_criteria_by_which_a_provider_is_chosen_come_before_it_is(
    ada: User, walked: Walked, route: str, *, said: bool
) -> None:
    draft = walked(route, "england-health", existing_satisfying="yes")
    drafting.answer_duties(ada, draft, {"key_criteria": ("to_do", "Moss Tollhouse, by May.")})
    words = "basic selection criteria are applied before a provider is chosen"
    assert any(words in one for one in cautions(fresh(draft))) is said


def test_a_subsidy_duty_is_not_met_by_the_words_that_say_when_that_is_known(
    ada: User, walked: Walked
) -> None:
    told = {
        "payment_for": "their_own_project",
        "recipient_enterprise": "yes",
        "subsidy_basis": "minimal_financial_assistance",
        "award_to_one": 9_000,
        "earlier_assistance": 0,
        "net_value": 9_000,
    }
    draft = walked("grant", label="grant", **told)
    warned = "words that say when that will be known"
    _standing, words = suggested_duties(draft)["subsidy"]
    drafting.answer_duties(ada, draft, {"subsidy": ("met", words.replace("\n", "\r\n"))})
    assert any(warned in one for one in cautions(fresh(draft)))
    confirmed = f"{words} Wharf Kettle confirmed on 3 May that it had none."
    drafting.answer_duties(ada, draft, {"subsidy": ("met", confirmed)})
    assert not any(warned in one for one in cautions(fresh(draft)))


def test_a_check_that_the_record_answers_says_where(ada: User, walked: Walked) -> None:
    draft = walked("grant", payment_for="their_own_project", label="grant", net_value=9_000)
    answered = "The answer stands under the duties."
    (left,) = (one for one in story(draft)["sections"] if one["key"] == "checks")
    lines = [line for block in left["blocks"] for line in block.get("lines", ())]
    (equality,) = (line for line in lines if "due regard to equality" in line)
    assert equality.endswith(answered)
    draft.duties.all().update(standing="to_do")
    assert answered not in str(story(fresh(draft))["sections"]), "to be done is no answer"
    draft.duties.all().delete()
    assert answered not in str(story(fresh(draft))["sections"])


def test_who_buys_is_told_no_years_of_assistance(walked: Walked) -> None:
    told = {
        "payment_for": "could_be_either",
        "recipient_enterprise": "yes",
        "subsidy_basis": "minimal_financial_assistance",
        "award_to_one": 9_000,
        "earlier_assistance": 0,
        "net_value": 9_000,
    }
    given = walked("grant", **told)
    years = "the years that count"
    found = rests_on(given.question)
    assert found is not None
    found.begins_on = date(2030, 4, 1)
    assert years in other_year(given)
    given.route = "quotes_or_award"
    assert regime_of_decision(given) == Regime.BELOW
    assert not other_year(given)


def test_of_barriers_to_small_ones_the_rest_is_still_to_be_done(
    walked: Walked,
) -> None:
    draft = walked("below_threshold_reserved_vcse", net_value=90_000)
    standing, words = suggested_duties(draft)["small_suppliers"]
    assert standing == "to_do"
    assert "none of them bids against a large firm" in words
    assert "before anybody is invited: look at what else stands in their way" in words


def test_small_grants_through_another_are_given_out_after_it_is_chosen(walked: Walked) -> None:
    plan = plan_back(way_key("devolved_grants", {}) or "", ENDS)
    keys = [one.key for one in plan.steps]
    assert keys.index("evaluate") < keys.index("decide") < keys.index("give_out")
    assert {"First small grants"} <= {bar.label for bar in draw(plan, None).bars}
    own = {"payment_for": "their_own_project", "label": "grant", "net_value": 9_000}
    draft = walked("devolved_grants", **own, intermediary="yes", recipient_enterprise="no")
    assert chosen_in_words(draft) == "this way; who gives it out is decided later"


def test_a_vote_is_planned_as_one_and_the_later_decision_adopts_it() -> None:
    plan = plan_back(way_key("participatory_budget", {}) or "", ENDS)
    keys = [one.key for one in plan.steps]
    assert keys.index("ask") < keys.index("evaluate") < keys.index("vote") < keys.index("decide")
    labels = [bar.label for bar in draw(plan, None).bars]
    assert {"Ideas come in", "Check the ideas", "Residents vote"} <= set(labels)
    assert "adopts what residents voted for" in whose_decision(plan)


def test_no_month_is_named_where_its_name_would_be_cut() -> None:
    for ends in (ENDS, date(2028, 1, 31), date(2027, 9, 1), date(2027, 12, 3)):
        named = [tick.x for tick in draw(plan_back("competition", ends), None).ticks if tick.named]
        assert named
        assert max(named) <= LAST_NAME


def months(low: float, middle: float, high: float) -> Three:
    return Three(low, middle, high)


def test_an_estimate_that_is_longer_than_the_plan_says_so() -> None:
    plan = plan_back("competition", ENDS)
    told = bridged(months(8, 9.5, 11), ENDS, TODAY, plan, None).words
    assert "may be longer than its plan of steps" in told
    assert "29 November 2026" in told or "30 November 2026" in told, told
    assert "Nobody waits" not in told
    longest = bridged(months(8, 9.5, 13), ENDS, TODAY, plan, None).words
    assert "comes too late even if it begins today" in longest
    assert "2026" not in longest, "no day is named that has passed"
    short = bridged(months(2, 3, 4), ENDS, TODAY, plan, None).words
    assert "Nobody waits because of it" in short


def test_once_a_walk_is_locked_nothing_of_appraising_is_still_to_begin() -> None:
    plan = plan_back("grant", ENDS)
    left = appraised(plan, TODAY, by_a_walk=True)
    assert plan.step(APPRAISE.key).starts == plan.begin_by
    assert left.begin_by == plan.step(LISTEN.key).starts > plan.begin_by
    assert left.step("appraised").done
    unwalked = appraised(plan, TODAY, by_a_walk=False)
    assert "appraise" not in unwalked.step("recommended").title.lower()
    assert {one.key for one in plan.steps} - {one.key for one in left.steps} == {APPRAISE.key}
    assert left.begin_by - plan.begin_by > timedelta(days=20)


@pytest.mark.parametrize(("paid_for", "known"), [("not_sure", False), ("service_we_specify", True)])
def test_nobody_knows_the_vat_of_what_nobody_knows_to_be_given_or_bought(
    walked: Walked, paid_for: str, *, known: bool
) -> None:
    draft = walked("below_threshold_competition", payment_for=paid_for, net_value=28_000)
    assert ("vat" in suggested_duties(draft)) is known
    assert any("given or bought" in one for one in cautions(draft)) is not known


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (59.67, Unit.HOURS, "60"),
        (4.25, Unit.HOURS, "4.25"),
        (23.51, Unit.POUNDS_AN_HOUR, "23.51"),
        (185.33, Unit.HOURS_A_YEAR, "185"),
    ],
)
def test_no_part_of_an_hour_is_said_of_many(value: float, unit: Unit, said: str) -> None:
    assert _point(value, unit) == said
