"""A session in a real browser: the facilitator, the wall, two phones; by stream and by keyboard."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from commissioning.people.models import User
from commissioning.programmes.actions.openness import say_given
from commissioning.programmes.actions.vision import agreed_vision
from commissioning.programmes.models import Given, Programme
from participation.workshops import rehearsal
from participation.workshops.actions import (
    answering,
    contributing,
    joining,
    moderating,
    paper,
    preparing,
    rehearsing,
    running,
)
from participation.workshops.agendas import ready
from participation.workshops.models import Contribution, StatementVote, Workshop
from places.resources.models import Resource
from tests.browser.conftest import WIDTHS, Axe, Console, PageFor, fits, press_on
from tests.participation.workshops.conftest import go_to, settings_of

pytestmark = pytest.mark.django_db(transaction=True)
OpenContext = Callable[..., BrowserContext]


@pytest.fixture
def workshop(vision_programme: Programme, ada: User, sami: User) -> Workshop:
    """A whole-place session that Ada, who leads the programme, prepared."""
    say_given(ada, vision_programme, Given.Kind.FIXED, "The lease of the hall ends in June.")
    say_given(ada, vision_programme, Given.Kind.OPEN, "What the street is for.")
    made = preparing.make_workshop(
        ada, vision_programme, ready("whole-place"), "Growing up on our street"
    )
    return preparing.write_settings(ada, made, settings_of(made, safeguarding_lead=sami))


@pytest.fixture
def phone(open_context: OpenContext) -> Callable[[], Page]:
    """Another phone, 320 wide."""
    return lambda: open_context(viewport={"width": 320, "height": 640}).new_page()


def come_in(page: Page, workshop: Workshop, name: str = "") -> None:
    """As people do: the code on the wall, a name if wanted."""
    page.goto("/j/")
    page.get_by_label("What is the code on the wall?").fill(workshop.code.lower())
    press_on(page, "Come in")
    if name:
        page.get_by_label("Your name, if you want to give one").fill(name)
    press_on(page, "Come in")
    expect(page.locator("#ws-step")).to_be_visible()


def press(desk: Page, button: str) -> None:
    """A button of the desk, pressed when it is there; a step on is waited for."""
    here = desk.locator("#ws-order [aria-current]")
    before = here.inner_text() if here.count() else ""
    desk.locator(".ws-buttons").get_by_role("button", name=button).click()
    if button.startswith("Next:"):
        expect(here).not_to_have_text(before, use_inner_text=True)


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


def test_where_streams_fail_a_phone_goes_on_by_asking_again(
    workshop: Workshop, ada: User, phone: Callable[[], Page], console: Console
) -> None:
    console.expect(503)
    running.open_workshop(ada, workshop)
    go_to(ada, workshop, "talk")
    page = phone()
    page.route("**/live/phones:*/", lambda route: route.fulfill(status=503))
    come_in(page, workshop)
    go_to(ada, workshop, "ideas")
    expect(page.get_by_label("Your idea")).to_be_visible(timeout=15_000)
    # It also hears what became of its own words.
    page.get_by_label("Your idea").fill("A bench in the sun")
    page.get_by_role("button", name="Send it").click()
    expect(page.locator("#ws-own")).to_contain_text("A bench in the sun")
    bench = Contribution.objects.get(text="A bench in the sun")
    moderating.hide(ada, workshop, bench.pk, "It is about one person.")
    expect(page.get_by_text("It is about one person.")).to_be_visible(timeout=30_000)


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
    page.mouse.move(place["x"] + 20, place["y"] + 20)
    page.mouse.down()
    paper.type_in(ada, statements, ["One more statement"])
    page.wait_for_timeout(1500)
    page.mouse.up()
    expect(page.get_by_text("1 of 10 answered")).to_be_visible()
    vote = StatementVote.objects.get()
    assert (vote.statement.text, vote.value) == (before, 1)
    link.click()
    expect(page.get_by_role("heading", name="What we agree on").first).to_be_visible()
    go_to(ada, workshop, "drafting")
    page.wait_for_url(f"**/j/{workshop.code}/")


def test_screens_of_a_wiped_rehearsal_say_so_by_themselves(
    workshop: Workshop,
    ada: User,
    page_for: PageFor,
    phone: Callable[[], Page],
    console: Console,
) -> None:
    console.expect(404, 410)
    made = running.open_workshop(ada, rehearsing.begin_rehearsal(ada, workshop))
    wall = page_for(ada)
    wall.goto(f"{made.get_absolute_url()}wall/")
    page = phone()
    come_in(page, made)
    rehearsing.wipe_rehearsal(ada, made)
    for screen in (wall, page):
        expect(screen.get_by_role("heading", name="This rehearsal is over")).to_be_visible(
            timeout=15_000
        )
        assert fits(screen)
    page.get_by_role("link", name="Join the session itself").click()
    page.wait_for_url(f"**/j/{workshop.code}/")


# A telephone in a village hall: Lighthouse's "slow 4G" (bytes a second; milliseconds).
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}


def test_somebody_is_in_the_room_within_three_seconds_on_a_slow_network(
    workshop: Workshop, ada: User, phone: Callable[[], Page], record_property: Callable[..., None]
) -> None:
    """From the scanned code to the room, with nothing in the browser's store.

    What a busy machine needs without any network is measured beside it and left out: the best of
    three each.
    """
    running.open_workshop(ada, workshop)
    go_to(ada, workshop, "ideas")
    fast = min(seconds_to_the_room(phone(), workshop, None) for _ in range(3))
    slow = min(seconds_to_the_room(phone(), workshop, SLOW) for _ in range(3))
    record_property("seconds into the room", (round(fast, 2), round(slow, 2)))
    assert slow - fast < 3


def seconds_to_the_room(page: Page, workshop: Workshop, network: dict[str, Any] | None) -> float:
    """How long it takes from the code to the first box, with one tap between."""
    if network:
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", network)
    began = time.monotonic()
    page.goto(workshop.room_url(), wait_until="commit")
    page.get_by_role("button", name="Come in").click()
    expect(page.get_by_label("Your idea")).to_be_visible()
    return time.monotonic() - began


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


def test_paper_is_typed_in_by_keyboard_alone_one_after_the_other(
    workshop: Workshop, ada: User, page_for: PageFor, axe: Axe
) -> None:
    running.open_workshop(ada, workshop)
    ideas = go_to(ada, workshop, "ideas")
    statements = workshop.activities.get(kind="statements")
    page = page_for(ada, width=1440)
    page.goto(f"{workshop.get_absolute_url()}steps/{ideas.pk}/paper/")
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
    page.keyboard.type("More buses\nA hall that is open")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 lines are kept.")).to_be_visible()
    page.goto(f"{workshop.get_absolute_url()}steps/{statements.pk}/paper/?sheet=answers")
    for number, answers in enumerate(("ad", "ap", "da"), start=1):
        page.keyboard.type(answers)
        page.keyboard.press("Enter")
        expect(page.get_by_text(f"Sheet {number}: 2 answers.")).to_be_visible()
        expect(page.locator("[autofocus]")).to_be_focused()
    assert StatementVote.objects.count() == 6
    axe(page)


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
