"""A workshop's session for tests in a browser: prepared, begun, phones that come in, a desk.

Fixtures are imported by name, as those of a room are.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from commissioning.people.models import User
from commissioning.programmes.actions.openness import say_given
from commissioning.programmes.models import Given, Programme
from participation.workshops.actions import preparing, running
from participation.workshops.agendas import ready
from participation.workshops.models import Workshop
from tests.browser.conftest import press_on
from tests.participation.workshops.conftest import settings_of

OpenContext = Callable[..., BrowserContext]


def prepare(by: User, programme: Programme, lead: User, name: str = "Our street") -> Workshop:
    """A whole-place session that somebody has prepared; ``lead`` hears of worries."""
    made = preparing.make_workshop(by, programme, ready("whole-place"), name)
    return preparing.write_settings(by, made, settings_of(made, safeguarding_lead=lead))


@pytest.fixture
def workshop(vision_programme: Programme, ada: User, sami: User) -> Workshop:
    """A session that Ada, who leads the programme, prepared; it is not open yet."""
    say_given(ada, vision_programme, Given.Kind.FIXED, "The lease of the hall ends in June.")
    say_given(ada, vision_programme, Given.Kind.OPEN, "What the street is for.")
    return prepare(ada, vision_programme, sami)


@pytest.fixture
def session(workshop: Workshop, ada: User) -> Workshop:
    """The session that Ada prepared, and opened."""
    return running.open_workshop(ada, workshop)


@pytest.fixture
def phone(open_context: OpenContext) -> Callable[..., Page]:
    """Another phone, 320 wide."""
    return lambda **how: open_context(viewport={"width": 320, "height": 640}, **how).new_page()


def come_in(page: Page, workshop: Workshop, name: str = "") -> None:
    """As people do who read the wall: its code, a name if wanted."""
    page.goto("/j/")
    page.get_by_label("What is the code on the wall?").fill(workshop.code.lower())
    press_on(page, "Come in")
    _say_who(page, name)


def scan_in(page: Page, workshop: Workshop, name: str = "") -> None:
    """As people do whose camera read the code on the wall."""
    page.goto(f"/j/{workshop.code}/")
    _say_who(page, name)


def _say_who(page: Page, name: str) -> None:
    if name:
        page.get_by_label("Your name").fill(name)
    press_on(page, "Come in")
    expect(page.locator("#ws-step")).to_be_visible()


def press(desk: Page, button: str) -> None:
    """A button of the desk, pressed when it is there; a step on is waited for."""
    here = desk.locator("#ws-order [aria-current]")
    before = here.inner_text() if here.count() else ""
    desk.locator(".ws-buttons").get_by_role("button", name=button).click()
    if button.startswith("Next:"):
        expect(here).not_to_have_text(before, use_inner_text=True)


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

    def next(self, page: Page) -> Route:
        """The one that has waited longest, once there is one: it is the caller's to answer."""
        for _ in range(100):
            if self.waiting:
                return self.waiting.pop(0)
            page.wait_for_timeout(100)
        raise AssertionError("Nothing was asked for.")

    def let_go(self) -> None:
        """From now on nothing waits."""
        self.free = True
        for route in self.waiting:
            route.continue_()
