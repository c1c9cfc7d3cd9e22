"""The design system in a real browser: every component and every field, in every state."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Dialog, Page, Route, expect

from tests.browser.conftest import WIDTHS, Axe, Console, PageFor, fits

PAGES = (
    "/",
    "/about/",
    "/accessibility/",
    "/privacy/",
    "/design/",
    "/design/phone/",
    "/design/confirm/",
)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("address", PAGES)
def test_a_page_fits_and_axe_finds_nothing(
    address: str, width: int, page_for: PageFor, axe: Axe
) -> None:
    page = page_for(width=width)
    page.goto(address)
    assert fits(page), f"{address} scrolls sideways at {width}"
    axe(page)


def test_the_wall_fits_a_projector_without_scrolling(page_for: PageFor, axe: Axe) -> None:
    page = page_for(width=1920)
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto("/design/wall/")
    assert fits(page)
    assert page.evaluate("document.documentElement.scrollHeight") <= 1080
    axe(page)


def test_the_error_summary_takes_focus_and_leads_to_the_field(
    page: Page, axe: Axe, console: Console
) -> None:
    console.expect(422)
    page.goto("/design/confirm/")
    page.get_by_role("button", name="Withdraw it").click()
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    expect(page).to_have_title("Error: Withdraw this invitation? - Collaborative Commissioning")
    axe(page)
    page.get_by_role("link", name="Answer “Why?”").click()
    field = page.get_by_label("Why?")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")


def test_a_choice_shows_the_field_that_belongs_to_it(page: Page, axe: Axe) -> None:
    page.goto("/design/")
    words = page.locator("#empty_kind_words")
    expect(words).to_be_hidden()
    page.locator("#empty_kind_2").check()
    expect(words).to_be_visible()
    axe(page)


def test_words_are_counted_as_they_are_typed(page: Page) -> None:
    page.goto("/design/")
    page.locator("#empty_summary").fill("one two three")
    expect(page.get_by_text("You have 137 words remaining").first).to_be_visible()


def test_a_keyboard_reaches_everything_and_shows_where_it_is(page: Page) -> None:
    page.goto("/design/")
    links = page.evaluate(
        "[...document.querySelectorAll('a[href], button:not([disabled]), summary')]"
        ".filter(e => e.checkVisibility()).length"
    )
    assert links > 20
    page.get_by_role("link", name="Skip to main content").focus()
    stops = 0
    while not page.evaluate("document.activeElement === document.body"):
        shown = page.evaluate(
            """() => {
                const at = getComputedStyle(document.activeElement);
                return at.outlineStyle !== "none" || at.boxShadow !== "none"
                    || at.backgroundColor === "rgb(245, 179, 1)";
            }"""
        )
        assert shown, page.evaluate("document.activeElement.outerHTML")
        page.keyboard.press("Tab")
        stops += 1
        assert stops < 500, "the keyboard never comes to the end of the page"
    assert stops >= links


def test_the_skip_link_is_first_and_leads_to_the_page(page: Page) -> None:
    page.goto("/about/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_thumbs_hit_what_they_aim_at(page_for: PageFor) -> None:
    page = page_for(width=320)
    page.goto("/design/phone/")
    small = page.evaluate(
        "[...document.querySelectorAll('label')]"
        ".filter(e => e.getBoundingClientRect().height < 44).length"
    )
    assert small == 0


def test_everything_stands_there_without_javascript(
    open_context: Callable[..., BrowserContext],
) -> None:
    page = open_context(java_script_enabled=False).new_page()
    page.goto("/design/")
    page.locator("#empty_kind_2").check()
    expect(page.locator("#empty_kind_words")).to_be_visible()
    expect(page.get_by_role("button", name="Copy")).to_be_hidden()
    expect(page.get_by_role("button", name="Sign out")).to_have_count(0)


def test_a_lost_connection_is_said(page: Page, open_context: Callable[..., BrowserContext]) -> None:
    page.goto("/about/")
    page.context.set_offline(True)
    expect(page.get_by_text("You have no connection.")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("You have no connection.")).to_be_hidden()


def test_ballots_and_phones_weigh_little(page_for: PageFor) -> None:
    page = page_for(width=320)
    weights: list[int] = []
    page.on("response", lambda answer: weights.append(len(answer.body())))
    page.goto("/design/phone/", wait_until="networkidle")
    scripts = page.evaluate("document.scripts.length")
    assert scripts == 0
    # Not compressed by this server: the wire carries about a fifth of it, fonts apart.
    assert sum(weights) < 200_000


def test_a_draft_says_when_it_is_saved_and_tries_again_when_it_is_not(page: Page) -> None:
    page.goto("/design/")
    note = page.locator("[data-saved]")
    words = page.locator("#draft_reason")
    words.fill("They asked.")
    expect(note).to_have_text("Saved")
    lost = True

    def on_the_way(route: Route) -> None:
        if lost:
            route.abort()
        else:
            route.continue_()

    page.route("**/design/draft/", on_the_way)
    words.fill("They asked twice.")
    expect(note).to_have_text("Not saved: no connection. We will try again.")
    lost = False
    expect(note).to_have_text("Saved")


def test_a_draft_that_is_refused_says_so(page: Page, console: Console) -> None:
    console.expect(422)
    page.goto("/design/")
    page.locator("#draft_reason").fill(" ")
    expect(page.locator("[data-saved]")).to_have_text("Not saved. Press the button to see why.")


def test_unsaved_words_are_not_left_without_asking(page: Page) -> None:
    page.goto("/design/")
    page.route("**/design/draft/", lambda route: route.abort())
    page.locator("#draft_reason").press_sequentially("They")
    expect(page.locator("[data-saved]")).to_have_attribute("data-state", "failed")
    with page.expect_event("requestfailed"):  # it tries again, in vain, and no error is left behind
        pass
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", stay)
    page.goto("/about/")
    assert asked == ["beforeunload"]


def test_a_double_tap_sends_once(page: Page) -> None:
    sent: list[str] = []
    page.route("**/design/confirm/", lambda route: route.continue_())
    page.goto("/design/confirm/")
    page.on("request", lambda request: sent.append(request.method))
    page.get_by_label("Why?").fill("They asked.")
    page.get_by_role("button", name="Withdraw it").dblclick()
    page.wait_for_url("**/design/")
    assert sent.count("POST") == 1


def test_printed_pages_leave_the_frame_behind(page: Page) -> None:
    page.goto("/about/")
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    expect(page.get_by_role("contentinfo")).to_be_hidden()
    expect(page.get_by_role("heading", name="What this is")).to_be_visible()


def test_less_movement_is_kept_to(open_context: Callable[..., BrowserContext]) -> None:
    page = open_context(reduced_motion="reduce").new_page()
    page.goto("/design/")
    moving = page.evaluate(
        "[...document.querySelectorAll('*')].filter("
        "e => parseFloat(getComputedStyle(e).transitionDuration) > 0.05).length"
    )
    assert moving == 0


def test_states_have_an_edge_where_colours_are_the_persons_own(
    open_context: Callable[..., BrowserContext],
) -> None:
    page = open_context(forced_colors="active").new_page()
    page.goto("/design/")
    for mark in (".cc-tag", ".cc-note", ".cc-nums > div"):
        expect(page.locator(mark).first).to_have_css("border-top-style", "solid")
