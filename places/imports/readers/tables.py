"""A table as this room reads it, whatever file it stands in. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
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


class TableSource(Protocol):
    """A file that holds one or more tables."""

    path: Path

    def tables(self) -> list[Table]:
        """The tables, in their order."""
