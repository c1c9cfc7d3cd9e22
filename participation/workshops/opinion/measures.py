"""What is counted of a statement: how sure, how much more than elsewhere, how far everywhere.

Formulas and their pseudocounts are Polis's (`math/src/polismath/math/stats.clj`, `repness.clj` and
`conversation.clj` of github.com/compdemocracy/polis; described by Small et al. 2021, Recerca
26(2)); red-dwarf (`reddwarf/utils/stats.py`) has the same. Pseudocounts keep the few who answered
from counting as certainty. Worked figures, held by the tests: 8 of 10 agree in a group and 3 of 10
in the rest: z 2.1106 for the group alone, z 2.1681 against the rest, ratio 2.25, consensus 0.25.

Every function takes numbers or arrays of whole numbers that broadcast, and gives the same shape.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from .votes import Numbers

# One-sided 90% point of the normal distribution: Polis's `z-sig-90?`.
SIGNIFICANT = 1.2816


def share(yes: ArrayLike, seen: ArrayLike) -> Numbers:
    """(yes + 1) / (seen + 2): Laplace's rule of succession; Polis's `pa` and `pd`. 0 to 1."""
    return np.asarray((np.asarray(yes) + 1) / (np.asarray(seen) + 2), dtype=float)


def one_proportion_z(yes: ArrayLike, seen: ArrayLike) -> Numbers:
    """How far ``yes`` of ``seen`` lies above one half, in standard errors.

    2 sqrt(n + 1) ((s + 1) / (n + 1) - 1/2): Polis's `prop-test`, with one made-up yes.
    """
    trials = np.asarray(seen) + 1
    return np.asarray(2 * np.sqrt(trials) * ((np.asarray(yes) + 1) / trials - 0.5), dtype=float)


def two_proportion_z(
    yes: ArrayLike, seen: ArrayLike, yes_rest: ArrayLike, seen_rest: ArrayLike
) -> Numbers:
    """How far a group's share lies above the rest's, in standard errors.

    Polis's `two-prop-test`: one made-up yes in each; 0 where everybody everywhere said yes.
    """
    own, rest = np.asarray(seen) + 1, np.asarray(seen_rest) + 1
    successes, others = np.asarray(yes) + 1, np.asarray(yes_rest) + 1
    pooled = (successes + others) / (own + rest)
    error = np.sqrt(pooled * (1 - pooled) * (1 / own + 1 / rest))
    difference = successes / own - others / rest
    return np.asarray(
        np.divide(difference, error, out=np.zeros(np.shape(error)), where=error > 0), dtype=float
    )


def ratio(yes: ArrayLike, seen: ArrayLike, yes_rest: ArrayLike, seen_rest: ArrayLike) -> Numbers:
    """How many times the rest's share a group's share is: Polis's `ra` and `rd`."""
    return np.asarray(share(yes, seen) / share(yes_rest, seen_rest))


def product_consensus(yes: ArrayLike, seen: ArrayLike) -> Numbers:
    """The product over groups (the first axis) of their shares: Polis's `group-aware-consensus`.

    High only where every group agrees, however small it is. It shrinks with every further group,
    so it can only be compared within one map; the geometric mean can be compared with others.
    """
    return np.asarray(np.prod(share(yes, seen), axis=0))


def mean_consensus(yes: ArrayLike, seen: ArrayLike) -> Numbers:
    """The geometric mean over groups (the first axis) of their shares: 0 to 1 for any number."""
    shares = share(yes, seen)
    return np.asarray(np.prod(shares, axis=0) ** (1 / max(len(shares), 1)))


def strength(times: ArrayLike, z_rest: ArrayLike, part: ArrayLike, z_own: ArrayLike) -> Numbers:
    """By which representative statements are sorted: Polis's `repness-metric`."""
    return np.asarray(np.asarray(times) * z_rest * np.asarray(part) * z_own, dtype=float)
