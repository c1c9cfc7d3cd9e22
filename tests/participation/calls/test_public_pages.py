"""The pages of calls that anybody reads, and those that officers build them on."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from commissioning.people.models import User
from commissioning.programmes.models import Programme
from participation.calls.clock import database_now
from participation.calls.models import (
    Call,
    PublicQuestion,
)
from places.directory.models import Organisation
from tests.cast import SignIn
from tests.participation.calls.pages import SCRIPT, page, text, when

pytestmark = pytest.mark.django_db


def test_anybody_reads_an_open_call_with_its_odds_and_dates(call: Call) -> None:
    said = text(Client().get(page(call)))

    for words in (
        "About 1 in 4. We expect about 30 to apply and can fund 8.",
        "The Bridge Club meets on Mondays.",
        "£30,000",
        "£500",
        "£5,000",
        "UK time",
        "Cabinet",
        "What will you do?",
        "At most 200 words.",
        "It works in Rivermead.",
        "feedback from the people who read it within ten days",
    ):
        assert words in said


def test_a_draft_is_a_404_for_all_but_those_who_run_the_programme(
    draft_call: Call, sign_in: SignIn, cora: User, priya: User, olu: User
) -> None:
    assert sign_in(cora).get(page(draft_call)).status_code == 200
    for browser in (Client(), sign_in(priya), sign_in(olu)):
        assert browser.get(page(draft_call)).status_code == 404


def test_while_the_money_gate_is_closed_no_call_is_shown(
    vision_programme: Programme, sign_in: SignIn, ada: User
) -> None:
    address = reverse("calls:calls", args=[vision_programme.slug])
    for browser in (Client(), sign_in(ada)):
        response = browser.get(address)
        assert response.status_code == 403
        assert "Never ever start by talking about the money" in text(response)
        assert "£" not in text(response)


def test_the_list_shows_drafts_only_to_those_who_run_it(
    draft_call: Call, sign_in: SignIn, ada: User
) -> None:
    address = reverse("calls:calls", args=[draft_call.programme.slug])
    assert draft_call.title in text(sign_in(ada).get(address))
    empty = text(Client().get(address))
    assert draft_call.title not in empty
    assert "No calls yet" in empty


def test_scripts_in_every_text_of_a_call_are_only_words(
    draft_call: Call, ada: User, sign_in: SignIn
) -> None:
    for name in ("title", "about", "funded", "not_funded", "who_may_apply", "already_done"):
        setattr(draft_call, name, SCRIPT)
    draft_call.decided_by = SCRIPT
    draft_call.save()
    draft_call.questions.update(words=SCRIPT, help=SCRIPT, section=SCRIPT)

    for name in ("call", "build"):
        body = sign_in(ada).get(page(draft_call, name)).content.decode()
        assert "<script>alert" not in body
        assert "&lt;script&gt;alert" in body


def test_a_question_stands_there_answered_without_who_asked(
    call: Call, sign_in: SignIn, gwen: User, northbank: Organisation, cora: User
) -> None:
    sign_in(gwen).post(
        page(call, "ask"), {"organisation": northbank.pk, "words": f"A hall? {SCRIPT}"}
    )
    asked = PublicQuestion.objects.get()
    assert "A hall?" not in text(Client().get(page(call)))

    answered = sign_in(cora).post(
        page(call, "answer_publicly", asked.pk), {"shown_as": "A hall?", "answer": "Yes."}
    )

    assert answered.status_code == 302
    body = Client().get(page(call)).content.decode()
    assert "A hall?" in body
    assert "Northbank" not in body
    assert "<script>alert" not in body


def test_an_officer_builds_and_publishes_a_call_step_by_step(
    programme: Programme, ada: User, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    browser.post(reverse("calls:new_call", args=[programme.slug]), {"title": "Company for all"})
    call = Call.objects.get()
    now = database_now()
    closes, decided = now + timedelta(days=10), (now + timedelta(days=30)).date()
    outcome = programme.outcomes.first()
    assert outcome is not None
    steps: dict[str, dict[str, object]] = {
        "about": {"title": call.title, "about": "Company.", "outcomes": [outcome.pk]},
        "scope": {
            "funded": "Meals.",
            "not_funded": "Walls.",
            "who_may_apply": "All.",
            "already_done": "No.",
        },
        "money": {"amount_available": "£30,000", "project_minimum": "", "project_maximum": "5000"},
        "odds": {"expected_applications": "30", "can_fund": "8", "hours_others_took": ""},
        "dates": {
            **when("opens_at", now - timedelta(days=1)),
            **when("closes_at", closes),
            "decided_by": "Cabinet",
            "decision_on-day": decided.day,
            "decision_on-month": decided.month,
            "decision_on-year": decided.year,
        },
    }
    for step, typed in steps.items():
        response = browser.post(page(call, "step", step), typed)
        assert response.status_code == 302, (step, text(response))
    browser.post(page(call, "library"), {"keys": ["what_you_will_do", "how_you_know"]})
    browser.post(page(call, "new_row", "documents"), {"title": "Rules", "required": "on"})
    browser.post(page(call, "new_row", "checks"), {"words": "It works here."})
    cora = programme.memberships.get(role="commissioner")
    browser.post(page(call, "assessors"), {"assessors": [cora.pk]})

    assert "Ready to publish" in text(browser.get(page(call, "build")))
    assert "Anybody can read it" in text(browser.get(page(call, "publish")))
    browser.post(page(call, "publish"))

    call.refresh_from_db()
    assert call.status == Call.Status.PUBLISHED
    assert call.questions.count() == 2


@pytest.mark.parametrize(
    ("step", "typed", "sentence"),
    [
        ("money", {"amount_available": "0", "project_maximum": ""}, "must be something to give"),
        ("money", {"amount_available": "10", "project_maximum": "20"}, "cannot be more than there"),
        ("money", {"amount_available": "=1+1", "project_maximum": "x"}, "must be a number"),
        ("odds", {"expected_applications": "0", "can_fund": "-1"}, "at least 1"),
        ("odds", {"expected_applications": "9" * 40, "can_fund": "1"}, "There is a problem"),
        (
            "dates",
            {
                "closes_at-day": "31",
                "closes_at-month": "2",
                "closes_at-year": "2027",
                "closes_at-time": "8pm",
            },
            "real date",
        ),
        ("about", {"title": ""}, "There is a problem"),
        ("about", {"title": "x" * 161}, "There is a problem"),
    ],
)
def test_bad_input_is_told_beside_the_field_and_kept(
    draft_call: Call, ada: User, sign_in: SignIn, step: str, typed: dict[str, str], sentence: str
) -> None:
    response = sign_in(ada).post(page(draft_call, "step", step), typed)

    assert response.status_code == 422
    assert sentence in text(response)
    for value in typed.values():
        assert value.replace("'", "&#x27;") in response.content.decode()


def test_a_choice_needs_two_choices_and_a_long_answer_a_limit(
    draft_call: Call, ada: User, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    address = page(draft_call, "new_row", "questions")
    common = {"section": "Idea", "words": "Which?", "required": "on"}

    one = browser.post(address, common | {"kind": "choice", "choices_text": "Only\nOnly\n"})
    none = browser.post(address, common | {"kind": "long", "word_limit": ""})
    good = browser.post(address, common | {"kind": "choice", "choices_text": "A\nB"})

    assert "at least two different choices" in text(one)
    assert "between 10 and 1,000" in text(none)
    assert good.status_code == 302
    assert draft_call.questions.get(words="Which?").choices == ["A", "B"]
