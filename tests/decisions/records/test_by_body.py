"""Posts, duties and days by who buys and who decides: an NHS board and a parish are no council."""

import re
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from commissioning.people.models import User
from decisions.criteria import actions as criteria
from decisions.questions.models import Question
from decisions.records.actions import advising, deciding, drafting
from decisions.records.binding import denied
from decisions.records.concerned import duties_of
from decisions.records.models import Decision
from decisions.records.notices import advice
from decisions.records.posts import posts_of
from decisions.records.readiness import cautions
from decisions.records.story import story
from decisions.records.suggested_duties import suggested_duties
from decisions.trees import actions as trees
from places.directory.models import Organisation
from tests.cast import SignIn
from tests.decisions.records.conftest import minute, write_all
from tests.decisions.records.test_on_paper import section
from tests.decisions.records.test_whose_rules import by
from tests.decisions.walks.conftest import BEGINS, answer_all

PROCESS_C = {
    "buyer": "nhs_body",
    "health_services": "yes",
    "concluding_framework": "no",
    "only_existing_capable": "no",
    "unrestricted_choice": "no",
    "new_service": "no",
    "existing_satisfying": "yes",
    "change_in_character": "no",
    "change_by_authority": "no",
    "present_lifetime_value": "250000",
    "proposed_lifetime_value": "300000",
    "present_works": "well",
    "urgent": "no",
}


@pytest.fixture
def of_the_nhs(ada: User, question: Question) -> Decision:
    """A direct award by process C, by the board of the Health Partnership; a draft."""
    question.who_buys = Organisation.objects.create(
        name="Rivermead Health Partnership",
        slug="rivermead-health",
        kind=Organisation.Kind.HEALTH,
        place=question.programme.place,
        confirmed_at=timezone.now(),
    )
    question.save()
    walk = answer_all(ada, trees.begin_walk(ada, question, "england-health", BEGINS), PROCESS_C)
    trees.lock_for_good(ada, walk)
    draft = drafting.begin_decision(ada, question, "Getting home after a stroke")
    route: dict[str, object] = {
        "route": "health_direct_award_c",
        "why_other": "The change is small.",
    }
    board = by("nhs_board", "Board of Rivermead Health Partnership")
    return write_all(ada, draft, route=route, power=board)


def test_an_award_that_waits_for_its_standstill_says_until_when_nothing_is_signed(
    ada: User, of_the_nhs: Decision
) -> None:
    recommended = drafting.recommend(ada, of_the_nhs)
    made = deciding.enter_decision(ada, recommended, minute(call_in_until=None))
    assert made.status == Decision.Status.EFFECTIVE
    glance = dict(story(made)["glance"])
    assert "subject to the standstill: nothing is signed before it has ended" in glance["In effect"]
    assert "at midnight on" in glance["In effect"]


def test_a_decision_on_the_way_of_choosing_is_subject_to_no_standstill(
    ada: User, recommended: Decision
) -> None:
    made = deciding.enter_decision(
        ada, recommended, minute(call_in_until=None, no_call_in="Our rules have none.")
    )
    assert "standstill" not in dict(story(made)["glance"])["In effect"]


def test_an_nhs_board_has_no_monitoring_officer_and_no_duty_of_a_principal_council(
    of_the_nhs: Decision,
) -> None:
    assert not [words for words in cautions(of_the_nhs) if "monitoring" in words]
    assert "onitoring officer" not in str(section(of_the_nhs, "advice"))
    assert "onitoring officer" not in str(story(of_the_nhs)["glance"])
    of_the_nhs.duties.all()._raw_delete("default")
    asked = {duty.key for duty in duties_of(of_the_nhs)}
    assert "key_criteria" in asked
    assert not asked & {"best_value", "reorganisation"}


def test_a_parish_may_ask_its_districts_monitoring_officer_and_misses_none(
    ada: User, draft: Decision
) -> None:
    parish = drafting.write_section(ada, draft, "power", by("parish", "Quay Parish Council"))
    said = " ".join(cautions(parish))
    assert "Monitoring officer of the district or unitary council" in posts_of(parish).values()
    assert "monitoring officer" not in said
    assert "responsible financial officer" in said
    assert not {duty.key for duty in duties_of(parish)} & {"best_value", "key_criteria"}


@pytest.mark.parametrize(
    ("body", "name", "kind", "post"),
    [
        ("parish", "Quay Parish Council", "finance", "responsible financial officer"),
        ("parish", "Quay Parish Council", "legal", "clerk, or legal adviser"),
        ("nhs_board", "Board of Rivermead Health Partnership", "legal", "legal adviser"),
        ("cabinet", "Cabinet of Rivermead Council", "legal", "legal officer"),
    ],
)
def test_who_advises_is_called_what_the_body_calls_them_on_every_page(
    ada: User,
    cora: User,
    draft: Decision,
    sign_in: SignIn,
    body: str,
    name: str,
    kind: str,
    post: str,
) -> None:
    if body == "nhs_board":
        Organisation.objects.filter(pk=draft.question.who_buys_id).update(
            kind=Organisation.Kind.HEALTH
        )
    draft = drafting.write_section(ada, draft, "power", by(body, name))
    browser, here = sign_in(ada), f"{draft.get_absolute_url()}advice/{kind}/"
    page = browser.get(here).content.decode()
    assert f"<h1>Comments of the {post}</h1>" in page
    assert f"You type in what the {post} said." in page
    assert f"<h1>Ask the {post}</h1>" in browser.get(f"{here}ask/").content.decode()
    named = advising.name_adviser(ada, draft, kind, cora)
    hers = sign_in(cora)
    assert f"the {post}" in hers.get(draft.get_absolute_url()).content.decode()
    told = advice({"adviser": str(named.pk)})
    assert told is not None
    assert told["paragraphs"][0] == f"You were named as the {post} of this decision."
    assert draft.question.programme.history.filter(sentence__contains=f"of the {post} on").exists()


