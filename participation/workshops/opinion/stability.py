"""Would the groups be the same had somebody else stayed at home?

A fifth of the people is left out, the map is drawn and the groups are found again, twenty times.
For each group: how much of it comes back, as the Jaccard index (people in both / people in either)
of the new group that is most like it, averaged over the draws. After Hennig (2007, "Cluster-wise
assessment of cluster stability", Comput. Stat. Data Anal. 52), who calls 0.75 and more a stable
group and warns of anything under 0.6. We say **firm** where every group reaches 0.75, and
**loose** otherwise.

The seed decides who is left out, so these figures; never the groups themselves. The means of
statements are those of everybody: only the components, places and groups are found anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .grouping import Labels, split
from .projection import COMPONENTS, centred
from .votes import Cells, Marks, Numbers, Whole

Single = NDArray[np.float32]

DRAWS: Final = 20
LEFT_OUT: Final = 0.2
FIRM: Final = 0.75
TURNS: Final = 8
SEED: Final = 2018_11_14


@dataclass(frozen=True)
class Stability:
    """For each group, what part of it comes back (0 to 1)."""

    of_groups: tuple[float, ...]
    draws: int = DRAWS

    @property
    def word(self) -> str:
        """``firm`` or ``loose``."""
        return "firm" if min(self.of_groups) >= FIRM else "loose"


class Room:
    """What a draw needs: the rows in canonical order, who is mapped, and the groups found."""

    def __init__(
        self, said: Cells, seen: Marks, weight: Whole, mapped: NDArray[np.bool_], labels: Labels
    ) -> None:
        self.weight, self.mapped, self.labels = weight, mapped, labels
        # Half as many digits are twice as fast, and enough to see what comes back.
        self.differences = centred(said, seen, weight)[0].astype(np.float32)
        self.scale = np.sqrt(said.shape[1] / np.maximum(seen.sum(axis=1), 1))
        self.square = _square(self.differences, weight)
        self.k = int(labels.max()) + 1

    def draw(self, rng: np.random.Generator, start: Single) -> Numbers:
        """Leave a fifth out, group the rest; what part of each group came back."""
        left_out = _left_out(self.weight, rng)
        gone = left_out > 0
        square = self.square - _square(self.differences[gone], left_out[gone])
        components = np.zeros((len(square), COMPONENTS), dtype=np.float32)
        found = _turned(square, start)[:, :COMPONENTS]
        components[:, : found.shape[1]] = found
        kept = self.weight - left_out
        here = self.mapped & (kept > 0)
        places = ((self.differences @ components) * self.scale[:, None])[here].astype(np.float64)
        new = split(places, kept[here], self.k)
        return jaccard(self.labels[here[self.mapped]], new, kept[here], self.k)


def stability(
    said: Cells,
    seen: Marks,
    weight: Whole,
    mapped: NDArray[np.bool_],
    labels: Labels,
    leading: Numbers,
    seed: int = SEED,
) -> Stability:
    """Draw twenty times. ``labels``: the group of each mapped row; ``leading``: where to look."""
    room = Room(said, seen, weight, mapped, labels)
    rng = np.random.default_rng(seed)
    start = leading.astype(np.float32)
    found = np.mean([room.draw(rng, start) for _ in range(DRAWS)], axis=0)
    return Stability(tuple(float(value) for value in found))


def jaccard(before: Labels, after: Labels, weight: Whole, k: int) -> Numbers:
    """For each of ``k`` groups before, the Jaccard index of the group after most like it."""
    table = np.zeros((k, int(after.max()) + 1))
    np.add.at(table, (before, after), weight)
    either = table.sum(axis=1)[:, None] + table.sum(axis=0)[None, :] - table
    return np.asarray((table / np.maximum(either, 1)).max(axis=1))


def _square(differences: Single, weight: Whole) -> Single:
    weighted = differences * np.sqrt(weight).astype(np.float32)[:, None]
    return weighted.T @ weighted


def _left_out(weight: Whole, rng: np.random.Generator) -> Whole:
    """How many of each row's people stay at home: people, not rows, are drawn."""
    people = np.repeat(np.arange(len(weight)), weight)
    chosen = rng.choice(people, size=round(LEFT_OUT * len(people)), replace=False)
    return np.bincount(chosen, minlength=len(weight)).astype(np.int64)


def _turned(square: Single, start: Single) -> Single:
    """The leading eigenvectors near a first guess, by orthogonal iteration."""
    vectors = start
    for _ in range(TURNS):
        vectors, _ = np.linalg.qr(square @ vectors)
    _, turn = np.linalg.eigh(vectors.T @ square @ vectors)
    return np.asarray(vectors @ turn[:, ::-1])
