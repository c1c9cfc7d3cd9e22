"""A call or a vote that begins from a decision takes over what the decision knows, and says so."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from commissioning.people.models import User
from decisions.questions.models import Question
from decisions.records.actions import deciding, drafting
from decisions.records.beginnings import in_few_words
from decisions.records.models import Decision
from participation.budgeting.models import Round
from participation.calls.models import Call
from tests.cast import SignIn
from tests.decisions.criteria.conftest import make_final, write_draft
from tests.decisions.records.conftest import minute, write_all

COMMITTEE: dict[str, object] = {
    "body_kind": "committee",
    "body_name": "Communities Committee",
    "power": "Localism Act 2011, section 1; part 3, paragraph 9",
}


@pytest.fixture
def question(question: Question, cora: User) -> Question:
    """Company in the Lanes, ending far enough away, with final criteria."""
    question.present_ends_on = date(timezone.localdate().year + 2, 3, 31)
    question.for_whom = "People over 65 in the Lanes"
    question.net_value = Decimal(180_000)
    question.save()
    make_final(cora, write_draft(cora, question, "grant"))
    return question


@pytest.fixture
def in_effect(ada: User, question: Question, draft: Decision) -> Decision:
    """Decided by a committee that nobody can call in."""
    written = drafting.recommend(ada, write_all(ada, draft, power=COMMITTEE))
    decided = minute(
        call_in_until=None,
        amount=Decimal(150_000),
        outcome="changed",
        why_changed="The first part of it.",
    )
    return deciding.enter_decision(ada, written, decided)


def at(name: str, decision: Decision) -> str:
    return reverse(f"records:{name}", args=[decision.question.programme.slug, decision.pk])


def as_sent(form: object) -> dict[str, object]:
    """A form as the browser sends it, nothing changed."""
    sent: dict[str, object] = {}
    for field in form:  # type: ignore[attr-defined]
        value = field.value()
        if hasattr(value, "hour"):
            sent[f"{field.name}-time"] = f"{value:%H:%M}"
        if hasattr(value, "year"):
            for part in ("day", "month", "year"):
                sent[f"{field.name}-{part}"] = str(getattr(value, part))
        elif isinstance(value, list):
            sent[field.name] = [str(getattr(one, "pk", one)) for one in value]
        elif value is not None:
            sent[field.name] = str(value)
    return sent


def test_a_call_begun_from_a_decision_knows_what_for_whom_how_much_when_and_by_which_criteria(
    ada: User, in_effect: Decision, question: Question, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    here = at("begin_call", in_effect)
    assert here in browser.get(in_effect.get_absolute_url()).content.decode()
    page = browser.get(here)
    said = page.content.decode()
    for source in (
        "Below each box stands where it comes from",
        "From the question that was decided.",
        "The amount that was decided, for the whole length.",
        "From the plan: The call is open for applications.",
        "Each becomes a question of the call",
    ):
        assert source in said, source
    browser.post(here, as_sent(page.context["form"]))
    call = Call.objects.get()
    assert call.status == Call.Status.DRAFT
    assert call.title == "Daytime company in the Lanes"
    assert question.what in call.about
    assert "People over 65 in the Lanes" in call.about
    assert set(call.outcomes.all()) == set(question.outcomes.all())
    assert call.amount_available == 150_000
    assert call.decided_by == "Communities Committee"
    assert call.opens_at
    assert call.closes_at
    assert timezone.now() < call.opens_at < call.closes_at
    assert call.decision_on
    assert call.decision_on > call.closes_at.date()
    weights = [one.help.split(" of 100")[0] for one in call.questions.all()]
    # A grant has no price: what the money does is asked like the rest.
    assert weights == ["Counts 25", "Counts 10", "Counts 15", "Counts 20", "Counts 30"]


def test_what_is_taken_over_is_changed_before_the_call_is_there(
    ada: User, in_effect: Decision, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    here = at("begin_call", in_effect)
    sent = as_sent(browser.get(here).context["form"])
    changed = {"title": "Company on weekdays", "amount_available": "90,000", "criteria": []}
    assert browser.post(here, sent | {"title": ""}).status_code == 422
    assert browser.post(here, sent | changed).status_code == 302
    call = Call.objects.get()
    assert (call.title, call.amount_available) == ("Company on weekdays", Decimal(90_000))
    assert not call.questions.exists()


def test_a_vote_begun_from_a_decision_knows_what_how_much_and_when(
    ada: User, in_effect: Decision, question: Question, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    here = at("begin_vote", in_effect)
    page = browser.get(here)
    assert "From the plan: Score, moderate and check." in page.content.decode()
    browser.post(here, as_sent(page.context["form"]))
    vote = Round.objects.get()
    assert (vote.title, vote.budget) == ("Daytime company in the Lanes", Decimal(150_000))
    assert vote.about.startswith(question.what[:20])
    assert vote.closes_at > vote.opens_at > timezone.now()


def test_a_day_of_the_plan_that_has_passed_is_not_taken_over_and_the_page_says_so(
    ada: User, in_effect: Decision, question: Question, sign_in: SignIn
) -> None:
    question.refresh_from_db()
    question.present_ends_on = timezone.localdate() + timedelta(days=60)
    question.save(update_fields=["present_ends_on"])
    page = sign_in(ada).get(at("begin_call", in_effect))
    assert "has passed." in page.content.decode()
    assert page.context["form"]["opens_at"].value() is None
    assert page.context["form"]["title"].value() == "Daytime company in the Lanes"
    assert str(page.context["form"]["amount_available"].value()) == "150000"


def test_nothing_begins_from_a_decision_that_is_not_in_effect(
    ada: User, decided: Decision, sign_in: SignIn
) -> None:
    for name in ("begin_call", "begin_vote"):
        answer = sign_in(ada).get(at(name, decided))
        assert answer.status_code == 403
        assert "begins from a decision that is in effect" in answer.content.decode()


def test_somebody_who_passes_by_does_not_find_the_page(client: Client, in_effect: Decision) -> None:
    assert client.get(at("begin_call", in_effect)).status_code == 302


def test_the_page_asks_a_bounded_number_of_questions_of_the_database(
    ada: User,
    in_effect: Decision,
    sign_in: SignIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    browser = sign_in(ada)
    with django_assert_max_num_queries(40):
        browser.get(at("begin_call", in_effect))


@pytest.mark.parametrize(
    ("text", "most", "kept"),
    [
        ("One two. Three four five.", 9, "One two. Three four five."),
        ("One two. Three four five.", 3, "One two."),
        ("One two three four", 3, "One two three"),
        ("Is it open? Yes", 9, "Is it open? Yes."),
    ],
)
def test_a_long_text_becomes_its_first_sentences(text: str, most: int, kept: str) -> None:
    assert in_few_words(text, most) == kept
