"""Pages of what choosing costs: read by everybody, changed by those who run it, never too early."""

import re
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from commissioning.people.models import User
from commissioning.programmes.evidence import evidence_sources
from commissioning.programmes.models import Programme
from decisions.costs import actions
from decisions.costs.costed import QuestionCosts
from decisions.costs.labels import ROUTES
from decisions.costs.model.content import content
from decisions.costs.model.lines import When
from decisions.costs.models import BidLink, BidReport, CostInput, CostVersion
from decisions.questions.actions import Words, make_question, open_question
from decisions.questions.models import Question
from decisions.questions.panels import choice_panels
from decisions.trees.engine import shipped_trees
from tests.cast import SignIn
from tests.decisions.costs.conftest import put_question


def url(name: str, question: Question, *more: object) -> str:
    return reverse(f"costs:{name}", args=[question.programme.slug, question.pk, *more])


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return " ".join(response.content.decode().split())


def test_anybody_reads_what_each_way_costs(question: Question, client: Client) -> None:
    said = text(client, url("compare", question))
    for words in (
        "Devolved grants through an intermediary",
        "borne by those who get nothing",
        "Three purses, never added up",
        "What competition buys",
        "time given back",
        "true cost",
    ):
        assert words in said, words
    assert "Choose the ways to compare" not in said


def test_each_way_has_a_page_with_sources_and_caveats(question: Question, client: Client) -> None:
    said = text(client, url("route", question, "open_competition"))
    assert "PwC, London Economics and Ecorys" in said
    assert "Check before relying on it" in said
    assert "is spent by organisations that get nothing" in said
    for route in ROUTES:
        assert client.get(url("route", question, route)).status_code == 200, route
    assert client.get(url("route", question, "no-such-way")).status_code == 404


def test_the_page_of_sources_says_what_does_not_add_up(question: Question, client: Client) -> None:
    said = text(client, url("sources", question))
    assert "8,000 + 37,200 = 45,200" in said
    assert "16 x 5.4 / (22 + 16 x 5.4) = 79.7%" in said
    assert "Does not add up" in said
    assert "May mean something else" in said
    assert "£45,200 is about £61,000" in said


def test_cora_changes_hours_and_everybody_reads_why(
    question: Question, cora: User, sign_in: SignIn, client: Client
) -> None:
    browser = sign_in(cora)
    address = url("inputs", question, "grant", "applicants")
    page = text(browser, address)
    assert "Default: 6 · 18 · 45." in page
    form = {
        f"{key}-{part}": value
        for key, values in {
            "applicants": ("8", "18", "40"),
            "winners": ("3", "6", "12"),
            "apply_hours_each": ("10", "30", "60"),
            "apply_outlay_each": ("0", "20", "200"),
            "standing_share": ("0", "15", "40"),
            "residents_hours": ("0", "0", "0"),
        }.items()
        for part, value in zip(("low", "likely", "high"), values, strict=True)
    }
    refused = browser.post(address, form | {"why": ""})
    assert refused.status_code == 422
    assert browser.post(address, form | {"why": "Time sheets of 2025."}).status_code == 302
    own = CostInput.objects.get()
    assert own.key == "apply_hours_each"
    assert own.likely == 30
    assert "Time sheets of 2025." in text(client, url("route", question, "grant"))
    wrong = form | {"why": "Me.", "apply_hours_each-low": "99"}
    answer = browser.post(address, wrong)
    assert answer.status_code == 422
    assert "The low figure comes first" in answer.content.decode()


def test_the_other_pages_of_those_who_run_it(
    question: Question, cora: User, sign_in: SignIn
) -> None:
    browser = sign_in(cora)
    browser.post(url("choose", question), {"routes": ["open_competition", "grant"]})
    assert "Competition under the Act" in text(browser, url("compare", question))
    browser.post(
        url("uses", question),
        {"facilitation_day": "500", "citizen_hour": "15", "small_grant": "750"},
    )
    assert "£500 a day, £15 an hour, £750 a grant" in text(browser, url("compare", question))
    browser.post(url("price", question, "grant"), {"share": "80", "why": "We asked three."})
    assert "We asked three." in text(browser, url("route", question, "grant"))
    browser.post(url("keep", question), {"what_changed": "The first."})
    assert CostVersion.objects.get().number == 1
    assert "The first." in text(browser, url("versions", question))
    assert browser.post(url("forget", question, "grant")).status_code == 302
    assert not CostInput.objects.exists()


