"""The quick way through a file says what reading each row says, to the letter."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from places.imports.formats.base import Choices
from places.imports.formats.payments import Payments
from places.imports.formats.rows import RowError
from places.imports.reading import FileReading, look

HEADINGS = ("Supplier", "Date", "Net Amount", "Directorate", "Purpose", "Transaction Number")
ORDINARY = ("Weir Care Ltd", "25/06/2024", "1200.50", "Adults", "Home care", "7001")
ODD: dict[str, list[tuple[str, ...]]] = {
    "nothing odd": [],
    "a blank row": [("", "", "", "", "", "")],
    "the headings again": [HEADINGS],
    "no date": [("Lock Taxis", "", "12.00", "Children", "School run", "7002")],
    "a date that is none": [("Lock Taxis", "31/02/2024", "12.00", "", "", "")],
    "no supplier": [("", "25/06/2024", "12.00", "", "", "")],
    "no amount": [("Lock Taxis", "25/06/2024", "", "", "", "")],
    "an amount in brackets": [("Lock Taxis", "25/06/2024", "(12.00)", "", "", "")],
    "a pounds sign": [("Lock Taxis", "25 June 2024", "£1,012.00", "", "", "")],
    "a total": [("Total", "", "3601.50", "", "", "")],
    "a total with a date": [("Total", "30/06/2024", "3601.50", "", "", "")],
    "a row of one cell too many": [("Weir, Care", "25/06/2024", "1,200.50", "a", "b", "c", "d")],
    "a title": [("July 2024", "", "", "", "", "")],
    "a quarter": [("Lock Taxis", "Q1 2024/25", "8", "", "", "")],
    "a month": [("Lock Taxis", "June 2024", "8", "", "", "")],
    "untidy cells": [("  Lock  Taxis\u00a0", " 25/06/2024", " 12.00 ", "'Kids", '="x"', "")],
    "a short row": [("Lock Taxis", "25/06/2024", "12.00")],
    "a long row": [("Lock Taxis", "25/06/2024", "12.00", "", "", "", "", "more")],
    "a long cell": [("L" * 700, "25/06/2024", "12.00", "", "", "")],
    "tabs and slashes": [("Lock\\Taxis", "25/06/2024", "12.00", "a\\tb", "", "")],
    "capitals alone": [("WEIR CARE LTD", "25/06/2024", "1200.50", "Adults", "Home care", "7001")],
}


@pytest.mark.parametrize("oddity", list(ODD))
def test_columns_and_rows_tell_the_same(oddity: str, tmp_path: Path) -> None:
    """Equal payments, odd rows and all."""
    path = tmp_path / "payments.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADINGS, *[ORDINARY] * 3, *ODD[oddity], ORDINARY, ORDINARY])

    one_by_one = list(_reading(path).rows())
    at_once = _reading(path)
    found, errors = Payments(), list[RowError]()
    for payments, wrong in at_once.batches(3):
        assert isinstance(payments, Payments)
        found.extend([getattr(payments, name) for name in _columns()], payments.total)
        errors += wrong

    expected = Payments.of(row for row in one_by_one if not isinstance(row, RowError))
    assert found == expected
    assert errors == [row for row in one_by_one if isinstance(row, RowError)]
    assert found.total == sum(map(Decimal, found.amounts), Decimal("0.00"))


def _columns() -> list[str]:
    return [name for name in Payments.__dataclass_fields__ if name != "total"]


def _reading(path: Path) -> FileReading:
    return FileReading(look(path, "spending"), "spending", Choices(file_name=path.name))