def test_what_choosing_costs_is_said_of_the_body_that_buys_and_of_no_council(
    ada: User, of_the_nhs: Decision, sign_in: SignIn
) -> None:
    browser, question = sign_in(ada), of_the_nhs.question
    costs = f"{question.get_absolute_url()}costs/"
    walk = question.appraisals.get()
    for address in (
        question.get_absolute_url(),
        costs,
        f"{costs}sources/",
        f"{costs}uses/",
        f"{costs}ways/health_direct_award_c/",
        f"{costs}ways/in_house/",
        f"{question.get_absolute_url()}walks/{walk.pk}/result/",
    ):
        page = re.search(r"<main.*</main>", browser.get(address).content.decode(), re.DOTALL)
        assert page is not None
        assert "Rivermead Health Partnership" in page[0], address
        assert not re.findall(r".{40}\b[Cc]ouncil's.{20}|Council:.{20}|council cash", page[0]), (
            address
        )


def test_the_key_criteria_are_asked_and_printed_in_the_health_regime_only(
    ada: User, of_the_nhs: Decision, sign_in: SignIn
) -> None:
    words = "Quality 40, access 25, integration 15, value 10, social value 10."
    drafting.answer_duties(ada, of_the_nhs, {"key_criteria": ("met", words)})
    page = sign_in(ada).get(f"{of_the_nhs.get_absolute_url()}duties/").content.decode()
    assert "how they were weighed against one another" in page
    assert words in str(section(of_the_nhs, "duties"))


def test_how_the_five_are_weighed_is_filled_in_from_the_final_criteria(
    ada: User, of_the_nhs: Decision
) -> None:
    question = of_the_nhs.question
    held = criteria.begin_criteria(ada, question, "health_existing", "The board goes by it.")
    why = "It has to be good before it is anything else."
    criteria.set_basics(ada, held, {"importance": why})
    criteria.choose_judges(ada, held, [question.programme.memberships.get(user=ada)])
    criteria.finalise(ada, held)
    fresh = Decision.objects.get(pk=of_the_nhs.pk)
    standing, words = suggested_duties(fresh)["key_criteria"]
    assert standing == "met"
    assert "Quality and innovation 30; Value 20;" in words
    assert why in words
    assert "bidders" not in suggested_duties(fresh)["social_value"][1]
    told = str(section(fresh, "criteria"))
    assert "How providers are judged" in told
    assert "Registered with the Care Quality Commission" in told
    # Held against the route of the decision, and not against what the walk had recommended.
    assert "though the question goes by" not in told
    assert "The board goes by it." in told


def test_where_only_the_process_is_decided_the_five_are_not_yet_due(
    ada: User, of_the_nhs: Decision
) -> None:
    Decision.objects.filter(pk=of_the_nhs.pk).update(route="health_competitive")
    process = Decision.objects.get(pk=of_the_nhs.pk)
    standing, words = suggested_duties(process)["key_criteria"]
    assert "No provider is judged yet" in words
    drafting.answer_duties(ada, process, {"key_criteria": (standing, words)})
    fresh = Decision.objects.get(pk=process.pk)
    assert "Not yet: due when the provider is chosen" in str(section(fresh, "duties"))
    assert not any("Not yet" in one for one in denied(fresh, {"key_criteria": "The five"}))


def test_a_council_is_not_asked_for_the_key_criteria(draft: Decision) -> None:
    assert "key_criteria" not in {duty.key for duty in duties_of(draft)}


def test_days_of_a_question_that_have_passed_are_remarked_on(
    ada: User, question: Question, sign_in: SignIn, client: Client
) -> None:
    address = question.get_absolute_url()
    browser = sign_in(ada)
    assert "which has passed" not in browser.get(address).content.decode()
    Question.objects.filter(pk=question.pk).update(
        present_ends_on="2020-06-30", begins_on="1990-01-01"
    )
    page = browser.get(address).content.decode()
    assert "The present arrangement ended on 30 June 2020, which has passed." in page
    assert "would have begun on 1 January 1990, which has passed" in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1e9", "The amount must be a number in figures"),
        ("1" * 15, "The amount is too large: it can be at most 999,999,999,999"),
        ("1.005", "The amount can have pence, and nothing smaller"),
    ],
)
def test_an_amount_that_is_no_plain_amount_is_refused_in_words(
    ada: User, question: Question, sign_in: SignIn, typed: str, words: str
) -> None:
    address = f"{question.get_absolute_url()}value/"
    page = sign_in(ada).post(address, {"net_value": typed, "vat": "none"})
    assert page.status_code == 422
    assert words in page.content.decode()
    question.refresh_from_db()
    assert question.net_value == Decimal(180_000)
