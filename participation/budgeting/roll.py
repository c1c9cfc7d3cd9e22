"""Reading a list of e-mail addresses, as councils and associations really have them. Pure.

Everything that is wrong is told with its line, and nothing is taken until nothing is wrong.
"""

import csv
import io
import re
from dataclasses import dataclass, field
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

MOST_BYTES: Final = 4 * 1024 * 1024
MOST_ADDRESSES: Final = 20_000
MOST_PROBLEMS: Final = 50
_HEADERS: Final = frozenset(
    {"email", "e-mail", "e_mail", "mail", "email address", "e-mail address", "address", "ebost"}
)
_FORMULA: Final = ("=", "+", "-", "@", "\t")
_BRACKETED: Final = re.compile(r"<([^<>\s]+)>\s*$")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a line (counted from 1; 0 is the file itself), and how to mend it."""

    line: int
    reason: str


@dataclass(slots=True)
class Roll:
    """The addresses of a file, each once, and what is wrong with it."""

    addresses: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_roll(content: bytes) -> Roll:
    """Read a CSV of addresses: one a line, or in a column named e-mail."""
    text = _text(content)
    if isinstance(text, Problem):
        return Roll(problems=[text])
    roll = Roll()
    seen: dict[str, int] = {}
    try:
        _take_rows(text, roll, seen)
    except csv.Error:
        roll.problems.append(Problem(0, _("This is not a CSV file. Save your list as CSV.")))
    if not roll.addresses and not roll.problems:
        roll.problems.append(Problem(0, _("There is no e-mail address in this file.")))
    if len(roll.addresses) > MOST_ADDRESSES:
        roll.problems.append(Problem(0, _("A file holds at most 20,000 addresses. Split it.")))
    return roll


def _text(content: bytes) -> "str | Problem":
    """The text of the file, whatever spreadsheet wrote it."""
    if len(content) > MOST_BYTES:
        return Problem(0, _("The file is larger than 4 MB. Split it into parts."))
    marked = content[:2] in {b"\xff\xfe", b"\xfe\xff"}
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "cp1252"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    return Problem(0, _("This is not a text file. Save your list as CSV (UTF-8)."))


def _take_rows(text: str, roll: Roll, seen: dict[str, int]) -> None:
    reader = csv.reader(io.StringIO(text, newline=""), _dialect(text))
    column = 0
    for place, row in enumerate(reader):
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        if place == 0 and (named := _header(cells)) is not None:
            column = named
            continue
        line = reader.line_num
        cell = cells[column] if column < len(cells) else ""
        _take(cell, line, roll, seen)
        if len(roll.problems) >= MOST_PROBLEMS:
            roll.problems.append(Problem(line, _("There are more problems after this line.")))
            return


def _dialect(text: str) -> type[csv.Dialect]:
    class Found(csv.excel):
        delimiter = max(",;\t", key=text.split("\n", 1)[0].count)

    return Found


def _header(cells: list[str]) -> int | None:
    for place, cell in enumerate(cells):
        if cell.lower() in _HEADERS:
            return place
    return None


def _take(cell: str, line: int, roll: Roll, seen: dict[str, int]) -> None:
    problem = _judge(cell, seen)
    if problem:
        roll.problems.append(Problem(line, problem))
        return
    address = _bare(cell)
    seen[address.lower()] = line
    roll.addresses.append(address)


def _bare(cell: str) -> str:
    """The address in "Ann Other <ann@example.org>", or the cell itself."""
    found = _BRACKETED.search(cell)
    return found[1] if found else cell


def _judge(cell: str, seen: dict[str, int]) -> str:
    """What is wrong with a cell, in words; nothing where it is a new address."""
    if not cell:
        return _("There is no address in this line.")
    if cell.startswith(_FORMULA):
        return _("This cell is a formula, not an address.")
    address = _bare(cell)
    try:
        validate_email(address)
    except ValidationError:
        return _("This is not an e-mail address.")
    if not address.isascii() or len(address) > 254:
        return _("This address has letters that mail cannot carry.")
    if address.lower() in seen:
        return _("The same address stands in line %(line)d.") % {"line": seen[address.lower()]}
    return ""
