# Fixtures are imported by name, and named again by the tests that take them.
# ruff: noqa: F811
"""The facilitator's desk, and what a press of it does on the wall and on phones."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from commissioning.people.models import User
from participation.workshops.actions import (
    answering,
    contributing,
    joining,
    paper,
    preparing,
    running,
)
from participation.workshops.models import StatementVote, Workshop
from tests.browser.conftest import WIDTHS, Axe, PageFor, fits
from tests.browser.sessions import Held, come_in, phone, press, session, workshop  # noqa: F401
from tests.participation.workshops.conftest import go_to, settings_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_held_words_parked_money_and_a_cleared_screen(
    workshop: Workshop, ada: User, page_for: PageFor, phone: Callable[[], Page], axe: Axe
) -> None:
    preparing.write_settings(ada, workshop, settings_of(workshop, releases_by_hand=True))
    running.open_workshop(ada, workshop)
    go_to(ada, workshop, "ideas")
    desk, wall, one = page_for(ada, width=1440), page_for(ada, width=1920), phone()
    desk.goto(f"{workshop.get_absolute_url()}desk/")
    wall.goto(f"{workshop.get_absolute_url()}wall/")
    come_in(one, workshop)
    one.get_by_label("Your idea").fill("Mrs Patel next door is always alone")
    one.get_by_role("button", name="Send it").click()
    expect(one.get_by_text("Somebody reads it first")).to_be_visible()
    expect(desk.get_by_text("It may name somebody: Mrs Patel")).to_be_visible()
    axe(desk)
    expect(wall.get_by_text("Mrs Patel")).to_have_count(0)
    desk.get_by_role("link", name="Hide, with a reason").click()
    axe(desk)
    desk.get_by_label("Why").fill("It names a neighbour.")
    desk.get_by_role("button", name="Hide it").click()
    expect(one.get_by_text("It names a neighbour.")).to_be_visible()

    one.get_by_label("Your idea").fill("Give £500 to the day centre")
    one.get_by_role("button", name="Send it").click()
    expect(one.get_by_text("This talks of money.")).to_be_visible()
    axe(one)
    one.get_by_role("button", name="Yes, park it").click()
    expect(one.get_by_text("In the car park", exact=True)).to_be_visible()

    one.get_by_label("Your idea").fill("A bench in the sun")
    one.get_by_role("button", name="Send it").click()
    expect(one.get_by_text("Somebody reads it before everybody sees it")).to_have_count(2)
    desk.get_by_role("button", name="Release").click()
    expect(wall.get_by_text("A bench in the sun")).to_be_visible()
    expect(one.get_by_text("Everybody can see it now")).to_be_visible()
    expect(one.get_by_text("Somebody reads it")).to_have_count(0)
    assert fits(one)
    axe(one)
    one.reload()
    expect(one.get_by_text("Everybody can see it now")).to_be_visible()
    expect(one.get_by_text("Somebody reads it")).to_have_count(0)
    press(desk, "Clear every screen")
    for page in (wall, one):
        expect(page.get_by_role("heading", name="One moment, please")).to_be_visible()
        expect(page.get_by_text("A bench in the sun")).to_have_count(0)
        axe(page)
    press(desk, "Bring the screens back")
    expect(wall.get_by_text("A bench in the sun")).to_be_visible()
    press(desk, "Pause")
    expect(one.get_by_role("heading", name="We go on in a moment")).to_be_visible()
    axe(one)


def test_the_desk_asks_before_it_opens_early_and_shows_suggested_groups_first(
    workshop: Workshop, ada: User, page_for: PageFor, axe: Axe
) -> None:
    later = timezone.now() + timedelta(days=9)
    preparing.write_settings(ada, workshop, settings_of(workshop, held_on=later))
    desk = page_for(ada, width=1440)

    def look() -> None:
        for width in WIDTHS:
            desk.set_viewport_size({"width": width, "height": 900})
            assert fits(desk), width
        axe(desk)
        desk.set_viewport_size({"width": 1440, "height": 900})

    desk.goto(f"{workshop.get_absolute_url()}desk/")
    press(desk, "Open the session")
    expect(desk.get_by_role("heading", name="Open it today, before its day?")).to_be_visible()
    expect(desk.get_by_text("9 days from now")).to_be_visible()
    expect(desk.get_by_role("button", name="Rehearse with 30 simulated people")).to_be_visible()
    look()
    desk.get_by_role("button", name="Open it today").click()
    expect(desk.get_by_text("People are coming in")).to_be_visible()

    ideas = go_to(ada, workshop, "ideas")
    for words in (
        "A bench in the sun",
        "Benches by the bus stop",
        "The 47 bus",
        "A bus on Sundays",
    ):
        paper.type_in(ada, ideas, [words])
    go_to(ada, workshop, "themes")
    expect(desk.get_by_label("The 47 bus")).to_be_visible()
    desk.get_by_role("button", name="Suggest groups").click()
    expect(desk.get_by_role("heading", name="to start from?")).to_be_visible()
    look()
    desk.get_by_role("link", name="No, go back").click()
    expect(desk.get_by_text("Not grouped yet (4)")).to_be_visible()
    desk.get_by_role("button", name="Suggest groups").click()
    desk.get_by_role("button", name="Take these groups over").click()
    expect(desk.get_by_text("to start from. Rename")).to_be_visible()
    desk.get_by_role("button", name="Undo").click()
    expect(desk.get_by_text("Not grouped yet (4)")).to_be_visible()


def test_a_statement_stays_under_the_finger_and_the_map_goes_with_the_room(
    workshop: Workshop, ada: User, phone: Callable[[], Page]
) -> None:
    workshop = running.open_workshop(ada, workshop)
    statements = go_to(ada, workshop, "statements")
    paper.type_in(ada, statements, [f"Statement number {number}" for number in range(9)])
    page = phone()
    come_in(page, workshop)
    words, agree = page.locator("#ws-statement"), page.locator("#ws-agree")
    before, place = words.inner_text(), agree.bounding_box()
    answering.show_map(ada, statements, shown=True)
    link = page.get_by_role("link", name="See what we agree on")
    expect(link).to_be_visible()
    assert words.inner_text() == before
    assert agree.bounding_box() == place
    # A press that begins before a redraw and ends after it counts for what was read.
    assert place is not None
    redraws = Held(page, f"**/j/{workshop.code}/")
    paper.type_in(ada, statements, ["One more statement"])
    redraw = redraws.next(page)
    page.mouse.move(place["x"] + 20, place["y"] + 20)
    page.mouse.down()
    redraw.continue_()
    page.wait_for_timeout(500)
    page.mouse.up()
    expect(page.get_by_text("1 of 10 answered")).to_be_visible()
    vote = StatementVote.objects.get()
    assert (vote.statement.text, vote.value) == (before, 1)
    redraws.let_go()
    link.click()
    expect(page.get_by_role("heading", name="What we agree on").first).to_be_visible()
    go_to(ada, workshop, "drafting")
    page.wait_for_url(f"**/j/{workshop.code}/")


def test_a_redraw_that_is_older_than_an_answer_does_not_take_it_back(
    session: Workshop, ada: User, phone: Callable[[], Page]
) -> None:
    statements = go_to(ada, session, "statements")
    paper.type_in(ada, statements, ["A bench", "A bus"])
    page = phone()
    come_in(page, session)
    expect(page.get_by_text("0 of 2 answered")).to_be_visible()
    redraws = Held(page, f"**/j/{session.code}/")
    paper.type_in(ada, statements, ["A tree"])
    redraw = redraws.next(page)
    before_the_answer = redraw.fetch()
    page.get_by_role("button", name="Agree", exact=True).click()
    expect(page.get_by_text("1 of 3 answered")).to_be_visible()
    redraw.fulfill(response=before_the_answer)
    page.wait_for_timeout(700)
    assert page.get_by_text("1 of 3 answered").is_visible()
    # It asks again instead.
    redraws.next(page)
    redraws.let_go()


def test_nor_does_the_desk_go_back_to_the_part_before(
    session: Workshop, ada: User, page_for: PageFor
) -> None:
    ideas = go_to(ada, session, "ideas")
    desk = page_for(ada, width=1440)
    desk.goto(f"{session.get_absolute_url()}desk/")
    here = desk.locator("#ws-order [aria-current]")
    expect(here).to_contain_text("Ideas")
    redraws = Held(desk, f"**{session.get_absolute_url()}desk/")
    paper.type_in(ada, ideas, ["A bench"])
    redraw = redraws.next(desk)
    before_the_press = redraw.fetch()
    press(desk, "Next:")
    moved = here.inner_text()
    redraw.fulfill(response=before_the_press)
    desk.wait_for_timeout(500)
    assert here.inner_text() == moved
    redraws.next(desk)
    redraws.let_go()


def test_a_press_is_asked_about_though_the_desk_was_drawn_anew_meanwhile(
    workshop: Workshop, ada: User, page_for: PageFor
) -> None:
    later = timezone.now() + timedelta(days=9)
    preparing.write_settings(ada, workshop, settings_of(workshop, held_on=later))
    desk = page_for(ada, width=1440)
    desk.goto(f"{workshop.get_absolute_url()}desk/")
    asked = Held(desk, "**/desk/do/")
    press(desk, "Open the session")
    answer = asked.next(desk)
    workshop.refresh_from_db()
    preparing.write_settings(ada, workshop, settings_of(workshop, title="Our new name"))
    expect(desk.get_by_role("heading", level=1)).to_have_text("Our new name")
    asked.free = True
    answer.continue_()
    expect(desk.get_by_role("heading", name="Open it today, before its day?")).to_be_visible()


def test_a_press_without_a_connection_goes_once_there_is_one(
    workshop: Workshop, ada: User, page_for: PageFor
) -> None:
    desk = page_for(ada, width=1440)
    desk.goto(f"{workshop.get_absolute_url()}desk/")
    sent = Held(desk, "**/desk/do/")
    press(desk, "Open the session")
    lost = sent.next(desk)
    sent.free = True
    lost.abort()
    expect(desk.get_by_text("People are coming in")).to_be_visible()


def test_pages_fit_and_axe_finds_nothing(
    workshop: Workshop,
    ada: User,
    sami: User,
    page_for: PageFor,
    phone: Callable[[], Page],
    axe: Axe,
) -> None:
    running.open_workshop(ada, workshop)
    ideas = go_to(ada, workshop, "ideas")
    person, _token = joining.come_in(workshop, name="Wyn")
    said = contributing.say(person, ideas, "A bench " + "in the sun " * 30).contribution
    contributing.say(person, ideas, "W" * 300)
    contributing.say(person, ideas, "Give £500", money="park")
    assert said is not None
    here, programme = workshop.get_absolute_url(), workshop.programme
    addresses = [
        f"/programmes/{programme.slug}/workshops/",
        f"/programmes/{programme.slug}/workshops/new/",
        f"/programmes/{programme.slug}/workshops/words/",
        here,
        *(
            f"{here}{page}/"
            for page in (
                *("settings", "helpers", "list", "copy", "keep", "steps/new", "desk", "people"),
                *("car-park", "desk/close", "desk/hand-over", "paper", f"steps/{ideas.pk}/paper"),
                *(f"steps/{ideas.pk}", f"said/{said.pk}/remove", f"people/{person.pk}/leave"),
            )
        ),
    ]
    officer, lead, resident = page_for(ada), page_for(sami), phone()
    pages = [(officer, address) for address in addresses]
    pages += [(lead, f"{here}worries/")]
    rooms = ("", "privacy/", "leave/")
    pages += [(resident, "/j/"), *((resident, f"/j/{workshop.code}/{room}") for room in rooms)]
    for page, address in pages:
        page.goto(address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert fits(page), f"{address} is wider than {width}"
        axe(page)
