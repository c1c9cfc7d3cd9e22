"""The sum that is decided goes through the walk's law again, and the record shows that sum."""

from datetime import date
from decimal import Decimal

import pytest

from commissioning.ground.answers import Invalid
from commissioning.people.models import User
from decisions.questions.models import Question
from decisions.records.actions import deciding, drafting
from decisions.records.models import Decision
from decisions.records.story import story
from decisions.records.sums import sums_in
from decisions.trees.versions import write_sheet
from tests.cast import SignIn
from tests.decisions.records.conftest import minute
from tests.decisions.records.test_on_paper import RULES, section
from tests.decisions.records.test_route_plans import Walked, walked

__all__ = ["walked"]


def changed(amount: int, **more: object) -> deciding.Minute:
    """Agreed with another sum."""
    return minute(
        outcome="changed", amount=Decimal(amount), why_changed="The table thought so.", **more
    )


@pytest.fixture
def quotes(ada: User, walked: Walked) -> Decision:
    """Quotes for 207,000, less than the threshold of 207,720 by a little; recommended."""
    draft = walked("quotes_or_award", net_value=207_000)
    words = {
        "title": "Mowing the greens",
        "summary": "Three firms are asked for a quote, for £207,000 altogether.",
        "reasons": "It is below the threshold.",
        "next_steps": "The letters go out in January.",
    }
    other = {"route": "quotes_or_award", "route_name": "quotes", "why_other": "It is quick."}
    draft = drafting.write_section(ada, draft, "words", words)
    return drafting.recommend(ada, drafting.write_section(ada, draft, "route", other))


def test_a_sum_that_steps_over_the_threshold_is_refused_with_the_fact_and_its_source(
    ada: User, quotes: Decision, sign_in: SignIn
) -> None:
    with pytest.raises(Invalid) as refused:
        deciding.enter_decision(ada, quotes, changed(210_000))
    said = str(refused.value)
    assert "The walk went by £207,000." in said
    assert "£210,000 is not less than £207,720: " in said
    assert "SI 2025/1200" in said
    assert "walk it again" in said
    today = minute().decided_on
    typed = {
        "outcome": "changed",
        **{f"decided_on-{part}": str(getattr(today, part)) for part in ("day", "month", "year")},
        "decided_by": "The Cabinet",
        "words": "Agreed at £210,000.",
        "amount": "210,000",
        "why_changed": "More grass.",
        "no_call_in": "Our rules have none.",
        "had_interest": "no",
        "report_why": "It was urgent.",
    }
    page = sign_in(ada).post(f"{quotes.get_absolute_url()}decide/", typed)
    assert page.status_code == 422
    assert "£210,000 is not less than £207,720" in page.content.decode()
    quotes.refresh_from_db()
    assert quotes.status == Decision.Status.RECOMMENDED


def test_a_sum_close_below_the_threshold_is_said_and_stands(
    ada: User, quotes: Decision, sign_in: SignIn
) -> None:
    made = deciding.enter_decision(ada, quotes, changed(207_500))
    summary = str(story(made)["sections"][0])
    assert "£207,500 is close to £207,720" in summary
    assert "£207,500 was decided. The words below were written before that, for £207,000." in (
        summary
    )
    assert "where they name £207,000" in summary


def test_whoever_writes_it_down_is_told_which_words_name_another_sum(
    ada: User, quotes: Decision, sign_in: SignIn
) -> None:
    today = minute().decided_on
    typed = {
        "outcome": "changed",
        **{f"decided_on-{part}": str(getattr(today, part)) for part in ("day", "month", "year")},
        "decided_by": "The Cabinet",
        "words": "Agreed at £190,000.",
        "amount": "190,000",
        "why_changed": "Less grass.",
        "no_call_in": "Our rules have none.",
        "had_interest": "no",
        "report_why": "It was urgent.",
    }
    page = sign_in(ada).post(f"{quotes.get_absolute_url()}decide/", typed, follow=True)
    told = page.content.decode()
    assert "The words of the draft name £207,000, and £190,000 was decided." in told


