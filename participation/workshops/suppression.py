"""Small counts left out, also where they would follow by subtraction. Pure: no Django.

A count below :data:`LEAST` (five) could point at somebody, so it is not told. Where the total is
told too, one missing count follows from the others; so others are left out with it, and they must
not be chosen by their size, or their size would tell. The rule, for counts in a **fixed order**
(the order of their names) of which ``p`` are small:

* nothing is small: every count and the total are told;
* otherwise go through the counts that are not small in that order, and leave out one after the
  other, ``q`` of them, until the sum of all that is left out is at least ``5 q + 4``;
* where they run out, the total is left out as well.

Why that holds, also against who knows this rule: keep which counts are small and which were left
out with them, and let one small count be any ``x`` from 0 to 3, the other small ones 0, all but the
last of the others 5, and the last whatever remains of the same sum. The bound makes that remainder
at least 5, and makes the rule stop at the same place; so every small count has at least three
values that look exactly alike from outside. ``tests`` search all tables for it.

**Where noughts are told** (``nobody objects`` is worth saying) a sterner rule holds: a nought
beside one missing count would tell that everybody stood there. So a row with any count from 1 to 4
shows none of its counts, and no total; every such row looks like every other.

**Where fewer than five people took part** nothing is counted in public, not even a nought.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

LEAST: Final = 5


@dataclass(frozen=True, slots=True)
class Told:
    """What may be told of a set of counts that add up to a total.

    ``shown`` holds the counts that are told; ``few`` the names of those below five; ``others`` the
    names left out with them. ``rest`` is what ``few`` and ``others`` make together, and ``total``
    everything; both None where they may not be told.
    """

    shown: dict[str, int]
    few: tuple[str, ...]
    others: tuple[str, ...]
    total: int | None

    @property
    def rest(self) -> int | None:
        """The sum of what is left out, where the total is told."""
        return None if self.total is None else self.total - sum(self.shown.values())

    def of(self, name: str) -> int | None:
        """The count of a name, None where it is left out."""
        return self.shown.get(name)


def told(
    counts: Mapping[str, int],
    *,
    noughts: bool = False,
    small: Collection[str] = (),
    took_part: int | None = LEAST,
) -> Told:
    """What may be told of counts whose names stand in no order that depends on them.

    ``small`` names counts that are to be left out although their number is not small (dots that
    came from fewer than five people). ``noughts`` tells counts of nought, where no other is small.
    ``took_part`` is how many people were there: below five (or None) nothing is told.

    >>> told({"agree": 12, "disagree": 7, "pass": 6}).shown
    {'agree': 12, 'disagree': 7, 'pass': 6}
    >>> told({"agree": 12, "disagree": 7, "pass": 2})
    Told(shown={'disagree': 7}, few=('pass',), others=('agree',), total=21)
    """
    if took_part is None or took_part < LEAST:
        return Told({}, (), tuple(counts), None)
    low = 1 if noughts else 0
    few = [name for name in counts if low <= counts[name] < LEAST or name in small]
    if not few:
        return Told(dict(counts), (), (), sum(counts.values()))
    if noughts:
        return Told({}, (), tuple(counts), None)
    others = _others(counts, few)
    if others is None:
        all_others = [name for name in counts if name not in few]
        return Told({}, tuple(few), tuple(all_others), None)
    hidden = {*few, *others}
    shown = {name: number for name, number in counts.items() if name not in hidden}
    return Told(shown, tuple(few), tuple(others), sum(counts.values()))


def _others(counts: Mapping[str, int], few: Sequence[str]) -> list[str] | None:
    """Which counts are left out beside the small ones; None where there are not enough."""
    left_out, others = sum(counts[name] for name in few), list[str]()
    for name in sorted(counts):
        if name in few or counts[name] < LEAST:
            continue
        others.append(name)
        left_out += counts[name]
        if left_out >= LEAST * len(others) + LEAST - 1:
            return others
    return None


def people(number: int) -> int | None:
    """A number of people, None where it is below five."""
    return number if number >= LEAST else None
