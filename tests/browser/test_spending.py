# Fixtures are imported by name, and named again by the tests that take them.
# ruff: noqa: F811
"""The pages about money at three widths: they fit, axe finds nothing, the picture is a list too."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from commissioning.people.models import User
from commissioning.programmes.models import Programme
from places.directory.models import Organisation, Place
from places.spending.actions import classifying, notes
from places.spending.models import SpendingLine
from tests.browser.conftest import PageFor
from tests.browser.looking import Look, look  # noqa: F401
from tests.places.spending.conftest import YEAR, read_in_rows

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_page_about_money(
    programme: Programme,
    place: Place,
    council: Organisation,
    ada: User,
    priya: User,
    page_for: PageFor,
    look: Look,
) -> None:
    read_in_rows(place, ada, YEAR, "payments.csv")
    outcome = programme.outcomes.first()
    values = {"payee_contains": "lanes", "outcome": outcome, "service": ""}
    rule = classifying.make_rule(ada, programme, values)
    note = notes.write_note(priya, programme, "better", "Two vans.", notes.Subject())
    line = SpendingLine.objects.first()
    assert line is not None
    lead = page_for(ada)
    for name in (
        "overview",
        "lines",
        "gaps",
        "market",
        "notes",
        "payees",
        "payers",
        "rules",
        "rule_new",
        "line_new",
    ):
        look(lead, reverse(f"spending:{name}", args=[programme.slug]))
    look(lead, reverse("spending:rule", args=[programme.slug, rule.pk]))
    look(lead, reverse("spending:line", args=[programme.slug, line.pk]))
    look(lead, reverse("spending:note", args=[programme.slug, note.pk]))

    lead.goto(reverse("spending:rule", args=[programme.slug, rule.pk]))
    lead.get_by_role("button", name="Apply the rule").click()
    expect(lead.get_by_text("Said of 2 lines.")).to_be_visible()
    lead.get_by_role("button", name="Undo the rule").click()
    expect(lead.get_by_text("Taken back from 2 lines.")).to_be_visible()


def test_a_phone_reads_who_paid_with_the_organisation_in_sight(
    programme: Programme, place: Place, council: Organisation, ada: User, page_for: PageFor
) -> None:
    read_in_rows(place, ada, YEAR, "payments.csv")
    page = page_for(ada, width=320)
    page.goto(reverse("spending:payers", args=[programme.slug]))
    last = page.get_by_role("row").nth(1).get_by_role("cell").last
    box = last.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 320, "nothing of a row is out of sight"


def test_a_phone_reads_the_flows_as_a_list(
    programme: Programme, place: Place, council: Organisation, ada: User, page_for: PageFor
) -> None:
    read_in_rows(place, ada, YEAR, "payments.csv")
    page = page_for(None, width=320)
    page.goto(reverse("spending:overview", args=[programme.slug]))
    expect(page.locator(".cc-flow svg")).to_be_hidden()
    expect(page.locator(".cc-flow__list li").first).to_be_visible()
    page.set_viewport_size({"width": 1440, "height": 900})
    expect(page.locator(".cc-flow svg")).to_be_visible()
