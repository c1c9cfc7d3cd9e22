# Fixtures are imported by name, and named again by the tests that take them.
# ruff: noqa: F811
"""Screens that follow the room: by stream, by asking where there is none, on a slow network."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from commissioning.people.models import User
from participation.workshops.actions import (
    moderating,
    rehearsing,
    running,
)
from participation.workshops.models import Contribution, Workshop
from tests.browser.conftest import Console, PageFor, fits
from tests.browser.sessions import Held, come_in, phone, scan_in, session, workshop  # noqa: F401
from tests.participation.workshops.conftest import go_to

pytestmark = pytest.mark.django_db(transaction=True)


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


def test_where_the_live_address_is_blocked_phone_wall_and_desk_go_on_by_asking(
    session: Workshop, ada: User, page_for: PageFor, phone: Callable[..., Page]
) -> None:
    go_to(ada, session, "ideas")
    page, wall = phone(), page_for(ada)
    for screen in (page, wall):
        screen.route("**/live/**", lambda route: route.abort())
    scan_in(page, session)
    wall.goto(f"{session.get_absolute_url()}wall/")
    page.get_by_label("Your idea").fill("Somebody who rings on Sundays")
    page.get_by_role("button", name="Send it").click()
    expect(wall.get_by_text("Somebody who rings on Sundays")).to_be_visible(timeout=20_000)
    # Typing goes on while the page looks; then the room goes on.
    page.get_by_label("Your idea").fill("And another")
    page.wait_for_timeout(6_000)
    expect(page.get_by_label("Your idea")).to_have_value("And another")
    go_to(ada, session, "statements")
    expect(page.get_by_text("The room has gone on.")).to_be_visible(timeout=20_000)
    expect(wall.get_by_role("heading", level=1)).to_contain_text("Agree, disagree", timeout=20_000)


def test_a_wall_goes_with_a_room_that_went_on_while_the_wall_was_on_its_way(
    session: Workshop, ada: User, page_for: PageFor
) -> None:
    go_to(ada, session, "ideas")
    wall = page_for(ada)
    stream = Held(wall, "**/live/**")
    wall.goto(f"{session.get_absolute_url()}wall/")
    go_to(ada, session, "statements")
    stream.let_go()
    expect(wall.get_by_role("heading", level=1)).to_contain_text("Agree, disagree")


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
