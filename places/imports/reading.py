"""From a file to rows: look at it, match its columns, read it. Pure: no models, no database.

:func:`look` says how the file is made and which column is likely which; :func:`read` gives every
row as an item or an error. Files are read from disk a few rows at a time (JSON whole, up to a
stated size), as often as needed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from places.imports.formats import document_formats, table_formats
from places.imports.formats.base import Choices, Report, TableFormat
from places.imports.formats.columns import (
    LOOKED_AT,
    Header,
    Matching,
    duplicated,
    find_header,
    guess_by_content,
    missing,
)
from places.imports.formats.rows import AnyRow, Item, RowError
from places.imports.formats.texts import FileError, folded_heading
from places.imports.readers.documents import read_document
from places.imports.readers.kinds import kind_of
from places.imports.readers.separated import SeparatedTable
from places.imports.readers.tables import JoinedTables, Record, Table
from places.imports.readers.workbooks import sheets

LARGEST_FILE: Final = 200 * 1024 * 1024
SAMPLE: Final = 5


@dataclass(slots=True)
class Look:
    """How a file is made: shown to people before it is read in."""

    kind: str
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header_row: int = 0
    headings: tuple[str, ...] = ()
    matching: dict[str, int] = field(default_factory=dict)
    sample: list[tuple[str, ...]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    header: Header | None = None
    table: Table | None = None
    document: Any = None

    def as_row(self) -> dict[str, Any]:
        """JSON values, to keep."""
        names = ("kind", "encoding", "delimiter", "sheet", "header_row", "headings", "sample")
        return {name: getattr(self, name) for name in (*names, "notes")}


def look(path: Path, format_name: str, *, header_row: int = 0) -> Look:
    """How the file is made. Raises :class:`FileError` with one sentence.

    ``header_row`` is where somebody says the headings stand; else they are looked for.
    """
    if path.stat().st_size > LARGEST_FILE:
        raise FileError(_("The file is larger than 200 MB. Split it into several."))
    kind = kind_of(path)
    if kind == "json":
        return _look_at_document(path, format_name)
    if format_name not in table_formats:
        raise FileError(_("This kind of file comes as JSON, and this is a table."))
    return _look_at_table(path, table_formats[format_name], kind, header_row)


def _look_at_document(path: Path, format_name: str) -> Look:
    if format_name not in document_formats:
        raise FileError(_("This is a JSON file. Bring this kind of file as CSV or XLSX."))
    return Look("json", document=read_document(path))


def _look_at_table(path: Path, format_: TableFormat, kind: str, header_row: int) -> Look:
    tables: list[Table] = [SeparatedTable(path)] if kind == "csv" else [*sheets(path)]
    found = [(table, _header_in(table, format_, header_row)) for table in tables]
    with_header = [(table, header) for table, header in found if header is not None]
    if not with_header:
        raise FileError(
            _("No row of the first %(n)d has headings that tell %(what)s.")
            % {"n": LOOKED_AT, "what": format_.wanted}
        )
    table, header = max(with_header, key=lambda pair: pair[1].score)
    first = [record.cells for record in islice(_below(table, header), SAMPLE)]
    matching = dict(header.matching)
    guess_by_content(matching, header.headings, first, format_.columns)
    notes = list(table.found.notes)
    table = _with_its_like(table, header, with_header)
    if len(tables) > 1:
        notes.append(_which_sheets(table, len(tables)))
    if twice := duplicated(header.headings):
        notes.append(_("These headings stand more than once: %s.") % ", ".join(twice))
    return Look(
        kind=kind,
        encoding=table.found.encoding,
        delimiter=table.found.delimiter,
        sheet=table.found.sheet,
        header_row=header.last,
        headings=header.headings,
        matching=matching,
        sample=first,
        notes=notes,
        header=header,
        table=table,
    )


def _with_its_like(table: Table, header: Header, found: list[tuple[Table, Header]]) -> Table:
    """The sheet and those with the very same headings: a sheet for each month is one list."""
    mine = [folded_heading(one) for one in header.headings]
    like = [
        (other, its.last, [folded_heading(one) for one in its.headings] == mine)
        for other, its in found
    ]
    first = next(at for at, (other, _last, _same) in enumerate(like) if other is table)
    others = [(other, last) for at, (other, last, same) in enumerate(like) if same and at != first]
    return JoinedTables(table, others) if others else table


def _which_sheets(table: Table, number: int) -> str:
    """Which of the sheets were read."""
    if isinstance(table, JoinedTables):
        titles = [table.found.sheet, *(other.found.sheet for other, _skips in table.others)]
        named = ", ".join(f"“{title}”" for title in titles)
        return _("Of %(n)d sheets, those with the same headings were read: %(titles)s.") % {
            "n": number,
            "titles": named,
        }
    said = {"n": number, "title": table.found.sheet}
    return _("Of %(n)d sheets, “%(title)s” was read.") % said


def _header_in(table: Table, format_: TableFormat, header_row: int) -> Header | None:
    rows = [(record.row, record.cells) for record in islice(table.records(), LOOKED_AT)]
    if not header_row:
        return find_header(rows, format_.columns, format_.enough)
    chosen = [row for row in rows if row[0] == header_row]
    return find_header(chosen, format_.columns, (frozenset(),))


def _below(table: Table, header: Header) -> Iterator[Record]:
    return (
        record for record in table.records() if record.row > header.last and not record.is_blank
    )


class FileReading:
    """The rows of one file: iterate :meth:`rows` once, then ask ``report``."""

    def __init__(
        self, look: Look, format_name: str, choices: Choices, matching: Matching | None = None
    ) -> None:
        self.look = look
        self.report = Report()
        self._rows = (
            self._of_document(format_name, choices)
            if look.kind == "json"
            else self._of_table(format_name, choices, matching or look.matching)
        )

    def rows(self) -> Iterator[Item[AnyRow] | RowError]:
        """Every row, in the order of the file."""
        return self._rows

    @property
    def notes(self) -> list[str]:
        """Sentences about the whole file; whole when the rows have been read."""
        found = self.look.table.found.notes if self.look.table else []
        said = [*self.look.notes, *(note for note in found if note not in self.look.notes)]
        return [*said, *self.report.skipped_notes(), *self.report.notes]

    def _of_document(self, format_name: str, choices: Choices) -> Iterator[Item[AnyRow] | RowError]:
        parser = document_formats[format_name].parser(choices)
        self.report = parser.report
        return parser.read(self.look.document)

    def _of_table(
        self, format_name: str, choices: Choices, matching: Matching
    ) -> Iterator[Item[AnyRow] | RowError]:
        format_, header, table = table_formats[format_name], self.look.header, self.look.table
        if header is None or table is None:
            raise FileError(_("The file has no headings."))
        if lacking := missing(matching, format_.columns):
            raise FileError(
                _("No column is matched to: %s.") % ", ".join(str(one.label) for one in lacking)
            )
        parser = format_.parser(header, matching, choices)
        self.report = parser.report
        rows = parser.read(record for record in table.records() if record.row > header.last)
        return _told_apart(rows, table) if isinstance(table, JoinedTables) else rows


def _told_apart(
    rows: Iterator[Item[AnyRow] | RowError], table: JoinedTables
) -> Iterator[Item[AnyRow] | RowError]:
    """The same, with the sheet named where a row of a further sheet cannot be read."""
    for row in rows:
        where = table.where(row.row) if isinstance(row, RowError) else None
        if where is None or not isinstance(row, RowError):
            yield row
            continue
        said = {"title": where[0], "row": where[1], "said": row.message}
        yield RowError(row.row, _("Sheet “%(title)s”, row %(row)d: %(said)s") % said)
