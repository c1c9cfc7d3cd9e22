"""One council that stands in its files under two names is one payer, once somebody says so."""

from django.test import Client
from django.urls import reverse

from commissioning.people.models import User
from commissioning.programmes.models import Programme
from places.directory.models import Organisation
from places.spending import sums
from places.spending.models import Payer
from tests.cast import SignIn
from tests.participation.calls.pages import text
from tests.places.spending.conftest import COUNCIL, ReadIn, line

SHORT = "Rivermead"


def page(programme: Programme) -> str:
    return reverse("spending:payers", args=[programme.slug])


def payers_of(programme: Programme) -> set[str]:
    """Who pays, in the flows and in the market."""
    lines = sums.lines_of(programme)
    drawn = {flow.payer.name for one in sums.flow_pictures(lines) for flow in one.table}
    market = {one.payer for one in sums.payments_for(programme, sums.Wanted(), "GBP")}
    assert drawn == market
    return drawn


def test_two_names_of_one_council_are_suggested_confirmed_counted_as_one_and_parted_again(
    programme: Programme, council: Organisation, read_in: ReadIn, ada: User, sign_in: SignIn
) -> None:
    file = read_in([line("Ferry Cabs", 900), line("Ferry Cabs", 50, SHORT)], name="two.csv")
    assert Payer.objects.get(name=COUNCIL).how == Payer.How.EXACT
    assert any(f"“{SHORT}” pays here, and may be “{COUNCIL}”" in note for note in file.notes)
    assert payers_of(programme) == {COUNCIL, SHORT}
    browser = sign_in(ada)
    assert f"Perhaps {COUNCIL}" in text(browser.get(page(programme)))
    market = reverse("spending:market", args=[programme.slug])
    assert f"“{SHORT}” may be {COUNCIL}. While they count as two" in text(browser.get(market))
    short = Payer.objects.get(name=SHORT)
    browser.post(page(programme), {"payer": str(short.pk), "do": "confirm"})
    short.refresh_from_db()
    assert (short.organisation, short.how, short.decided_by) == (council, "confirmed", ada)
    assert payers_of(programme) == {COUNCIL}
    lines = reverse("spending:lines", args=[programme.slug])
    assert "in 2 lines" in text(browser.get(lines, {"payer": str(short.pk)}))
    browser.post(page(programme), {"payer": str(short.pk), "do": "part"})
    assert payers_of(programme) == {COUNCIL, SHORT}
    # What somebody took back is not suggested again, by no later file.
    assert not any(SHORT in note and "may be" in note for note in read_in(name="x.csv").notes)


def test_payers_are_said_to_be_an_organisation_that_nothing_suggests(
    spent: Programme, lanes: Organisation, ada: User, sign_in: SignIn, client: Client
) -> None:
    health = Payer.objects.get(name="Rivermead Health Partnership")
    browser = sign_in(ada)
    chosen = {"payer": str(health.pk), "organisation": str(lanes.pk), "do": "confirm"}
    browser.post(page(spent), chosen)
    health.refresh_from_db()
    assert health.organisation == lanes
    assert client.get(page(spent)).status_code == 302
