"""What every format shares: how it is asked for rows, what it says of the whole file. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.ground.answers import Text
from places.imports.formats.columns import Column, Header, Matching
from places.imports.formats.rows import Point, Reading
from places.imports.readers.tables import Record

MOST_WARNINGS: Final = 200


@dataclass(slots=True)
class Choices:
    """What the file does not say itself, and people or the command do."""

    file_name: str = ""
    file_digest: str = ""
    period: str = ""
    # Whether a stray delimiter can move cells: in files of text, never in workbooks.
    cells_may_shift: bool = False
    # The middle of the place, to tell eastings and northings the wrong way round.
    home: Point | None = None

    def as_text(self) -> dict[str, str]:
        """What is kept with the import."""
        return {"period": self.period}


@dataclass(slots=True)
class Report:
    """What reading found out about the whole file. Filled while rows are read."""

    skipped: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    # About rows that were taken all the same: (row, sentence).
    warnings: list[tuple[int, str]] = field(default_factory=list)
    printed_total: Decimal | None = None

    def say(self, note: str) -> None:
        """Add a sentence, once."""
        if note not in self.notes:
            self.notes.append(note)

    def warn(self, row: int, sentence: str) -> None:
        """Add a sentence about a row that was taken."""
        if len(self.warnings) < MOST_WARNINGS:
            self.warnings.append((row, sentence))

    def skip(self, what: str) -> None:
        """Count a row that is none: ``blank``, ``total``, ``title``, ``heading``."""
        self.skipped[what] += 1

    def skipped_notes(self) -> list[str]:
        """What was passed over, in words."""
        texts = {
            "blank": lambda n: ngettext("%d blank row.", "%d blank rows.", n) % n,
            "total": lambda n: (
                ngettext(
                    "%d row of totals was passed over.", "%d rows of totals were passed over.", n
                )
                % n
            ),
            "title": lambda n: (
                ngettext("%d row is only a title.", "%d rows are only titles.", n) % n
            ),
            "heading": lambda n: (
                ngettext("%d row repeats the headings.", "%d rows repeat the headings.", n) % n
            ),
        }
        return [texts[what](count) for what, count in self.skipped.items() if what != "blank"]


class TableParser(Protocol):
    """Reads the rows below the headings, once."""

    report: Report

    def read(self, records: Iterable[Record]) -> Reading:
        """Every row as an item or an error. ``report`` is whole when this has ended."""


class TableFormat(Protocol):
    """A format that stands in tables."""

    name: str
    label: Text
    columns: tuple[Column, ...]
    enough: tuple[frozenset[str], ...]
    wanted: Text

    def parser(self, header: Header, matching: Matching, choices: Choices) -> TableParser:
        """A parser for one file."""


class DocumentParser(Protocol):
    """Reads the things in a JSON document, once."""

    report: Report

    def read(self, document: Any) -> Reading:
        """Every thing as an item or an error, numbered from 1 in the order of the file."""


class DocumentFormat(Protocol):
    """A format that stands in JSON documents."""

    name: str
    label: Text

    def parser(self, choices: Choices) -> DocumentParser:
        """A parser for one file."""


def cell(cells: tuple[str, ...], matching: Mapping[str, int], name: str) -> str:
    """The cell under a column, or nothing."""
    at = matching.get(name, -1)
    return cells[at] if 0 <= at < len(cells) else ""


def beyond(message: str) -> str:
    """A sentence for rows that are not shown one by one."""
    return _("And more of the same: %s") % message
