"""A line that no file tells is written down, counts by its area, and can be taken out again."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from commissioning.ground.answers import Invalid, Refused
from commissioning.people.models import User
from commissioning.programmes.evidence import evidence_sources
from commissioning.programmes.models import Programme
from places.directory.models import Area, Organisation, Place
from places.resources.review import data
from places.spending.actions import by_hand
from places.spending.models import Payee, SpendingLine
from tests.cast import SignIn
from tests.places.spending.conftest import YEAR, read_in_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def northbank(place: Place) -> Area:
    return place.areas.get(name="Northbank")


def test_ada_writes_down_what_a_fund_told_her(
    programme: Programme, northbank: Area, lanes: Organisation, ada: User, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    page = reverse("spending:line_new", args=[programme.slug])
    assert page in browser.get(reverse("spending:lines", args=[programme.slug])).content.decode()
    outcome = programme.outcomes.first()
    assert outcome is not None
    typed = {
        "payer": "Weir Fund",
        "recipient": lanes.name,
        "amount": "£1,200",
        "starts_on-day": "1",
        "starts_on-month": "5",
        "starts_on-year": "2026",
        "outcome": outcome.pk,
        "area": northbank.pk,
        "where_from": "The fund's annual report, page 12",
    }
    answer = browser.post(page, typed)
    line = SpendingLine.objects.get()
    assert answer["Location"] == reverse("spending:line", args=[programme.slug, line.pk])
    assert line.amount == Decimal(1200)
    assert (line.area, line.payee.organisation) == (northbank, lanes)
    assert line.source.title == "The fund's annual report, page 12"
    shown = browser.get(reverse("spending:overview", args=[programme.slug])).content.decode()
    assert "By area" in shown
    assert "Northbank" in shown

    browser.post(reverse("spending:line_remove", args=[programme.slug, line.pk]))
    assert not SpendingLine.objects.exists()
    assert Payee.objects.get().organisation == lanes


def test_what_cannot_be_is_refused(
    programme: Programme, council: Organisation, ada: User, priya: User
) -> None:
    facts = by_hand.Facts("Weir Fund", "Lanes", Decimal(9), date(2026, 5, 2), date(2026, 5, 1))
    with pytest.raises(Invalid, match="before it begins"):
        by_hand.write_line(ada, programme, facts)
    with pytest.raises(Refused):
        by_hand.write_line(priya, programme, facts)
    read_in_rows(programme.place, ada, YEAR, "payments.csv")
    with pytest.raises(Invalid, match="came with a file"):
        by_hand.remove_line(ada, programme, SpendingLine.objects.all()[0])


def test_the_review_draws_the_flows_once_amounts_are_open(
    programme: Programme, vision_programme: Programme, council: Organisation, ada: User
) -> None:
    read_in_rows(programme.place, ada, YEAR, "payments.csv")
    told = {section["title"]: section for section in data(programme.pk)["sections"]}
    title = str(evidence_sources["spending"].title)
    assert told[title]["picture"] == "places/spending/_paper_flows.html"
    assert told[title]["facts"]["pictures"]
    before = {section["title"]: section for section in data(vision_programme.pk)["sections"]}
    assert before[title]["picture"] == ""
    assert "£" not in str(before)