def test_a_contract_that_becomes_notifiable_at_the_decided_sum_is_walked_again(
    ada: User, walked: Walked
) -> None:
    draft = walked("quotes_or_award", net_value=29_000)
    other = {"route": "quotes_or_award", "route_name": "quotes", "why_other": "It is quick."}
    small = drafting.recommend(ada, drafting.write_section(ada, draft, "route", other))
    with pytest.raises(Invalid, match=r"£31,000 is not less than £30,000.*has to be published"):
        deciding.enter_decision(ada, small, changed(31_000))


def test_a_competition_of_the_act_that_falls_below_its_threshold_is_walked_again(
    ada: User, walked: Walked
) -> None:
    draft = walked("open_competition", net_value=400_000)
    above = drafting.recommend(ada, draft)
    with pytest.raises(Invalid, match="£100,000 is less than £207,720"):
        deciding.enter_decision(ada, above, changed(100_000))


def test_a_sum_that_changes_a_health_service_considerably_closes_process_c(
    ada: User, question: Question, walked: Walked
) -> None:
    question.net_value, question.options_value = Decimal(2_100_000), None
    question.save()
    draft = walked(
        "health_direct_award_c",
        "england-health",
        present_lifetime_value=1_650_000,
        proposed_lifetime_value=2_100_000,
    )
    words = {
        "title": "Getting home",
        "summary": "The same team goes on, for £2,100,000 altogether.",
        "reasons": "Its lifetime value rises by £450,000, less than £500,000.",
        "next_steps": "The notice of intention goes out.",
    }
    other = {"route": "health_direct_award_c", "route_name": "C", "why_other": "It works."}
    draft = drafting.write_section(ada, draft, "words", words)
    award = drafting.recommend(ada, drafting.write_section(ada, draft, "route", other))
    with pytest.raises(Invalid) as refused:
        deciding.enter_decision(ada, award, changed(2_500_000))
    said = str(refused.value)
    assert "£850,000 is not less than £500,000" in said
    assert "£850,000 is not less than £412,500" not in said, "that limit was passed before"
    assert "SI 2023/1348" in said
    made = deciding.enter_decision(ada, award, changed(2_120_000))
    summary = str(story(made)["sections"][0])
    assert "where they name £2,100,000, £450,000" in summary
    assert "£470,000" not in summary
    assert "up by £470,000" in str(section(made, "path"))


def test_all_of_a_grant_to_one_named_group_counts_towards_its_subsidy(
    ada: User, walked: Walked
) -> None:
    draft = walked(
        "grant",
        payment_for="their_own_project",
        label="grant",
        net_value=100_000,
        recipient_enterprise="yes",
        subsidy_basis="minimal_financial_assistance",
        award_to_one=100_000,
    )
    named = {
        "route": "grant",
        "form": "named_recipient",
        "no_call": "They are the only group on the green.",
        "goes_to_words": "The Bowling Green Gardeners",
        "why_other": "They are trusted.",
        "route_name": "a grant",
    }
    grant = drafting.recommend(ada, drafting.write_section(ada, draft, "route", named))
    with pytest.raises(Invalid) as refused:
        deciding.enter_decision(ada, grant, changed(130_000))
    assert "subsidy database" in str(refused.value)
    assert "whole-life value" not in str(refused.value).lower(), "no direction is in force"


@pytest.mark.parametrize(
    ("words", "sums"),
    [
        ("for £2,100,000 altogether", [2_100_000]),
        ("about £2.1m, or 207,720 pounds", [2_100_000, 207_720]),
        ("£96k in 2027, from 12 to 18 people", [96_000]),
        ("on 11 January 2027", []),
    ],
)
def test_sums_are_read_as_people_write_them(words: str, sums: list[int]) -> None:
    assert list(sums_in(words)) == sums


def test_a_sum_that_makes_it_a_key_decision_is_refused_where_it_was_put_forward_as_none(
    ada: User, question: Question, walked: Walked
) -> None:
    write_sheet(ada, question.programme, date(2026, 4, 1), RULES, "")
    draft = walked("below_threshold_competition", contract_type="light_touch", net_value=240_000)
    recommended = drafting.recommend(ada, draft)
    assert recommended.is_key is False
    with pytest.raises(Invalid, match=r"key decision.* put forward as none"):
        deciding.enter_decision(ada, recommended, changed(260_000))
    deciding.enter_decision(ada, recommended, changed(245_000))
