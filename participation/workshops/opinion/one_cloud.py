"""Are these groups, or one cloud of people? Two tests, both of which have to say groups.

Polis always finds two groups or more, also where people were cut in two at random. Here a grouping
stands only if

1. **answers hang together**: the people's answers lean in some direction further than they would
   if everybody answered each statement without regard to the others. Johnstone (2001, "On the
   distribution of the largest eigenvalue in principal components analysis", Ann. Stat. 29):
   the largest eigenvalue of unrelated answers, each statement scaled to variance 1, follows the
   Tracy-Widom law. `hang_together` is that eigenvalue, centred and scaled; above
   `HANG_TOGETHER` = 0.9793, one time in twenty by chance, answers hang together.

2. **the cloud has a gap**: the groups' mean silhouette is better than that of a single bell-shaped
   cloud, as long and as wide, cut by the same program. Each place on the map is a sum of many
   answers, so people who differ around one shared view make a bell-shaped cloud (the null of
   SigClust: Liu, Hayes, Nobel and Marron 2008, JASA 103). `silhouette_of_one_cloud` is what such a
   cloud reaches one time in twenty: ``limit(width / length) + 0.66 / sqrt(people)``. The limits
   were simulated with `grouping.best_grouping` (10 to 500 people, six shapes, 40 to 400 clouds
   each; a test draws clouds again). A fixed formula, so that no grouping depends on a seed.

Answers to fewer than two statements cannot hang together: then there is one group.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from .projection import centred
from .votes import Cells, Marks, Numbers, Whole

# The point of the Tracy-Widom law (beta = 1) above which one in twenty lies (Johnstone 2001).
HANG_TOGETHER: Final = 0.9793
# Width divided by length of a bell-shaped cloud, and the silhouette that cutting it up reaches.
SHAPES: Final = (0.0, 0.15, 0.3, 0.5, 0.7, 1.0)
LIMITS: Final = (0.553, 0.516, 0.467, 0.415, 0.356, 0.318)
SMALL_ROOM: Final = 0.66


Why = Literal["", "few", "chance", "cloud"]
REASONS: Final[dict[Why, str]] = {
    "": "",
    "few": "There are too few people to tell groups of five or more apart.",
    "chance": "People's answers do not hang together more than they would by chance.",
    "cloud": "There is no gap between people: they are one cloud with many shades of opinion.",
}


@dataclass(frozen=True)
class Verdict:
    """What the two tests found, and what each had to be above."""

    hang_together: float | None
    silhouette: float | None
    silhouette_needed: float | None
    groups_stand: bool
    hang_together_needed: float = HANG_TOGETHER

    @property
    def why_one(self) -> Why:
        """Why there is one group; empty where groups stand."""
        if self.groups_stand:
            return ""
        if self.silhouette is None:
            return "few"
        if self.hang_together is None or self.hang_together <= self.hang_together_needed:
            return "chance"
        return "cloud"

    @property
    def reason(self) -> str:
        """The same in a sentence."""
        return REASONS[self.why_one]


def judge(
    said: Cells, seen: Marks, weight: Whole, places: Numbers, silhouette: float | None
) -> Verdict:
    """Try both tests on the mapped rows and on the best grouping of them."""
    if silhouette is None:
        return Verdict(None, None, None, groups_stand=False)
    together = hang_together(said, seen, weight)
    needed = silhouette_of_one_cloud(places, weight)
    stand = together is not None and together > HANG_TOGETHER and silhouette > needed
    return Verdict(together, silhouette, needed, groups_stand=stand)


def hang_together(said: Cells, seen: Marks, weight: Whole) -> float | None:
    """The largest eigenvalue of scaled answers, on the scale of the Tracy-Widom law.

    Rows are pushed out by sqrt(statements / own votes) as on the map, columns are scaled to mean 0
    and variance 1. (largest - mu) / sigma, with mu = (sqrt(n-1) + sqrt(p))**2 and sigma =
    (sqrt(n-1) + sqrt(p)) (1/sqrt(n-1) + 1/sqrt(p))**(1/3); n people, p statements with any
    difference in them. None where p is under 2 or n under 3.
    """
    answers, _ = centred(said, seen, weight)
    answers = answers * np.sqrt(said.shape[1] / np.maximum(seen.sum(axis=1), 1))[:, None]
    people = int(weight.sum())
    answers = answers - np.average(answers, axis=0, weights=weight)
    variance = (weight @ answers**2) / max(people - 1, 1)
    answers = answers[:, variance > 1e-12] / np.sqrt(variance[variance > 1e-12])
    statements = answers.shape[1]
    if statements < 2 or people < 3:
        return None
    weighted = answers * np.sqrt(weight)[:, None]
    wide = statements > len(weighted)
    largest = np.linalg.eigvalsh(weighted @ weighted.T if wide else weighted.T @ weighted)[-1]
    across, down = np.sqrt(people - 1), np.sqrt(statements)
    spread = (across + down) * (1 / across + 1 / down) ** (1 / 3)
    return float((largest - (across + down) ** 2) / spread)


def silhouette_of_one_cloud(places: Numbers, weight: Whole) -> float:
    """What the best cut of one bell-shaped cloud of this shape reaches one time in twenty."""
    return float(np.interp(width_by_length(places, weight), SHAPES, LIMITS)) + SMALL_ROOM / float(
        np.sqrt(max(int(weight.sum()), 1))
    )


def width_by_length(places: Numbers, weight: Whole) -> float:
    """The shorter axis of the cloud divided by the longer, as standard deviations: 0 to 1."""
    away = places - np.average(places, axis=0, weights=weight)
    short, long = np.linalg.eigvalsh((away * weight[:, None]).T @ away)
    return float(np.sqrt(max(short, 0.0) / long)) if long > 0 else 0.0
