"""Voting in Welsh on a small phone: the pages fit, read well and say what language they are in."""

# Fixtures of the rounds' own tests are imported by name, and named again as arguments.
# ruff: noqa: F811

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from participation.budgeting.models import Round
from tests.browser.conftest import Axe, PageFor, fits
from tests.browser.test_votes import (  # noqa: F401  fixtures
    STYLES,
    choose,
    code_of,
    counted_round,
    keys,
    pages_of,
)
from tests.participation.budgeting.conftest import (  # noqa: F401
    MakeRound,
    open_round,
    prepared,
)

OpenContext = Callable[..., BrowserContext]


def welsh_phone(open_context: OpenContext) -> Page:
    """A phone, 320 wide, on which somebody pressed Cymraeg."""
    page = open_context(viewport={"width": 320, "height": 640}).new_page()
    page.goto("/v/")
    page.get_by_role("button", name="Cymraeg").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pleidleisiwch â'ch cerdyn")
    return page


def check(page: Page, axe: Axe) -> None:
    """It is in Welsh, it fits, and axe finds nothing."""
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    assert fits(page), f"{page.url} scrolls sideways"
    axe(page)


@pytest.mark.parametrize("style", STYLES)
def test_a_vote_is_cast_in_welsh(
    style: str, open_round: MakeRound, open_context: OpenContext, axe: Axe
) -> None:
    round_ = open_round(style=style, style_options=STYLES[style])
    page = welsh_phone(open_context)
    check(page, axe)
    page.get_by_label("Y cod ar eich cerdyn").fill(code_of(round_, 1))
    page.get_by_role("button", name="Dechrau").click()
    page.wait_for_url("**/v/ballot/")
    expect(page.locator(".vote-foot")).to_contain_text("Nid ydych wedi pleidleisio eto.")
    check(page, axe)

    choose(page, style)

    expect(page.locator(".vote-foot")).to_contain_text("Mae'ch pleidlais wedi'i derbyn.")
    check(page, axe)


def test_residents_other_pages_fit_in_welsh(
    counted_round: Round, open_context: OpenContext, axe: Axe
) -> None:
    page = welsh_phone(open_context)
    round_pages = pages_of(
        counted_round.pk, "", "hall/", "result/", "result/ideas/1/", "result/other/"
    )
    for address in ("/v/finished/", "/v/counted/", "/verify/", *round_pages):
        page.goto(address)
        check(page, axe)


def test_the_switch_stands_on_translated_pages_only(page_for: PageFor) -> None:
    page = page_for()
    switch = page.get_by_role("button", name="Cymraeg")
    for address in ("/v/", "/v/counted/", "/verify/"):
        page.goto(address)
        expect(switch).to_be_visible()
    for address in ("/", "/about/", "/programmes/", "/account/login/"):
        page.goto(address)
        expect(switch).to_have_count(0)
