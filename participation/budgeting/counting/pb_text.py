"""From bytes to text to rows, and what is said when that fails. Nothing is lost on the way."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass
from typing import Final

MOST_BYTES: Final = 200 * 2**20
"""Files above this are refused: the largest real elections have about 10 MB."""
MOST_WARNINGS: Final = 200
SECTIONS: Final = ("META", "PROJECTS", "VOTES")


class PbError(ValueError):
    """A file that cannot be counted: one sentence, and the line where it went wrong."""

    def __init__(self, line: int | None, message: str) -> None:
        super().__init__(message if line is None else f"Line {line}: {message}")
        self.line = line
        self.message = message


@dataclass(frozen=True, slots=True)
class PbWarning:
    """Something odd that did not stop the count."""

    line: int | None
    message: str

    def __str__(self) -> str:
        return self.message if self.line is None else f"Line {self.line}: {self.message}"


class Warnings(list[PbWarning]):
    """Warnings in the order found; beyond `MOST_WARNINGS` they are only counted."""

    unlisted = 0

    def note(self, line: int | None, message: str) -> None:
        """Add a warning."""
        if len(self) < MOST_WARNINGS:
            self.append(PbWarning(line, message))
        else:
            self.unlisted += 1


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a file's text was written as bytes, so that it can be written so again."""

    codec: str = "utf-8"
    mark: bytes = b""

    def encode(self, text: str) -> bytes:
        """Text as bytes. Raises UnicodeEncodeError where the encoding lacks a character."""
        return self.mark + text.encode(self.codec)


_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes, warnings: Warnings) -> tuple[str, Encoding]:
    """Text and its encoding: by byte order mark, else UTF-8, else Windows-1252 with a warning.

    Raises PbError for files that are empty, too large, not text, or none of these encodings.
    """
    if not data.strip():
        raise PbError(None, "The file is empty.")
    if len(data) > MOST_BYTES:
        raise PbError(None, f"The file is larger than {MOST_BYTES // 2**20} MB.")
    encoding = next(
        (Encoding(codec, mark) for mark, codec in _MARKS if data.startswith(mark)), None
    )
    text, encoding = _decoded(data, encoding or Encoding(), warnings)
    if (place := text.find("\0")) >= 0:
        raise PbError(_line_at(text, place), "There is a NUL byte; this is not a text file.")
    return text, encoding


def _decoded(data: bytes, encoding: Encoding, warnings: Warnings) -> tuple[str, Encoding]:
    body = data[len(encoding.mark) :]
    try:
        return body.decode(encoding.codec), encoding
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
    if encoding.codec != "utf-8" or encoding.mark:
        raise PbError(line, f"The file says it is {encoding.codec.upper()} but it is not.")
    try:
        text = body.decode("cp1252")
    except UnicodeDecodeError:
        raise PbError(line, "The text is neither UTF-8 nor Windows-1252.") from None
    warnings.note(line, "The text is not UTF-8 and was read as Windows-1252; letters may differ.")
    return text, Encoding("cp1252")


def _line_at(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


@dataclass(slots=True)
class Row:
    """One row: its cells as written, the line it begins on, and its exact text."""

    cells: list[str]
    line: int
    raw: str


def split_rows(text: str) -> tuple[list[Row], str]:
    """Rows of cells parted by semicolons and quoted as in CSV, and what is left at the end.

    Lines without anything in them go with the next row, so the raw texts and the rest together
    are the text. Raises PbError for a quotation mark that is never closed and for a cell that is
    too long for CSV.
    """
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(lines, delimiter=";")
    rows: list[Row] = []
    taken = begin = 0
    try:
        for cells in reader:
            end = reader.line_num
            if end - begin > 1 or end == len(lines):
                _check_closed(lines, begin, end)
            if any(map(str.strip, cells)):
                rows.append(Row(cells, begin + 1, "".join(lines[taken:end])))
                taken = end
            begin = end
    except csv.Error as error:
        raise PbError(begin + 1, f"The row cannot be read ({error}).") from None
    return rows, "".join(lines[taken:])


def _check_closed(lines: list[str], begin: int, end: int) -> None:
    """A quoted cell that swallows a section's name, or the end of the file, was never closed."""
    swallowed = any(line.strip().upper() in SECTIONS for line in lines[begin + 1 : end])
    if swallowed or (end == len(lines) and _is_open(lines[begin:end])):
        raise PbError(begin + 1, "A quotation mark opens here and is never closed.")


def _is_open(lines: list[str]) -> bool:
    try:
        list(csv.reader(lines, delimiter=";", strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def row_text(cells: list[str], newline: str) -> str:
    """Cells as one row of text, quoted where they must be."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator=newline).writerow(cells)
    return out.getvalue()
