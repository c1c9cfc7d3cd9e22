"""A place's own logged hours replace a default as they arrive, and nobody is exposed by them.

The rule: with reports from ``n`` organisations, what they say weighs n / (n + 10) and the default
the rest. Below five organisations nothing is used or shown. Only whole fives count, oldest first,
so that one more report never moves a shown figure by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from decisions.costs.model.estimates import Estimate

# So many reports weigh as much as the default.
WEIGHT_OF_DEFAULT: Final = 10
FEWEST: Final = 5


@dataclass(frozen=True, slots=True)
class Blend:
    """A default with a place's own reports in it; ``used`` organisations, ``weight`` of one."""

    estimate: Estimate
    used: int
    weight: float


def used_of(organisations: int) -> int:
    """How many reports count: whole fives."""
    return organisations // FEWEST * FEWEST


def blend(default: Estimate, hours: Sequence[float]) -> Blend:
    """The default and what organisations reported, oldest first, one figure an organisation.

    Their low, likely and high are the fifths and the middle (20, 50 and 80 in 100) to the nearest
    half hour, so that no one organisation's figure stands alone.
    """
    used = used_of(len(hours))
    if not used:
        return Blend(default, 0, 0.0)
    low, middle, high = (
        np.floor(point * 2 + 0.5) / 2 for point in np.quantile(hours[:used], (0.2, 0.5, 0.8))
    )
    weight = used / (used + WEIGHT_OF_DEFAULT)
    mixed = [
        weight * float(own) + (1 - weight) * given
        for own, given in zip(
            (low, middle, high), (default.low, default.likely, default.high), strict=True
        )
    ]
    return Blend(Estimate(*mixed), used, weight)
