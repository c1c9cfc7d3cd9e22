"""Signing in as people do it: the code from the mail, a passkey, an authenticator app."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from commissioning.people.models import User
from tests.browser.conftest import WIDTHS, Axe, PageFor, Site, press_on
from tests.commissioning.people.test_second_steps import number_of

pytestmark = pytest.mark.django_db(transaction=True)
CODE = re.compile(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b")


def code_for(page: Page, site: Site, email: str) -> str:
    """Open the mailbox in another tab, and read the newest code for this address."""
    mailbox = page.context.new_page()
    mailbox.goto(f"{site.url}/mail/")
    mailbox.get_by_role("listitem").filter(has_text=f"To {email}").first.get_by_role("link").click()
    text = mailbox.get_by_role("region", name="The mail as text").inner_text()
    mailbox.close()
    found = CODE.search(text)
    assert found, text
    return found.group()


def sign_in(page: Page, site: Site, email: str) -> None:
    """Ask for a code and type it."""
    page.goto(f"{site.url}/account/login/")
    page.get_by_label("Your e-mail address").fill(email)
    press_on(page, "E-mail me a code")
    page.get_by_label("Code").fill(code_for(page, site, email))
    press_on(page, "Continue")


def add_virtual_authenticator(page: Page) -> None:
    """A phone's fingerprint reader, as the browser sees one."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options: dict[str, Any] = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_newcomer_signs_in_and_says_their_name(page: Page, site: Site, axe: Axe) -> None:
    page.goto(f"{site.url}/account/login/")
    axe(page)
    press_on(page, "E-mail me a code")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    axe(page)
    sign_in(page, site, "nia@example.org")
    expect(page.get_by_role("heading", name="What is your name?")).to_be_visible()
    axe(page)
    page.get_by_label("Your full name").fill("Nia Newcomer")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("link", name="Nia N.")).to_be_visible()


def test_a_passkey_is_added_and_signs_in(page: Page, site: Site, ada: User, axe: Axe) -> None:
    add_virtual_authenticator(page)
    sign_in(page, site, ada.email)
    page.goto(f"{site.url}/account/ways/")
    axe(page)
    page.get_by_role("link", name="Add a passkey").click()
    axe(page)
    page.get_by_label("A name for this passkey").fill("My laptop")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    axe(page)
    press_on(page, "Sign out")
    page.goto(f"{site.url}/account/login/?next=/account/ways/passkeys/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="Your passkeys")).to_be_visible()
    expect(page.get_by_text("My laptop").first).to_be_visible()
    axe(page)


def test_a_passkey_is_the_second_step_too(page: Page, site: Site, ada: User, axe: Axe) -> None:
    add_virtual_authenticator(page)
    sign_in(page, site, ada.email)
    page.goto(f"{site.url}/account/ways/passkeys/add/")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    press_on(page, "Sign out")
    sign_in(page, site, ada.email)
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{site.url}/")
    expect(page.get_by_role("link", name="Ada N.")).to_be_visible()


def test_without_the_passkey_the_page_says_what_to_do(page: Page, site: Site) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    options |= {"hasUserVerification": True, "isUserVerified": False}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto(f"{site.url}/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("That did not work.")).to_be_visible()


def test_an_authenticator_app_is_set_up(page: Page, site: Site, ada: User, axe: Axe) -> None:
    sign_in(page, site, ada.email)
    page.goto(f"{site.url}/account/ways/app/add/")
    axe(page)
    expect(page.get_by_role("img", name="QR code for your authenticator app")).to_be_visible()
    secret = page.locator("main code").inner_text()
    page.get_by_label("Code that the app shows").fill(number_of(secret))
    page.get_by_role("button", name="Add this app").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


def test_words_survive_a_session_that_ended(page: Page, site: Site, ada: User, axe: Axe) -> None:
    sign_in(page, site, ada.email)
    page.goto(f"{site.url}/you/name/")
    page.get_by_label("Your full name").fill("Adaeze Nwosu")
    page.context.clear_cookies(name="session")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()
    page.get_by_label("Your e-mail address").fill(ada.email)
    press_on(page, "E-mail me a code")
    page.get_by_label("Code").fill(code_for(page, site, ada.email))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Nothing is lost")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Send it now").click()
    expect(page.get_by_text("Your name was changed.")).to_be_visible()


def test_an_accounts_pages_have_nothing_wrong(
    page_for: PageFor, ada: User, site: Site, axe: Axe
) -> None:
    page = page_for(ada)
    paths = ("/you/", "/you/name/", "/you/places/", "/you/data/", "/you/notices/")
    for path in (*paths, "/mail/", "/account/logout/"):
        page.goto(site.url + path)
        axe(page)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, (path, width)


def test_a_mail_is_shown_as_text_and_as_a_page(page: Page, site: Site, axe: Axe) -> None:
    page.goto(f"{site.url}/account/login/")
    page.get_by_label("Your e-mail address").fill("nia@example.org")
    press_on(page, "E-mail me a code")
    page.goto(f"{site.url}/mail/")
    page.locator(".cc-rows a").first.click()
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="Your code to sign in")).to_be_visible()
    axe(page)
