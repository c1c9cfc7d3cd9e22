"""Files in the shapes that other councils and funders publish: made here, not copied.

Each case says what must come of it: how many rows are taken, what they add up to, and which rows
are refused, each with words that its sentence must hold. A file that cannot be read at all has
``refused`` words instead.
"""

import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import openpyxl

Content = bytes | Callable[[], bytes]


@dataclass(frozen=True)
class Case:
    """A file and what must come of it."""

    what: str
    format: str
    content: Content
    taken: int = 0
    total: str = "0.00"
    errors: dict[int, str] = field(default_factory=dict)
    refused: str = ""
    name: str = "file.csv"
    # What must be true of the first value: attribute and its text.
    first: dict[str, str] = field(default_factory=dict)
    says: str = ""

    def bytes(self) -> bytes:
        """What stands in the file."""
        return self.content() if callable(self.content) else self.content

    def __str__(self) -> str:
        return self.what


def text(*lines: str, encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    """Lines of a file."""
    return (end.join(lines) + end).encode(encoding)


def workbook(**sheets: Sequence[Sequence[Any]]) -> Callable[[], bytes]:
    """An XLSX file with these sheets in their order; made only when a test wants it."""

    def make() -> bytes:
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for title, rows in sheets.items():
            sheet = book.create_sheet(title.replace("_", " "))
            for row in rows:
                sheet.append(list(row))
        to = io.BytesIO()
        book.save(to)
        return to.getvalue()

    return make


def document(value: Any) -> bytes:
    """A JSON file."""
    return json.dumps(value, ensure_ascii=False).encode()
