# Fixtures are imported by name, and named again by the tests that take them.
# ruff: noqa: F811
"""Whole sessions in a real browser: from an idea to a vision, rehearsed, on paper, by forms."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from commissioning.people.models import User
from commissioning.programmes.actions.vision import agreed_vision
from participation.workshops import rehearsal
from participation.workshops.actions import (
    drafting,
    grouping,
    paper,
    running,
)
from participation.workshops.models import (
    Consent,
    Dot,
    Participant,
    StatementVote,
    Workshop,
)
from places.resources.models import Resource
from tests.browser.conftest import WIDTHS, Axe, Console, PageFor, fits, press_on
from tests.browser.sessions import OpenContext, come_in, phone, press, scan_in, session, workshop  # noqa: F401
from tests.participation.workshops.conftest import go_to

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_session_from_the_first_idea_to_an_agreed_vision(
    workshop: Workshop,
    ada: User,
    page_for: PageFor,
    phone: Callable[[], Page],
    axe: Axe,
    console: Console,
) -> None:
    console.expect(409)  # agreeing over an objection that has no answer
    here = workshop.get_absolute_url()
    desk, wall = page_for(ada, width=1440), page_for(ada, width=1920)
    one, other = phone(), phone()
    desk.goto(f"{here}desk/")
    wall.goto(f"{here}wall/")
    everybody = (desk, wall, one, other)

    def look() -> None:
        for page in everybody:
            assert fits(page), page.url
            axe(page)

    press(desk, "Open the session")
    come_in(one, workshop, "Wyn")
    come_in(other, workshop)
    expect(desk.locator("#ws-side")).to_contain_text("2 in the room")
    expect(one.get_by_role("heading", name="You are in")).to_be_visible()
    look()

    press(desk, "Next: Welcome")
    for page in (wall, one, other):
        expect(page.get_by_text("The lease of the hall ends in June.")).to_be_visible()
    look()
    press(desk, "Next: Meet two people")
    expect(one.get_by_text("Put your phone down")).to_be_visible()

    press(desk, "Next: Ideas")
    expect(other.get_by_label("Your idea")).to_be_visible()
    one.get_by_label("Your idea").fill("A bench in the sun")
    one.get_by_role("button", name="Send it").click()
    expect(one.locator("#ws-own")).to_contain_text("A bench in the sun")
    expect(wall.get_by_text("A bench in the sun")).to_be_visible()
    look()

    # The other phone loses its connection in the middle of it; the room goes on meanwhile.
    other.context.set_offline(True)
    other.get_by_label("Your idea").fill("The 47 bus back on Sundays")
    other.get_by_role("button", name="Send it").click()
    expect(other.get_by_text("Not sent yet: no connection")).to_be_visible()
    press(desk, "Next: Themes")
    expect(one.get_by_text("Look at the wall")).to_be_visible()
    other.context.set_offline(False)
    expect(desk.get_by_label("The 47 bus back on Sundays")).to_be_visible(timeout=20_000)
    expect(other.get_by_text("Look at the wall")).to_be_visible(timeout=20_000)

    group_by_keyboard(desk)
    expect(wall.get_by_role("heading", name="Getting about")).to_be_visible()
    expect(one.get_by_text("Company close by")).to_be_visible()
    look()

    press(desk, "Next: What matters most")
    one.get_by_role("button", name="Give a dot: Getting about").click()
    expect(one.get_by_text("4 dots")).to_be_visible()
    expect(wall.get_by_text("1 person has given dots")).to_be_visible()
    look()

    press(desk, "Next: ")
    if desk.locator("#ws-order [aria-current]").inner_text().startswith("Where we stand"):
        press(desk, "Next: ")
    agree(desk, one, other, look)

    press(desk, "Next: What can we bring?")
    one.get_by_label("Space").check()
    one.get_by_label("What can you bring?").fill("Our hall on Sundays")
    one.get_by_role("button", name="Offer it").click()
    expect(wall.get_by_text("Our hall on Sundays")).to_be_visible()
    desk.get_by_role("button", name="Make it a resource").click()
    expect(desk.get_by_text("Among the place's resources")).to_be_visible()
    look()
    assert Resource.objects.get().what == "Our hall on Sundays"

    desk.get_by_role("link", name="Close the session").click()
    desk.get_by_role("button", name="Close the session").click()
    for page in (one, other):
        expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    expect(wall.get_by_text("Thank you for coming")).to_be_visible()
    look()
    assert agreed_vision(workshop.programme) is not None


def group_by_keyboard(desk: Page) -> None:
    """Two themes made and filled without a mouse, by form and by arrow keys."""
    desk.get_by_label("A bench in the sun").focus()
    desk.keyboard.press("Space")
    desk.get_by_label("Name of the new theme").focus()
    desk.keyboard.type("Company close by")
    desk.locator("#ws-move").focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("group", name="Company close by")).to_contain_text("A bench")
    # To the theme beside it by an arrow, told to screen readers; back by undo.
    desk.get_by_label("The 47 bus back on Sundays").focus()
    desk.keyboard.press("ArrowRight")
    group = desk.get_by_role("group", name="Company close by")
    expect(group).to_contain_text("The 47 bus")
    expect(desk.locator("#ws-board-said")).to_contain_text("Moved to Company close by")
    assert desk.evaluate("document.activeElement.name") == "card"
    desk.locator("#ws-undo").focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("group", name="Not grouped yet")).to_contain_text("The 47 bus")
    desk.get_by_label("The 47 bus back on Sundays").focus()
    desk.keyboard.press("Space")
    desk.get_by_label("Name of the new theme").focus()
    desk.keyboard.type("Getting about")
    desk.locator("#ws-move").focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("group", name="Getting about")).to_contain_text("The 47 bus")


def agree(desk: Page, one: Page, other: Page, look: Callable[[], None]) -> None:
    """A draft, an objection, its answer, the agreement."""
    desk.get_by_label("The vision, in one or two sentences").fill(
        "Every child plays out on a street that knows their name."
    )
    desk.get_by_label("Outcomes: things that should be true").fill("Streets close on Sundays")
    desk.get_by_role("button", name="Put it on every phone").click()
    expect(one.get_by_role("heading", name="Version 1")).to_be_visible()
    one.get_by_label("I object").check()
    one.get_by_label("Why? Without your name").fill("What about wheelchairs?")
    one.get_by_role("button", name="Say where I stand").click()
    expect(desk.get_by_text("What about wheelchairs?").first).to_be_visible()
    look()
    agreeing = desk.get_by_role("button", name="The room agrees: make it the vision")
    there = desk.get_by_label("Who was there, in words")
    there.fill("Families of our street")
    agreeing.click()
    expect(desk.get_by_role("alert")).to_contain_text("Objections without a written answer: 1")
    desk.get_by_label("Answer in writing; the room reads both").fill("Kerbs are dropped first.")
    desk.locator("#ws-main").get_by_role("button", name="Answer").click()
    other.get_by_label("I support it").check()
    other.get_by_role("button", name="Say where I stand").click()
    expect(other.locator(".ws-sent")).to_contain_text("It is in. You can change it")
    expect(other.locator("[data-said]")).to_contain_text("It is in. You can change it")
    expect(desk.get_by_text("Answer: Kerbs are dropped first.")).to_be_visible()
    expect(one.get_by_role("heading", name="You were answered")).to_be_visible()
    expect(one.get_by_role("button", name="Still: I object")).to_be_visible()
    # Refused, drawn anew by what phones sent, and taken back: what was typed stands.
    expect(there).to_have_value("Families of our street")
    agreeing.click()
    expect(desk.get_by_role("heading", name="1 person still objects")).to_be_visible()
    desk.get_by_role("link", name="No, go back").click()
    expect(there).to_have_value("Families of our street")
    agreeing.click()
    expect(desk.get_by_role("heading", name="1 person still objects")).to_be_visible()
    for width in WIDTHS:
        desk.set_viewport_size({"width": width, "height": 900})
        assert fits(desk)
    desk.get_by_label("Why is it agreed all the same?").fill("Kerbs come first.")
    desk.get_by_role("button", name="Agree it all the same").click()
    expect(desk.get_by_role("heading", name="The vision is agreed")).to_be_visible()
    agreed = "Agreed, with 1 objection standing and answered in writing."
    expect(one.get_by_text(agreed)).to_be_visible()
    look()


def test_a_rehearsal_is_walked_through_by_a_facilitator_alone(
    workshop: Workshop, ada: User, page_for: PageFor, axe: Axe, console: Console
) -> None:
    desk, wall = page_for(ada, width=1440), page_for(ada, width=1920)
    desk.goto(workshop.get_absolute_url())
    desk.get_by_role("button", name="Rehearse with 30 simulated people").click()
    expect(desk.get_by_text("The people in it are simulated")).to_be_visible()
    made = workshop.rehearsals.get()
    wall.goto(f"{made.get_absolute_url()}wall/")
    press(desk, "Open the session")
    expect(desk.get_by_role("button", name="Next: Welcome")).to_be_visible()
    take_turns(made, 9)
    expect(desk.locator("#ws-side")).to_contain_text("30 in the room")
    go_to(ada, made, "ideas")
    take_turns(made, 6)
    expect(wall.locator(".cc-wall__card").nth(5)).to_be_visible()
    for page in (desk, wall):
        assert fits(page)
        axe(page)
    desk.get_by_role("link", name="Wipe the rehearsal").click()
    axe(desk)
    console.expect(404, 410)
    desk.get_by_role("button", name="Wipe the rehearsal").click()
    expect(desk.get_by_text("The rehearsal is wiped.")).to_be_visible()
    # The wall does not keep what is wiped.
    expect(wall.locator("#ws-wall")).to_have_count(0, timeout=30_000)
    assert not workshop.rehearsals.exists()


def take_turns(made: Workshop, number: int) -> None:
    """What the worker does."""
    for _ in range(number):
        cache.delete(f"rehearsal:{made.pk}")
        rehearsal.turn(made.pk)


def test_somebody_without_a_script_contributes_by_forms(
    workshop: Workshop, ada: User, open_context: OpenContext, axe: Axe
) -> None:
    running.open_workshop(ada, workshop)
    ideas = go_to(ada, workshop, "ideas")
    page = open_context(
        viewport={"width": 320, "height": 640}, java_script_enabled=False
    ).new_page()
    come_in(page, workshop)
    page.get_by_label("Your idea").fill("A bench in the sun")
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("It is in. Thank you.")).to_be_visible()
    assert ideas.contributions.get().text == "A bench in the sun"
    page.get_by_role("link", name="I am worried about someone").click()
    page.get_by_role("button", name="Send it privately").click()
    expect(page.get_by_text("It is sent, privately")).to_be_visible()


def test_somebody_without_a_script_takes_part_in_a_whole_session(
    session: Workshop, ada: User, phone: Callable[..., Page], console: Console
) -> None:
    console.expect(422)
    page = phone(java_script_enabled=False)
    scan_in(page, session, "Wyn")

    def again() -> None:
        with page.expect_navigation():
            page.get_by_role("link", name="Look again").click()

    ideas = go_to(ada, session, "ideas")
    again()
    page.get_by_label("Your idea").fill("A bench in the sun")
    press_on(page, "Send it")
    expect(page.get_by_text("It is in. Thank you.")).to_be_visible()
    theme = grouping.make_theme(
        ada, session, "Somewhere to sit", {str(ideas.contributions.get().pk): ""}
    )
    go_to(ada, session, "themes")
    again()
    go_to(ada, session, "priorities")
    again()
    press_on(page, "Give a dot: Somewhere to sit")
    expect(page.get_by_text("4 dots")).to_be_visible()
    assert Dot.objects.get().theme == theme
    statements = go_to(ada, session, "statements")
    paper.type_in(ada, statements, ["Cars should wait for children"])
    again()
    press_on(page, "Agree")
    expect(page.get_by_text("Your answer is in.")).to_be_visible()
    page.get_by_label("Your own statement").fill("We know our neighbours")
    press_on(page, "Add it")
    assert StatementVote.objects.count() == 2
    draft = go_to(ada, session, "drafting")
    drafting.write_version(ada, draft, "Children play out.", ["Streets close"], "", seen=0)
    again()
    page.get_by_label("I object").check()
    press_on(page, "Say where I stand")
    expect(page.get_by_role("alert")).to_contain_text("Say why")
    expect(page.get_by_label("I object")).to_be_checked()
    page.get_by_label("Why? Without your name").fill("What about wheelchairs?")
    press_on(page, "Say where I stand")
    assert Consent.objects.get().why == "What about wheelchairs?"
    offers = go_to(ada, session, "offers")
    again()
    page.get_by_label("Time", exact=True).check()
    page.get_by_label("What can you bring?").fill("Two hours a week")
    press_on(page, "Offer it")
    assert offers.contributions.get().text == "Two hours a week"
    running.close_workshop(ada, session)
    again()
    page.get_by_role("link", name="Have the record sent to you").click()
    page.get_by_label("Your e-mail address").fill("wyn@example.org")
    with page.expect_navigation():
        page.get_by_role("button").last.click()
    assert session.hearers.get().email == "wyn@example.org"
    assert Participant.objects.get().is_in


def test_paper_is_typed_in_by_keyboard_alone_one_after_the_other(
    workshop: Workshop, ada: User, page_for: PageFor, axe: Axe
) -> None:
    running.open_workshop(ada, workshop)
    ideas = go_to(ada, workshop, "ideas")
    statements = workshop.activities.get(kind="statements")
    page = page_for(ada, width=1440)
    page.goto(f"{workshop.get_absolute_url()}steps/{ideas.pk}/paper/")
    field = page.locator("[autofocus]")
    expect(field).to_be_focused()
    page.keyboard.type("A bench in the sun\nThe 47 bus")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 lines are kept.")).to_be_visible()
    expect(page.get_by_label("One on a line")).to_be_focused()
    page.keyboard.type("Lunch together")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 line is kept.")).to_be_visible()
    assert ideas.contributions.count() == 3
    page.goto(f"{workshop.get_absolute_url()}steps/{statements.pk}/paper/?sheet=words")
    expect(field).to_be_focused()
    page.keyboard.type("More buses\nA hall that is open")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 lines are kept.")).to_be_visible()
    page.goto(f"{workshop.get_absolute_url()}steps/{statements.pk}/paper/?sheet=answers")
    expect(field).to_be_focused()
    for number, answers in enumerate(("ad", "ap", "da"), start=1):
        page.keyboard.type(answers)
        page.keyboard.press("Enter")
        expect(page.get_by_text(f"Sheet {number}: 2 answers.")).to_be_visible()
        expect(field).to_be_focused()
    assert StatementVote.objects.count() == 6
    axe(page)
