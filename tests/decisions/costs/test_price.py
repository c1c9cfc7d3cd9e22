"""Whether the price pays the provider's true cost: only by what is known of that provider."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from commissioning.people.models import User
from decisions.costs import actions
from decisions.costs.costed import QuestionCosts
from decisions.costs.rows import RouteCost
from decisions.costs.said import price_in_words
from decisions.questions.models import Question
from decisions.questions.present import Present
from places.directory.models import Organisation


def provided_by(question: Question, organisation: Organisation, kind: str) -> Question:
    """The same question, with somebody who provides it now."""
    organisation.kind = kind
    organisation.save(update_fields=["kind"])
    question.present_provider = organisation
    question.save(update_fields=["present_provider"])
    return question


def words(question: Question, route: str) -> str:
    """What is said of a way's price."""
    costs = QuestionCosts(question)
    (one,) = costs.compare([route])
    return price_in_words(one, question.who_buys.name, lambda value: f"£{value:,.0f}")


def compared(client: Client, question: Question) -> str:
    """The words of the costs page."""
    address = reverse("costs:compare", args=[question.programme.slug, question.pk])
    return " ".join(client.get(address).content.decode().split())


@pytest.mark.parametrize("route", ["extend_or_vary", "health_direct_award_c", "change_nothing"])
def test_what_charities_said_counts_for_a_charity_that_is_paid_now(
    question: Question, lanes: Organisation, route: str
) -> None:
    said = words(provided_by(question, lanes, "charity"), route)
    assert said.startswith(f"Nobody here has said: ask {lanes.name}. It is a charity")
    assert "65 in 100" in said
    assert "£220,000 short" in said


@pytest.mark.parametrize("kind", ["business", "health", "council"])
def test_what_charities_said_says_nothing_of_a_firm_or_an_nhs_body(
    question: Question, lanes: Organisation, kind: str
) -> None:
    said = words(provided_by(question, lanes, kind), "extend_or_vary")
    assert said == (f"Nobody here has said: ask {lanes.name} what it truly costs them.")


def test_of_who_is_not_known_yet_no_figure_is_shown(question: Question, client: Client) -> None:
    for route in ("open_competition", "light_touch_competition", "grant", "direct_award"):
        said = words(question, route)
        assert said == "Nobody here has said: ask those who would do it what it truly costs them."
    page = compared(client, question)
    assert "short over its whole life" not in page
    assert "Where charities" not in page


def test_who_pays_nobody_pays_nobody_too_little(question: Question) -> None:
    for route in ("no_purchase", "steward_market"):
        assert words(question, route) == "Nobody is paid by this way."
    assert "bears all of it" in words(question, "in_house")
    question.__dict__["_present"] = Present.OTHER
    assert words(question, "change_nothing") == "Nobody is paid by this way."
    question.__dict__["_present"] = Present.IN_HOUSE
    assert "bears all of it" in words(question, "change_nothing")


def test_what_the_place_says_itself_counts_whoever_is_paid(
    question: Question, cora: User, client: Client
) -> None:
    share = actions.Points(Decimal("0.8"), Decimal("0.8"), Decimal("0.8"))
    actions.say_inputs(cora, question, "grant", {"price_share": share}, "We asked three.")
    assert words(question, "grant") == (
        "No: 80 in 100 of it, so £100,000 short over its whole life."
    )
    assert "80 in 100 of it, so £100,000 short" in compared(client, question)


def only(question: Question, route: str) -> RouteCost:
    """The one way that matters, beside the least costly."""
    return QuestionCosts(question).compare(["grant_named", route])[1]


def test_a_price_that_cannot_be_is_said_in_words(
    question: Question, cora: User, client: Client
) -> None:
    actions.choose_routes(cora, question, ["grant_named", "light_touch_competition"])
    assert not only(question, "light_touch_competition").outweighs_it_all
    assert "% lower to make up for" in compared(client, question)
    question.net_value = Decimal(9_000)
    question.save(update_fields=["net_value"])
    assert only(question, "light_touch_competition").outweighs_it_all
    page = compared(client, question)
    assert "% lower" not in page
    assert "more than the whole value. No lower price could make up for it." in page
