"""``import_data``: the promised JSON, sums to the penny, nothing twice, nothing by halves."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from commissioning.people.models import User
from places.directory.models import Place
from places.imports import actions
from places.imports.models import Import
from tests.places.imports.files import GIVING, PAYMENTS, needs_shared, written
from tests.places.imports.test_real_files import SUMS

# The room that saves payments.
SpendingLine = pytest.importorskip("places.spending.models").SpendingLine

pytestmark = pytest.mark.django_db


def run(kind: str, path: Path, *more: str, place: str = "rivermead") -> dict[str, Any]:
    """What the command prints."""
    out = io.StringIO()
    call_command("import_data", kind, str(path), "--place", place, "--json", *more, stdout=out)
    said: dict[str, Any] = json.loads(out.getvalue())
    return said


@needs_shared
def test_every_month_of_payments_comes_in_to_the_penny_and_never_twice(place: Place) -> None:
    for month, (rows, total) in SUMS.items():
        path = PAYMENTS / f"{month}-payments.csv"
        said = run("spending", path)
        assert (said["read"], said["imported"], said["rejected"]) == (rows, rows, 0), month
        assert (said["total"], said["errors"]) == (total, []), month
    assert SpendingLine.objects.count() == sum(rows for rows, _total in SUMS.values())
    again = run("spending", PAYMENTS / "2012-06-payments.csv")
    assert (again["imported"], again["already_there"], again["total"]) == (0, 3155, "0.00")


@needs_shared
def test_grants_come_in_once(place: Place) -> None:
    table = run("threesixtygiving", GIVING / "fundingproviders-grants_2_grants.xlsx")
    assert (table["imported"], table["total"]) == (2, "331495.00")
    bad = run("threesixtygiving", GIVING / "badfile_all_validation_errors.json")
    assert (bad["read"], bad["imported"], bad["rejected"], bad["total"]) == (1, 0, 1, "0.00")


def test_the_rows_that_are_refused_are_named_as_a_spreadsheet_names_them(
    place: Place, tmp_path: Path
) -> None:
    text = "Payments\n\nSupplier,Date,Amount\nAcme,01/04/2013,10.00\nBeta,soon,5.00\nTotal,,15.00\n"
    said = run("spending", written(tmp_path, text))
    assert set(said) >= {"read", "imported", "rejected", "total", "errors"}
    assert (said["read"], said["imported"], said["rejected"], said["total"]) == (2, 1, 1, "10.00")
    (error,) = said["errors"]
    assert error["row"] == 5
    assert "soon" in error["message"]
    assert said["read"] == said["imported"] + said["rejected"] + said["already_there"]


def test_a_dry_run_writes_nothing(place: Place, tmp_path: Path) -> None:
    path = written(tmp_path, "Supplier,Date,Amount\nAcme,01/04/2013,10.00\n")
    said = run("spending", path, "--dry-run")
    assert (said["imported"], said["total"]) == (1, "10.00")
    assert not Import.objects.exists()
    assert not SpendingLine.objects.exists()


def test_a_file_that_cannot_be_read_is_one_sentence(place: Place, tmp_path: Path) -> None:
    for content in ("", "Colour,Shape\nred,round\n", "%PDF-1.4"):
        with pytest.raises(CommandError) as caught:
            run("spending", written(tmp_path, content))
        assert str(caught.value).endswith(".")
    with pytest.raises(CommandError, match="is not a file"):
        run("spending", tmp_path / "none.csv")
    with pytest.raises(CommandError, match="No place here is called “nowhere”"):
        run("spending", written(tmp_path, "Supplier,Amount\nA,1\n"), place="nowhere")
    assert not Import.objects.exists()


def test_a_column_and_a_month_may_be_named(place: Place, tmp_path: Path) -> None:
    path = written(tmp_path, "Supplier,Amount,Approved\nAcme,10.00,7.50\n")
    said = run("spending", path, "--column", "amount=Approved", "--period", "October 2011")
    assert said["total"] == "7.50"
    assert SpendingLine.objects.get().starts_on.isoformat() == "2011-10-01"


def test_an_import_is_undone_whole_and_may_come_again(
    place: Place, council: object, ada: User, tmp_path: Path
) -> None:
    path = written(tmp_path, "Supplier,Date,Amount\nAcme,01/04/2013,10\nAcme,01/04/2013,10\n")
    assert run("spending", path)["imported"] == 2
    actions.undo(ada, Import.objects.get())
    assert not SpendingLine.objects.exists()
    assert run("spending", path)["imported"] == 2