def test_a_question_without_a_value_has_nothing_to_compare_with(
    programme: Programme, ada: User, client: Client
) -> None:
    question = open_question(ada, make_question(ada, programme, Words("Lunch", "Who cooks?")))
    assert "Say first what the question is worth" in text(client, url("compare", question))
    assert client.get(url("route", question, "grant")).status_code == 302


def test_nothing_is_shown_before_the_vision_is_agreed(
    vision_programme: Programme, ada: User, sign_in: SignIn
) -> None:
    question = make_question(ada, vision_programme, Words("Play", "Which streets?"))
    for name in ("compare", "sources", "versions", "choose", "surveys"):
        response = sign_in(ada).get(url(name, question))
        assert response.status_code == 403
        assert "£" not in response.content.decode()


def test_a_way_of_choosing_has_the_name_that_the_trees_give_it() -> None:
    for tree in shipped_trees().values():
        for key, option in tree.options.items():
            if key in ROUTES:
                assert str(ROUTES[key]) == option.title == content().routes[key].name


@pytest.mark.parametrize("queries", [9])
def test_comparing_takes_few_queries_however_many_ways(
    question: Question, cora: User, client: Client, queries: int, django_assert_num_queries: object
) -> None:
    actions.choose_routes(cora, question, list(ROUTES))
    with django_assert_num_queries(queries):  # type: ignore[operator]
        client.get(url("compare", question))


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

    def said(*open_routes: str) -> str:
        context = choice_panels["costs"].context(question, cora, open_routes)
        assert context
        return str(context["of_the_first"]())

    compared = QuestionCosts(question).compare()
    ordered = sorted(compared, key=lambda one: one.costed.figures.authority.middle)
    least, middle, dearest = ordered[0], ordered[1], ordered[-1]
    keys = [one.key for one in ordered]
    first = "An estimate: to choose this way and look after it takes Rivermead Council about £"
    assert said(dearest.key, *keys).startswith(first)
    assert f"It is the dearest of the {len(ordered)} that were costed." in said(dearest.key, *keys)
    assert "on top of the £400,000 that it is worth (choosing £" in said(middle.key, *keys)
    assert "; looking after it while it runs £7,500; each rounded by itself)" in said(
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


def test_the_least_costly_possible_way_is_looked_for_among_all_that_are_open(
    question: Question, cora: User
) -> None:
    """Quotes cost less than what the place ticked to compare: then they are the least."""
    actions.choose_routes(cora, question, ["change_nothing", "devolved_grants"])
    keys = ["devolved_grants", "quotes_or_award", "grant"]
    context = choice_panels["costs"].context(question, cora, keys)
    assert context
    quotes = "The least costly possible way is “Quotes, or award, below threshold”"
    assert quotes in context["of_the_first"]()


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
        return str(context["of_the_first"]())

    least = min(
        QuestionCosts(question).compare(keys), key=lambda one: one.costed.figures.authority.middle
    )
    assert least.key == "no_purchase", "so that it would be named, were it counted"
    said = top(*keys)
    assert "No other possible way costs it less." in said
    assert said.endswith("Not counted here, since nobody is paid for it: “Buy nothing”.")
    free = top("no_purchase", "grant", "open_competition")
    assert free.startswith("An estimate: to settle on this way and look after it takes Rivermead")
    assert free.endswith("Nothing is bought or given.")
    assert "that it is worth" not in free


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
    said = context["of_the_first"]()
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


def test_bars_are_to_one_scale_and_inside_the_picture(question: Question, cora: User) -> None:
    context = choice_panels["costs"].context(question, cora, [])
    assert context
    for bar in context["bars"]:
        assert 0 <= bar.council <= bar.council + bar.others <= 100.1
        assert 0 <= bar.low <= bar.high <= 100


# What bidding took ---------------------------------------------------------------------------


def test_a_bidder_who_lost_answers_by_link_without_an_account(
    question: Question, cora: User, sign_in: SignIn, client: Client
) -> None:
    browser = sign_in(cora)
    made = browser.post(
        url("surveys", question), {"title": "Day centre, 2025", "route": "grant", "links": "6"}
    )
    page = text(browser, made.headers["Location"])
    assert "0 of 6 have answered" in page
    link = BidLink.objects.get(number=1)
    address = reverse("costs:report", args=[actions.link_token(link.pk)])
    assert address in page
    for _look in range(2):
        assert "Three questions." in text(client, address)
    link.refresh_from_db()
    assert link.used_on is None
    answer = client.post(address, {"result": "lost", "hours": "41.5", "outlay": ""})
    assert answer.status_code == 302
    report = BidReport.objects.get()
    assert [str(report.hours), report.result, str(report.outlay)] == ["41.5", "lost", "0.00"]
    assert "Your answer is counted" in text(client, address)
    assert "41.5" not in text(browser, made.headers["Location"])
    again = client.post(address, {"result": "won", "hours": "1"})
    assert again.status_code == 422
    assert BidReport.objects.count() == 1


@pytest.mark.parametrize("hours", ["0", "-4", "9999", "many", ""])
def test_hours_that_nobody_believes_are_refused(
    question: Question, cora: User, client: Client, hours: str
) -> None:
    survey = actions.make_survey(cora, question, "Lunches", "grant", 1)
    address = reverse("costs:report", args=[actions.link_token(survey.links.get().pk)])
    assert client.post(address, {"result": "lost", "hours": hours}).status_code == 422
    assert not BidReport.objects.exists()


def test_a_link_that_does_not_exist(client: Client, db: None) -> None:
    assert client.get(reverse("costs:report", args=["no-such-token"])).status_code == 404


def test_one_survey_is_no_way_into_another_questions(
    question: Question, cora: User, other_programme: Programme, nell: User, sign_in: SignIn
) -> None:
    survey = actions.make_survey(cora, question, "Lunches", "grant", 1)
    theirs = put_question(nell, other_programme)
    assert sign_in(nell).get(url("survey", theirs, survey.pk)).status_code == 404
    assert sign_in(nell).get(url("survey", question, survey.pk)).status_code == 404


# Evidence ------------------------------------------------------------------------------------


def test_what_is_known_of_costs_is_evidence(
    question: Question, cora: User, programme: Programme
) -> None:
    actions.keep_version(cora, question, "The first.")
    survey = actions.make_survey(cora, question, "Lunches", "grant", 5)
    for link in survey.links.all():
        actions.report_hours(link, "lost", Decimal(30), Decimal(0))
    found = {item.key: item.words for item in evidence_sources["costs"].items(programme, cora)}
    assert found["reports:grant"].startswith("5 organisations here")
    assert any(key.startswith("version:") for key in found)
    assert "Commissioned by a firm" in found["published:uk_total"]


def test_two_kept_versions_stand_beside_each_other(
    question: Question, ada: User, client: Client
) -> None:
    actions.keep_version(ada, question, "The first.")
    assert "says differently" not in text(client, url("versions", question))
    hours = actions.Points(Decimal(900), Decimal(950), Decimal(1000))
    actions.say_inputs(ada, question, "grant", {"prepare_hours": hours}, "Our time sheets.")
    actions.keep_version(ada, question, "With our own hours.")
    said = text(client, url("versions", question))
    assert "What version 2 says differently from version 1" in said
    assert "950 (900 to 1,000)" in said
    assert "The authority&#x27;s cash and staff time" in said
    # Nothing of a route that did not change.
    assert "Do it in-house" not in said.partition("What version 2 says")[2]
    turned = text(client, url("versions", question) + "?a=2&b=1")
    assert "What version 1 says differently from version 2" in turned
    assert text(client, url("versions", question) + "?a=nine&b=%00")
