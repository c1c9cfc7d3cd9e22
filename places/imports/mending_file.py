"""The rows that were not taken, as a file to mend and bring in again.

It has the headings of the file it came from and one column more, which says what is wrong and which
reading passes over. Cells that a spreadsheet would run are escaped, and reading takes that away.
"""

import csv
from collections.abc import Iterator
from typing import IO

from django.utils.translation import gettext as _

from commissioning.ground.exports import safe_cell
from places.imports.formats.rows import RowError
from places.imports.reading import Look


def write_errors(look: Look, errors: list[RowError], to: IO[str]) -> None:
    """Write the file. ``to`` is open for text."""
    to.write("\ufeff")
    writer = csv.writer(to)
    for cells in _rows(look, errors):
        writer.writerow([safe_cell(cell) for cell in cells])


def _rows(look: Look, errors: list[RowError]) -> Iterator[list[str]]:
    if look.table is None or look.header is None:
        yield [_("Number"), _("What is wrong")]
        to_mend = (error for error in errors if not error.is_double)
        yield from ([str(error.row), error.message] for error in to_mend)
        return
    wide = len(look.headings)
    said: dict[int, RowError] = {}
    for error in errors:
        if not error.is_double:
            said.setdefault(error.row, error)
    if look.header.above:
        # What stands above the headings may say whether amounts have VAT, or which year it is.
        yield [look.header.above]
    yield [*look.headings, _("What is wrong")]
    for record in look.table.records():
        if record.row in said:
            error = said[record.row]
            # In its own first cell it can be mended, and is refused again as long as it is not.
            cells = [", ".join(record.cells)] if error.in_one_piece else [*record.cells]
            yield [*cells, *[""] * (wide - len(cells)), error.message]
