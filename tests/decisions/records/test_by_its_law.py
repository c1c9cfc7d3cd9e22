"""A decision offers, asks and cites what its own law and its own kind of body know."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from commissioning.ground.answers import Invalid
from commissioning.people.models import User
from decisions.records.actions import deciding, drafting
from decisions.records.models import Decision
from decisions.records.readiness import cautions, missing_to_recommend
from decisions.records.suggested_duties import suggested_duties
from decisions.records.what_follows import may_begin_call, may_begin_vote
from decisions.trees.models import Appraisal
from tests.cast import SignIn
from tests.decisions.records.conftest import minute
from tests.decisions.records.test_by_body import of_the_nhs
from tests.decisions.records.test_on_paper import section, table
from tests.decisions.records.test_route_plans import Walked, effective, walked
from tests.decisions.records.test_whose_rules import by
from tests.decisions.walks.conftest import answer_all, at, said, walk

__all__ = ["of_the_nhs", "walk", "walked"]


def test_a_direct_award_in_effect_offers_no_call_and_no_participatory_budget(
    ada: User, of_the_nhs: Decision, sign_in: SignIn
) -> None:
    made = deciding.enter_decision(
        ada, drafting.recommend(ada, of_the_nhs), minute(call_in_until=None)
    )
    browser = sign_in(ada)
    page = browser.get(made.get_absolute_url()).content.decode()
    assert "What starts from here" in page
    assert "Begin a call from it" not in page
    assert "Begin a participatory budget from it" not in page
    for name, why in (("call", "already on who gets it"), ("vote", "Residents vote on grants")):
        address = reverse(
            f"records:begin_{name}", args=[made.question.programme.slug, made.question_id]
        ).replace(str(made.question_id), str(made.pk))
        answer = browser.get(address)
        assert answer.status_code == 403
        assert why in answer.content.decode()


@pytest.mark.parametrize(
    ("route", "call", "vote"),
    [
        ("open_competition", True, False),
        ("quotes_or_award", True, False),
        ("change_nothing", False, False),
    ],
)
def test_a_purchase_begins_a_call_where_somebody_is_still_chosen_and_never_a_vote(
    ada: User, walked: Walked, route: str, call: bool, vote: bool
) -> None:
    value = 400_000 if route == "open_competition" else 20_000
    decision = effective(walked(route, net_value=value))
    assert bool(may_begin_call(ada, decision)) is call
    assert bool(may_begin_vote(ada, decision)) is vote


def test_a_grant_begins_both_where_the_walk_left_the_budget_open(ada: User, walked: Walked) -> None:
    decision = effective(
        walked("grant", payment_for="their_own_project", label="grant", net_value=20_000)
    )
    assert may_begin_call(ada, decision)
    assert may_begin_vote(ada, decision)


def test_statutory_guidance_is_no_practice(ada: User, of_the_nhs: Decision) -> None:
    told = str(section(of_the_nhs, "routes"))
    assert "Guidance, to be had regard to: NHS England statutory guidance" in told
    assert "Practice: NHS England" not in told
    assert "has to have regard to it" in told


def test_no_duty_cites_the_health_regime_for_what_it_does_not_say(of_the_nhs: Decision) -> None:
    rows = {row[0]: row[3] for row in table(of_the_nhs, "duties")["rows"]}
    for title in ("Barriers to small organisations", "Fairness of early talks"):
        assert rows[title].startswith("Good practice here: the Act that asks for it is not")
        assert "1348" not in rows[title]


def test_the_duties_page_of_a_health_service_asks_for_no_market_engagement_notice(
    ada: User, of_the_nhs: Decision, sign_in: SignIn
) -> None:
    programme = of_the_nhs.question.programme
    page = sign_in(ada).get(reverse("records:duties", args=[programme.slug, of_the_nhs.pk]))
    assert "market engagement notice" not in page.content.decode()


def test_a_cabinet_decides_for_no_nhs_body_and_is_not_offered(
    ada: User, of_the_nhs: Decision, sign_in: SignIn
) -> None:
    slug = of_the_nhs.question.programme.slug
    here = reverse("records:section", args=[slug, of_the_nhs.pk, "power"])
    form = sign_in(ada).get(here).context["form"]
    assert [value for value, _words in form.fields["body_kind"].choices] == ["nhs_board"]
    with pytest.raises(Invalid, match="does not decide for Rivermead Health Partnership"):
        drafting.write_section(ada, of_the_nhs, "power", by("cabinet", "Cabinet of Rivermead"))
    Decision.objects.filter(pk=of_the_nhs.pk).update(body_kind="cabinet")
    lacking = missing_to_recommend(Decision.objects.get(pk=of_the_nhs.pk))
    assert any("does not decide for" in words for _part, words in lacking)


def test_who_buys_by_the_walk_narrows_who_is_offered_to_decide(
    ada: User, walked: Walked, sign_in: SignIn
) -> None:
    decision = walked("quotes_or_award", net_value=20_000, buyer="parish_council")
    here = reverse("records:section", args=[decision.question.programme.slug, decision.pk, "power"])
    form = sign_in(ada).get(here).context["form"]
    assert [value for value, _words in form.fields["body_kind"].choices] == ["parish"]


def test_a_parish_misses_no_monitoring_officer_and_names_a_power_of_a_parish(
    ada: User, walked: Walked
) -> None:
    decision = walked(
        "grant",
        payment_for="their_own_project",
        label="grant",
        net_value=9_000,
        buyer="parish_council",
    )
    parish = by("parish", "Quay Parish Council")
    decision = drafting.write_section(ada, decision, "power", parish)
    assert "monitoring officer" not in " ".join(cautions(decision)).lower()
    rows = {row[0]: row[3] for row in table(decision, "duties")["rows"]}
    assert "section 137 of the Local Government Act 1972" in rows["The power to give a grant"]
    assert "often section 1 of the Localism Act" not in rows["The power to give a grant"]


def test_own_rules_are_the_organisations_and_a_board_has_no_key_decision(
    ada: User, of_the_nhs: Decision, sign_in: SignIn
) -> None:
    assert "The own rules of Rivermead Health Partnership are not known" in str(
        section(of_the_nhs, "power")
    )
    here = reverse(
        "records:section", args=[of_the_nhs.question.programme.slug, of_the_nhs.pk, "publicity"]
    )
    page = sign_in(ada).get(here).content.decode()
    assert "What is exempt" in page
    assert "Key decision, notice, exemption" not in page


def test_both_limbs_of_a_considerable_change_stand_among_the_facts(of_the_nhs: Decision) -> None:
    amounts = [row[1] for row in table(of_the_nhs, "facts")["rows"]]
    assert "£500,000" in amounts
    assert "25%" in amounts


def test_a_reservation_that_nobody_considered_is_no_fact_of_a_grant(
    ada: User, walked: Walked
) -> None:
    decision = walked("grant", payment_for="their_own_project", label="grant", net_value=9_000)
    titles = [row[0] for row in table(decision, "facts")["rows"]]
    assert "Below-threshold competitions may be reserved to suppliers of an area" not in titles


def test_who_locks_a_walk_is_told_that_nobody_recommends_after_it(
    ada: User, walk: Appraisal, sign_in: SignIn
) -> None:
    answer_all(ada, walk)
    page = said(sign_in(ada), at("lock", walk))
    assert "Nobody can recommend a route in it any more: each seat does so before the lock." in page


def test_a_grant_that_is_extended_is_a_grant_still(walked: Walked) -> None:
    decision = walked(
        "extend_or_vary",
        **{"label": "grant", "payment_for": "their_own_project", "recipient_enterprise": "no"},
        present="grant",
    )
    told = suggested_duties(decision)
    assert "It is a grant." in told["vat"][1]
    assert "grant_power" not in told, "the power to give it is named by a person"


@pytest.mark.parametrize("route", ["quotes_or_award", "grant"])
def test_where_money_could_give_or_buy_nobody_is_told_its_vat(walked: Walked, route: str) -> None:
    decision = walked(
        route,
        **{"label": "grant", "payment_for": "could_be_either", "recipient_enterprise": "no"},
        **{"present": "grant", "net_value": 20_000},
    )
    assert "vat" not in suggested_duties(decision)


def test_an_arrangement_that_ends_beside_a_walk_that_found_none_is_a_caution(
    walked: Walked,
) -> None:
    decision = walked("quotes_or_award", present="nothing", net_value=20_000)
    question, ends = decision.question, timezone.localdate() + timedelta(days=300)
    words = "there is nothing now"
    assert bool(question.present_ends_on) is (words in " ".join(cautions(decision)))
    question.present_ends_on = ends
    assert words in " ".join(cautions(decision))
    question.present_ends_on = None
    assert words not in " ".join(cautions(decision))
