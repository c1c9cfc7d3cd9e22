"""Tables to take away: CSV that a spreadsheet opens without running anything."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.http import HttpResponse
from django.utils import timezone

# A cell that begins so is a formula to a spreadsheet.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
Cell = str | int | float | Decimal | bool | datetime | date | None


def safe_cell(value: Cell) -> str:
    """The cell as text: numbers stay numbers; text that would be a formula gets an apostrophe.

    Text that already begins with an apostrophe gets one too, so that :func:`plain_cell` gives back
    exactly what was there.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, int | float | Decimal | date):
        return str(value)
    text = value.replace("\x00", "")
    return f"'{text}" if text.startswith((*_FORMULA, "'")) else text


def plain_cell(text: str) -> str:
    """What :func:`safe_cell` was given, for a re-import."""
    return text[1:] if text.startswith("'") else text


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """The table as CSV, with the names of its columns first.

    ``columns`` is the export's allow-list: a row of another length is a mistake in our own code.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        if len(row) != len(columns):
            raise ValueError(f"a row of {len(row)} cells under {len(columns)} columns")
        writer.writerow([safe_cell(cell) for cell in row])
    return out.getvalue()


def csv_response(
    file_name: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> HttpResponse:
    """The table as a download, in UTF-8 with the mark that Excel needs to read it as such."""
    response = HttpResponse(
        "\ufeff" + csv_text(columns, rows), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
