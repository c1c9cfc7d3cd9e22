"""Where the present arrangement ends by itself, to change nothing is to let it end."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from commissioning.people.models import User
from decisions.costs import actions
from decisions.costs.costed import QuestionCosts
from decisions.costs.model.lines import When
from decisions.questions.models import Question
from decisions.questions.panels import choice_panels


@pytest.fixture
def ending(question: Question) -> Question:
    """The question of a contract that ends on 31 October 2027."""
    question.present_ends_on = date(2027, 10, 31)
    question.save(update_fields=["present_ends_on"])
    return question


def page(client: Client, name: str, question: Question, *more: object) -> str:
    """The words of a page."""
    address = reverse(f"costs:{name}", args=[question.programme.slug, question.pk, *more])
    return " ".join(client.get(address).content.decode().split())


def test_a_contract_that_ends_is_let_end_and_nothing_of_it_runs_on(ending: Question) -> None:
    (one,) = QuestionCosts(ending).compare(["change_nothing"])
    assert str(one.name) == "Let it end"
    figures = one.costed.figures
    assert figures.authority_when[When.RUNNING].is_nothing, "nothing is left to look after"
    assert figures.others.is_nothing, "nobody is left to report"
    assert one.true_cost.pays == "ended", "no price is paid that could be too low"
    assert one.waits.words.startswith("From the day after 31 October 2027 nobody is served by it")


def test_what_has_no_end_goes_on_with_being_looked_after(question: Question) -> None:
    (one,) = QuestionCosts(question).compare(["change_nothing"])
    assert str(one.name) == "Change nothing"
    assert not one.costed.figures.authority_when[When.RUNNING].is_nothing
    assert not one.costed.figures.others.is_nothing
    assert one.waits.short == "no wait"


def test_the_costs_page_never_says_that_nobody_waits_where_it_ends(
    ending: Question, client: Client
) -> None:
    said = page(client, "compare", ending)
    assert "no wait" not in said
    assert "Change nothing" not in said
    assert "Let it end" in said
    assert "nobody served after 31 October 2027" in said
    assert "to change nothing is to let it end" in said
    alone = page(client, "route", ending, "change_nothing")
    assert "Nothing is paid for once it has ended." in alone
    assert "Looking after it" not in alone
    assert "Reporting back" not in alone


def test_to_let_it_end_is_never_the_least_costly_way_to_get_it(
    ending: Question, cora: User
) -> None:
    keys = ["in_house", "grant", "change_nothing"]
    actions.choose_routes(cora, ending, keys)
    context = choice_panels["costs"].context(ending, cora, keys)
    assert context
    said = context["of_the_first"]({})
    assert "Let it end" not in said
    assert "Change nothing" not in said
    assert "The least costly possible way is “Grant”" in said
    ended = choice_panels["costs"].context(ending, cora, ["change_nothing", "grant"])
    assert ended
    assert "It is no way to get it: the present arrangement ends." in ended["of_the_first"]({})


@pytest.mark.parametrize(
    ("today", "said"),
    [
        ("2026-11-27", "Nobody waits because of it if work begins by 9 February 2027 and each"),
        ("2027-02-09", "Nobody waits because of it if work begins by 9 February 2027 and each"),
        ("2027-02-10", "by its plan work should have begun by 9 February 2027. Unless it is"),
        ("2027-08-01", "which is too late: what there is now runs only until 31 October 2027"),
    ],
)
def test_nobody_waits_while_the_present_contract_serves_them(
    ending: Question, today: str, said: str
) -> None:
    with time_machine.travel(today, tick=False):
        (one,) = QuestionCosts(ending).compare(["below_threshold_reserved_area"])
    assert said in one.waits.words


def test_nobody_waits_is_not_said_where_the_question_begins_too_late_for_it(
    ending: Question, client: Client
) -> None:
    ending.begins_on = date(2027, 6, 1)
    ending.save(update_fields=["begins_on"])
    with time_machine.travel("2026-11-27", tick=False):
        (one,) = QuestionCosts(ending).compare(["below_threshold_reserved_area"])
        address = reverse("questions:plan", args=[ending.programme.slug, ending.pk])
        plan = client.get(f"{address}?way=below_threshold").content.decode()
    assert "Nobody waits" not in one.waits.words
    assert "the question says 1 June 2027. Unless it is quicker than its plan" in one.waits.words
    latest = one.waits.words.partition("begins by ")[2].partition(";")[0]
    assert f"later than {latest}, by which it begins in this plan at the latest" in " ".join(
        plan.split()
    )


@pytest.mark.parametrize(
    ("today", "said"),
    [
        ("2026-03-01", "begun today, nobody would wait."),
        ("2026-10-31", "It may take longer than that; then people wait, or a bridge is needed."),
        ("2027-01-31", "this is likely to take longer: expect to need a bridge."),
        ("2027-07-01", "which is too late: what there is now runs only until 31 October 2027"),
    ],
)
def test_of_a_way_without_a_plan_it_is_said_how_likely_it_is_to_be_late(
    ending: Question, today: str, said: str
) -> None:
    """A pilot, with what is bought after it, takes about a year: that is put in the same words."""
    with time_machine.travel(today, tick=False):
        (one,) = QuestionCosts(ending).compare(["pilot_then_buy"])
    assert said in one.waits.words
    assert "nobody waits" not in one.waits.words.lower()


def test_people_who_wait_are_counted_only_where_somebody_said_how_many(
    question: Question, cora: User, client: Client
) -> None:
    assert "person-months" not in page(client, "route", question, "grant")
    hundred = actions.Points(Decimal(100), Decimal(100), Decimal(100))
    actions.say_inputs(cora, question, "", {"people_waiting": hundred}, "Counted in May.")
    said = page(client, "route", question, "grant")
    assert "person-months of waiting, if nothing serves them until then" in said
    question.present_ends_on = date(2027, 10, 31)
    question.save(update_fields=["present_ends_on"])
    assert "person-months" not in page(client, "route", question, "grant")
