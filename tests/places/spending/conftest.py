"""Money of Rivermead: the council's and the health partnership's, to five providers."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

import pytest

from commissioning.people.models import User
from commissioning.programmes.models import Programme
from places.directory.models import Organisation, Place
from places.spending.actions.importing import File, Saved, save_lines
from places.spending.fingerprint import LineRow

COUNCIL, HEALTH = "Rivermead Council", "Rivermead Health Partnership"
ReadIn = Callable[..., Saved]


def line(
    recipient: str,
    amount: str | int,
    payer: str = COUNCIL,
    day: date | None = date(2026, 4, 1),
    **more: str,
) -> LineRow:
    """A payment of that day."""
    return LineRow(
        recipient=recipient,
        amount=Decimal(amount),
        payer=payer,
        starts_on=day,
        ends_on=day,
        **more,
    )


YEAR = (
    line("Weirside Home Care Ltd", 60000, service="Adults", purpose="Home care"),
    line("Weirside Home Care Ltd", -5000, service="Adults", purpose="Credit note"),
    line("Ferry Cabs Limited", 9000, service="Transport", purpose="Lifts to the day centre"),
    line("Lanes Neighbours", 12000, service="Adults", purpose="Lunch club"),
    line("Lanes Neighbours", 6000, HEALTH, date(2026, 5, 1), purpose="Falls classes"),
    line("REDACTED PERSONAL DATA", 3000, service="Adults", purpose="Direct payment"),
    line("Mrs P Lockkeeper", 800, service="Adults", purpose="Foster carer"),
)


@pytest.fixture
def read_in(place: Place, council: Organisation, ada: User) -> ReadIn:
    """``read_in(rows)``: Ada reads a file in."""

    def read(rows: Iterable[LineRow] = YEAR, name: str = "payments.csv", digest: str = "") -> Saved:
        return save_lines(ada, place, File(f"Payments in {name}", name, digest or name), rows)

    return read


@pytest.fixture
def spent(programme: Programme, read_in: ReadIn) -> Programme:
    """The programme, in a place whose payments have been read in."""
    read_in()
    return programme
