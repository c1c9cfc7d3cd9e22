"""The rules of one body belong to that body: another body's decision shows none of them."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from commissioning.people.models import User
from decisions.questions.models import Question
from decisions.records.actions import drafting
from decisions.records.models import Decision
from decisions.records.readiness import missing_to_recommend
from decisions.records.route_plans import call_in_of
from decisions.records.story import story
from decisions.trees import actions as trees
from decisions.trees.models import Appraisal
from decisions.trees.standpoint import Standing
from decisions.trees.versions import write_sheet
from places.directory.models import Organisation
from tests.cast import SignIn
from tests.decisions.records.conftest import SECTIONS
from tests.decisions.records.test_on_paper import RULES, section
from tests.decisions.walks.conftest import BEGINS, answer_all, at


@pytest.fixture
def health_board(question: Question) -> Organisation:
    """An NHS body of the same place."""
    return Organisation.objects.create(
        name="Rivermead Health Partnership",
        slug="rivermead-health",
        kind=Organisation.Kind.HEALTH,
        place=question.programme.place,
        confirmed_at=timezone.now(),
    )


def walked(ada: User, question: Question, **changed: str) -> Appraisal:
    """A locked walk of the question."""
    begun = trees.begin_walk(ada, question, "england-general", BEGINS)
    return trees.lock_for_good(ada, answer_all(ada, begun, changed))


@pytest.fixture
def council_rules(ada: User, question: Question) -> None:
    """The council's own sheet: cabinet, key-decision sum, call-in."""
    write_sheet(ada, question.programme, date(2026, 4, 1), RULES, "")


def by(body: str, name: str) -> dict[str, object]:
    """Who decides."""
    return SECTIONS["power"] | {"body_kind": body, "body_name": name}


def test_a_councils_rules_stand_in_no_record_of_an_nhs_board(
    ada: User, question: Question, council_rules: None, health_board: Organisation, sign_in: SignIn
) -> None:
    question.who_buys = health_board
    question.save()
    found = walked(ada, question, buyer="nhs_body")
    assert found.sheet is None
    page = sign_in(ada).get(at("result", found)).content.decode()
    assert "The own rules of Rivermead Health Partnership are not known here." in page
    assert "any five councillors" not in page
    draft = drafting.begin_decision(ada, question, "Getting home after a stroke")
    draft = drafting.write_section(
        ada, draft, "power", by("nhs_board", "Board of Rivermead Health Partnership")
    )
    power = str(section(draft, "power"))
    assert "own rules of Rivermead Health Partnership are not known here" in power
    said = str([one["blocks"] for one in story(draft)["sections"]])
    for words in ("five councillors", "rules sheet of", "Decided by cabinet"):
        assert words not in said, words


def test_rules_that_a_walk_cited_go_when_another_body_is_to_buy(
    ada: User, question: Question, council_rules: None, health_board: Organisation
) -> None:
    begun = answer_all(ada, trees.begin_walk(ada, question, "england-general", BEGINS))
    assert "who_decides" in {one.id for one in Standing(begun).walked.notices}
    question.who_buys = health_board
    question.save()
    begun = Appraisal.objects.get(pk=begun.pk)
    assert "who_decides" not in {one.id for one in Standing(begun).walked.notices}


def test_a_parish_is_told_nothing_of_a_cabinets_delegations_key_decisions_or_call_in(
    ada: User, question: Question, council_rules: None
) -> None:
    found = walked(ada, question)
    assert found.sheet is not None
    draft = drafting.begin_decision(ada, question, "Daytime company in the Lanes")
    cabinets = drafting.write_section(ada, draft, "power", SECTIONS["power"])
    assert "any five councillors" in str(section(cabinets, "power"))
    assert call_in_of(cabinets) is not None
    parishes = drafting.write_section(
        ada, draft, "power", by("parish", "Little Marling Parish Council")
    )
    parishes = Decision.objects.get(pk=parishes.pk)
    power = str(section(parishes, "power"))
    assert "The own rules of Little Marling Parish Council are not known here" in power
    assert "five councillors" not in str(story(parishes)["sections"])
    assert call_in_of(parishes) is None
    assert not [words for _part, words in missing_to_recommend(parishes) if "own sum" in words]


def test_each_body_has_its_own_sheet_and_walks_cite_the_one_of_who_buys(
    ada: User, question: Question, council_rules: None, health_board: Organisation, sign_in: SignIn
) -> None:
    programme = question.programme
    browser = sign_in(ada)
    address = reverse("trees:write_sheet", args=[programme.slug])
    blank = browser.get(f"{address}?body={health_board.slug}").context["form"]
    assert (blank["body"].value(), blank["decides"].value()) == (health_board.pk, "nhs_board")
    assert not blank["call_in_days"].value(), "nothing is taken over from the council's"
    typed = {
        "body": str(health_board.pk),
        "dated-day": "1",
        "dated-month": "4",
        "dated-year": "2026",
        "decides": "nhs_board",
        "paragraph": "scheme of delegation, paragraph 12",
    }
    assert browser.post(address, typed).status_code == 302
    page = browser.get(reverse("trees:sheet", args=[programme.slug])).content.decode()
    assert "Rivermead Health Partnership: version 2, from 1 April 2026" in page
    councils = trees.begin_walk(ada, question, "england-general", BEGINS)
    assert councils.sheet is not None
    assert councils.sheet.body_name == programme.led_by.name
    question.who_buys = health_board
    question.save()
    theirs = trees.begin_walk(ada, question, "england-general", BEGINS)
    assert theirs.sheet is not None
    assert theirs.sheet.body_name == "Rivermead Health Partnership"
