# Fixtures are imported by name, and named again by the tests that take them.
# ruff: noqa: F811
"""Bringing a file in, in a browser: every page fits, and axe finds nothing."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from commissioning.people.models import User
from commissioning.programmes.models import Programme
from places.imports import store
from places.imports.models import Import
from places.spending.models import SpendingLine
from tests.browser.conftest import Axe, PageFor
from tests.browser.looking import Look, look  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)

PAYMENTS = (
    "Payments over £500\n\nSupplier,Date,Net amount\nWeirside Home Care,01/04/2026,1250.00\n"
    "Ferry Cabs,soon,90.00\nTotal,,1250.00\n"
)


def test_from_the_file_to_its_undoing(
    programme: Programme, ada: User, page_for: PageFor, axe: Axe, look: Look
) -> None:
    page = page_for(ada)
    look(page, reverse("imports:programme", args=[programme.slug]))
    page.goto(reverse("spending:overview", args=[programme.slug]))
    page.get_by_role("link", name="Bring in a file").click()
    look(page, page.url)
    page.get_by_label("payments to suppliers").check()
    page.locator("input[type=file]").set_input_files(
        {"name": "april.csv", "mimeType": "text/csv", "buffer": PAYMENTS.encode("cp1252")}
    )
    page.get_by_role("button", name="Look at the file").click()
    expect(page.get_by_text("Weirside Home Care")).to_be_visible()
    look(page, page.url)
    page.get_by_label("What it was for").select_option("")
    page.get_by_role("button", name="Save and look again").click()
    expect(page.get_by_text("1 row can be read, 1 cannot.")).to_be_visible()
    page.get_by_role("button", name="Read it in").click()
    expect(page.get_by_text("The file has been read in.")).to_be_visible(timeout=30_000)
    look(page, page.url)
    first = page.url
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the rows to mend").click()
    assert download.value.suggested_filename == "april-to-mend.csv"
    mended = download.value.path().read_bytes().replace(b"soon", b"02/04/2026")
    page.get_by_role("link", name="See what came in").click()
    expect(page.get_by_text("Weirside Home Care").first).to_be_visible()

    # The mended rows come in; the whole file again brings nothing twice.
    bring(page, programme, "april-to-mend.csv", mended)
    assert counted(page) == "brought in 1, already there 0, not taken 0"
    bring(page, programme, "april again.csv", PAYMENTS.encode("cp1252"))
    assert counted(page) == "brought in 0, already there 1, not taken 1"
    assert SpendingLine.objects.count() == 2

    page.goto(first)
    page.get_by_role("link", name="Undo this import").click()
    axe(page)
    page.get_by_role("button", name="Undo the import").click()
    expect(page.get_by_text("This import was undone.")).to_be_visible()


def bring(page: Page, programme: Programme, name: str, content: bytes) -> None:
    """A file of payments from its page to its result."""
    page.goto(reverse("imports:programme_new", args=[programme.slug]))
    page.get_by_label("payments to suppliers").check()
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_role("button", name="Look at the file").click()
    page.get_by_role("button", name="Read it in").click()
    expect(page.get_by_text("The file has been read in.")).to_be_visible(timeout=30_000)


def counted(page: Page) -> str:
    """The figures of a result."""
    return ", ".join(
        " ".join(one.split()) for one in page.locator(".cc-nums div").all_inner_texts()
    )


def test_every_state_of_an_import(
    programme: Programme, ada: User, page_for: PageFor, look: Look
) -> None:
    page, place = page_for(ada), programme.place
    states: dict[str, dict[str, Any]] = {
        "fetching": {},
        "queued": {},
        "failed": {"trouble": "The address answered with 404, not with a file."},
        "done": {
            "finished_at": timezone.now(),
            "read": 3,
            "imported": 2,
            "rejected": 1,
            "errors": [[4, "This row does not say what the place is called."]],
            "errors_file": store.keep(ContentFile(b"Name\r\n", name="errors.csv")),
        },
    }
    for state, more in states.items():
        made = Import.objects.create(
            place=place, by=ada, importer="locations", file_name="halls.csv", state=state, **more
        )
        look(page, reverse("imports:import", args=[made.pk]))
    look(page, reverse("imports:place", args=[place.slug]))
    look(page, reverse("imports:place_new", args=[place.slug]))
