"""What choosing costs, as a walk, a result and a question say it beside what is chosen."""

import re
from decimal import Decimal

from django.test import Client

from commissioning.people.models import User
from decisions.costs import actions
from decisions.costs.costed import QuestionCosts
from decisions.costs.model.lines import When
from decisions.questions.models import Question
from decisions.questions.panels import choice_panels
from decisions.questions.present import Present
from decisions.trees.engine import shipped_trees
from tests.decisions.costs.conftest import text, url


def test_the_panel_below_a_choice_takes_few_queries(
    question: Question, cora: User, django_assert_num_queries: object
) -> None:
    actions.choose_routes(cora, question, ["grant", "open_competition"])
    panel = choice_panels["costs"]
    with django_assert_num_queries(5):  # type: ignore[operator]
        context = panel.context(question, cora, ["open_competition", "grant", "unknown_way"])
    assert context
    assert [bar.key for bar in context["bars"]] == ["open_competition", "grant"]


def test_the_top_of_a_result_says_what_the_first_way_costs_beside_the_least(
    question: Question, cora: User
) -> None:
    actions.choose_routes(cora, question, ["grant", "open_competition", "in_house"])

    rules: dict[str, str] = {}

    def said(*open_routes: str) -> str:
        context = choice_panels["costs"].context(question, cora, open_routes)
        assert context
        return str(context["of_the_first"](rules))

    compared = QuestionCosts(question).compare()
    ordered = sorted(compared, key=lambda one: one.costed.figures.authority.middle)
    least, middle, dearest = ordered[0], ordered[1], ordered[-1]
    keys = [one.key for one in ordered]
    first = "An estimate: to choose this way and look after it takes Rivermead Council about £"
    assert said(dearest.key, *keys).startswith(first)
    assert f"It is the dearest of the {len(ordered)} that were costed." in said(dearest.key, *keys)
    assert "on top of the £400,000 that it is worth (choosing £" in said(middle.key, *keys)
    assert "; looking after it for 3 years £7,500; each rounded by itself)" in said(
        middle.key, *keys
    )
    beside = f"The least costly possible way is “{least.name}”, at about £"
    assert beside in said(dearest.key, *keys)
    assert said(middle.key, *keys).startswith(first)
    assert beside in said(middle.key, *keys)
    assert "No other possible way costs it less." in said(*keys)
    # A way that is closed is not called possible.
    assert str(least.name) not in said(dearest.key, middle.key)
    assert said("stop_and_take_advice", *keys) == ""
    rules |= {least.key: "Your own rules ask for more.", middle.key: "Nobody reads this."}
    assert said(dearest.key, *keys).count("Your own rules ask for more.") == 1
    assert "Nobody reads this." not in said(dearest.key, *keys)
    assert "Your own rules" not in said(*keys), "of what stands first they stand above"


def test_the_least_costly_possible_way_is_looked_for_among_all_that_are_open(
    question: Question, cora: User
) -> None:
    """Quotes cost less than what the place ticked to compare: then they are the least."""
    actions.choose_routes(cora, question, ["change_nothing", "devolved_grants"])
    keys = ["devolved_grants", "quotes_or_award", "grant"]
    context = choice_panels["costs"].context(question, cora, keys)
    assert context
    quotes = "The least costly possible way is “Quotes, or award, below threshold”"
    assert quotes in context["of_the_first"]({})


def dear(question: Question, user: User, net: int, *keys: str) -> dict[str, tuple[bool, str]]:
    """What is said of open ways that are dear to choose, of a thing of this value."""
    Question.objects.filter(pk=question.pk).update(net_value=net, options_value=0)
    fresh = Question.objects.get(pk=question.pk)
    context = choice_panels["costs"].context(fresh, user, keys)
    assert context
    return dict(context["of_each"]())


def test_a_result_says_where_it_would_cost_more_to_choose_than_to_give(
    question: Question, cora: User
) -> None:
    """Each purse is held against the value alone: nobody pays both."""
    keys = ["participatory_budget", "open_competition", "stop_and_take_advice"]
    (one,) = QuestionCosts(question).compare(["participatory_budget"])
    ours = one.costed.figures.authority_when[When.CHOOSING].middle
    theirs = one.costed.figures.others_when[When.CHOOSING].middle
    assert theirs > ours > 10_000
    alone = f"Other people's time in the choosing alone is worth about £{theirs:,.0f}: more than"

    told = dear(question, cora, 5_000, *keys)
    more, words = told["participatory_budget"]
    assert more
    assert words.startswith(f"It would cost more to choose than to give: about £{ours:,.0f} of")
    assert words.endswith(f"{alone} the £5,000 itself.")
    more, bought = told["open_competition"]
    assert more
    assert bought.startswith("It would cost more to choose than it is worth: about £")
    assert "give" not in bought
    # More than what either takes, and less than the two: so neither is more than the thing.
    between = int(theirs) + 1_000
    assert between < ours + theirs
    more, words = dear(question, cora, between, *keys)["participatory_budget"]
    assert not more
    assert re.search(rf"about £{ours:,.0f} of .*: about \d\d% of the £{between:,} itself\.$", words)
    more, words = dear(question, cora, int(theirs) - 1_000, *keys)["participatory_budget"]
    assert more
    assert alone in words
    assert "together" not in words
    assert "participatory_budget" not in dear(question, cora, int(ours) * 4 + 1_000, *keys)
    assert dear(question, cora, 4_000_000, *keys) == {}


