"""Files of payments that a real council published: their sums are the files' own, to the penny."""

import csv
import io
import json
import re
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db.models import Sum

from places.directory.models import Place
from places.imports.formats.base import Choices
from places.imports.formats.rows import Item, SpendingRow
from places.imports.models import Import
from places.imports.reading import FileReading, look
from places.spending.actions.importing import undo_import
from places.spending.models import Grant, SpendingLine
from places.spending.names import is_plainly_a_person, payee_key

SHARED = Path(settings.BASE_DIR).parent / "shared" / "data"
PAYMENTS = SHARED / "lambeth" / "payments-to-suppliers"
GRANTS = SHARED / "threesixtygiving"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not SHARED.exists(), reason="the shared data are not here: ../shared/data"),
]
FILES = sorted(PAYMENTS.glob("*.csv")) if PAYMENTS.exists() else []


@pytest.fixture
def lambeth(db: None) -> Place:
    return Place.objects.create(slug="lambeth", name="Lambeth", prefix="LAM")


def read_in(file: Path, kind: str = "spending") -> tuple[dict[str, object], Import]:
    out = io.StringIO()
    call_command("import_data", kind, str(file), place="lambeth", as_json=True, stdout=out)
    return json.loads(out.getvalue()), Import.objects.latest("created_at")


def sum_in_database(run: Import) -> Decimal:
    lines = SpendingLine.objects.filter(source__run=run)
    return lines.aggregate(sum=Sum("amount"))["sum"] or Decimal("0.00")


def own_total(file: Path) -> Decimal | None:
    """The total that the file prints at its foot, read without any of our code."""
    text = file.read_bytes().decode("cp1252").replace("\r\n", "\n").replace("\r", "\n")
    for row in csv.reader(io.StringIO(text)):
        if row and row[0].strip() == "Grand Total":
            try:
                return Decimal(row[1].strip().replace(",", ""))
            except InvalidOperation:
                return None
    return None


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_sum_of_a_files_lines_is_the_files_own(file: Path, lambeth: Place) -> None:
    said, run = read_in(file)
    assert sum_in_database(run) == Decimal(str(said["total"]))
    printed = own_total(file)
    if printed is not None and not said["rejected"]:
        assert sum_in_database(run) == printed


def test_all_months_together_read_twice_and_undone(lambeth: Place) -> None:
    runs = [read_in(file)[1] for file in FILES]
    before = SpendingLine.objects.aggregate(sum=Sum("amount"))["sum"]
    assert before == sum((sum_in_database(run) for run in runs), Decimal(0))
    assert SpendingLine.objects.count() == sum(run.imported for run in runs)
    again, _run = read_in(FILES[0])
    assert again["imported"] == 0
    assert again["already_there"] == runs[0].imported
    undo_import(runs[-1])
    after = SpendingLine.objects.aggregate(sum=Sum("amount"))["sum"]
    assert after == before - runs[-1].total


def test_grants_of_the_standard_come_in_with_all_that_they_tell(lambeth: Place) -> None:
    said, run = read_in(GRANTS / "fundingproviders-grants_2_grants.xlsx", "threesixtygiving")
    assert said["imported"] == Grant.objects.count() > 0
    assert sum_in_database(run) == Decimal(str(said["total"]))
    undo_import(run)
    assert not Grant.objects.exists()


def payees_of(file: Path) -> set[str]:
    """Everybody whom a file names."""
    reading = FileReading(look(file, "spending"), "spending", Choices(file_name=file.name))
    values = (row.value for row in reading.rows() if isinstance(row, Item))
    return {value.supplier for value in values if isinstance(value, SpendingRow)}


def test_few_of_three_thousand_real_payees_are_taken_for_people() -> None:
    """The figures of the decision to hide such names: 140 of 3,353, five of them no people."""
    names = {payee_key(name): name for file in FILES for name in payees_of(file)}
    plain = [name for name in names.values() if is_plainly_a_person(name)]
    assert len(names) > 3000
    assert 130 <= len(plain) <= 150
    assert {"Polly Thompson", "Nelson Gomes"} <= set(plain)
    assert not [name for name in plain if re.search("House|Centre|School|Partner|Nurs", name)]
