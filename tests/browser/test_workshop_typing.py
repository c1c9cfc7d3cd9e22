# Fixtures are imported by name, and named again by the tests that take them.
# ruff: noqa: F811
"""What becomes of the words that somebody is typing while the room, the phone or the line goes."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from commissioning.people.models import User
from participation.workshops.actions import (
    running,
)
from participation.workshops.models import Workshop
from tests.browser.conftest import Axe, Console, PageFor
from tests.browser.sessions import Held, come_in, phone, press, scan_in, session, workshop  # noqa: F401
from tests.participation.workshops.conftest import go_to

pytestmark = pytest.mark.django_db(transaction=True)


def test_words_being_typed_are_not_lost_when_the_room_goes_on(
    workshop: Workshop, ada: User, phone: Callable[[], Page]
) -> None:
    running.open_workshop(ada, workshop)
    ideas = go_to(ada, workshop, "ideas")
    page = phone()
    come_in(page, workshop)
    page.get_by_label("Your idea").fill("I was nearly done")
    go_to(ada, workshop, "themes")
    expect(page.get_by_text("The room has gone on.")).to_be_visible()
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("Sent now.")).to_be_visible()
    assert ideas.contributions.get().text == "I was nearly done"


def test_words_being_typed_wait_while_the_room_is_paused(
    workshop: Workshop, ada: User, phone: Callable[[], Page]
) -> None:
    workshop = running.open_workshop(ada, workshop)
    go_to(ada, workshop, "ideas")
    page = phone()
    come_in(page, workshop)
    page.get_by_label("Your idea").fill("Half a thought")
    running.pause(ada, workshop)
    expect(page.get_by_text("Paused. What you typed is kept.")).to_be_visible()
    expect(page.get_by_text("The room has gone on.")).to_have_count(0)
    running.resume(ada, workshop)
    expect(page.get_by_label("Your idea")).to_have_value("Half a thought")
    # Paused, then gone on from while paused: the words are offered to be sent.
    running.pause(ada, workshop)
    expect(page.get_by_text("Paused. What you typed is kept.")).to_be_visible()
    go_to(ada, workshop, "themes")
    running.resume(ada, workshop)
    expect(page.get_by_text("The room has gone on.")).to_be_visible()
    expect(page.get_by_text("Half a thought")).to_be_visible()


def test_the_room_goes_on_behind_cleared_screens_and_nothing_typed_is_lost(
    workshop: Workshop, ada: User, page_for: PageFor, phone: Callable[[], Page], axe: Axe
) -> None:
    running.open_workshop(ada, workshop)
    go_to(ada, workshop, "ideas")
    desk, wall, page = page_for(ada, width=1440), page_for(ada, width=1920), phone()
    desk.goto(f"{workshop.get_absolute_url()}desk/")
    wall.goto(f"{workshop.get_absolute_url()}wall/")
    come_in(page, workshop)
    page.get_by_label("Your idea").fill("Half a thought")
    press(desk, "Clear every screen")
    for screen in (wall, page):
        expect(screen.get_by_role("heading", name="One moment, please")).to_be_visible()
    press(desk, "Next: ")
    expect(desk.get_by_text("Every screen is cleared")).to_be_visible()
    here = desk.locator("#ws-order [aria-current]").inner_text().splitlines()[0]
    axe(desk)
    for screen in (wall, page):
        expect(screen.get_by_role("heading", name="One moment, please")).to_be_visible()
        expect(screen.get_by_text(here)).to_have_count(0)
    page.reload()
    expect(page.get_by_role("heading", name="One moment, please")).to_be_visible()
    press(desk, "Bring the screens back")
    expect(wall.get_by_text(here).first).to_be_visible()
    expect(page.get_by_text("Look at the wall")).to_be_visible()
    expect(page.get_by_text("Half a thought")).to_be_visible()
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("Sent now.")).to_be_visible()
    expect(desk.get_by_label("Half a thought")).to_be_visible()


def test_words_of_a_phone_that_was_closed_meanwhile_are_offered_to_be_sent(
    session: Workshop, ada: User, phone: Callable[..., Page]
) -> None:
    ideas = go_to(ada, session, "ideas")
    page = phone()
    scan_in(page, session)
    page.get_by_label("Your idea").fill("Half a thought")
    # The browser is closed; it comes back to the same part with the words there.
    back = page.context.new_page()
    page.close()
    back.goto(f"/j/{session.code}/")
    expect(back.get_by_label("Your idea")).to_have_value("Half a thought")
    again = back.context.new_page()
    back.close()
    go_to(ada, session, "themes")
    again.goto(f"/j/{session.code}/")
    expect(again.get_by_text("Half a thought")).to_be_visible()
    again.get_by_role("button", name="Send it").click()
    expect(again.get_by_text("Sent now.")).to_be_visible()
    assert ideas.contributions.get().text == "Half a thought"


def test_words_that_were_written_before_the_script_came_are_kept(
    session: Workshop, ada: User, phone: Callable[..., Page]
) -> None:
    go_to(ada, session, "ideas")
    page = phone()
    script = Held(page, "**/workshop-phone*.js")
    page.goto(f"/j/{session.code}/", wait_until="commit")
    with page.expect_navigation(wait_until="commit"):
        page.get_by_role("button", name="Come in").click()
    page.get_by_label("Your idea").fill("Half a thought")
    script.let_go()
    page.wait_for_load_state()
    back = page.context.new_page()
    page.close()
    back.goto(f"/j/{session.code}/")
    expect(back.get_by_label("Your idea")).to_have_value("Half a thought")


def test_words_of_a_phone_that_was_offline_while_the_session_ended_are_not_lost(
    session: Workshop, ada: User, phone: Callable[..., Page], console: Console
) -> None:
    console.expect(403)
    ideas = go_to(ada, session, "ideas")
    page = phone()
    scan_in(page, session)
    page.wait_for_load_state()
    page.context.set_offline(True)
    page.get_by_label("Your idea").fill("The 47 bus back on Sundays")
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("Not sent yet: no connection")).to_be_visible()
    session.refresh_from_db()
    running.close_workshop(ada, session)
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("This was not sent:")).to_be_visible()
    expect(page.get_by_text("The 47 bus back on Sundays")).to_be_visible()
    assert not ideas.contributions.exists()


def test_what_a_phone_sends_late_is_called_sent_only_where_it_is_kept(
    session: Workshop, ada: User, phone: Callable[..., Page]
) -> None:
    ideas = go_to(ada, session, "ideas")
    page = phone()
    scan_in(page, session)
    page.wait_for_load_state()
    page.context.set_offline(True)
    for words in ("Give £500 to the day centre", "A bench in the sun"):
        page.get_by_label("Your idea").fill(words)
        page.get_by_role("button", name="Send it").click()
        expect(page.get_by_text("Not sent yet: no connection")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("This talks of money.")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("Sent now.")).to_have_count(0)
    # It waits for an answer, and the next words wait behind it.
    page.wait_for_timeout(5000)
    expect(page.get_by_text("This talks of money.")).to_be_visible()
    page.get_by_role("button", name="Yes, park it").click()
    expect(page.locator("#ws-own")).to_contain_text("A bench in the sun", timeout=20_000)
    assert set(ideas.contributions.values_list("text", "state")) == {
        ("Give £500 to the day centre", "parked"),
        ("A bench in the sun", "shown"),
    }
