"""Putting a question: once, with its days looked at, and with what a walk left open."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from commissioning.people.models import User
from commissioning.programmes.models import Programme
from decisions.questions.heading import Heading
from decisions.questions.models import Question
from decisions.questions.panels import question_panels
from decisions.questions.plan_views import ways_of
from decisions.trees import actions as trees
from decisions.trees.forms.walking import BeginForm
from places.directory.models import Organisation
from tests.cast import SignIn
from tests.decisions.walks.conftest import BEGINS


def test_going_back_and_saving_again_makes_no_second_draft(
    programme: Programme, ada: User, sign_in: SignIn
) -> None:
    browser, page = sign_in(ada), reverse("questions:new", args=[programme.slug])
    typed = {
        "title": "Rides to the lunch clubs",
        "what": "How are rides to the lunch clubs paid for?",
        "who_buys": str(programme.led_by_id),
        "begins_on-day": "30",
        "begins_on-month": "6",
        "begins_on-year": "2020",
    }
    first = browser.post(page, typed)
    assert browser.post(page, typed)["Location"] == first["Location"]
    assert Question.objects.count() == 1
    # A day that has passed is asked about at once, and not only once it is put.
    assert "30 June 2020, which has passed" in browser.get(first["Location"]).content.decode()
    browser.post(page, typed | {"title": "Rides home"})
    assert Question.objects.count() == 2


def test_what_is_asked_of_who_says_yes_is_not_called_optional(
    question: Question, ada: User, sign_in: SignIn
) -> None:
    args = [question.programme.slug, question.pk]
    page = sign_in(ada).get(reverse("questions:declare", args=args)).content.decode()
    assert "What could you gain or lose?" in page
    assert "(optional)" not in page


def test_an_nhs_body_is_offered_the_tree_of_health_services_first(question: Question) -> None:
    assert BeginForm(question)["tree"].value() == "england-general"
    question.who_buys = Organisation(name="Rivermead NHS", kind=Organisation.Kind.HEALTH)
    assert BeginForm(question)["tree"].value() == "england-health"


def test_no_plan_is_offered_of_a_route_that_the_walk_closed(question: Question) -> None:
    every = {way.key for way in ways_of(question)}
    assert {"grant", "extend", "quotes"} <= every
    question.__dict__["_heading"] = Heading(
        "quotes_or_award",
        "Quotes",
        timezone.now() - timedelta(days=1),
        is_chosen=False,
        open_routes=("quotes_or_award", "grant"),
    )
    assert {way.key for way in ways_of(question)} == {"quotes", "grant", "grant_named"}
    # The one that somebody looks at stands in the list all the same.
    assert "extend" in {way.key for way in ways_of(question, "extend")}


def test_while_a_walk_is_answered_its_question_shows_no_costs_of_ways_that_may_be_closed(
    question: Question, ada: User
) -> None:
    panel = question_panels["costs"]
    before = panel.show(question, ada)
    assert before
    assert before.template
    trees.begin_walk(ada, question, "england-health", BEGINS)
    now = panel.show(Question.objects.get(pk=question.pk), ada)
    assert now
    assert not now.template
    assert "A walk is being answered." in str(now.lead)
