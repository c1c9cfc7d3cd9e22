"""Calls in a real browser: an organisation applies on a phone and a laptop at once, and is read."""

# Fixtures of the calls' own tests are imported by name, and named again as arguments.
# ruff: noqa: F811

import os
import re
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Page, expect

from commissioning.people.models import User
from participation.calls.actions import applying, assessing
from participation.calls.actions.applying import begin_expression
from participation.calls.actions.calls import begin_assessing
from participation.calls.actions.files import attach
from participation.calls.models import Call, Decision, Expression, Submission
from places.directory.models import Organisation
from tests.browser.conftest import WIDTHS, Axe, Console, PageFor, fits
from tests.commissioning.ground.test_uploads import PDF
from tests.participation.calls.conftest import (  # noqa: F401
    assessing_call,
    begun,
    call,
    close,
    draft_call,
    ravi,
    submitted,
    written,
)

Shot = Callable[[Page, str], None]


@pytest.fixture
def look() -> Shot:
    """Keep a picture where PICTURES says, for people to judge."""
    folder = os.environ.get("PICTURES")

    def keep(page: Page, name: str) -> None:
        if folder and page.viewport_size:
            width = page.viewport_size["width"]
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)

    return keep


def check(page: Page, axe: Axe, look: Shot, name: str) -> None:
    """It fits, and axe finds nothing."""
    look(page, name)
    assert fits(page), f"{name} scrolls sideways"
    axe(page)


def address(call: Call, rest: str = "") -> str:
    """An address of the call."""
    return f"/programmes/{call.programme.slug}/calls/{call.pk}/{rest}"


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_for_anybody_and_for_officers_fit_and_axe_finds_nothing(
    width: int,
    draft_call: Call,
    ada: User,
    page_for: PageFor,
    axe: Axe,
    look: Shot,
) -> None:
    page = page_for(ada, width=width)
    for rest, name in (
        ("", "call"),
        ("build/", "build"),
        ("build/steps/money/", "step-money"),
        ("build/steps/dates/", "step-dates"),
        ("build/asks/questions/", "questions"),
        ("build/asks/questions/new/", "question"),
        ("build/asks/documents/", "documents-wanted"),
        ("build/library/", "library"),
        ("build/assessors/", "assessors"),
        ("publish/", "publish"),
    ):
        page.goto(address(draft_call, rest))
        check(page, axe, look, name)
    page.goto(f"/programmes/{draft_call.programme.slug}/calls/")
    check(page, axe, look, "calls")


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_for_applicants_fit_and_axe_finds_nothing(
    width: int,
    written: Expression,
    priya: User,
    page_for: PageFor,
    axe: Axe,
    look: Shot,
) -> None:
    attach(priya, written, SimpleUploadedFile("Rules of the club.pdf", PDF), None)
    page = page_for(priya, width=width)
    page.goto(address(written.call, "apply/"))
    check(page, axe, look, "apply")
    ours = f"/expressions/{written.pk}/"
    for rest, name in (
        ("", "tasks"),
        ("sections/organisation/", "section-organisation"),
        ("sections/project/", "section-project"),
        ("sections/questions-1/", "section-questions"),
        ("sections/budget/", "section-budget"),
        ("documents/", "documents"),
        ("preview/", "preview"),
        ("submit/", "submit"),
        ("withdraw/", "withdraw"),
    ):
        page.goto(f"{ours}{rest}")
        check(page, axe, look, name)
    page.goto("/expressions/")
    check(page, axe, look, "ours")
    applying.submit(priya, written, op=uuid.uuid4())
    page.goto(ours)
    check(page, axe, look, "submitted")


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_for_assessors_fit_and_axe_finds_nothing(
    width: int, assessing_call: Call, submitted: Submission, ada: User, cora: User, priya: User,
    page_for: PageFor, axe: Axe, look: Shot,
) -> None:  # fmt: skip
    page = page_for(cora, width=width)
    one = f"assess/{submitted.expression.pk}/"
    for rest, name in (("assess/", "list"), (one, "assess-one"), (f"{one}conflict/", "conflict")):
        page.goto(address(assessing_call, rest))
        check(page, axe, look, name)
    assessing.decide(cora, submitted.expression, Decision.Outcome.APPROVED, "It fits.")
    lead = page_for(ada, width=width)
    lead.goto(address(assessing_call, "assess/"))
    check(lead, axe, look, "list-ready")
    lead.goto(address(assessing_call, "assess/release/"))
    check(lead, axe, look, "release")
    assessing.release(ada, assessing_call)
    theirs = page_for(priya, width=width)
    theirs.goto(f"/expressions/{submitted.expression.pk}/")
    check(theirs, axe, look, "approved")
    theirs.goto(f"/expressions/{submitted.expression.pk}/entry/")
    check(theirs, axe, look, "entry")


def test_it_saves_as_it_is_typed_and_two_people_do_not_overwrite_each_other(
    call: Call, lanes: Organisation, priya: User, ravi: User, page_for: PageFor, axe: Axe,
    look: Shot, console: Console,
) -> None:  # fmt: skip
    console.expect(409)
    expression = begin_expression(priya, call, lanes)
    section = f"/expressions/{expression.pk}/sections/project/"
    laptop, phone = page_for(priya), page_for(ravi, width=320)
    laptop.goto(section)
    phone.goto(section)

    laptop.get_by_label("What is the project called?").fill("Lunches")
    expect(laptop.locator("[data-saved]")).to_have_text(re.compile("^Saved"))
    assert expression.drafts.get(key="project").raw["name"] == "Lunches"
    laptop.get_by_label("What is the project called?").fill("Front-room lunches")
    expect(laptop.locator("[data-saved]")).to_have_text(re.compile("^Saved"))

    phone.get_by_label("What is the project called?").fill("Suppers")
    expect(phone.get_by_text("Priya R. saved this section meanwhile")).to_be_visible()
    check(phone, axe, look, "conflict-while-typing")
    assert expression.drafts.get(key="project").raw["name"] == "Front-room lunches"
    phone.get_by_role("button", name="Save mine over it").click()
    phone.wait_for_url(re.compile(f"/expressions/{expression.pk}/"))

    assert expression.drafts.get(key="project").raw["name"] == "Suppers"


def test_the_budget_adds_up_while_it_is_typed(
    begun: Expression,
    priya: User,
    page_for: PageFor,
) -> None:
    page = page_for(priya)
    page.goto(f"/expressions/{begun.pk}/sections/budget/")
    page.get_by_label("How much do you ask for?").fill("4000")
    page.get_by_label("Line 1: what for").fill("Food")
    page.get_by_label("Line 1: cost").fill("4,500")

    expect(page.locator("#totals")).to_contain_text("£500 of the costs is not covered")
    page.get_by_label("Other money 1: how much").fill("500")
    expect(page.locator("#totals")).to_contain_text("They are equal")


def test_an_officer_opens_what_came_in_and_decides(
    submitted: Submission,
    cora: User,
    page_for: PageFor,
) -> None:
    call = close(submitted.expression.call)
    begin_assessing(cora, call)
    page = page_for(cora)
    page.goto(address(call, "assess/"))
    page.get_by_role("link", name="Front-room lunches").click()
    page.get_by_label("Approved: goes on").check()
    page.get_by_label("Why?").fill("It reaches streets that nothing else does.")
    page.get_by_role("button", name="Keep the decision").click()

    expect(page.get_by_text("sealed until all decisions are released")).to_be_visible()
