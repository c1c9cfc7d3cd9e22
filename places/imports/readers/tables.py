"""A table as this room reads it, whatever file it stands in. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol


class Record(NamedTuple):
    """One row: its number as a spreadsheet shows it, from 1, and its cells as text."""

    row: int
    cells: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not any(cell.strip() for cell in self.cells)


@dataclass(slots=True)
class Found:
    """How a table is written, and sentences about it for people."""

    kind: str
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    notes: list[str] = field(default_factory=list)


class Table(Protocol):
    """Rows that can be read again and again, a few at a time."""

    found: Found

    def records(self) -> Iterator[Record]:
        """Every row, the blank ones too."""


class JoinedTables:
    """Sheets with the same headings, one after another, as one table.

    Rows are numbered on from the first sheet; :meth:`where` says which row of which sheet it is.
    ``skips`` says how many rows stand at the top of each sheet after the first, headings and all.
    """

    def __init__(self, first: Table, others: Sequence[tuple[Table, int]]) -> None:
        self.first, self.others = first, others
        self.found = first.found
        # The number before each further sheet's first row; filled while rows are read.
        self.begins: list[tuple[int, str]] = []

    def records(self) -> Iterator[Record]:
        """The rows of the first sheet, then those below the headings of each other."""
        last = 0
        for record in self.first.records():
            last = record.row
            yield record
        self.begins = []
        for table, skips in self.others:
            begin = last
            self.begins.append((begin, table.found.sheet))
            for record in table.records():
                last = begin + record.row
                if record.row > skips:
                    yield record._replace(row=last)

    def where(self, row: int) -> tuple[str, int] | None:
        """The sheet and the row in it; None in the first sheet, whose numbers are its own."""
        return next(((said, row - at) for at, said in reversed(self.begins) if row > at), None)
