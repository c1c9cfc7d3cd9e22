"""Awkward files through the command itself: what comes in, what it adds up to, what is said."""

import contextlib
import datetime as dt
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from places.directory.models import Place
from tests.places.imports.files import GIVING, needs_shared

pytestmark = pytest.mark.django_db

HEADINGS = "Supplier,Date,Net Amount,Purpose\n"
COLUMNS = ["Supplier", "Date", "Net Amount"]
APRIL, MAY = ["Acme", "01/04/2024", 10], ["Beta", "01/05/2024", 20]


def workbook(**sheets: Sequence[Sequence[Any]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in [COLUMNS, *rows]:
            sheet.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


# What stands in the file; how many came in, how many did not, what they add up to, what is said.
PAYMENTS: dict[str, tuple[str | bytes, int, int, str, str]] = {
    "two rows of headings": (
        ",,Amount,\nSupplier,Date,Net £,Purpose\nAcme,01/04/2024,10.00,x\n",
        *(1, 0, "10.00", ""),
    ),
    "a second row that finishes the first": (
        "Supplier,Payment,Payment,Purpose\nName,Date,Amount,\nAcme,01/04/2024,10.00,x\n",
        *(1, 0, "10.00", ""),
    ),
    "totals": (
        HEADINGS
        + "A,01/04/2024,10.00,\nB,02/04/2024,5.50,\nTotal,,15.50,\n\nGrand total,,15.50,\n",
        *(2, 0, "15.50", "The rows add up to the file's own total, £15.50."),
    ),
    "brackets": (
        HEADINGS + 'A,01/04/2024,"(1,234.50)",\nB,1 April 2024,(12),\n',
        *(2, 0, "-1246.50", ""),
    ),
    "eight forms of dates": (
        HEADINGS + "A,01/04/2024,1,\nB,2024-04-01,1,\nC,1-Apr-24,1,\nD,1 April 2024,1,\n"
        "E,01.04.24,1,\nF,45383,1,\nG,20240401,1,\nH,April 2024,1,\n",
        *(8, 0, "8.00", ""),
    ),
    "UTF-16": ((HEADINGS + "Café,01/04/2024,£10.00,\n").encode("utf-16"), 1, 0, "10.00", ""),
    "UTF-16 without its mark": (
        (HEADINGS + "Café,01/04/2024,£10.00,\n").encode("utf-16-be"),
        *(1, 0, "10.00", "UTF-16 without a mark"),
    ),
    "Windows text": (
        (HEADINGS + "Café “X” Ltd,01/04/2024,£10.00,\n").encode("cp1252"),
        *(1, 0, "10.00", "Windows text"),
    ),
    "NUL": (HEADINGS + "Ac\0me,01/04/2024,10.00,\n", 1, 0, "10.00", "NUL"),
    "formula cells": (
        HEADINGS + "+C,01/04/2024,5,@x\nB,01/04/2024,=5+5,\n",
        *(1, 1, "5.00", "Formulas are never run"),
    ),
    "the same payment twice": (HEADINGS + "A,01/04/2024,1,\n" * 2, 2, 0, "2.00", ""),
    "names held back": (
        HEADINGS + "REDACTED,01/04/2024,1,\nIndividual,01/04/2024,2,\n",
        *(2, 0, "3.00", ""),
    ),
    "a comma before the pence": (
        HEADINGS + 'A,01/04/2024,"1.234,56",\n',
        *(0, 1, "0.00", "has a comma before the pence"),
    ),
    "a credit": (HEADINGS + 'A,01/04/2024,"£1,234.50CR",\n', 1, 0, "-1234.50", ""),
    "a lone dash": (HEADINGS + "A,01/04/2024,-,\n", 1, 0, "0.00", ""),
    "a minus behind": (HEADINGS + "A,01/04/2024,£ 5.00 -,\n", 1, 0, "-5.00", ""),
    "a short form": (HEADINGS + "A,01/04/2024,1e3,\n", 0, 1, "0.00", "short form"),
    "no amount": (HEADINGS + "A,01/04/2024,,\n", 0, 1, "0.00", "no amount in this row"),
    "no such day": (HEADINGS + "A,31/02/2024,1,\n", 0, 1, "0.00", "not a day of the calendar"),
    "old Mac lines": ("Supplier,Date,Amount\rA,01/04/2024,10\rB,01/04/2024,1\r", 2, 0, "11.00", ""),
    "semicolons": ("Supplier;Date;Amount\nA;01/04/2024;10.50\n", 1, 0, "10.50", ""),
    "pence": (
        "Supplier,Date,Amount (pence)\nA,01/04/2024,1050\n",
        *(1, 0, "10.50", "The heading says pence"),
    ),
    "pounds and pence": (
        "Supplier,Date,Amount (pounds and pence)\nA,01/04/2024,10.50\n",
        *(1, 0, "10.50", ""),
    ),
    "debits and credits": (
        "Supplier,Date,Debit,Credit\nA,01/04/2024,10,\nB,01/04/2024,,4\n",
        *(2, 0, "6.00", ""),
    ),
    "a quotation mark never closed": (
        HEADINGS + '"Acme, ""The"" Ltd",01/04/2024,10.00,"two\nlines"\n"open,01/04/2024,1,\n'
        "C,01/04/2024,1,\n",
        *(3, 0, "12.00", "never closed"),
    ),
    "days and numbers as cells": (
        workbook(S=[["A", dt.datetime(2024, 4, 1), 10.1], ["B", dt.date(2024, 4, 2), -3.3]]),
        *(2, 0, "6.80", ""),
    ),
    "a formula without its value": (
        workbook(S=[["A", "01/04/2024", "=1+1"], MAY]),
        *(1, 1, "20.00", "no amount in this row"),
    ),
    "a sheet for each month": (workbook(April=[APRIL], May=[MAY]), 2, 0, "30.00", "were read"),
    "all beside each month": (
        workbook(All=[APRIL, MAY], April=[APRIL], May=[MAY]),
        *(2, 0, "30.00", "“All” holds every row of the other sheets"),
    ),
    "the year behind its months": (
        workbook(April=[APRIL, ["Total", "", 10]], May=[MAY], Year=[MAY, APRIL, ["Total", "", 30]]),
        *(2, 0, "30.00", "“Year” holds every row of the other sheets"),
    ),
    "two months with one payment alike": (
        workbook(April=[APRIL, MAY], May=[MAY]),
        *(3, 0, "50.00", "those with the same headings were read"),
    ),
}


@pytest.mark.parametrize("name", list(PAYMENTS))
def test_payments(name: str, place: Place, tmp_path: Path) -> None:
    content, imported, rejected, total, words = PAYMENTS[name]
    whole = content if isinstance(content, bytes) else content.encode()
    path = tmp_path / ("payments.xlsx" if whole[:2] == b"PK" else "payments.csv")
    path.write_bytes(whole)
    said = _run("spending", path)
    assert (said["imported"], said["rejected"], said["total"]) == (imported, rejected, total)
    assert said["read"] == imported + rejected
    assert words in json.dumps(said, ensure_ascii=False)
    again = _run("spending", path)
    assert (again["imported"], again["already_there"], again["total"]) == (0, imported, "0.00")


PLACES: dict[str, tuple[str, int, str]] = {
    "the wrong way round": ("Easting,Northing\nHall,180000,530000\n", 0, "wrong way round"),
    "degrees the wrong way round": ("Latitude,Longitude\nHall,-0.1,51.4\n", 0, "wrong way round"),
    "in the sea": ("Latitude,Longitude\nHall,54.0,3.0\n", 0, "not in the United Kingdom"),
    "nought": ("Latitude,Longitude\nHall,0,0\n", 0, "in the sea off Africa"),
    "letters for digits": ("Easting,Northing\nHall,53OO00,\n", 0, "“53OO00” is not a number"),
    "a postcode alone": ("Easting,Northing,Postcode\nHall,,,SW21RW\n", 1, "not on the map"),
}


@pytest.mark.parametrize("name", list(PLACES))
def test_places(name: str, place: Place, tmp_path: Path) -> None:
    content, imported, words = PLACES[name]
    path = tmp_path / "halls.csv"
    path.write_text("Name," + content)
    said = _run("locations", path)
    assert said["imported"] == imported
    assert words in json.dumps(said, ensure_ascii=False)


NOT_READ: dict[str, tuple[str, str, str, str]] = {
    "nothing": ("spending", "x.csv", "", "The file is empty."),
    "a web page": ("spending", "x.csv", "<html><body>No</body></html>", "This is a web page"),
    "half a document": ("geojson", "x.geojson", '{"type":"Fea', "stops being JSON at line 1"),
}


@pytest.mark.parametrize("name", list(NOT_READ))
def test_files_that_are_none(name: str, place: Place, tmp_path: Path) -> None:
    kind, called, content, words = NOT_READ[name]
    path = tmp_path / called
    path.write_text(content)
    said = _run(kind, path)
    assert (said["read"], said["imported"], said["total"]) == (0, 0, "0.00")
    assert words in said["errors"][0]["message"]


@needs_shared
@pytest.mark.parametrize(
    "name",
    [
        "fundingproviders-grants_2_grants.xlsx",
        "fundingproviders-grants_2_grants_cp1252.csv",
        "fundingproviders-grants_fixed_2_grants.json",
    ],
)
def test_grants_add_up_to_the_files_own_sum(name: str, place: Place) -> None:
    said = _run("threesixtygiving", GIVING / name)
    assert (said["imported"], said["total"]) == (2, "331495.00")


def _run(kind: str, path: Path) -> dict[str, Any]:
    """What the command prints, also where it fails."""
    out = io.StringIO()
    with contextlib.suppress(CommandError):
        call_command("import_data", kind, str(path), "--place", "rivermead", "--json", stdout=out)
    said: dict[str, Any] = json.loads(out.getvalue())
    return said
