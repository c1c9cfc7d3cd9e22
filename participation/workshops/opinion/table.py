"""A CSV file as people really send it: with a byte-order mark, CRLF, semicolons, blank lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import numpy as np

from .grid import grid
from .votes import NO_VOTE, UNSEEN, Cells, Id, Whole, as_id

VOTES = {
    "1": 1, "1.0": 1, "+1": 1, "0": 0, "0.0": 0, "-0": 0, "-0.0": 0, "-1": -1, "-1.0": -1,
    "": UNSEEN,
}  # fmt: skip
# The columns that matter, and other names that other tools and older exports give them.
KNOWN = {
    name: name
    for name in (
        "participant", "xid", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree",
        "voter-id", "comment-id", "vote", "timestamp", "moderated", "comment-body",
    )
} | {
    "participant-id": "participant",
    "statement-id": "comment-id",
}  # fmt: skip


class Unreadable(Exception):
    """A file cannot be read; says why in one sentence."""


class Reader(Protocol):
    """What `csv.reader` gives."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...


class Body(Protocol):
    """The rows below the names: a `Grid` of a plain file, or `Lines` of any other."""

    @property
    def rows(self) -> int: ...
    def line(self, row: int) -> int: ...
    def text(self, row: int, place: int) -> str: ...
    def texts(self, place: int) -> list[str]: ...
    def votes(self, places: list[int]) -> Cells: ...
    def whole(self, place: int) -> Whole | None: ...


class Lines:
    """Rows that Python's `csv` read, and the lines on which they stand."""

    def __init__(self, rows: list[list[str]], lines: list[int]) -> None:
        self._rows, self._lines = rows, lines

    @property
    def rows(self) -> int:
        """How many rows there are below the names."""
        return len(self._rows)

    def line(self, row: int) -> int:
        """The line of the file on which a row stands."""
        return self._lines[row]

    def text(self, row: int, place: int) -> str:
        """One cell, without spaces around it."""
        return self._rows[row][place].strip()

    def texts(self, place: int) -> list[str]:
        """A column, without spaces around its cells."""
        return [row[place].strip() for row in self._rows]

    def votes(self, places: list[int]) -> Cells:
        """Cells as votes, shape (rows, places)."""
        said = [[VOTES.get(row[place], NO_VOTE) for place in places] for row in self._rows]
        return np.array(said, dtype=np.int8).reshape(self.rows, len(places))

    def whole(self, place: int) -> Whole | None:
        """Only a plain file is worth reading as numbers."""
        return None


class Table:
    """The rows of a file, by the names in its first line."""

    def __init__(self, file: str, names: list[str], body: Body) -> None:
        self.file, self.names, self.body = file, names, body

    def texts(self, name: str) -> list[str]:
        """The cells of a column, without spaces around them."""
        return self.body.texts(self._place(name))

    def whole(self, name: str) -> Whole | None:
        """A column as whole numbers, or None where a cell is none."""
        return self.body.whole(self._place(name))

    def ids(self, name: str) -> list[Id]:
        """The cells of a column as ids; none may be blank."""
        numbers = self.whole(name)
        if numbers is not None:
            return list(numbers.tolist())
        cells = self.texts(name)
        if "" in cells:
            line = self.body.line(cells.index(""))
            raise Unreadable(f"{self.file}, line {line}: column “{name}” is blank.")
        known = {text: as_id(text) for text in dict.fromkeys(cells)}
        return [known[text] for text in cells]

    def votes(self, names: list[str]) -> Cells:
        """Cells of these columns as votes; the first that is none is named by line and column."""
        places = [self._place(name) for name in names]
        said = self.body.votes(places)
        for row, column in np.argwhere(said == NO_VOTE).tolist():
            text = self.body.text(row, places[column])
            if text not in VOTES:
                raise Unreadable(
                    f"{self.file}, line {self.body.line(row)}: “{text}” in column "
                    f"{names[column]} is no vote (1, -1, 0 or blank)."
                )
            said[row, column] = VOTES[text]
        return said

    def _place(self, name: str) -> int:
        if name not in self.names:
            raise Unreadable(f"{self.file} has no column “{name}”.")
        return self.names.index(name)


def read_table(path: Path) -> Table:
    """Read a file. Raises Unreadable where it is empty, broken, or names a column twice."""
    text = _text(path)
    if "\0" in text:
        raise Unreadable(f"{path.name} is no text file.")
    first, _, rest = text.partition("\n")
    delimiter = max(",;\t", key=first.count)
    if first.strip() and '"' not in first:
        names = _names(path.name, first.rstrip("\r").split(delimiter))
        plain = grid(rest.encode("utf-8"), delimiter, len(names))
        if plain is not None:
            return Table(path.name, names, plain)
    delimiter = max(",;\t", key=text.lstrip().split("\n", 1)[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return _table(path.name, reader)
    except csv.Error as error:
        raise Unreadable(f"{path.name}, line {reader.line_num}: {error}.") from None


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"{path.name} cannot be read: {error.strerror}.") from None
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _table(file: str, reader: Reader) -> Table:
    names: list[str] = []
    rows: list[list[str]] = []
    lines: list[int] = []
    for row in reader:
        if not any(cell.strip() for cell in row):
            continue
        if not names:
            names = _names(file, row)
        elif len(row) == len(names):
            rows.append(row)
            lines.append(reader.line_num)
        else:
            raise Unreadable(
                f"{file}, line {reader.line_num}: {len(row)} cells under {len(names)} names."
            )
    if not names:
        raise Unreadable(f"{file} is empty.")
    return Table(file, names, Lines(rows, lines))


def _names(file: str, row: list[str]) -> list[str]:
    """Known names in their usual spelling, all others (ids of statements) as they stand."""
    stripped = [cell.strip() for cell in row]
    names = [KNOWN.get(name.lower().replace("_", "-"), name) for name in stripped]
    named = [name for name in names if name]
    if len(set(named)) < len(named):
        twice = next(name for i, name in enumerate(named) if name in named[:i])
        raise Unreadable(f"{file} has two columns “{twice}”.")
    return names
