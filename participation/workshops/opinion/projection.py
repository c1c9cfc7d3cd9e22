"""Where each person stands: two principal components of the votes.

After Polis (Small, Bjorkegren, Erkkila, Shaw and Megill 2021, "Polis: Scaling deliberation by
mapping high dimensional opinion spaces", Recerca 26(2); `math/src/polismath/math/pca.clj` and
`conversation.clj` of github.com/compdemocracy/polis):

- what a person did not answer counts as the mean of those who did (pca's `mat`);
- a person's place is their answered votes, less those means, along the two components in which
  all people differ most, times sqrt(statements / own votes), which pushes out those who answered
  little and would otherwise all stand in the middle (`sparsity-aware-project-ptpt`).

Unlike Polis, the components come from an exact symmetric eigensolver and not from power iteration
with a random start, so there is nothing random in them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .votes import Cells, Marks, Numbers, Whole

COMPONENTS = 2
LEADING = 4
# A component that holds less than this part of all differences is rounding, not opinion.
NOTHING = 1e-9


@dataclass(frozen=True)
class Projection:
    """``places``: shape (rows, 2). ``components``: shape (2, statements), each of length 1.

    ``means``: shape (statements,), between -1 and 1. ``leading``: shape (statements, up to 4),
    the directions in which people differ most, the two components among them. ``explained``: what
    part of all differences between people each component holds, 0 to 1.
    """

    places: Numbers
    components: Numbers
    means: Numbers
    leading: Numbers
    explained: tuple[float, float]


def project(said: Cells, seen: Marks, weight: Whole) -> Projection:
    """Find the two components, and everybody's place. All arrays in canonical order."""
    differences, means = centred(said, seen, weight)
    leading, values = _leading(differences, weight)
    total = max(float((weight @ differences**2).sum()), NOTHING)
    components = np.zeros((COMPONENTS, said.shape[1]))
    parts = [0.0] * COMPONENTS
    for i in range(min(COMPONENTS, len(values))):
        if values[i] > NOTHING * total:
            components[i], parts[i] = _pointed(leading[:, i]), float(values[i]) / total
    scale = np.sqrt(said.shape[1] / np.maximum(seen.sum(axis=1), 1))
    places = (differences @ components.T) * scale[:, None]
    return Projection(places, components, means, leading, (parts[0], parts[1]))


def extremities(components: Numbers, means: Numbers) -> Numbers:
    """How far from the middle somebody stands who agreed with one statement only, for each.

    Shape (statements,): the length of (1 - mean) times the statement's loadings, times
    sqrt(statements): Polis's `comment-extremity` (there agree is -1, which changes no length).
    """
    away = (1 - means) * np.sqrt(len(means)) * components
    return np.asarray(np.sqrt((away**2).sum(axis=0)))


def centred(said: Cells, seen: Marks, weight: Whole) -> tuple[Numbers, Numbers]:
    """Votes less the mean vote of each statement, 0 where nothing was said; and those means."""
    answered = weight @ seen
    means = (weight @ said.astype(np.int64)) / np.maximum(answered, 1)
    return np.where(seen, said - means, 0.0), means


def _leading(differences: Numbers, weight: Whole) -> tuple[Numbers, Numbers]:
    """The first eigenvectors as columns, and their eigenvalues, by the smaller side."""
    rows, statements = differences.shape
    weighted = differences * np.sqrt(weight)[:, None]
    if statements <= rows:
        values, vectors = np.linalg.eigh(weighted.T @ weighted)
        return vectors[:, ::-1][:, :LEADING], values[::-1][:LEADING]
    values, vectors = np.linalg.eigh(weighted @ weighted.T)
    values, vectors = values[::-1][:LEADING], vectors[:, ::-1][:, :LEADING]
    some = values > NOTHING * max(float(values[0]), NOTHING)
    return (weighted.T @ vectors[:, some]) / np.sqrt(values[some]), values[some]


def _pointed(vector: Numbers) -> Numbers:
    """Length 1, and towards agreeing: an eigenvector has no direction of its own."""
    unit = vector / np.sqrt((vector**2).sum())
    slope = unit.sum()
    if abs(slope) <= 1e-9 * len(unit):
        slope = unit[np.argmax(np.abs(unit) > 1e-9)]
    return np.asarray(-unit if slope < 0 else unit)
