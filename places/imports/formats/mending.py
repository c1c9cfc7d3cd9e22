"""Rows whose cells have run together, parted again only where the file's own total proves it.

Published files have rows such as ``25/06/2012900`` (a date and an amount) or ``Academy21740`` (the
supplier is *Academy21* and was paid 740, not 21740). What such a row says is never guessed. Every
way to part it is worked out; where the file prints its own total, and exactly one way of parting
all of them adds up to it to the penny, that way is taken. Otherwise the rows are refused in words.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from math import prod
from typing import Final, Generic, TypeVar

Cells = tuple[str, ...]
Parsed = TypeVar("Parsed")

MOST_HELD: Final = 20_000
MOST_WAYS: Final = 20_000

_AMOUNT: Final = r"-?\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|-?[1-9]\d*(?:\.\d{1,2})?|-?0\.\d{1,2}"
_DATE: Final = r"[0-3]\d/[01]\d/(?:19|20)\d\d"
_DATE_AMOUNT: Final = re.compile(rf"({_DATE})({_AMOUNT})")
_NAME_DATE: Final = re.compile(rf"(.*[A-Za-z].*?)({_DATE})")
_NAME_DATE_AMOUNT: Final = re.compile(rf"(.*[A-Za-z].*?)({_DATE})({_AMOUNT})")
_NAME_DIGITS: Final = re.compile(r"(?=.*[A-Za-z])(.*[A-Za-z)/&'])(\d+)((?:\.\d{1,2})?)")
_RUN_ON: Final = re.compile(r"(.+?),(-?\d[\d,]*\.\d\d)(?=\D|$)")


@dataclass(frozen=True, slots=True)
class Way(Generic[Parsed]):
    """One way to read a row: what it would give, and what that adds up to."""

    values: tuple[Parsed, ...]
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Held(Generic[Parsed]):
    """A row that waits for the file's total: its ways, and what is said if none is proved."""

    row: int
    shown: str
    message: str
    ways: tuple[Way[Parsed], ...]


def parted(cells: Cells, width: int) -> Iterator[Cells]:
    """Every way to part one cell of a row that has too few of them."""
    lacking = width - len(cells)
    if lacking not in (1, 2):
        return
    for at, text in enumerate(cells):
        for parts in _parts(text.strip(), lacking + 1):
            yield (*cells[:at], *parts, *cells[at + 1 :])


def _parts(text: str, number: int) -> Iterator[tuple[str, ...]]:
    if number == 3:
        if found := _NAME_DATE_AMOUNT.fullmatch(text):
            yield found.group(1, 2, 3)
        return
    for form in (_DATE_AMOUNT, _NAME_DATE):
        if found := form.fullmatch(text):
            yield found.group(1, 2)
    if found := _NAME_DIGITS.fullmatch(text):
        name, digits, pence = found.groups()
        for at in range(len(digits)):
            if digits[at] != "0":
                yield name + digits[:at], digits[at:] + pence


def run_on(cells: Cells) -> list[tuple[str, str]]:
    """Name and amount of each of several rows that have run together into one; or none."""
    text = ",".join(cells).strip()
    pairs, end = [], 0
    for found in _RUN_ON.finditer(text):
        if found.start() != end:
            return []
        pairs.append((found[1].strip().strip('"'), found[2]))
        end = found.end()
    return pairs if end == len(text) and len(pairs) > 1 else []


def proved(
    held: Sequence[Held[Parsed]], clean: Decimal, printed: Decimal | None
) -> list[Way[Parsed]] | None:
    """The one way of each row with which the file adds up to its total; None without proof."""
    if printed is None or not held or prod(len(row.ways) for row in held) > MOST_WAYS:
        return None
    open_rows = [row.ways for row in held if len(row.ways) > 1]
    certain = sum((row.ways[0].amount for row in held if len(row.ways) == 1), Decimal(0))
    lacking = printed - clean - certain
    fitting = [
        ways
        for ways in product(*open_rows)
        if sum((way.amount for way in ways), Decimal(0)) == lacking
    ]
    if len(fitting) != 1:
        return None
    chosen = iter(fitting[0])
    return [row.ways[0] if len(row.ways) == 1 else next(chosen) for row in held]


def ways_of(
    candidates: Iterator[Cells],
    parse: Callable[[Cells], Parsed],
    amount: Callable[[Parsed], Decimal],
) -> tuple[Way[Parsed], ...]:
    """The candidates that can be read, each once."""
    ways: dict[Decimal, Way[Parsed]] = {}
    for candidate in candidates:
        try:
            value = parse(candidate)
        except ValueError:
            continue
        ways.setdefault(amount(value), Way((value,), amount(value)))
    return tuple(ways.values())
