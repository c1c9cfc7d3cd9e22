"""Tables in files of text: comma, tab, semicolon or pipe. Pure, streamed, bounded in memory."""

import csv
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from places.imports.formats.texts import FileError
from places.imports.readers.encodings import detect
from places.imports.readers.tables import Found, Record

DELIMITERS: Final = (",", "\t", ";", "|")
_NAMES: Final = {",": "comma", "\t": "tab", ";": "semicolon", "|": "pipe"}
_SAMPLE_LINES: Final = 60
# A cell may hold an address on several lines. More than this is a quotation mark never closed.
MOST_LINES_IN_CELL: Final = 40
LONGEST_CELL: Final = 100_000
LONGEST_LINE: Final = 2_000_000


class SeparatedTable:
    """A CSV file, or one like it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        encoding = detect(path)
        self.found = Found("csv", encoding=encoding.name)
        if encoding.note:
            self.found.notes.append(encoding.note)
        self.delimiter = self._sniff()
        self.found.delimiter = _NAMES[self.delimiter]

    def records(self) -> Iterator[Record]:
        """Every row. A row with a quotation mark that is never closed is read as it stands."""
        for row, cells in enumerate(self._rows(self._lines()), start=1):
            yield Record(row, tuple(cells))

    def _rows(self, lines: Iterator[str]) -> Iterator[list[str]]:
        first = next(lines, None)
        if first is None:
            return
        if not first.lower().startswith("sep="):  # a hint to Excel, not a row of the table
            lines = chain([first], lines)
        while (line := next(lines, None)) is not None:
            if '"' not in line:
                yield line.rstrip("\r\n").split(self.delimiter)
                continue
            whole, more = self._whole(line, lines)
            yield self._parse(whole)
            lines = chain(more, lines) if more else lines

    def _whole(self, line: str, lines: Iterator[str]) -> tuple[str, list[str]]:
        """The line with those that its quoted cells go on to; or alone, if they never close."""
        if not _is_open(line, self.delimiter):
            return line, []
        taken: list[str] = []
        whole = line
        for following in islice(lines, MOST_LINES_IN_CELL):
            taken.append(following)
            whole += following
            if not _is_open(whole, self.delimiter):
                return whole, []
        self._say(_("A quotation mark is never closed: its row was read as it stands."))
        return line.replace('"', ""), taken

    def _parse(self, line: str) -> list[str]:
        try:
            return next(csv.reader((line,), delimiter=self.delimiter), [])
        except csv.Error:
            return line.rstrip("\r\n").split(self.delimiter)

    def _lines(self) -> Iterator[str]:
        """The lines, however they end; NUL bytes are dropped, and that is said."""
        with self.path.open(encoding=self.found.encoding, newline="", errors="replace") as file:
            while line := file.readline(LONGEST_LINE):
                if len(line) >= LONGEST_LINE:
                    raise FileError(_("A line of the file is too long to be a row of a table."))
                if "\x00" in line:
                    self._say(_("The file has bytes that are no text (NUL). They were left out."))
                    line = line.replace("\x00", "")
                if "\ufffd" in line:
                    self._say(_("Some letters of the file could not be read and stand as �."))
                yield line

    def _say(self, note: str) -> None:
        if note not in self.found.notes:
            self.found.notes.append(note)

    def _sniff(self) -> str:
        """The delimiter that cuts most lines into the same number of cells, more than one."""
        lines = [line for line in islice(self._lines(), _SAMPLE_LINES) if line.strip()]
        if lines and lines[0].lower().startswith("sep=") and lines[0][4:5] in DELIMITERS:
            return lines[0][4:5]
        return max(DELIMITERS, key=lambda delimiter: _evenness(lines, delimiter))


def _is_open(line: str, delimiter: str) -> bool:
    """Whether a quoted cell is still open at the end of the line.

    A quotation mark opens a cell only where the cell begins; elsewhere it is a letter.
    """
    if line.count('"') % 2 == 0:
        return False
    quoted, begins, at, end = False, True, 0, len(line)
    while at < end:
        letter = line[at]
        if quoted:
            if letter == '"':
                if line[at + 1 : at + 2] == '"':
                    at += 1
                else:
                    quoted = False
        elif letter == '"' and begins:
            quoted = True
        begins = not quoted and letter in (delimiter, "\n", "\r")
        at += 1
    return quoted


def _evenness(lines: list[str], delimiter: str) -> tuple[int, int]:
    """How many lines have the commonest number of cells, and that number."""
    counts = Counter(_cells(line, delimiter) for line in lines)
    counts.pop(1, None)
    if not counts:
        return (0, 0)
    cells, often = max(counts.items(), key=lambda pair: (pair[1], pair[0]))
    return (often * 100 if cells > 1 else 0) + min(cells, 50), cells


def _cells(line: str, delimiter: str) -> int:
    """How many cells the line has, not counting what stands in quotation marks."""
    if '"' in line:
        line = "".join(line.split('"')[0::2])
    return line.count(delimiter) + 1
