"""Which statement somebody is asked next: Polis's weighting, so that new ones are heard too.

`priority-metric` and `importance-metric` of `math/src/polismath/math/conversation.clj`
(github.com/compdemocracy/polis); its server draws the next statement with these weights
(`server/src/nextComment.ts`). Here the draw follows from who asks and how much they answered, so
that the same page looked at twice asks the same.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Standing:
    """How a statement was answered so far. ``extremity``: how far it pulls people apart, 0 or more.

    It is the distance from the middle of the map at which somebody stands who agreed with this
    statement and answered nothing else (Polis's `comment-extremity`); 0 while there is no map.
    """

    agreed: int = 0
    passed: int = 0
    seen: int = 0
    extremity: float = 0.0


def priority(one: Standing) -> float:
    """The weight of a statement: ((1 - p) (E + 1) a (1 + 8 * 2**(-S / 5)))**2.

    p = (passes + 1) / (S + 2), a = (agrees + 1) / (S + 2), E the extremity, S all who answered:
    what divides or unites is asked, what people pass is not, and what few have seen comes up.
    """
    passed = (one.passed + 1) / (one.seen + 2)
    agreed = (one.agreed + 1) / (one.seen + 2)
    young = 1 + 8 * 2 ** (-one.seen / 5)
    return float(((1 - passed) * (one.extremity + 1) * agreed * young) ** 2)


def drawn_next(standings: Sequence[Standing], who: str) -> int | None:
    """The position of the next statement, drawn with these weights; None where there is none."""
    if not standings:
        return None
    weights = [priority(one) for one in standings]
    return random.Random(who).choices(range(len(standings)), weights)[0]  # noqa: S311
