"""What the map says about statements: what unites, what each group holds, what divides.

Only groups' counts go in. Mended from Polis for small rooms:

- nothing is called representative, shared or dividing unless at least `LEAST_SEEN` people of each
  group concerned answered it (Polis lets one voter be significant);
- a group may hold nothing of its own (Polis always names at least one statement);
- what unites is asked of every group, not of all people together (Polis's `consensus`), and for
  disagreeing as for agreeing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from .measures import (
    SIGNIFICANT,
    mean_consensus,
    one_proportion_z,
    product_consensus,
    ratio,
    share,
    strength,
    two_proportion_z,
)
from .votes import AGREE, DISAGREE, Cells, Marks, Whole

LEAST_SEEN: Final = 5
MOST_OF_A_GROUP: Final = 5

Side = Literal["agree", "disagree"]
SIDES: Final[tuple[Side, Side]] = ("agree", "disagree")


@dataclass(frozen=True)
class Counts:
    """How groups answered: each array has the shape (groups, statements)."""

    agreed: Whole
    disagreed: Whole
    seen: Whole

    def side(self, side: Side) -> Whole:
        """Those who agreed, or those who disagreed."""
        return self.agreed if side == "agree" else self.disagreed


@dataclass(frozen=True)
class Shared:
    """How far every group takes one side of a statement (``statement``: its position)."""

    statement: int
    product: float
    mean: float
    holds: bool


@dataclass(frozen=True)
class Held:
    """A statement that sets a group apart from the rest."""

    statement: int
    side: Side
    yes: int
    seen: int
    share: float
    z: float
    ratio: float
    z_rest: float
    strength: float


@dataclass(frozen=True)
class Divide:
    """A statement on which one group agrees and another disagrees."""

    statement: int
    agreeing: tuple[int, ...]
    disagreeing: tuple[int, ...]
    strength: float


def count(said: Cells, seen: Marks, group: Whole, groups: int) -> Counts:
    """Count answers by group. ``group``: shape (people,), -1 for people who are not mapped."""
    member = np.zeros((groups, len(group)), dtype=np.int64)
    inside = np.flatnonzero(group >= 0)
    member[group[inside], inside] = 1
    return Counts(
        agreed=_sums(member, seen & (said == AGREE)),
        disagreed=_sums(member, seen & (said == DISAGREE)),
        seen=_sums(member, seen),
    )


def _sums(member: Whole, marks: Marks) -> Whole:
    """Whole numbers by way of fractions, which multiply faster and are exact up to 2**53."""
    return np.asarray(np.rint(member.astype(float) @ marks.astype(float)), dtype=np.int64)


def shared(counts: Counts, side: Side) -> list[Shared]:
    """Every statement, the most widely shared first; of equals, the one that stands first.

    It ``holds`` where in every group at least `LEAST_SEEN` people answered it and more than half
    of them, beyond chance (one-proportion z above 1.2816), took this side.
    """
    if not len(counts.seen):
        return []
    yes = counts.side(side)
    product, mean = product_consensus(yes, counts.seen), mean_consensus(yes, counts.seen)
    holds = np.asarray(_takes(counts, side).all(axis=0))
    order = sorted(range(yes.shape[1]), key=lambda i: (-round(float(product[i]), 12), i))
    return [Shared(i, float(product[i]), float(mean[i]), bool(holds[i])) for i in order]


def _takes(counts: Counts, side: Side) -> Marks:
    """Which groups take this side of which statement: enough answered, and most of them do."""
    enough = counts.seen >= LEAST_SEEN
    yes = counts.side(side)
    more = (one_proportion_z(yes, counts.seen) > SIGNIFICANT) & (share(yes, counts.seen) > 0.5)
    return np.asarray(enough & more)


def held(counts: Counts, group: int) -> list[Held]:
    """What a group holds and the rest does not, the strongest first: at most five.

    As Polis's `passes-by-test?`: z of the group alone and z against the rest both above 1.2816;
    sorted by `repness-metric`. What every group holds sets none apart, however much more of it
    one holds, and is left to `shared`.
    """
    if len(counts.seen) < 2:
        return []
    candidates = [*_candidates(counts, group, "agree"), *_candidates(counts, group, "disagree")]
    candidates.sort(key=lambda one: (-round(one.strength, 9), one.statement))
    return candidates[:MOST_OF_A_GROUP]


def _candidates(counts: Counts, group: int, side: Side) -> list[Held]:
    own, rest = counts.side(side)[group], counts.side(side).sum(axis=0) - counts.side(side)[group]
    seen, seen_rest = counts.seen[group], counts.seen.sum(axis=0) - counts.seen[group]
    z, z_rest = one_proportion_z(own, seen), two_proportion_z(own, seen, rest, seen_rest)
    times, part = ratio(own, seen, rest, seen_rest), share(own, seen)
    power = strength(times, z_rest, part, z)
    passes = (z > SIGNIFICANT) & (z_rest > SIGNIFICANT)
    passes &= (seen >= LEAST_SEEN) & (seen_rest >= LEAST_SEEN)
    passes &= ~_takes(counts, side).all(axis=0)
    return [
        Held(
            statement=int(i),
            side=side,
            yes=int(own[i]),
            seen=int(seen[i]),
            share=float(part[i]),
            z=float(z[i]),
            ratio=float(times[i]),
            z_rest=float(z_rest[i]),
            strength=float(power[i]),
        )
        for i in np.flatnonzero(passes)
    ]


def divides(counts: Counts) -> list[Divide]:
    """Statements that one group agrees with and another disagrees with, the sharpest first.

    Sharp: the larger of agreeing groups' shares and of disagreeing groups' shares, multiplied.
    """
    agree, disagree = _takes(counts, "agree"), _takes(counts, "disagree")
    both = np.flatnonzero(agree.any(axis=0) & disagree.any(axis=0))
    for_it, against = share(counts.agreed, counts.seen), share(counts.disagreed, counts.seen)
    found = [
        Divide(
            statement=int(i),
            agreeing=tuple(int(g) for g in np.flatnonzero(agree[:, i])),
            disagreeing=tuple(int(g) for g in np.flatnonzero(disagree[:, i])),
            strength=float(for_it[agree[:, i], i].max() * against[disagree[:, i], i].max()),
        )
        for i in both
    ]
    return sorted(found, key=lambda one: (-round(one.strength, 12), one.statement))
