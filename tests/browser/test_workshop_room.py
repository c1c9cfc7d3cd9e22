# Fixtures are imported by name, and named again by the tests that take them.
# ruff: noqa: F811
"""What happens in a room beside the running order: the door, two helpers, a handover."""

import io
import re
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from commissioning.people.models import User
from commissioning.programmes.models import Programme
from participation.workshops.actions import (
    contributing,
    drafting,
    grouping,
    joining,
    paper,
    preparing,
)
from participation.workshops.models import Workshop
from tests.browser.conftest import Console, PageFor, Site
from tests.browser.sessions import phone, scan_in, session, workshop  # noqa: F401
from tests.participation.workshops.conftest import go_to, settings_of
from tests.qr import read_qr

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_camera_that_reads_the_code_on_the_wall_finds_the_room(
    session: Workshop, ada: User, page_for: PageFor, site: Site
) -> None:
    wall = page_for(ada)
    wall.set_viewport_size({"width": 1920, "height": 1080})
    for where in ("wall/", ""):
        wall.goto(f"{session.get_absolute_url()}{where}")
        picture = wall.locator("svg.cc-qr").first.screenshot(scale="css")
        assert read_qr(Image.open(io.BytesIO(picture))) == f"{site.url}/j/{session.code}/"


def test_a_closed_session_lets_in_by_the_list_and_by_a_tap(
    session: Workshop, ada: User, page_for: PageFor, phone: Callable[..., Page]
) -> None:
    session = preparing.write_settings(ada, session, settings_of(session, is_closed_session=True))
    desk = page_for(ada)
    desk.goto(f"{session.get_absolute_url()}list/")
    desk.get_by_role("textbox").fill("Wyn Afon\nBea Lockside")
    desk.get_by_role("button", name="Save").click()
    listed, stranger = phone(), phone()
    scan_in(listed, session, "wyn afon")
    expect(listed.get_by_role("heading", name="You are in")).to_be_visible()
    scan_in(stranger, session, "Cai Weir")
    expect(stranger.get_by_role("heading", name="You are at the door")).to_be_visible()
    desk.goto(f"{session.get_absolute_url()}desk/")
    desk.get_by_role("button", name=re.compile("Let in.*Cai Weir")).click()
    # The phone opens by itself.
    expect(stranger.get_by_role("heading", name="You are in")).to_be_visible(timeout=15_000)


def test_two_helpers_who_move_one_card_end_in_one_truth_that_both_see(
    session: Workshop, ada: User, sami: User, page_for: PageFor, console: Console
) -> None:
    console.expect(409)
    session = preparing.choose_helpers(ada, session, [sami]) or session
    ideas = go_to(ada, session, "ideas")
    paper.type_in(ada, ideas, ["A bench in the sun", "The 47 bus"])
    go_to(ada, session, "themes")
    for title in ("Company", "Getting about"):
        grouping.make_theme(ada, session, title, {})
    one, other = page_for(ada), page_for(sami)
    # The other helper's screen lags: nothing tells it of changes for a while.
    other.route("**/live/**", lambda route: route.abort())
    for desk in (one, other):
        desk.goto(f"{session.get_absolute_url()}desk/")
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
    session: Workshop, ada: User, page_for: PageFor, phone: Callable[..., Page]
) -> None:
    draft = go_to(ada, session, "drafting")
    drafting.write_version(ada, draft, "Children play out.", ["Streets"], "", seen=0)
    second = "Children of all ages play out."
    drafting.write_version(ada, draft, second, ["Streets"], "So said the young.", seen=1)
    desk = page_for(ada)
    desk.set_viewport_size({"width": 1440, "height": 900})
    desk.goto(f"{session.get_absolute_url()}desk/")
    new, old = (
        desk.get_by_text(words, exact=True).first.bounding_box()
        for words in ("So said the young.", "Children play out.")
    )
    assert new
    assert old
    assert old["x"] > new["x"] + 100
    expect(desk.locator("ins").first).to_have_text("of all ages")
    page = phone()
    scan_in(page, session)
    page.get_by_text("What changed since the version before").click()
    expect(page.locator("ins").first).to_have_text("of all ages")


def test_time_is_added_and_the_session_handed_over_without_a_phone_noticing(
    session: Workshop, ada: User, cora: User, page_for: PageFor, phone: Callable[..., Page]
) -> None:
    ideas = go_to(ada, session, "ideas")
    page, desk = phone(), page_for(ada)
    scan_in(page, session)
    page.get_by_label("Your idea").fill("Half a thought")
    desk.goto(f"{session.get_absolute_url()}desk/")
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
    hers.goto(f"{session.get_absolute_url()}desk/")
    expect(hers.get_by_text(f"{cora.short_name} leads.")).to_be_visible()
    hers.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("Paused. What you typed is kept.")).to_be_visible()


def test_a_co_facilitator_who_joins_late_sees_where_the_room_is(
    session: Workshop, ada: User, page_for: PageFor, vision_programme: Programme
) -> None:
    """A facilitator whose browser broke down goes on from another one, at the same place."""
    ideas = go_to(ada, session, "ideas")
    person, _token = joining.come_in(session)
    contributing.say(person, ideas, "A bench in the sun")
    first = page_for(ada)
    first.goto(f"{session.get_absolute_url()}desk/")
    first.close()
    second = page_for(ada)
    second.goto(f"{session.get_absolute_url()}desk/")
    expect(second.locator("#ws-order [aria-current]")).to_contain_text("Ideas")
    expect(second.get_by_text("A bench in the sun").first).to_be_visible()
