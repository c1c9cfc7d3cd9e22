"""One order for the same votes, however they arrive and whatever people are called.

Sums of fractions depend on the order of what is added in their last digit, and a last digit can
decide a tie. So before anything is added, statements are put in an order that follows from how
they were answered, and people in the order of their answers. People who answered everything alike
are one row with a weight: they cannot be told apart, so they cannot land in different groups.

The order of statements is found by colour refinement (Weisfeiler and Leman 1968; the same idea
canonises graphs): a statement's colour is made of the colours of those who answered it, theirs of
the statements that they answered, three times over. The sums are of whole numbers under 2**53,
which come out the same in any order. Statements of one colour keep the order of their ids.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .votes import Cells, Marks, Numbers, Votes, Whole, positions

Colours = NDArray[np.uint64]

ROUNDS = 3
BITS = 36
_SALTS = np.array(
    [0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB], dtype=np.uint64
)  # of agree, pass and disagree: any odd numbers do, these are splitmix64's


@dataclass(frozen=True)
class Canonical:
    """Different rows of votes, in the canonical order of rows and columns.

    ``said`` and ``seen``: shape (rows, statements). ``weight``: how many people gave each row.
    ``row_of``: for each person (position in the votes), their row. ``columns``: for each column,
    the position of its statement in the votes.
    """

    said: Cells
    seen: Marks
    weight: Whole
    row_of: NDArray[np.intp]
    columns: NDArray[np.intp]


def canonical(votes: Votes) -> Canonical:
    """Put the votes into canonical order, one row for people who answered everything alike."""
    columns = _order_of_statements(votes)
    answers = np.where(votes.seen, votes.said + 2, 0).astype(np.uint8)[:, columns]
    rows, row_of, weight = _different_rows(np.ascontiguousarray(answers))
    seen = rows > 0
    return Canonical(
        said=np.where(seen, rows.astype(np.int8) - 2, 0).astype(np.int8),
        seen=seen,
        weight=weight,
        row_of=row_of,
        columns=columns,
    )


def _order_of_statements(votes: Votes) -> NDArray[np.intp]:
    answers = [(votes.seen & (votes.said == vote)).astype(np.float64) for vote in (1, 0, -1)]
    people = np.zeros(len(votes.people), dtype=np.uint64)
    statements = np.zeros(len(votes.statements), dtype=np.uint64)
    for _ in range(ROUNDS):
        people, statements = (
            _coloured(people, statements, answers),
            _coloured(statements, people, [marks.T for marks in answers]),
        )
    by_id = positions(votes.statements)
    return by_id[np.argsort(statements[by_id], kind="stable")]


def _coloured(own: Colours, others: Colours, answers: list[Numbers]) -> Colours:
    """New colours: what each had, and the colours of the others by what was answered.

    Colours are cut to 36 bits before they are added, so that the sums of up to 65,000 of them are
    exact as fractions, which multiply many times faster than whole numbers.
    """
    total = own.copy()
    for salt, marks in zip(_SALTS, answers, strict=True):
        cut = (_mixed(others ^ salt) >> np.uint64(64 - BITS)).astype(np.float64)
        total = _mixed(total ^ (marks @ cut).astype(np.uint64))
    return total


def _mixed(values: Colours) -> Colours:
    """Spread each number over all 64 bits (the finaliser of splitmix64, Steele et al. 2014)."""
    mixed = values + _SALTS[0]
    mixed = (mixed ^ (mixed >> np.uint64(30))) * _SALTS[1]
    mixed = (mixed ^ (mixed >> np.uint64(27))) * _SALTS[2]
    return np.asarray(mixed ^ (mixed >> np.uint64(31)))


def _different_rows(
    answers: NDArray[np.uint8],
) -> tuple[NDArray[np.uint8], NDArray[np.intp], Whole]:
    if not answers.shape[0]:
        return answers, np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.int64)
    rows, row_of, weight = np.unique(answers, axis=0, return_inverse=True, return_counts=True)
    return rows, row_of.reshape(-1).astype(np.intp), weight.astype(np.int64)
