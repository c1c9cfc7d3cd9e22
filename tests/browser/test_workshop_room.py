"""What happens in a room beside the running order: the door, two helpers, no script, no stream."""

import io
import re
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, Route, expect

from commissioning.people.models import User
from commissioning.programmes.actions.openness import say_given
from commissioning.programmes.models import Given, Programme
from participation.workshops.actions import (
    contributing,
    drafting,
    grouping,
    joining,
    paper,
    preparing,
    running,
)
from participation.workshops.agendas import ready
from participation.workshops.models import Consent, Dot, Participant, StatementVote, Workshop
from tests.browser.conftest import Console, PageFor, Site, press_on
from tests.participation.workshops.conftest import go_to, settings_of
from tests.qr import read_qr

pytestmark = pytest.mark.django_db(transaction=True)
OpenContext = Callable[..., BrowserContext]


@pytest.fixture
def workshop(vision_programme: Programme, ada: User, sami: User) -> Workshop:
    """A whole-place session that Ada leads; it is open."""
    say_given(ada, vision_programme, Given.Kind.OPEN, "What the street is for.")
    made = preparing.make_workshop(ada, vision_programme, ready("whole-place"), "Our street")
    made = preparing.write_settings(ada, made, settings_of(made, safeguarding_lead=sami))
    return running.open_workshop(ada, made)


@pytest.fixture
def phone(open_context: OpenContext) -> Callable[..., Page]:
    """Another phone, 320 wide."""
    return lambda **how: open_context(viewport={"width": 320, "height": 640}, **how).new_page()


def come_in(page: Page, workshop: Workshop, name: str = "") -> None:
    page.goto(f"/j/{workshop.code}/")
    if name:
        page.get_by_label("Your name").fill(name)
    press_on(page, "Come in")
    expect(page.locator("#ws-step")).to_be_visible()


class Held:
    """Requests for an address, which wait until they are let go."""

    def __init__(self, page: Page, address: str) -> None:
        self.waiting: list[Route] = []
        self.free = False
        page.route(address, self._hear)

    def _hear(self, route: Route) -> None:
        if self.free:
            route.continue_()
        else:
            self.waiting.append(route)

    def let_go(self) -> None:
        """From now on nothing waits."""
        self.free = True
        for route in self.waiting:
            route.continue_()


def test_a_camera_that_reads_the_code_on_the_wall_finds_the_room(
    workshop: Workshop, ada: User, page_for: PageFor, site: Site
) -> None:
    wall = page_for(ada)
    wall.set_viewport_size({"width": 1920, "height": 1080})
    for where in ("wall/", ""):
        wall.goto(f"{workshop.get_absolute_url()}{where}")
        picture = wall.locator("svg.cc-qr").first.screenshot(scale="css")
        assert read_qr(Image.open(io.BytesIO(picture))) == f"{site.url}/j/{workshop.code}/"


def test_a_closed_session_lets_in_by_the_list_and_by_a_tap(
    workshop: Workshop, ada: User, page_for: PageFor, phone: Callable[..., Page]
) -> None:
    workshop = preparing.write_settings(
        ada, workshop, settings_of(workshop, is_closed_session=True)
    )
    desk = page_for(ada)
    desk.goto(f"{workshop.get_absolute_url()}list/")
    desk.get_by_role("textbox").fill("Wyn Afon\nBea Lockside")
    desk.get_by_role("button", name="Save").click()
    listed, stranger = phone(), phone()
    come_in(listed, workshop, "wyn afon")
    expect(listed.get_by_role("heading", name="You are in")).to_be_visible()
    come_in(stranger, workshop, "Cai Weir")
    expect(stranger.get_by_role("heading", name="You are at the door")).to_be_visible()
    desk.goto(f"{workshop.get_absolute_url()}desk/")
    desk.get_by_role("button", name=re.compile("Let in.*Cai Weir")).click()
    # The phone opens by itself.
    expect(stranger.get_by_role("heading", name="You are in")).to_be_visible(timeout=15_000)


