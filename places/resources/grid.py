"""The matrix as a picture: squares in shades, dashed where there is nothing. Pure but for its rows.

The same picture stands on the page and in the PDF; the table beside it says the same.
"""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from textwrap import wrap
from typing import Any, Final, TypeVar

from places.resources.matrix import Cell, Column, Line, Matrix

WIDE: Final = 48
HIGH: Final = 38
LABEL: Final = 330
TOP: Final = 120
LETTERS: Final = 42
# From one line of an outcome's name to the next, and the width of a letter.
LEADING: Final = 18
LETTER: Final = 8
# More columns than these are too small to read on a sheet of paper.
ON_PAPER: Final = 11
# A picture of few columns is drawn as wide, so that its words are as large as those around it.
LEAST_WIDE: Final = 860
# Outcomes that stand side by side in a table on paper.
ACROSS: Final = 4
SHADES: Final = ("#eceff0", "#d9ebe0", "#9fd3b9", "#27694c")
INKS: Final = ("#14261f", "#14261f", "#14261f", "#ffffff")


@dataclass(frozen=True, slots=True)
class Box:
    """A square of the picture."""

    x: int
    number: int
    fill: str
    ink: str
    is_gap: bool


@dataclass(frozen=True, slots=True)
class Row:
    """An outcome's squares."""

    y: int
    lines: list[tuple[int, str]]
    boxes: list[Box]


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's name, at a slant."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """All that the template draws, in units of its view box."""

    width: int
    height: int
    headings: list[Heading]
    rows: list[Row]

    def as_data(self) -> dict[str, Any]:
        """JSON values, for paper."""
        return asdict(self)


def grid_of(matrix: Matrix) -> Grid | None:
    """The picture; None where there is no outcome or no column to draw."""
    return next(iter(_drawn(matrix, len(matrix.columns))), None)


def grids_on_paper(matrix: Matrix) -> list[Grid]:
    """The same in as many pictures as it takes for each to be read on a sheet of paper."""
    return _drawn(matrix, ON_PAPER)


def tables_on_paper(matrix: Matrix) -> list[dict[str, Any]]:
    """The table with areas down and outcomes across, in parts that a sheet of paper holds.

    Each has ``outcomes`` (titles) and ``rows`` with a ``title`` and its ``cells`` (numbers).
    """
    return [
        {
            "outcomes": [line.outcome.title for line in lines],
            "rows": [
                {
                    "title": str(column.title),
                    "cells": [line.cells[at].number for line in lines],
                }
                for at, column in enumerate(matrix.columns)
            ],
        }
        for lines in _parts(matrix.lines, ACROSS)
    ]


_One = TypeVar("_One")


def _parts(some: Sequence[_One], most: int) -> list[Sequence[_One]]:
    """Parts of at most so many, as equal as can be: 22 in parts of 11, 12 in parts of 6."""
    if not some:
        return []
    each = math.ceil(len(some) / math.ceil(len(some) / most))
    return [some[at : at + each] for at in range(0, len(some), each)]


def _drawn(matrix: Matrix, most: int) -> list[Grid]:
    if not matrix.lines:
        return []
    parts = _parts(range(len(matrix.columns)), most)
    return [
        _grid(
            [matrix.columns[at] for at in part],
            [(line, [line.cells[at] for at in part]) for line in matrix.lines],
        )
        for part in parts
    ]


def _grid(columns: Sequence[Column], lines: Sequence[tuple[Line, list[Cell]]]) -> Grid:
    titles = [_short(str(column.title), 18) for column in columns]
    rows: list[Row] = []
    y = TOP
    for line, cells in lines:
        said = wrap(line.outcome.title, LETTERS) or [""]
        rows.append(
            Row(
                y=y,
                lines=[(y + 23 + LEADING * at, words) for at, words in enumerate(said)],
                boxes=[_box(LABEL + place * WIDE, cell) for place, cell in enumerate(cells)],
            )
        )
        y += max(HIGH, LEADING * len(said) + 8)
    wide = LABEL + len(columns) * WIDE + LETTER * max(map(len, titles)) - WIDE // 2
    return Grid(
        width=max(LEAST_WIDE, wide),
        height=y + 6,
        headings=[
            Heading(LABEL + 16 + at * WIDE, TOP - 10, title) for at, title in enumerate(titles)
        ],
        rows=rows,
    )


def _box(x: int, cell: Cell) -> Box:
    return Box(
        x=x,
        number=cell.number,
        fill=SHADES[cell.shade],
        ink=INKS[cell.shade],
        is_gap=cell.is_gap,
    )


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 3].rstrip() + "..."
