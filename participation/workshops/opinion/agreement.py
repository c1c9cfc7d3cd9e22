"""How far two ways of grouping the same people agree."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np

from .votes import Numbers


def adjusted_rand_index(ones: Sequence[Hashable], others: Sequence[Hashable]) -> float | None:
    """1 for the same groups, about 0 for what chance gives (Hubert and Arabie 1985).

    (index - expected) / (largest - expected) over pairs of people; None for fewer than two people.
    1 where both put everybody together, or everybody apart.
    """
    table = contingency(ones, others)
    pairs = _pairs(np.array([table.sum()]))
    if pairs == 0:
        return None
    index = _pairs(table.ravel())
    rows, columns = _pairs(table.sum(axis=1)), _pairs(table.sum(axis=0))
    expected = rows * columns / pairs
    largest = (rows + columns) / 2
    return 1.0 if largest == expected else float((index - expected) / (largest - expected))


def contingency(ones: Sequence[Hashable], others: Sequence[Hashable]) -> Numbers:
    """How many people are in each group of the first way and each of the second."""
    rows = {name: i for i, name in enumerate(dict.fromkeys(ones))}
    columns = {name: i for i, name in enumerate(dict.fromkeys(others))}
    table = np.zeros((len(rows), len(columns)))
    for one, other in zip(ones, others, strict=True):
        table[rows[one], columns[other]] += 1
    return table


def _pairs(counts: Numbers) -> float:
    return float((counts * (counts - 1) / 2).sum())
