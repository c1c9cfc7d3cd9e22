"""Where points lie: in which area, how far apart, gathered into clusters. Pure: no Django.

Coordinates are longitude and latitude in degrees (WGS 84), distances kilometres on a sphere of
6,371 km: over a place the size of a county that is right to half a per cent.
"""

import math
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

import numpy
import shapely
from shapely.geometry import shape

EARTH_KM: Final = 6371.0
KM_A_DEGREE: Final = EARTH_KM * math.pi / 180
Spot = tuple[float, float]
Key = TypeVar("Key", bound=Hashable)


class Areas(Generic[Key]):
    """The areas of a place, to ask which of them a point lies in."""

    def __init__(self, boundaries: Iterable[tuple[Key, dict[str, Any] | None]]) -> None:
        known = [(key, shape(boundary)) for key, boundary in boundaries if boundary]
        self.keys = [key for key, _ in known]
        self.tree = shapely.STRtree([polygon for _, polygon in known])

    def __bool__(self) -> bool:
        """Whether any area has a boundary."""
        return bool(self.keys)

    def of(self, spots: Sequence[Spot]) -> list[Key | None]:
        """For each (longitude, latitude) the area that it lies in; None where in none.

        A point on the line between two lies in the one that comes first.
        """
        found: list[Key | None] = [None] * len(spots)
        if not spots or not self.keys:
            return found
        points = shapely.points(numpy.asarray(spots, dtype=float))
        pairs = self.tree.query(points, predicate="intersects")
        order = numpy.lexsort((pairs[1], pairs[0]))[::-1]
        for spot, area in zip(pairs[0][order], pairs[1][order], strict=True):
            found[int(spot)] = self.keys[int(area)]
        return found

    def middle_of(self, key: Key) -> Spot | None:
        """A point well inside an area: where distances from it begin."""
        if key not in self.keys:
            return None
        inside = self.tree.geometries[self.keys.index(key)].representative_point()
        return inside.x, inside.y


def kilometres(one: Spot, other: Spot) -> float:
    """How far two points are apart, as the crow flies.

    >>> round(kilometres((0.0, 51.5), (0.0, 52.5)))
    111
    """
    (lon1, lat1), (lon2, lat2) = one, other
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    half = (
        math.sin((phi2 - phi1) / 2) ** 2
        + math.cos(phi1) * math.cos(phi2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of longitude and latitude."""

    west: float
    south: float
    east: float
    north: float


def box_around(spot: Spot, km: float) -> Box:
    """The rectangle that holds every point within ``km`` of a spot; an index answers it."""
    lon, lat = spot
    down = km / KM_A_DEGREE
    across = down / max(math.cos(math.radians(lat)), 0.01)
    return Box(lon - across, lat - down, lon + across, lat + down)


def box_of(text: str) -> Box | None:
    """``west,south,east,north`` as a box; None where it is anything else.

    >>> box_of("-0.2,51.4,0,51.6")
    Box(west=-0.2, south=51.4, east=0.0, north=51.6)
    >>> box_of("nan,1,2,3") is None
    True
    """
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        return None
    numbers = (west, south, east, north)
    if not all(map(math.isfinite, numbers)) or west >= east or south >= north:
        return None
    return Box(west, south, east, north)