def test_two_helpers_who_move_one_card_end_in_one_truth_that_both_see(
    workshop: Workshop, ada: User, sami: User, page_for: PageFor, console: Console
) -> None:
    console.expect(409)
    workshop = preparing.choose_helpers(ada, workshop, [sami]) or workshop
    ideas = go_to(ada, workshop, "ideas")
    paper.type_in(ada, ideas, ["A bench in the sun", "The 47 bus"])
    go_to(ada, workshop, "themes")
    for title in ("Company", "Getting about"):
        grouping.make_theme(ada, workshop, title, {})
    one, other = page_for(ada), page_for(sami)
    # The other helper's screen lags: nothing tells it of changes for a while.
    other.route("**/live/**", lambda route: route.abort())
    for desk in (one, other):
        desk.goto(f"{workshop.get_absolute_url()}desk/")
        desk.get_by_label("A bench in the sun").check()
    for desk, theme in ((one, "Company"), (other, "Getting about")):
        desk.locator("#ws-to").select_option(label=theme)
    one.locator("#ws-move").click()
    expect(one.get_by_role("group", name="Company")).to_contain_text("A bench in the sun")
    other.locator("#ws-move").click()
    expect(other.get_by_role("alert")).to_contain_text("it is in “Company” now")
    expect(other.get_by_role("group", name="Company")).to_contain_text("A bench in the sun")
    # Merged by one and split again: both screens follow, the lagging one by looking.
    one.get_by_label("Merge “Getting about” into").select_option(label="Company")
    one.get_by_role("button", name=re.compile("Merge into it.*Getting about")).click()
    expect(one.get_by_role("group", name="Getting about")).to_have_count(0)
    expect(other.get_by_role("group", name="Getting about")).to_have_count(0, timeout=20_000)
    one.get_by_label("A bench in the sun").check()
    one.get_by_label("Name of the new theme").fill("Somewhere to sit")
    one.locator("#ws-to").select_option(label="a new theme, named:")
    one.locator("#ws-move").click()
    for desk in (one, other):
        group = desk.get_by_role("group", name="Somewhere to sit")
        expect(group).to_contain_text("A bench in the sun", timeout=20_000)


def test_versions_stand_side_by_side_with_what_changed(
    workshop: Workshop, ada: User, page_for: PageFor, phone: Callable[..., Page]
) -> None:
    draft = go_to(ada, workshop, "drafting")
    drafting.write_version(ada, draft, "Children play out.", ["Streets"], "", seen=0)
    second = "Children of all ages play out."
    drafting.write_version(ada, draft, second, ["Streets"], "So said the young.", seen=1)
    desk = page_for(ada)
    desk.set_viewport_size({"width": 1440, "height": 900})
    desk.goto(f"{workshop.get_absolute_url()}desk/")
    new, old = (
        desk.get_by_text(words, exact=True).first.bounding_box()
        for words in ("So said the young.", "Children play out.")
    )
    assert new
    assert old
    assert old["x"] > new["x"] + 100
    expect(desk.locator("ins").first).to_have_text("of all ages")
    page = phone()
    come_in(page, workshop)
    page.get_by_text("What changed since the version before").click()
    expect(page.locator("ins").first).to_have_text("of all ages")


def test_time_is_added_and_the_session_handed_over_without_a_phone_noticing(
    workshop: Workshop, ada: User, cora: User, page_for: PageFor, phone: Callable[..., Page]
) -> None:
    ideas = go_to(ada, workshop, "ideas")
    page, desk = phone(), page_for(ada)
    come_in(page, workshop)
    page.get_by_label("Your idea").fill("Half a thought")
    desk.goto(f"{workshop.get_absolute_url()}desk/")
    ideas.refresh_from_db()
    before = ideas.time_up_at
    desk.get_by_role("button", name="5 more minutes").click()
    clock = desk.locator("#ws-main [data-clock-text]")
    expect(clock).to_have_text(re.compile("^16:"), timeout=20_000)
    ideas.refresh_from_db()
    assert before
    assert ideas.time_up_at
    assert 295 < (ideas.time_up_at - before).total_seconds() < 305
    desk.get_by_role("link", name="Hand over").click()
    desk.get_by_label(cora.name).check()
    desk.get_by_role("button", name="Hand over").click()
    expect(desk.get_by_text("leads from now on").first).to_be_visible()
    hers = page_for(cora)
    hers.goto(f"{workshop.get_absolute_url()}desk/")
    expect(hers.get_by_text(f"{cora.short_name} leads.")).to_be_visible()
    hers.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("Paused. What you typed is kept.")).to_be_visible()


