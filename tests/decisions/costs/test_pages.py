"""Pages of what choosing costs: read by everybody, changed by those who run it, never too early."""

from decimal import Decimal

import pytest
from django.test import Client

from commissioning.people.models import User
from commissioning.programmes.evidence import evidence_sources
from commissioning.programmes.models import Programme
from decisions.costs import actions
from decisions.costs.labels import ROUTES
from decisions.costs.model.content import content
from decisions.costs.models import CostInput, CostVersion
from decisions.questions.actions import Words, make_question, open_question
from decisions.questions.models import Question
from decisions.questions.panels import choice_panels
from decisions.trees.engine import shipped_trees
from tests.cast import SignIn
from tests.decisions.costs.conftest import text, url


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


def test_bars_are_to_one_scale_and_inside_the_picture(question: Question, cora: User) -> None:
    context = choice_panels["costs"].context(question, cora, [])
    assert context
    for bar in context["bars"]:
        assert 0 <= bar.council <= bar.council + bar.others <= 100.1
        assert 0 <= bar.low <= bar.high <= 100


# What bidding took ---------------------------------------------------------------------------


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
