"""What a record says of costs: estimates, what they rest on, how they are worked out."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from commissioning.people.models import User
from decisions.costs.costed import QuestionCosts
from decisions.questions.models import Question
from decisions.records.actions import deciding, drafting
from decisions.records.models import Decision
from decisions.records.story import story
from decisions.trees import actions as trees
from places.directory.models import Organisation
from tests.decisions.records.conftest import minute, write_all
from tests.decisions.walks.conftest import BEGINS, answer_all


def section(decision: Decision, key: str) -> dict[str, Any]:
    """A section of the record."""
    fresh = Decision.objects.get(pk=decision.pk)
    found: dict[str, Any] = next(one for one in story(fresh)["sections"] if one["key"] == key)
    return found


def table(found: dict[str, Any], caption: str) -> dict[str, Any]:
    """A table of a section by the beginning of its caption."""
    tables = [one for one in found["blocks"] if one["kind"] == "table"]
    return next(one for one in tables if one["caption"].startswith(caption))


@pytest.fixture
def chosen(ada: User, question: Question, draft: Decision) -> Decision:
    """Grants were recommended, for what ends on a day that is known."""
    question.present_ends_on = date(2027, 10, 31)
    question.save(update_fields=["present_ends_on"])
    walk = trees.begin_walk(ada, question, "england-general", BEGINS)
    trees.lock_for_good(ada, answer_all(ada, walk))
    return drafting.recommend(ada, write_all(ada, draft))


def test_the_first_page_says_that_it_is_an_estimate_and_how_much_of_it_is_choosing(
    chosen: Decision,
) -> None:
    first = dict(story(chosen)["glance"])
    said = first["What choosing costs, on top of the thing itself"]
    every = "An estimate, all of it from defaults not checked here. The authority £"
    assert said.startswith(every)
    assert re.search(r"\(choosing £[\d,]+; changing over £[\d,]+; looking after it for \d", said)
    assert re.search(r"reporting back for \d years £[\d,]+; of the bidding, those who get", said)


def test_a_stranger_reads_what_the_figures_rest_on_and_how_they_come_about(
    chosen: Decision,
) -> None:
    said = str(section(chosen, "costs"))
    assert "Where these figures come from" in said
    inputs = table(section(chosen, "cost_inputs"), "Inputs of Grant")
    assert f"worked out from {len(inputs['rows'])} inputs." in said
    judged = sum(
        "A default of the software by its makers' judgement" in row[-1] for row in inputs["rows"]
    )
    assert f"not checked here and with no published figure behind them: {judged}." in said
    assert "None rests on what organisations here reported." in said
    assert "10,000 times a value of each is drawn" in said
    assert "one time in ten it would be below, one in ten above" in said
    assert "challenge in it on average; the rest is the time of staff who are paid already" in said
    assert "ask those who would do it" in str(
        table(section(chosen, "costs"), "What each route buys")
    )


def test_the_price_is_held_against_the_true_cost_on_the_amount_that_was_decided(
    ada: User, chosen: Decision, lanes: Organisation
) -> None:
    assert "that was decided." not in str(section(chosen, "costs"))
    half = minute(outcome="changed", amount=Decimal(90_000), why_changed="Half, until May.")
    decided = deciding.enter_decision(ada, chosen, half)
    assert "true cost on the £90,000 that was decided." in str(section(decided, "costs"))
    question = Question.objects.get(pk=decided.question_id)
    question.present_provider = lanes
    (one,) = QuestionCosts(question).compare(["extend_or_vary"])
    assert one.true_cost.short == 48_000, "90,000 is 65 in 100 of about 138,000"


def test_every_input_of_the_chosen_route_stands_there_with_its_source(chosen: Decision) -> None:
    rows = table(section(chosen, "cost_inputs"), "Inputs of Grant")["rows"]
    assert rows_of(rows)[-1] == ["Looking after it: officers (hours a year)", "25", "60", "130"]
    assert all(row[-1] for row in rows), "each says where it comes from"
    assert not any(row[0].startswith("People who wait") for row in rows), "nobody is made up"


def rows_of(rows: list[list[str]]) -> list[list[str]]:
    """The row of looking after it, without its source."""
    return [row[:-1] for row in rows if row[0].startswith("Looking after it")]


def test_the_lines_of_the_chosen_route_come_to_what_stands_altogether(chosen: Decision) -> None:
    rows = table(section(chosen, "costs"), "The chosen route, line by line")["rows"]
    sums, running = [], 0.0
    for what, when, _who, much in rows:
        pounds = float(re.findall(r"£([\d,]+)", much)[0].replace(",", ""))
        if when == "Altogether":
            sums.append((what, running, pounds))
            running = 0.0
        else:
            running += pounds
    assert [what for what, *_rest in sums] == [
        "The authority's cash and staff time",
        "Other people's time",
    ]
    for _what, lines, headline in sums:
        assert abs(lines - headline) <= 1_000, "but for rounding"


def test_what_ends_by_itself_is_let_end_and_who_waits_is_said_in_words(chosen: Decision) -> None:
    said = section(chosen, "costs")
    routes = [row[0] for row in table(said, "Costs of every route")["rows"]]
    assert "Let it end" in routes
    assert "Change nothing" not in routes
    ended = next(row for row in table(said, "Costs of every route")["rows"] if "Let it" in row[0])
    assert ended[3] == "£0", "nobody is left to report"
    assert "Let it end: From the day after 31 October 2027 nobody is served by it" in str(said)
    assert "hat there is now runs until 31 October 2027" in str(said)


def test_the_costs_of_a_question_without_a_walk_name_no_route(question: Question) -> None:
    from decisions.questions.heading import heading_of

    assert heading_of(question) is None