def test_words_of_a_phone_that_was_closed_meanwhile_are_offered_to_be_sent(
    workshop: Workshop, ada: User, phone: Callable[..., Page]
) -> None:
    ideas = go_to(ada, workshop, "ideas")
    page = phone()
    come_in(page, workshop)
    page.get_by_label("Your idea").fill("Half a thought")
    # The browser is closed; it comes back to the same part with the words there.
    back = page.context.new_page()
    page.close()
    back.goto(f"/j/{workshop.code}/")
    expect(back.get_by_label("Your idea")).to_have_value("Half a thought")
    again = back.context.new_page()
    back.close()
    go_to(ada, workshop, "themes")
    again.goto(f"/j/{workshop.code}/")
    expect(again.get_by_text("Half a thought")).to_be_visible()
    again.get_by_role("button", name="Send it").click()
    expect(again.get_by_text("Sent now.")).to_be_visible()
    assert ideas.contributions.get().text == "Half a thought"


def test_words_that_were_written_before_the_script_came_are_kept(
    workshop: Workshop, ada: User, phone: Callable[..., Page]
) -> None:
    go_to(ada, workshop, "ideas")
    page = phone()
    script = Held(page, "**/workshop-phone*.js")
    page.goto(f"/j/{workshop.code}/", wait_until="commit")
    with page.expect_navigation(wait_until="commit"):
        page.get_by_role("button", name="Come in").click()
    page.get_by_label("Your idea").fill("Half a thought")
    script.let_go()
    page.wait_for_load_state()
    back = page.context.new_page()
    page.close()
    back.goto(f"/j/{workshop.code}/")
    expect(back.get_by_label("Your idea")).to_have_value("Half a thought")


def test_a_wall_goes_with_a_room_that_went_on_while_the_wall_was_on_its_way(
    workshop: Workshop, ada: User, page_for: PageFor
) -> None:
    go_to(ada, workshop, "ideas")
    wall = page_for(ada)
    stream = Held(wall, "**/live/**")
    wall.goto(f"{workshop.get_absolute_url()}wall/")
    go_to(ada, workshop, "statements")
    stream.let_go()
    expect(wall.get_by_role("heading", level=1)).to_contain_text("Agree, disagree")


def test_words_of_a_phone_that_was_offline_while_the_session_ended_are_not_lost(
    workshop: Workshop, ada: User, phone: Callable[..., Page], console: Console
) -> None:
    console.expect(403)
    ideas = go_to(ada, workshop, "ideas")
    page = phone()
    come_in(page, workshop)
    page.wait_for_load_state()
    page.context.set_offline(True)
    page.get_by_label("Your idea").fill("The 47 bus back on Sundays")
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("Not sent yet: no connection")).to_be_visible()
    workshop.refresh_from_db()
    running.close_workshop(ada, workshop)
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("This was not sent:")).to_be_visible()
    expect(page.get_by_text("The 47 bus back on Sundays")).to_be_visible()
    assert not ideas.contributions.exists()


def test_what_a_phone_sends_late_is_called_sent_only_where_it_is_kept(
    workshop: Workshop, ada: User, phone: Callable[..., Page]
) -> None:
    ideas = go_to(ada, workshop, "ideas")
    page = phone()
    come_in(page, workshop)
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


