"""Money of Rivermead: the council's and the health partnership's, to a handful of payees."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest

from commissioning.people.models import User
from commissioning.programmes.models import Programme
from places.directory.models import Organisation, Place
from places.imports.formats.keys import BETWEEN, Occurrences
from places.imports.formats.payments import Payments
from places.imports.formats.rows import Item, SpendingRow
from places.imports.importers import Saved, importers
from places.imports.models import Import

COUNCIL, HEALTH = "Rivermead Council", "Rivermead Health Partnership"
ReadIn = Callable[..., "ReadInFile"]


@dataclass(frozen=True)
class ReadInFile:
    """A file as it was read in."""

    run: Import
    saved: Saved
    notes: list[str]


def line(
    supplier: str,
    amount: str | int,
    payer: str = COUNCIL,
    day: date | None = date(2026, 4, 1),
    **more: Any,
) -> SpendingRow:
    """A payment of that day."""
    return SpendingRow(supplier, Decimal(amount), payer=payer, paid_on=day, **more)


YEAR = (
    line("Weirside Home Care Ltd", 60000, department="Adults", purpose="Home care"),
    line("Weirside Home Care Ltd", -5000, department="Adults", purpose="Credit note"),
    line("Ferry Cabs Limited", 9000, department="Transport", purpose="Lifts to the day centre"),
    line("Lanes Neighbours", 12000, department="Adults", purpose="Lunch club"),
    line("Lanes Neighbours", 6000, HEALTH, date(2026, 5, 1), purpose="Falls classes"),
    line("REDACTED PERSONAL DATA", 3000, department="Adults", purpose="Direct payment"),
    line("Mrs P Lockkeeper", 800, department="Adults", purpose="Foster carer"),
)


def items(rows: Iterable[SpendingRow]) -> list[Item[SpendingRow]]:
    """Rows with their keys, as the imports room gives them."""
    seen = Occurrences()
    found = []
    for number, row in enumerate(rows, start=2):
        said = (row.payer, row.paid_on, row.supplier, row.amount, row.purpose, row.department)
        key = seen.key(BETWEEN.join(map(str, said)))
        found.append(Item(number, row, key, key))
    return found


def read_in_rows(place: Place, user: User, rows: Iterable[SpendingRow], name: str) -> ReadInFile:
    """Bring rows in through the importer, as the imports room does."""
    run = Import.objects.create(
        place=place,
        by=user,
        importer="spending",
        file_name=name,
        file_digest=sha256(name.encode()).hexdigest(),
        state=Import.State.WORKING,
    )
    importer = importers["spending"]
    saved = importer.save(Payments.of(items(rows)), run)
    return ReadInFile(run, saved, list(importer.finish(run)))


@pytest.fixture
def read_in(place: Place, council: Organisation, ada: User) -> ReadIn:
    """``read_in(rows)``: Ada reads a file in."""

    def read(rows: Iterable[SpendingRow] = YEAR, name: str = "payments.csv") -> ReadInFile:
        return read_in_rows(place, ada, rows, name)

    return read


@pytest.fixture
def spent(programme: Programme, read_in: ReadIn) -> Programme:
    """The programme, in a place whose payments have been read in."""
    read_in()
    return programme
