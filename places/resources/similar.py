"""Which resources are likely to be the same thing. Pure: no Django.

Two are alike when their names are, once the words that every name has are dropped, and nothing
else tells them apart: they are not of two organisations, and not 300 metres away from each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from places.resources.geo import Spot, kilometres

ALIKE: Final = 88.0
NEAR_KM: Final = 0.3
# The names are compared in pieces of this size, so that memory stays small.
PIECE: Final = 500


@dataclass(frozen=True, slots=True)
class Named:
    """What is compared: ``words`` are the folded name, ``whose`` the folded owner."""

    key: str
    words: str
    whose: str = ""
    spot: Spot | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two that are likely the same; ``alike`` is 0 to 100."""

    one: str
    other: str
    alike: float


def pairs(rows: Sequence[Named], most: int = 50) -> list[Pair]:
    """The likeliest pairs, the likest first."""
    names = [row.words for row in rows]
    found: list[Pair] = []
    for start in range(0, len(rows), PIECE):
        scores = process.cdist(
            names[start : start + PIECE], names, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE
        )
        for first, second in zip(*scores.nonzero(), strict=True):
            one, other = start + int(first), int(second)
            if one < other and not _told_apart(rows[one], rows[other]):
                found.append(Pair(rows[one].key, rows[other].key, float(scores[first, second])))
    return sorted(found, key=lambda pair: -pair.alike)[:most]


def _told_apart(one: Named, other: Named) -> bool:
    if one.whose and other.whose and fuzz.token_sort_ratio(one.whose, other.whose) < ALIKE:
        return True
    return bool(one.spot and other.spot and kilometres(one.spot, other.spot) > NEAR_KM)