def test_where_the_live_address_is_blocked_phone_wall_and_desk_go_on_by_asking(
    workshop: Workshop, ada: User, page_for: PageFor, phone: Callable[..., Page]
) -> None:
    go_to(ada, workshop, "ideas")
    page, wall = phone(), page_for(ada)
    for screen in (page, wall):
        screen.route("**/live/**", lambda route: route.abort())
    come_in(page, workshop)
    wall.goto(f"{workshop.get_absolute_url()}wall/")
    page.get_by_label("Your idea").fill("Somebody who rings on Sundays")
    page.get_by_role("button", name="Send it").click()
    expect(wall.get_by_text("Somebody who rings on Sundays")).to_be_visible(timeout=20_000)
    # Typing goes on while the page looks; then the room goes on.
    page.get_by_label("Your idea").fill("And another")
    page.wait_for_timeout(6_000)
    expect(page.get_by_label("Your idea")).to_have_value("And another")
    go_to(ada, workshop, "statements")
    expect(page.get_by_text("The room has gone on.")).to_be_visible(timeout=20_000)
    expect(wall.get_by_role("heading", level=1)).to_contain_text("Agree, disagree", timeout=20_000)


def test_somebody_without_a_script_takes_part_in_a_whole_session(
    workshop: Workshop, ada: User, phone: Callable[..., Page], console: Console
) -> None:
    console.expect(422)
    page = phone(java_script_enabled=False)
    come_in(page, workshop, "Wyn")

    def again() -> None:
        with page.expect_navigation():
            page.get_by_role("link", name="Look again").click()

    ideas = go_to(ada, workshop, "ideas")
    again()
    page.get_by_label("Your idea").fill("A bench in the sun")
    press_on(page, "Send it")
    expect(page.get_by_text("It is in. Thank you.")).to_be_visible()
    theme = grouping.make_theme(
        ada, workshop, "Somewhere to sit", {str(ideas.contributions.get().pk): ""}
    )
    go_to(ada, workshop, "themes")
    again()
    go_to(ada, workshop, "priorities")
    again()
    press_on(page, "Give a dot: Somewhere to sit")
    expect(page.get_by_text("4 dots")).to_be_visible()
    assert Dot.objects.get().theme == theme
    statements = go_to(ada, workshop, "statements")
    paper.type_in(ada, statements, ["Cars should wait for children"])
    again()
    press_on(page, "Agree")
    expect(page.get_by_text("Your answer is in.")).to_be_visible()
    page.get_by_label("Your own statement").fill("We know our neighbours")
    press_on(page, "Add it")
    assert StatementVote.objects.count() == 2
    draft = go_to(ada, workshop, "drafting")
    drafting.write_version(ada, draft, "Children play out.", ["Streets close"], "", seen=0)
    again()
    page.get_by_label("I object").check()
    press_on(page, "Say where I stand")
    expect(page.get_by_role("alert")).to_contain_text("Say why")
    expect(page.get_by_label("I object")).to_be_checked()
    page.get_by_label("Why? Without your name").fill("What about wheelchairs?")
    press_on(page, "Say where I stand")
    assert Consent.objects.get().why == "What about wheelchairs?"
    offers = go_to(ada, workshop, "offers")
    again()
    page.get_by_label("Time", exact=True).check()
    page.get_by_label("What can you bring?").fill("Two hours a week")
    press_on(page, "Offer it")
    assert offers.contributions.get().text == "Two hours a week"
    running.close_workshop(ada, workshop)
    again()
    page.get_by_role("link", name="Have the record sent to you").click()
    page.get_by_label("Your e-mail address").fill("wyn@example.org")
    with page.expect_navigation():
        page.get_by_role("button").last.click()
    assert workshop.hearers.get().email == "wyn@example.org"
    assert Participant.objects.get().is_in


def test_a_co_facilitator_who_joins_late_sees_where_the_room_is(
    workshop: Workshop, ada: User, page_for: PageFor, vision_programme: Programme
) -> None:
    """A facilitator whose browser broke down goes on from another one, at the same place."""
    ideas = go_to(ada, workshop, "ideas")
    person, _token = joining.come_in(workshop)
    contributing.say(person, ideas, "A bench in the sun")
    first = page_for(ada)
    first.goto(f"{workshop.get_absolute_url()}desk/")
    first.close()
    second = page_for(ada)
    second.goto(f"{workshop.get_absolute_url()}desk/")
    expect(second.locator("#ws-order [aria-current]")).to_contain_text("Ideas")
    expect(second.get_by_text("A bench in the sun").first).to_be_visible()
