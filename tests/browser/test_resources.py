"""The map, the list and everything around them in a real browser, at three widths."""

from collections.abc import Callable
from itertools import combinations
from math import hypot
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from commissioning.people.models import User
from commissioning.programmes.models import Outcome, Programme
from places.directory.models import Area, Place
from places.resources.actions.links import link_to_outcome
from places.resources.models import Kind, Resource, Where
from tests.browser.conftest import PageFor, fits, press_on
from tests.browser.looking import Look, look  # noqa: F401  fixture
from tests.places.resources.conftest import (  # noqa: F401  fixtures
    Make,
    hall,
    make,
    northbank,
    outcome,
    the_lanes,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def full(
    make: Make,  # noqa: F811
    hall: Resource,  # noqa: F811
    femi: User,
    outcome: Outcome,  # noqa: F811
    the_lanes: Area,  # noqa: F811
) -> Resource:
    """A few things of every sort, near one another and apart."""
    link_to_outcome(femi, hall, outcome, "Lunch for forty", "seen", "Priya, at the workshop")
    make("A choir", Kind.GROUPS, whose="Whoever sings")
    make("Eleven drivers", Kind.PEOPLE, where=Where.AREA, area=the_lanes)
    for number, kind in enumerate(Kind):
        make(
            f"Thing number {number}",
            kind,
            where=Where.POINT,
            longitude=0.31 + number / 900,
            latitude=52.955 + number / 2000,
        )
    make("St Brannocs Hall", where=Where.POINT, longitude=0.3201, latitude=52.9401)
    return hall


def test_pages_anybody_reads(
    full: Resource,
    programme: Programme,
    place: Place,
    page: Page,
    look: Look,  # noqa: F811
) -> None:
    look(page, reverse("resources:programme", args=[programme.slug]))
    expect(page.locator(".cc-live-map")).to_be_visible()
    look(page, reverse("resources:place", args=[place.slug]) + "?q=nothing+like+it")
    look(page, reverse("resources:gaps", args=[programme.slug]))
    look(page, reverse("resources:gaps", args=[programme.slug]) + "?by=kind")
    look(page, full.get_absolute_url())


def test_pages_of_those_who_look_after_it(
    full: Resource,
    programme: Programme,
    place: Place,
    femi: User,
    page_for: PageFor,
    look: Look,  # noqa: F811
) -> None:
    page = page_for(femi)
    one = [place.slug, full.pk]
    for name in ("edit", "hide", "check"):
        look(page, reverse(f"resources:{name}", args=one))
    look(page, reverse("resources:link", args=[*one, programme.slug]))
    look(page, reverse("resources:look_after", args=[place.slug]))
    look(page, reverse("resources:new", args=[place.slug]))


def test_many_things_are_linked_to_an_outcome_at_once_and_taken_back(
    full: Resource,
    programme: Programme,
    outcome: Outcome,  # noqa: F811
    ada: User,
    page_for: PageFor,
    look: Look,  # noqa: F811
) -> None:
    page = page_for(ada)
    look(page, reverse("resources:link_many", args=[programme.slug]))
    page.get_by_role("checkbox", name="A choir").uncheck()
    page.get_by_role("radio", name=outcome.title).check()
    page.get_by_label("How does it help?").fill("Somewhere to go.")
    page.get_by_label("We have seen it").check()
    page.get_by_label("Who said so?").fill("Priya")
    press_on(page, "Link all that are ticked")
    look(page, reverse("resources:link_many", args=[programme.slug]))
    expect(page.get_by_role("checkbox")).to_have_count(1)
    page.get_by_role("button", name="Take them back").click()
    expect(page.get_by_role("checkbox", name="Eleven drivers")).to_be_visible()


def test_the_drawn_map_works_without_scripts(
    full: Resource, programme: Programme, open_context: Callable[..., Any]
) -> None:
    context = open_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(reverse("resources:programme", args=[programme.slug]))
    expect(page.locator(".cc-map svg")).to_be_visible()
    page.get_by_role("link", name="near one another").first.click()
    expect(page.locator(".cc-things li").first).to_be_visible()


def test_the_moving_map_is_worked_by_keyboard(
    full: Resource, programme: Programme, page: Page
) -> None:
    page.goto(reverse("resources:programme", args=[programme.slug]))
    expect(page.locator("figure[data-ready]")).to_be_visible()
    live = page.locator(".cc-live-map")
    live.focus()
    page.keyboard.press("+")
    pin = page.locator(".cc-pin[tabindex]:not(.cc-pin--many)").first
    many = page.locator(".cc-pin--many[tabindex]").first
    # Enter on a number goes closer to what it gathers, until a place stands by itself.
    for _ in range(8):
        page.wait_for_timeout(800)
        if pin.count():
            break
        many.focus()
        page.keyboard.press("Enter")
    pin.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/places/rivermead/resources/*/")
    expect(page.locator("h1")).to_be_visible()
    assert fits(page)


def test_no_number_on_a_phones_map_is_hidden_by_another(
    full: Resource,
    make: Make,  # noqa: F811
    programme: Programme,
    page: Page,
) -> None:
    for number in range(24):
        make(
            f"Hall number {number}",
            where=Where.POINT,
            longitude=0.305 + number % 6 / 220,
            latitude=52.943 + number // 6 / 200,
        )
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(reverse("resources:programme", args=[programme.slug]))
    expect(page.locator("figure[data-ready]")).to_be_visible()
    middles = page.locator(".cc-pin--many").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect())"
        ".map(box => [box.x + box.width / 2, box.y + box.height / 2, box.width])"
    )
    assert len(middles) > 2
    for (x, y, wide), (other_x, other_y, _wide) in combinations(middles, 2):
        # Half a circle, and half of two figures.
        assert hypot(x - other_x, y - other_y) >= wide / 2 + 12


def test_a_spot_is_chosen_on_the_map_by_keyboard(
    full: Resource, place: Place, femi: User, page_for: PageFor
) -> None:
    page = page_for(femi)
    page.goto(reverse("resources:new", args=[place.slug]))
    page.get_by_label("What is it?").fill("A bench")
    page.get_by_label("Equipment").check()
    page.get_by_label("At one spot").check()
    live = page.locator(".cc-live-map")
    live.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Latitude")).not_to_have_value("")
    page.get_by_role("button", name="Put it on the map").click()
    expect(page.get_by_role("heading", name="A bench")).to_be_visible()
    assert Resource.objects.get(what="A bench").area is not None


def test_areas_names_are_not_hidden_by_what_lies_on_them(
    full: Resource, programme: Programme, page: Page
) -> None:
    page.goto(reverse("resources:programme", args=[programme.slug]))
    expect(page.locator("figure[data-ready]")).to_be_visible()
    above = page.locator(".leaflet-names-pane")
    name, live = above.get_by_text("The Lanes"), page.locator(".cc-live-map")
    expect(name).to_be_visible()
    inside, whole = name.bounding_box(), live.bounding_box()
    assert inside is not None
    assert whole is not None
    assert whole["y"] < inside["y"] < whole["y"] + whole["height"]
    depth = "one => Number(getComputedStyle(one).zIndex)"
    assert above.evaluate(depth) > page.locator(".leaflet-marker-pane").evaluate(depth)
    assert page.locator(".leaflet-overlay-pane .cc-resource-map__name").count() == 0
