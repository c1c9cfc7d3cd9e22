"""Statements on a phone at 320 px; the opinion map by keyboard and for a screen reader."""

import uuid

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import Page, expect

from commissioning.people.models import User
from commissioning.programmes.models import Programme
from participation.workshops.actions import answering, joining, running
from participation.workshops.models import Activity, Contribution, StatementVote, Workshop
from tests.browser.conftest import WIDTHS, Axe, PageFor, fits, press_on
from tests.browser.sessions import prepare
from tests.browser.test_workshop_wall import CUT_OFF, SIZES, said_and_seen
from tests.participation.workshops.conftest import go_to

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = (
    "The village hall should be open every day, not only when somebody books it.",
    "Being on your own is a worse problem here than being poorly.",
    "Help should come to the door, and not wait until it is asked for.",
    "Buses matter more than new buildings.",
    "Most of us would rather phone than use a website.",
    "Young people would come if there were something to do together.",
    "We trust our neighbours more than any service.",
    "Everything important is in town, and that is fine.",
)


@pytest.fixture
def statements(vision_programme: Programme, femi: User, sami: User) -> Activity:
    """A room of 24 people, of whom all agree on three statements and halves differ on five."""
    cache.clear()
    workshop = prepare(femi, vision_programme, sami, "Here")
    activity = go_to(femi, running.open_workshop(femi, workshop), "statements")
    said = [
        Contribution.objects.create(
            workshop=workshop, activity=activity, op=uuid.uuid4(), text=text
        )
        for text in WORDS
    ]
    for number in range(24):
        person, _token = joining.come_in(workshop, name="")
        StatementVote.objects.bulk_create(
            StatementVote(
                statement=one, participant=person, value=1 if place < 3 or number % 2 else -1
            )
            for place, one in enumerate(said)
        )
    return activity


def phone_in(page_for: PageFor, workshop: Workshop) -> Page:
    """A phone whose owner has come in."""
    page = page_for(None, width=320)
    page.goto(f"/j/{workshop.code}/")
    press_on(page, "Come in")
    return page


def test_a_resident_answers_and_adds_a_statement_on_a_phone(
    statements: Activity, page_for: PageFor, axe: Axe
) -> None:
    phone = phone_in(page_for, statements.workshop)
    expect(phone.get_by_text("0 of 8 answered")).to_be_visible()
    axe(phone)
    assert fits(phone)
    for done in range(1, 8):
        phone.get_by_role("button", name="Agree", exact=True).first.focus()
        phone.keyboard.press("Enter")
        expect(phone.get_by_text(f"{done} of 8 answered")).to_be_visible()
    phone.get_by_role("button", name="Pass, or not sure").click()
    expect(phone.get_by_text("You have answered all 8 statements.")).to_be_visible()
    phone.get_by_label("Your own statement").fill("Kerbs you can get a wheelchair over")
    phone.get_by_role("button", name="Add it").click()
    expect(phone.get_by_role("heading", name="What you wrote: 1")).to_be_visible()
    phone.get_by_text("Your answers").click()
    axe(phone)
    assert fits(phone)
    assert StatementVote.objects.filter(statement__text__startswith="Kerbs").count() == 1


def test_the_map_is_a_table_first_and_a_picture_of_the_same(
    statements: Activity, femi: User, page_for: PageFor, axe: Axe
) -> None:
    workshop = statements.workshop
    desk = page_for(femi)
    address = reverse(
        "workshops:opinion_map", args=[workshop.programme.slug, workshop.pk, statements.pk]
    )
    desk.goto(address)
    expect(desk.get_by_text("We see 2 groups. This grouping is firm")).to_be_visible()
    table = desk.get_by_role("table", name="What every group agrees with, the strongest first")
    # What a screen reader is told: columns with names, a row's statement as its header.
    expect(table).to_match_aria_snapshot(
        """
        - table "What every group agrees with, the strongest first":
          - rowgroup:
            - row "Statement Group A Group B":
              - columnheader "Statement"
              - columnheader "Group A"
              - columnheader "Group B"
          - rowgroup:
            - row /Nearly all agree Nearly all agree/
            - row /Nearly all agree Nearly all agree/
            - row /Nearly all agree Nearly all agree/
        """
    )
    picture = desk.get_by_role("img", name="Picture of the groups")
    expect(picture).to_have_accessible_description(
        "Group A: 12 people. Group B: 12 people. "
        "The nearer two groups stand, the more alike they answered."
    )
    for width in WIDTHS:
        desk.set_viewport_size({"width": width, "height": 900})
        assert fits(desk), width
    desk.get_by_text("Every statement", exact=True).click()
    axe(desk)


def test_the_room_sees_it_when_it_is_shown_and_it_moves(
    statements: Activity, femi: User, page_for: PageFor, axe: Axe
) -> None:
    workshop = statements.workshop
    desk, wall, phone = page_for(femi), page_for(femi, width=1920), phone_in(page_for, workshop)
    wall.goto(reverse("workshops:wall", args=[workshop.programme.slug, workshop.pk]))
    expect(wall.get_by_text("192 answers so far")).to_be_visible()
    desk.goto(reverse("workshops:desk", args=[workshop.programme.slug, workshop.pk]))
    desk.get_by_role("button", name="Show the map to everybody").click()
    expect(wall.get_by_role("heading", name="What every group agrees with")).to_be_visible()
    for width, height in SIZES:
        wall.set_viewport_size({"width": width, "height": height})
        wall.wait_for_timeout(200)
        assert wall.evaluate(CUT_OFF) == [], width
        # Words and picture take the whole width between them.
        words, picture = wall.locator(".ws-opinion-wall > div").all()
        first, last = words.bounding_box(), picture.bounding_box()
        assert first
        assert last
        assert first["width"] + last["width"] > 0.65 * width
        # Three that unite and five that divide: seen, or counted.
        assert said_and_seen(wall) == 8
    axe(wall)
    phone.get_by_role("link", name="See what we agree on").click()
    expect(phone.get_by_text("24 of the 24 people who answered")).to_be_visible()
    axe(phone)
    assert fits(phone)
    person, _token = joining.come_in(workshop, name="")
    for one in statements.contributions.all():
        answering.answer(person, statements, str(one.pk), "agree")
    expect(phone.get_by_text("25 of the 25 people who answered")).to_be_visible(timeout=20_000)
