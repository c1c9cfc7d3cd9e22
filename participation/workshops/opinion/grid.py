"""A plain CSV file as a grid of cells, without making a string of each.

A conversation of 2,000 people and 600 statements has up to 1.2 million votes: Python's own reader
takes seconds for that many rows. A file without quotes, in which every line has as many cells as
the first, is read here by where its commas and line ends stand; any other goes to `csv`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .votes import NO_VOTE, UNSEEN, Cells, Whole

Bytes = NDArray[np.uint8]
Places = NDArray[np.int64]

NINE, ZERO, ONE, MINUS = (ord(sign) for sign in "901-")
MOST_DIGITS = 18


class Grid:
    """The cells below the names. ``starts`` and ``ends``: shape (rows, cells), in ``raw``."""

    def __init__(self, raw: Bytes, starts: Places, ends: Places) -> None:
        self.raw, self.starts, self.ends = raw, starts, ends

    @property
    def rows(self) -> int:
        """How many rows there are below the names."""
        return len(self.starts)

    def line(self, row: int) -> int:
        """The line of the file on which a row stands."""
        return row + 2

    def text(self, row: int, place: int) -> str:
        """One cell, without spaces around it."""
        start, end = int(self.starts[row, place]), int(self.ends[row, place])
        return self.raw[start:end].tobytes().decode("utf-8").strip()

    def texts(self, place: int) -> list[str]:
        """A column, without spaces around its cells."""
        return [self.text(row, place) for row in range(self.rows)]

    def votes(self, places: list[int]) -> Cells:
        """Cells as votes, shape (rows, places): `UNSEEN` where blank, `NO_VOTE` for all else."""
        starts, width = self._span(places)
        first, last = self._sign(starts), self._sign(starts + 1)
        said = np.full(starts.shape, NO_VOTE, dtype=np.int8)
        said[width == 0] = UNSEEN
        said[(width == 1) & (first == ZERO)] = 0
        said[(width == 1) & (first == ONE)] = 1
        said[(width == 2) & (first == MINUS) & (last == ONE)] = -1
        return said

    def whole(self, place: int) -> Whole | None:
        """A column as whole numbers; None where a cell is anything else (007 included)."""
        starts, width = self._span([place])
        starts, width = starts[:, 0], width[:, 0]
        below = self._sign(starts) == MINUS
        starts, width = starts + below, width - below
        if not self.rows or width.min() < 1 or width.max() > MOST_DIGITS:
            return None
        if ((self._sign(starts) == ZERO) & ((width > 1) | below)).any():
            return None
        number = np.zeros(self.rows, dtype=np.int64)
        for i in range(int(width.max())):
            sign, inside = self._sign(starts + i), i < width
            if ((sign < ZERO) | (sign > NINE))[inside].any():
                return None
            number = np.where(inside, number * 10 + (sign.astype(np.int64) - ZERO), number)
        return np.where(below, -number, number)

    def _span(self, places: list[int]) -> tuple[Places, Places]:
        if places == list(range(places[0], places[-1] + 1)):
            across = slice(places[0], places[-1] + 1)
            return self.starts[:, across], self.ends[:, across] - self.starts[:, across]
        return self.starts[:, places], self.ends[:, places] - self.starts[:, places]

    def _sign(self, places: Places) -> Bytes:
        return self.raw[np.minimum(places, len(self.raw) - 1)]


def grid(body: bytes, delimiter: str, cells: int) -> Grid | None:
    """The lines below the names as a grid; None where they are not as plain as that."""
    if b'"' in body or not body.strip():
        return None
    body = body.replace(b"\r\n", b"\n") if b"\r" in body else body
    body = body if body.endswith(b"\n") else body + b"\n"
    if b"\r" in body:
        return None
    raw = np.frombuffer(body, dtype=np.uint8)
    stops = np.flatnonzero((raw == ord("\n")) | (raw == ord(delimiter)))
    if len(stops) % cells:
        return None
    ends = stops.reshape(-1, cells)
    signs = raw[ends]
    if (signs[:, -1] != ord("\n")).any() or (signs[:, :-1] == ord("\n")).any():
        return None
    starts = np.concatenate(([0], stops[:-1] + 1)).reshape(-1, cells)
    return Grid(raw, starts, ends)
