"""One question has one latest day, one order of ways and one name of its route, on every page."""

import re
from datetime import date
from html import unescape

import time_machine
from django.test import Client
from django.urls import reverse

from commissioning.design.when import day
from commissioning.people.models import User
from decisions.costs.costed import QuestionCosts
from decisions.costs.labels import CHOSEN, CLOSED
from decisions.costs.panels import on_question
from decisions.questions.models import Question
from decisions.records.actions import deciding, drafting
from decisions.records.models import Decision
from decisions.records.story import story
from decisions.trees import actions as trees
from tests.cast import SignIn
from tests.decisions.records.conftest import minute, write_all
from tests.decisions.walks.conftest import BEGINS, answer_all

# A contract below the threshold, which may be reserved to the place's own area.
AREA = {
    "label": "contract",
    "payment_for": "service_we_specify",
    "present": "contract",
    "area": "own_area",
    "area_decided_before_inviting": "yes",
    "area_stated_in_advert": "yes",
}
ROUTE = "below_threshold_reserved_area"
NAME = "Competition below threshold, reserved to an area"


def walk_it(ada: User, question: Question, **answers: str) -> None:
    """Ada's walk, locked."""
    walk = trees.begin_walk(ada, question, "england-general", question.begins_on or BEGINS)
    trees.lock_for_good(ada, answer_all(ada, walk, AREA | answers))


def recommended(ada: User, question: Question, route: str = ROUTE) -> Decision:
    """Before the cabinet; the route is named by nobody's own words."""
    draft = drafting.begin_decision(ada, question, "Company")
    named: dict[str, object] = {"route": route, "route_name": "", "why_other": "It is nearer."}
    return drafting.recommend(ada, write_all(ada, draft, route=named))


def words(client: Client, name: str, question: Question) -> str:
    """A page of the question as its words."""
    page = client.get(reverse(name, args=[question.programme.slug, question.pk]))
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split()))


def fresh(question: Question) -> Question:
    return Question.objects.get(pk=question.pk)


def order(question: Question) -> list[str]:
    return [one.key for one in QuestionCosts(fresh(question)).compare()]


def test_every_page_and_the_record_name_the_same_latest_day(
    ada: User, question: Question, sign_in: SignIn
) -> None:
    with time_machine.travel("2026-11-27 12:00", tick=False):
        Question.objects.filter(pk=question.pk).update(
            present_ends_on=date(2028, 1, 31), begins_on=date(2027, 5, 4)
        )
        question.refresh_from_db()
        walk_it(ada, question)
        decision = recommended(ada, question)
        decided = deciding.enter_decision(ada, decision, minute())
        browser = sign_in(ada)
        latest = re.search(
            r"What is left of its plan begins by (\d+ \w+ \d{4})",
            words(browser, "questions:plan", question),
        )
        assert latest is not None
        by = latest.group(1)
        assert f"begins by {by} at the latest, counted back from" in words(
            browser, "questions:question", question
        )
        assert f"work begins by {by} at the latest" in words(browser, "costs:compare", question)
        told = {
            one["key"]: str(one) for one in story(Decision.objects.get(pk=decided.pk))["sections"]
        }
        assert f"work begins by {by} at the latest" in told["costs"]
        assert f"'{by}'" in told["plan"]
        assert by != day(date(2026, 11, 27))


def test_to_recommend_one_of_the_ways_moves_none_of_them(ada: User, question: Question) -> None:
    walk_it(ada, question)
    before = order(question)
    panel = on_question(fresh(question), ada)
    assert panel is not None
    drawn = [bar.key for bar in panel.context["bars"]]
    other = next(key for key in before[1:] if key.startswith(("below", "quotes")))
    decision = recommended(ada, question, other)
    assert order(question) == before
    panel = on_question(fresh(question), ada)
    assert panel is not None
    assert [bar.key for bar in panel.context["bars"]] == drawn
    marks = QuestionCosts(fresh(question)).marks
    assert marks[other] == CHOSEN
    assert marks["light_touch_competition"] == CLOSED, "below the threshold"
    costs = next(
        one
        for one in story(Decision.objects.get(pk=decision.pk))["sections"]
        if one["key"] == "costs"
    )
    picture = next(one for one in costs["blocks"] if one["kind"] == "picture")
    bars = picture["context"]["bars"]
    on_paper = [bar["key"] for bar in bars]
    assert [bar["mark"] for bar in bars if bar["key"] == other] == ["chosen"]
    closed = [bool(bar["mark"].startswith("closed here")) for bar in bars]
    assert closed == sorted(closed), "open ways first, and a closed one says that it is closed"
    assert [key for key in on_paper if key in before] == [key for key in before if key in on_paper]


def test_a_route_is_called_by_its_name_and_never_by_its_id(
    ada: User, question: Question, sign_in: SignIn
) -> None:
    walk_it(ada, question)
    decision = recommended(ada, question)
    browser = sign_in(ada)
    plan = words(browser, "questions:plan", question)
    assert f"recommended to the body that decides: {NAME} ." in plan
    assert "By the steps of “Competition below threshold”." in plan
    assert f"“{NAME}”" in words(browser, "questions:question", question)
    for page in ("questions:plan", "questions:question", "costs:compare"):
        assert ROUTE not in words(browser, page, question)
    plan_section = next(
        str(one)
        for one in story(Decision.objects.get(pk=decision.pk))["sections"]
        if one["key"] == "plan"
    )
    assert f"Counted for the route that was chosen: {NAME} (steps of" in plan_section