def test_what_nobody_is_paid_for_is_no_measure_of_what_choosing_costs(
    question: Question, cora: User
) -> None:
    keys = ["grant", "no_purchase", "open_competition"]
    assert "no_purchase" not in dear(question, cora, 1_000, *keys)
    actions.choose_routes(cora, question, keys)

    def top(*open_routes: str) -> str:
        context = choice_panels["costs"].context(question, cora, open_routes)
        assert context
        return str(context["of_the_first"]({}))

    least = min(
        QuestionCosts(question).compare(keys), key=lambda one: one.costed.figures.authority.middle
    )
    assert least.key == "no_purchase", "so that it would be named, were it counted"
    said = top(*keys)
    assert "No other possible way costs it less." in said
    assert said.endswith("Not compared here, since nobody is paid for doing it: “Buy nothing”.")
    free = top("no_purchase", "grant", "open_competition")
    assert free.startswith("An estimate: to settle on this way and look after it takes Rivermead")
    assert free.endswith("Nothing is bought or given.")
    assert "that it is worth" not in free
    question.__dict__["_present"] = Present.OTHER
    said = top("grant", "change_nothing", "open_competition")
    assert "Not compared here, since nobody is paid for doing it: “Change nothing”." in said
    assert "way is “Change nothing”" not in said


def test_a_tested_price_is_held_against_ways_by_which_somebody_is_paid(
    question: Question, cora: User
) -> None:
    """To buy nothing is cheapest of all, and has no price for another to fall below."""

    def falls(*keys: str) -> float | None:
        return next(
            one.must_fall
            for one in QuestionCosts(question).compare(keys)
            if one.key == "open_competition"
        )

    assert falls("open_competition", "no_purchase", "in_house", "community_led") is None
    told = falls("open_competition", "grant_named")
    assert told
    assert falls("open_competition", "grant_named", "no_purchase") == told


def test_a_grant_is_dear_to_choose_only_where_it_is_without_a_call_too(
    question: Question, cora: User
) -> None:
    """A parish gives £4,800 to one named group: a call would cost more, an agreement would not."""
    Question.objects.filter(pk=question.pk).update(net_value=4_800, options_value=0)
    fresh = Question.objects.get(pk=question.pk)
    context = choice_panels["costs"].context(
        fresh, cora, ["quotes_or_award", "grant", "grant_named"]
    )
    assert context
    more, words = context["of_each"]()["grant"]
    assert not more
    assert "That is by a call. As “Grant to one named group, without a call” it would" in words
    said = context["of_the_first"]({})
    assert "No other possible way costs it less" not in said
    assert "The least costly possible way is “Grant to one named group, without a call”" in said


def test_a_small_share_of_the_value_is_not_lifted(question: Question, client: Client) -> None:
    Question.objects.filter(pk=question.pk).update(net_value=90_000_000, options_value=0)
    page = client.get(url("compare", question)).content.decode()
    assert "less than 1% of the value" in page
    assert not re.search(r"\d\.\d+% (of the value|lower)", page)
    assert "of that, changing over" in page


def test_no_estimate_on_the_page_is_finer_than_a_whole_per_cent(
    question: Question, client: Client
) -> None:
    page = text(client, url("compare", question))
    assert re.search(r"<small>\d+% of the value", page)
    assert not re.search(r"\d\.\d+% (of the value|lower)", page)
    assert "1 of about 5 who apply gets something" in page
    assert "in 100 who apply" not in page
    assert "with a fixed seed, so that the same figures come out each time" in page
    alone = text(client, url("route", question, "open_competition"))
    assert "1 of about 5 who apply gets something." in alone


def test_what_in_house_leaves_out_is_said_beside_its_figure(
    question: Question, client: Client
) -> None:
    words = "Not counted: recruiting staff, registering with a regulator, their pensions, and"
    page = text(client, url("compare", question))
    (row,) = (one for one in page.split("<tr") if words in one)
    assert "Do it in-house</a>" in row
    assert words in text(client, url("route", question, "in_house"))
    assert words not in text(client, url("route", question, "grant"))


def test_ways_for_some_kinds_alone_are_not_compared_before_anybody_picks_them(
    question: Question, cora: User
) -> None:
    """The first question of a walk: a footpath, say, is no light-touch service."""
    every = list(shipped_trees()["england-general"].options)

    def drawn() -> list[str]:
        context = choice_panels["costs"].context(Question.objects.get(pk=question.pk), cora, every)
        assert context
        return [bar.key for bar in context["bars"]]

    assert set(drawn()) == {
        "change_nothing",
        "grant",
        "devolved_grants",
        "below_threshold_competition",
        "open_competition",
        "in_house",
    }
    hours = actions.Points(Decimal(900), Decimal(950), Decimal(1000))
    actions.say_inputs(cora, question, "grant", {"prepare_hours": hours}, "Our time sheets.")
    assert not QuestionCosts(question).picked, "to say hours picks no way to compare"
    actions.choose_routes(cora, question, ["light_touch_competition", "grant"])
    assert set(drawn()) == {"change_nothing", "grant", "light_touch_competition"}
