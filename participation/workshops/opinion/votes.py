"""Who said what: the votes of a conversation as two arrays, people down and statements across."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

AGREE, PASS, DISAGREE = 1, 0, -1
# While a file is read: a blank cell, and one that is no vote.
UNSEEN, NO_VOTE = 2, 3

Id = int | str
Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]
Cells = NDArray[np.int8]
Marks = NDArray[np.bool_]


@dataclass(frozen=True)
class Votes:
    """The votes of ``n`` people on ``m`` statements.

    ``said``: int8, shape (n, m): 1 agree, -1 disagree, 0 pass, and 0 where nothing was said.
    ``seen``: bool, shape (n, m): whether the person answered, a pass included.
    ``theirs``: the group that another tool gave each person ("" where it gave none), if known.
    """

    people: tuple[Id, ...]
    statements: tuple[Id, ...]
    said: Cells
    seen: Marks
    theirs: tuple[str, ...] | None = None
    texts: dict[Id, str] = field(default_factory=dict)
    left_out: tuple[Id, ...] = ()


def as_id(text: str) -> Id:
    """An id as it stands in a file: whole numbers stay whole numbers, all else stays text."""
    if text.isascii() and text.lstrip("-").isdigit() and str(int(text)) == text:
        return int(text)
    return text


def id_key(value: Id) -> tuple[int, int, str]:
    """Sorts ids: numbers by size, then text by its letters. Never by order of arrival."""
    return (0, value, "") if isinstance(value, int) else (1, 0, value)


def positions(ids: Sequence[Id]) -> NDArray[np.intp]:
    """The positions of ``ids`` in the order of :func:`id_key`."""
    order = sorted(range(len(ids)), key=lambda i: id_key(ids[i]))
    return np.array(order, dtype=np.intp)
