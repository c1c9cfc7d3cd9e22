"""What differs between two kept versions of a cost model. Pure: JSON values in, rows out.

A version is what ``decisions.costs.costed.snapshot`` gives: points are [low, likely, high], figures
[low, middle, high]; pounds, hours, months, or shares between 0 and 1.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Points = Sequence[float]
Version = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Changed:
    """An input, or a figure, of a route (empty: of all) that two versions say differently."""

    route: str
    key: str
    before: Points | None
    now: Points | None


def changed_inputs(before: Version, now: Version) -> list[Changed]:
    """Inputs whose points differ, those that all routes share first."""
    found = list(_changed("", before["shared"], now["shared"]))
    for route, (old, new) in _routes(before, now).items():
        if old and new:
            found += _changed(route, old["inputs"], new["inputs"])
    return found


def changed_figures(before: Version, now: Version) -> list[Changed]:
    """Figures that differ; a route that only one version compares has them on one side."""
    found: list[Changed] = []
    for route, (old, new) in _routes(before, now).items():
        found += _changed(route, old["figures"] if old else {}, new["figures"] if new else {})
    return found


def _routes(before: Version, now: Version) -> dict[str, tuple[Version | None, Version | None]]:
    old = {one["route"]: one for one in before["routes"]}
    new = {one["route"]: one for one in now["routes"]}
    return {key: (old.get(key), new.get(key)) for key in dict.fromkeys([*new, *old])}


def _changed(
    route: str, before: Mapping[str, Points], now: Mapping[str, Points]
) -> Iterator[Changed]:
    for key in dict.fromkeys([*now, *before]):
        old, new = before.get(key), now.get(key)
        if old is None or new is None or list(old) != list(new):
            yield Changed(route, key, old, new)
