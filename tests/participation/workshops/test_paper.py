"""When the wi-fi fails: paper is typed in, by keyboard, one after the other."""

import pytest
from django.test import Client

from commissioning.ground.answers import Invalid
from commissioning.people.models import User
from participation.workshops import maps
from participation.workshops.actions import contributing, drafting, grouping, paper, running
from participation.workshops.models import (
    Activity,
    Consent,
    Dot,
    Participant,
    StatementVote,
    Workshop,
)
from participation.workshops.room import cookie_name
from tests.participation.workshops.conftest import ComeIn, go_to

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def typist(femi: User) -> Client:
    """Femi, at a keyboard."""
    browser = Client()
    browser.force_login(femi, backend="django.contrib.auth.backends.ModelBackend")
    return browser


def page_of(activity: Activity, sheet: str) -> str:
    return f"{activity.workshop.get_absolute_url()}steps/{activity.pk}/paper/?sheet={sheet}"


def said(browser: Client, address: str, **typed: object) -> str:
    """What the page says after it was sent."""
    return browser.post(address, typed, follow=True).content.decode()


def test_many_ideas_are_typed_in_at_once_and_stand_on_the_wall(
    ideas: Activity, typist: Client
) -> None:
    address = page_of(ideas, "words")
    lines = "A bench\n\nThe 47 bus\r\nA budget for lunches\nMrs Patel is alone"
    assert "4 lines are kept." in said(typist, address, lines=lines)
    states = dict(ideas.contributions.values_list("text", "state"))
    assert states == {
        "A bench": "shown",
        "The 47 bus": "shown",
        "A budget for lunches": "parked",
        "Mrs Patel is alone": "held",
    }
    assert "Write something first" in said(typist, address, lines=" \n ")


def test_a_line_typed_by_mistake_is_taken_back_but_never_a_phones(
    ideas: Activity, typist: Client, come_in: ComeIn
) -> None:
    address = page_of(ideas, "words")
    said(typist, address, lines="A bunch")
    typed = ideas.contributions.get()
    assert "Take back" in typist.get(address).content.decode()
    assert "Taken back" in said(typist, address, back=typed.pk)
    own = contributing.say(come_in(), ideas, "A bench").contribution
    assert own is not None
    assert "not there any more" in said(typist, address, back=own.pk)
    assert ideas.contributions.get() == own


def test_sheets_of_answers_follow_one_another_and_one_typed_again_takes_its_own_place(
    workshop: Workshop, femi: User, typist: Client, come_in: ComeIn
) -> None:
    statements = go_to(femi, workshop, "statements")
    address = page_of(statements, "words")
    said(typist, address, lines="More buses\nA hall that is open\nYoung people would come")
    address = page_of(statements, "answers")
    page = said(typist, address, sheet=1, answers="a d-")
    assert "Sheet 1: 2 answers." in page
    assert 'value="2"' in page
    said(typist, address, sheet=2, answers="ppp")
    said(typist, address, sheet=1, answers="DDA")
    votes = StatementVote.objects.order_by("participant__name", "statement__created_at")
    assert list(votes.values_list("value", flat=True)) == [-1, -1, 1, 0, 0, 0]
    assert len(maps.answers_of(statements).rows) == 6
    assert "There are only 3 statements." in said(typist, address, sheet=3, answers="aaaa")
    assert "“x”, number 2" in said(typist, address, sheet=3, answers="ax")
    assert Participant.objects.count() == 2


def test_a_sheet_of_one_answer_or_one_dot_is_said_to_be_of_one(
    workshop: Workshop, femi: User, typist: Client
) -> None:
    grouping.make_theme(femi, workshop, "Company", {})
    priorities = go_to(femi, workshop, "priorities")
    assert "Sheet 1: 1 dot." in said(typist, page_of(priorities, "dots"), sheet=1, dots="1")
    statements = go_to(femi, workshop, "statements")
    said(typist, page_of(statements, "words"), lines="More buses")
    address = page_of(statements, "answers")
    assert "Sheet 1: 1 answer." in said(typist, address, sheet=1, answers="a")
    assert "There is only 1 statement." in said(typist, address, sheet=2, answers="aa")


def test_dots_on_paper_are_counted_even_after_the_room_has_gone_on(
    ideas: Activity, workshop: Workshop, femi: User, typist: Client
) -> None:
    for title in ("Getting about", "Company"):
        grouping.make_theme(femi, workshop, title, {})
    priorities = go_to(femi, workshop, "priorities")
    go_to(femi, workshop, "drafting")
    address = page_of(priorities, "dots")
    assert "Sheet 4: 3 dots." in said(typist, address, sheet=4, dots="1 1,2")
    assert dict(Dot.objects.values_list("theme__title", "number")) == {
        "Getting about": 2,
        "Company": 1,
    }
    assert "each person has 5" in said(typist, address, sheet=5, dots="1 1 1 1 1 1")
    assert "There is no theme number 3." in said(typist, address, sheet=5, dots="3")


def test_how_people_stand_is_typed_in_and_an_objection_has_a_why(
    workshop: Workshop, femi: User, typist: Client
) -> None:
    drafts = go_to(femi, workshop, "drafting")
    drafting.write_version(femi, drafts, "We know our neighbours.", ["Somebody calls"], "", seen=0)
    address = page_of(drafts, "stands")
    assert "An objection has a why" in said(typist, address, sheet=1, answer="o", why="")
    said(typist, address, sheet=1, answer="O", why="It sounds like an order.")
    said(typist, address, sheet=2, answer="s", why="")
    assert dict(Consent.objects.values_list("participant__name", "answer")) == {
        "Paper sheet 1": "object",
        "Paper sheet 2": "support",
    }
    with pytest.raises(Invalid, match="without a written answer: 1"):
        drafting.agree(femi, drafts, 1, "")


def test_offers_keep_their_sort_for_the_next_one(
    workshop: Workshop, femi: User, typist: Client
) -> None:
    offers = go_to(femi, workshop, "offers")
    page = said(typist, page_of(offers, "words"), what="space", lines="Our hall\nA garden")
    assert "2 lines are kept." in page
    assert '<option value="space" selected>' in page
    assert {one.details["what"] for one in offers.contributions.all()} == {"space"}


def test_paper_is_typed_in_after_the_session_and_not_before(
    ideas: Activity, prepared: Workshop, workshop: Workshop, femi: User
) -> None:
    running.close_workshop(femi, workshop)
    ideas.workshop.refresh_from_db()
    assert paper.type_in(femi, ideas, ["A bench"]) == 1
    Workshop.objects.filter(pk=workshop.pk).delete()


def test_a_paper_sheet_is_nobodys_phone(
    workshop: Workshop, femi: User, client: Client, ideas: Activity
) -> None:
    go_to(femi, workshop, "priorities")
    priorities = workshop.activities.get(kind="priorities")
    grouping.make_theme(femi, workshop, "Company", {})
    paper.give_dots(femi, priorities, 7, list(workshop.themes.all()))
    for guess in (f"{workshop.pk}:7", f"workshops.paper{workshop.pk}:7"):
        client.cookies[cookie_name(workshop.code)] = guess
        page = client.get(workshop.room_url()).content.decode()
        assert "Come in" in page


def test_what_is_not_filled_in_on_paper_has_no_page(workshop: Workshop, typist: Client) -> None:
    talk = workshop.activities.filter(kind="talk")[0]
    assert typist.get(page_of(talk, "words")).status_code == 404
    page = typist.get(f"{workshop.get_absolute_url()}paper/").content.decode()
    assert "Ideas on paper" in page
    assert "Answers on paper" in page
