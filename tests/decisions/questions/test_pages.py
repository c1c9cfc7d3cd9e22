"""From the programme's map to a question, its value and its plan, as each person sees it."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from commissioning.people.models import User
from commissioning.programmes.models import Programme
from decisions.questions import actions
from decisions.questions.circumstances import Circumstances
from decisions.questions.models import Question
from decisions.questions.plan.backward import plan_back
from decisions.questions.plan.since import since_decided
from decisions.questions.plan.ways import PAPERS, PAPERS_OF_A_PARISH
from decisions.questions.plan.working_days import is_working_day
from tests.cast import SignIn
from tests.decisions.conftest import company_words


def url(name: str, question: Question) -> str:
    return reverse(f"questions:{name}", args=[question.programme.slug, question.pk])


def said(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_ada_puts_a_question_says_its_worth_and_everybody_reads_it(
    programme: Programme, ada: User, sami: User, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    typed = {
        "title": "Daytime company in the Lanes",
        "what": "How should people over 65 find company in the daytime?",
        "who_buys": str(programme.led_by_id),
        "present_ends_on-day": "30",
        "present_ends_on-month": "6",
        "present_ends_on-year": "2027",
    }
    answer = browser.post(reverse("questions:new", args=[programme.slug]), typed)
    question = Question.objects.get()
    # What it is worth is said next, then it is put, and then it is walked.
    assert answer["Location"] == url("value", question)
    assert sign_in(sami).get(question.get_absolute_url()).status_code == 404

    worth = {"net_value": "£180,000", "options_value": "120,000", "vat": "none"}
    assert browser.post(url("value", question), worth)["Location"] == url("open", question)
    begin = reverse("trees:begin", args=[programme.slug, question.pk])
    assert browser.post(url("open", question))["Location"] == begin
    page = said(Client(), question.get_absolute_url())
    assert "£300,000" in page
    assert "30 June 2027" in page
    assert "Say what it is worth" not in page


def test_before_the_vision_the_value_is_not_asked_and_the_page_says_why(
    vision_programme: Programme, ada: User, sign_in: SignIn
) -> None:
    words = actions.Words(title="Sunday streets", what="Who looks after the barriers?")
    question = actions.make_question(ada, vision_programme, words)
    browser = sign_in(ada)
    page = said(browser, question.get_absolute_url())
    assert "Never ever start by talking about the money" in page
    assert "Say what it is worth" not in page
    assert browser.get(url("value", question)).status_code == 403
    refused = browser.post(
        url("edit", question),
        {
            "title": "Sunday streets",
            "what": "Who gets £500?",
            "who_buys": str(question.who_buys_id),
        },
    )
    assert refused.status_code == 422
    assert "Take “£500” out for now" in refused.content.decode()


def test_a_new_thing_has_a_plan_from_the_day_that_its_award_begins(
    question: Question, client: Client
) -> None:
    question.present_ends_on = None
    question.save(update_fields=["present_ends_on"])
    page = said(client, url("plan", question) + "?way=grant")
    assert "No day to count back from" not in page
    assert "Nothing ends for this: it is new." in page
    assert "11 January 2027, the day that its procurement or award begins" in page
    assert "The new thing can begin" in page
    assert "The present arrangement ends" not in page
    assert (
        b"The new thing can begin" in client.get(url("plan_file", question) + "?way=grant").content
    )
    question.begins_on = None
    question.save(update_fields=["begins_on"])
    assert "No day to count back from" in said(client, url("plan", question))


def test_the_plan_says_when_it_must_begin_and_gives_a_calendar_file(
    question: Question, time_machine_at: None, client: Client
) -> None:
    page = said(client, url("plan", question) + "?way=quotes")
    assert "16 February 2027" in page
    answer = client.get(url("plan_file", question) + "?way=quotes")
    assert answer["Content-Type"].startswith("text/calendar")
    assert b"BEGIN:VCALENDAR" in answer.content


def test_when_it_is_too_late_the_page_says_since_when_and_what_is_lawful(
    question: Question, time_machine_at: None, client: Client
) -> None:
    page = said(client, url("plan", question) + "?way=light_touch")
    assert "work should have begun by 23 September 2026" in page
    # The present arrangement can end on the 6th, so what comes after begins on the day after.
    assert "what comes after could begin on 7 September 2027 at the earliest: a gap" in page
    assert question.present_ends_on
    (weeks,) = re.findall(r"a gap of about (\d+) weeks", page)
    assert int(weeks) == round((date(2027, 9, 6) - question.present_ends_on).days / 7)
    # No walk has said yet whether it is the Procurement Act's or the health regime's bridges.
    assert "depends on the walk" in page
    assert "Schedule 5" not in page


def test_a_question_that_is_decided_is_not_told_that_it_is_late(
    question: Question, time_machine_at: None, client: Client
) -> None:
    for state in (Question.State.DECIDING, Question.State.DECIDED):
        Question.objects.filter(pk=question.pk).update(state=state)
    light_touch = url("plan", question) + "?way=light_touch"
    assert "This question is decided." in said(client, light_touch)
    page = said(client, question.get_absolute_url())
    assert "It is decided." in page
    for address in (light_touch, question.get_absolute_url()):
        assert "should have begun" not in said(client, address)
    rows = client.get(light_touch).context["rows"]
    assert not [step.key for step, late in rows if late and step.key in {"appraise", "engage"}]


def test_before_any_walk_no_way_is_planned_as_if_it_were_chosen(
    question: Question, time_machine_at: None, client: Client
) -> None:
    page = said(client, url("plan", question))
    assert "No route is recommended yet, so no plan is the plan." in page
    assert "When work would have to begin, way by way" in page
    assert '<option value="">Choose a way</option>' in page
    beside = said(client, question.get_absolute_url())
    assert "depends on the way, and none is recommended yet" in beside
    assert "work should have begun by" not in beside
    found = client.get(url("plan_file", question))
    assert found["Location"] == url("plan", question), "the page where a way is chosen"


def test_a_plan_that_names_no_way_goes_by_the_one_that_its_page_shows(
    question: Question, ada: User, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    lengths = url("plan_lengths", question)
    assert browser.get(lengths)["Location"] == url("plan", question), "no way is chosen yet"
    actions.set_plan(ada, question, "grant", key_decision=False, lengths={})
    assert browser.get(lengths)["Location"] == f"{lengths}?way=grant"
    named = browser.get(url("plan_file", question) + "?way=grant").content
    assert browser.get(url("plan_file", question)).content == named


def test_a_plan_without_a_day_leads_to_the_page_that_asks_for_one(
    question: Question, client: Client
) -> None:
    Question.objects.filter(pk=question.pk).update(present_ends_on=None, begins_on=None)
    found = client.get(url("plan_file", question) + "?way=grant", follow=True)
    assert "No day to count back from" in found.content.decode()


def test_the_papers_are_open_five_clear_days_before_the_body_decides(
    question: Question, client: Client
) -> None:
    plan = client.get(url("plan", question) + "?way=below_threshold").context["plan"]
    papers, report = plan.step("papers"), plan.step("report")
    between = clear_working_days(papers.starts, plan.step("decide").starts)
    assert between == 5, "neither the day of the papers nor that of the meeting is counted"
    assert report.ends < papers.starts, "the report is written before it is published"
    page = said(client, url("plan", question) + "?way=below_threshold")
    assert "SI 2012/2089 reg 7" in page
    assert "s.100B" in page


def clear_working_days(first: date, last: date) -> int:
    """Working days that lie between two days, counting neither."""
    days = (first + timedelta(days=number) for number in range(1, (last - first).days))
    return sum(is_working_day(one) for one in days)


def test_papers_are_planned_only_for_those_whom_the_rule_binds() -> None:
    assert Circumstances(buyer="council").papers() is PAPERS
    assert Circumstances(buyer="council").papers("parish") is PAPERS_OF_A_PARISH
    assert Circumstances(buyer="council").papers("officer") is None
    assert Circumstances(buyer="nhs_body").papers() is None
    assert Circumstances(buyer="nhs_body").papers("nhs_board") is None


def test_once_the_way_was_decided_appraising_is_done_and_not_ordered_again() -> None:
    plan = since_decided(plan_back("below_threshold", date(2027, 10, 31)), date(2026, 11, 27))
    assert "appraise" not in [step.key for step in plan.steps]
    done = plan.step("chosen")
    assert (done.starts, done.done) == (date(2026, 11, 27), True)
    assert plan.begin_by > date(2026, 11, 27), "what is done is not counted back to"
    in_house = since_decided(plan_back("in_house", date(2027, 10, 31)), date(2026, 11, 27))
    assert "report" not in [step.key for step in in_house.steps]
    assert not in_house.passed(date(2026, 12, 1))


def test_the_places_own_lengths_are_kept_and_never_under_the_laws(
    question: Question, ada: User, sami: User, sign_in: SignIn
) -> None:
    address = url("plan_lengths", question) + "?way=competition"
    browser = sign_in(ada)
    form = browser.get(address).context["form"]
    typed = {name: str(field.initial) for name, field in form.fields.items()}
    short = browser.post(address, typed | {"ask": "10", "key_decision": "on"})
    assert short.status_code == 422
    assert (
        browser.post(address, typed | {"evaluate": "35", "key_decision": "on"}).status_code == 302
    )
    question.refresh_from_db()
    assert question.plan.lengths == {"evaluate": 35}
    assert "35 working days" in said(browser, url("plan", question))
    assert sign_in(sami).get(address).status_code == 404


def test_a_way_that_is_not_there_is_a_404(question: Question, client: Client) -> None:
    assert client.get(url("plan", question) + "?way=magic").status_code == 404


@pytest.fixture
def time_machine_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 26 November 2026."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: date(2026, 11, 26))


def test_lists_ask_the_same_few_questions_of_the_database(
    programme: Programme,
    question: Question,
    ada: User,
    sign_in: SignIn,
    django_assert_num_queries: DjangoAssertNumQueries,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _number in range(5):
        actions.make_question(ada, programme, company_words(programme))
    browser = sign_in(ada)
    with django_assert_num_queries(5):
        browser.get(reverse("questions:questions", args=[programme.slug]))
    # Each other room's panel may ask three more; the file of talks is four.
    with django_assert_max_num_queries(38):
        browser.get(question.get_absolute_url())
