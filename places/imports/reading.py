"""From a file to rows: look at it, match its columns, read it. Pure: no models, no database.

:func:`look` says how the file is made and which column is likely which; :func:`read` gives every
row as an item or an error. Files are read from disk a few rows at a time (JSON whole, up to a
stated size), as often as needed.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
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
    header_at,
    missing,
)
from places.imports.formats.payments import Payments
from places.imports.formats.rows import AnyRow, Item, RowError
from places.imports.formats.spending import SpendingParser
from places.imports.formats.texts import FileError, folded_heading
from places.imports.readers.documents import read_document
from places.imports.readers.gathering import gathering
from places.imports.readers.json_tables import JsonTable
from places.imports.readers.kinds import kind_of
from places.imports.readers.separated import SeparatedTable
from places.imports.readers.tables import JoinedTables, Record, Table
from places.imports.readers.workbooks import sheets

LARGEST_FILE: Final = 200 * 1024 * 1024
SAMPLE: Final = 5
# A line of text is no table.
LEAST_COLUMNS: Final = 2


class NoHeadingsError(FileError):
    """No row tells enough. ``row`` is the one most like headings, 0 where none is."""

    def __init__(self, message: str, row: int = 0) -> None:
        super().__init__(message)
        self.row = row


# Rows that were read: payments as columns, anything else as items.
Batch = Sequence[Item[AnyRow]] | Payments


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
    if kind == "json" and format_name in document_formats:
        return Look("json", document=read_document(path))
    if format_name not in table_formats:
        raise FileError(_("This kind of file comes as JSON, and this is a table."))
    return _look_at_table(path, table_formats[format_name], kind, header_row)


def _tables(path: Path, kind: str) -> list[Table]:
    if kind == "json":
        return [JsonTable(read_document(path))]
    return [SeparatedTable(path)] if kind == "csv" else [*sheets(path)]


def _look_at_table(path: Path, format_: TableFormat, kind: str, header_row: int) -> Look:
    tables = _tables(path, kind)
    found = [(table, _header_in(table, format_, header_row)) for table in tables]
    with_header = [(table, header) for table, header in found if header is not None]
    if not with_header:
        raise _no_headings(tables, format_, header_row)
    table, header = max(with_header, key=lambda pair: pair[1].score)
    first = [record.cells for record in islice(_below(table, header), SAMPLE)]
    matching = dict(header.matching)
    guess_by_content(matching, header.headings, first, format_.columns)
    notes = list(table.found.notes)
    table, header, note = _with_its_like(table, header, with_header)
    notes.append(note)
    if len(tables) > 1:
        notes.append(_which_sheets(table, len(tables)))
    if not note:
        notes.append(_left_out(table, [other for other, _header in with_header]))
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
        notes=[note for note in notes if note],
        header=header,
        table=table,
    )


def _with_its_like(
    table: Table, header: Header, found: list[tuple[Table, Header]]
) -> tuple[Table, Header, str]:
    """The sheet and those with the very same headings: a sheet for each month is one list.

    Where one of them says all that the others say, it is read alone, and that is said.
    """
    mine = [folded_heading(one) for one in header.headings]
    like = [
        (other, its.last, [folded_heading(one) for one in its.headings] == mine)
        for other, its in found
    ]
    first = next(at for at, (other, _last, _same) in enumerate(like) if other is table)
    others = [(other, last) for at, (other, last, same) in enumerate(like) if same and at != first]
    if not others:
        return table, header, ""
    whole = gathering([(table, header.last), *others])
    if whole is None:
        return JoinedTables(table, others), header, ""
    note = _(
        "“%s” holds every row of the other sheets: it was read alone, so nothing counts twice."
    )
    its_header = next(its for other, its in found if other is whole)
    return whole, its_header, note % whole.found.sheet


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


def _left_out(table: Table, able: list[Table]) -> str:
    """Sheets that have such headings too, otherwise written, and were not read."""
    read = {table.found.sheet}
    if isinstance(table, JoinedTables):
        read |= {other.found.sheet for other, _skips in table.others}
    others = [other.found.sheet for other in able if other.found.sheet not in read]
    if not others:
        return ""
    named = ", ".join(f"“{title}”" for title in others)
    return (
        _("%s has such headings too. If it says something else, save it as a file of its own.")
        % named
    )


def _header_in(table: Table, format_: TableFormat, header_row: int) -> Header | None:
    rows = [(record.row, record.cells) for record in islice(table.records(), LOOKED_AT)]
    found = find_header(rows, format_.columns, format_.enough)
    if not header_row or (found is not None and found.last == header_row):
        return found
    return header_at(rows, header_row, format_.columns)


def _no_headings(tables: list[Table], format_: TableFormat, header_row: int) -> NoHeadingsError:
    """What is missing, and which row looks most like headings."""
    if header_row:
        return NoHeadingsError(_("Row %d of the file is empty or is not there.") % header_row)
    message = _("No row of the first %(n)d has headings that tell %(what)s.") % {
        "n": LOOKED_AT,
        "what": format_.wanted,
    }
    likely = [_likely_header(table, format_) for table in tables]
    best = max((one for one in likely if one), key=lambda one: one.score, default=None)
    if best is None:
        return NoHeadingsError(message)
    lacking = min((wanted - best.matching.keys() for wanted in format_.enough), key=len)
    labels = {column.name: str(column.label) for column in format_.columns}
    said = {
        "row": best.last,
        "headings": ", ".join(filter(None, best.headings))[:200],
        "lacking": ", ".join(labels[name] for name in sorted(lacking)),
    }
    more = _(
        "Row %(row)d looks most like headings: %(headings)s. Missing there: %(lacking)s. "
        "On the site, people choose which row and which columns say it."
    )
    return NoHeadingsError(f"{message} {more % said}", best.last)


def _likely_header(table: Table, format_: TableFormat) -> Header | None:
    rows = [(record.row, record.cells) for record in islice(table.records(), LOOKED_AT)]
    found = find_header(rows, format_.columns, (frozenset(),))
    is_table = found is not None and len(list(filter(None, found.headings))) >= LEAST_COLUMNS
    return found if is_table else None


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
        # How payments come many at once, where the format has a way.
        self._many: Callable[[int], Iterator[tuple[Payments, list[RowError]]]] | None = None
        self._rows = (
            self._of_document(format_name, choices)
            if look.table is None
            else self._of_table(format_name, choices, matching or look.matching)
        )

    def rows(self) -> Iterator[Item[AnyRow] | RowError]:
        """Every row, in the order of the file."""
        return self._rows

    def batches(self, at_once: int) -> Iterator[tuple[Batch, list[RowError]]]:
        """The same, some thousands at a time: what was read, and the errors among it.

        Instead of :meth:`rows`: a file is read once.
        """
        return self._many(at_once) if self._many else _sorted_out(self._rows, at_once)

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
        choices = replace(choices, cells_may_shift=self.look.kind == "csv")
        parser = format_.parser(header, matching, choices)
        self.report = parser.report
        records = (record for record in table.records() if record.row > header.last)
        if isinstance(parser, SpendingParser):
            self._many = partial(_many, parser, records, table)
        return (_told_apart(row, table) for row in parser.read(records))


def _many(
    parser: SpendingParser, records: Iterator[Record], table: Table, at_once: int
) -> Iterator[tuple[Payments, list[RowError]]]:
    for payments, errors in parser.read_many(records, at_once):
        yield payments, [_error_told_apart(error, table) for error in errors]


def _sorted_out(
    rows: Iterator[Item[AnyRow] | RowError], at_once: int
) -> Iterator[tuple[Batch, list[RowError]]]:
    while taken := list(islice(rows, at_once)):
        items: list[Item[AnyRow]] = []
        errors: list[RowError] = []
        for row in taken:
            errors.append(row) if isinstance(row, RowError) else items.append(row)
        yield items, errors


def _told_apart(row: Item[AnyRow] | RowError, table: Table) -> Item[AnyRow] | RowError:
    return _error_told_apart(row, table) if isinstance(row, RowError) else row


def _error_told_apart(error: RowError, table: Table) -> RowError:
    """The same, with the sheet named where it is a row of a further sheet."""
    where = table.where(error.row) if isinstance(table, JoinedTables) else None
    if where is None:
        return error
    said = {"title": where[0], "row": where[1], "said": error.message}
    return replace(error, message=_("Sheet “%(title)s”, row %(row)d: %(said)s") % said)
