"""Tables in Excel workbooks (XLSX). Pure.

Values are read as they were last worked out; formulas and macros are never run. Sheets are read
row by row. What unpacks to far more than its size, or whose XML reaches out, is refused.
"""

import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, Final

import openpyxl
from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _

from places.imports.formats.texts import FileError
from places.imports.readers.tables import Found, Record

MEGABYTE: Final = 1024 * 1024
MOST_UNPACKED: Final = 100  # times the size of the file
ALWAYS_ALLOWED: Final = 5 * MEGABYTE
LARGEST_UNPACKED: Final = 400 * MEGABYTE
# These are held in memory whole.
LARGEST_TEXTS: Final = 100 * MEGABYTE
MOST_PARTS: Final = 2_000
MOST_COLUMNS: Final = 500
MOST_EMPTY_ROWS: Final = 5_000
_UNWORKED: Final = re.compile(rb"<f(?: [^>]*)?>[^<]*</f>\s*(?:<v\s*/>|<v></v>)?\s*</c>")


def check_workbook(path: Path) -> None:
    """Refuse bombs and what is no workbook, before anything is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise FileError(_damaged()) from error
    if "xl/workbook.xml" not in names:
        raise FileError(_not_a_workbook(names))
    unpacked = sum(part.file_size for part in parts)
    most = max(ALWAYS_ALLOWED, path.stat().st_size * MOST_UNPACKED)
    texts = sum(part.file_size for part in parts if "sharedStrings" in part.filename)
    too_large = unpacked > min(most, LARGEST_UNPACKED) or texts > LARGEST_TEXTS
    if too_large or len(parts) > MOST_PARTS or len(names) < len(parts):
        raise FileError(
            _("This workbook unpacks to far more than its size. Save the sheet as CSV instead.")
        )


def _damaged() -> str:
    return _("This is not a workbook we can read. Save it again as XLSX or CSV.")


def _not_a_workbook(names: set[str]) -> str:
    if "content.xml" in names:
        return _("This is an OpenDocument file. Save the sheet as XLSX or CSV.")
    if any(name.startswith("word/") for name in names):
        return _("This is a Word document. Put its table in a spreadsheet and save it as CSV.")
    if "xl/workbook.bin" in names:
        return _("This is a binary workbook (XLSB). Save it as XLSX or CSV.")
    return _("This is a ZIP file, not a workbook. Unpack it and upload the file inside.")


class SheetTable:
    """One sheet of a workbook."""

    def __init__(self, path: Path, title: str, notes: list[str]) -> None:
        self.path = path
        self.found = Found("xlsx", sheet=title, notes=list(notes))

    def records(self) -> Iterator[Record]:
        """Every row up to the last that holds something."""
        empty = 0
        for row, values in enumerate(_values(self.path, self.found.sheet), start=1):
            cells = _without_tail([_text(value) for value in values[:MOST_COLUMNS]])
            empty = 0 if cells else empty + 1
            if empty > MOST_EMPTY_ROWS:
                return
            yield Record(row, cells)


def sheets(path: Path) -> list[SheetTable]:
    """The sheets that people see, in their order; hidden ones are left out, and that is said."""
    check_workbook(path)
    shown: list[str] = []
    hidden: list[str] = []
    with _open(path) as book:
        for sheet in book.worksheets:
            (shown if sheet.sheet_state == "visible" else hidden).append(str(sheet.title))
    notes = [_("Hidden sheets were left out: %s.") % ", ".join(hidden)] if hidden else []
    if _has_unworked_formulas(path):
        notes.append(
            _(
                "Some cells are formulas that were never worked out, so they were read as empty. "
                "Open the file in a spreadsheet program, save it, and bring it again."
            )
        )
    if not shown:
        raise FileError(_("The workbook has no sheet that is shown."))
    return [SheetTable(path, title, notes) for title in shown]


def _has_unworked_formulas(path: Path) -> bool:
    """Whether the first megabyte of a sheet has a formula without its value."""
    with zipfile.ZipFile(path) as archive:
        for name in [one for one in archive.namelist() if one.startswith("xl/worksheets/sheet")]:
            with archive.open(name) as sheet:
                if _UNWORKED.search(sheet.read(MEGABYTE)):
                    return True
    return False


@contextmanager
def _open(path: Path) -> Iterator[Any]:
    # The open file, not its path: openpyxl refuses a workbook that somebody called .xls or .csv.
    with path.open("rb") as file:
        book = _load(file)
        try:
            yield book
        finally:
            book.close()


def _load(file: BinaryIO) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and extensions that we do not need
        try:
            return openpyxl.load_workbook(
                file, read_only=True, data_only=True, keep_links=False, keep_vba=False
            )
        except DefusedXmlException as error:
            raise FileError(_("This workbook holds XML that reaches out of it.")) from error
        except Exception as error:  # openpyxl raises a dozen kinds for a damaged file
            raise FileError(_damaged()) from error


def _values(path: Path, title: str) -> Iterator[tuple[Any, ...]]:
    try:
        with _open(path) as book:
            sheet = book[title]
            sheet.reset_dimensions()  # what it says of its own size is often wrong
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                yield from sheet.iter_rows(values_only=True)
    except DefusedXmlException as error:
        raise FileError(_("This workbook holds XML that reaches out of it.")) from error
    except FileError:
        raise
    except Exception as error:
        raise FileError(_damaged()) from error


def _without_tail(cells: list[str]) -> tuple[str, ...]:
    """The cells without the empty ones at the end: a sheet is as wide as its widest row."""
    while cells and not cells[-1].strip():
        cells.pop()
    return tuple(cells)


def _text(value: Any) -> str:
    """The value as text: numbers to the fifteen figures that Excel keeps, dates as ISO."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime):
        whole_day = value.time() == time(0)
        return value.date().isoformat() if whole_day else value.isoformat(" ", "seconds")
    return str(value)


def _number(value: float) -> str:
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return format(Decimal(format(value, ".15g")), "f")
