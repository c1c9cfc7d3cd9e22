"""Draws areas as SVG paths from their boundaries. No tiles, nobody else's server.

The projection is a plain one (longitude shrunk by the cosine of the middle latitude): over a place
the size of a county nobody could tell it from a map's.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from shapely.geometry import shape

WIDTH: Final = 1000.0
HEIGHTS: Final = (420.0, 1100.0)
EDGE: Final = 12.0
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Drawn:
    """An area on the map: its name, the path's data, where its number stands."""

    number: int
    name: str
    path: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Map:
    """A picture of areas, in units of its view box; ``frame`` places more things on it."""

    width: float
    height: float
    areas: list[Drawn]
    frame: "Frame"


def draw(areas: Iterable[tuple[str, dict[str, Any] | None]]) -> Map | None:
    """The map of (name, boundary) pairs, numbered as they come. None if none has a boundary."""
    known = [
        (number, name, boundary)
        for number, (name, boundary) in enumerate(areas, start=1)
        if boundary
    ]
    points = [point for *_, boundary in known for ring in _rings(boundary) for point in ring]
    if not points:
        return None
    place = Frame(points)
    drawn = [
        Drawn(number, name, place.path(_rings(boundary)), *place.middle(boundary))
        for number, name, boundary in known
    ]
    return Map(WIDTH, place.height, drawn, place)


def _rings(boundary: dict[str, Any]) -> list[list[Point]]:
    polygons = boundary["coordinates"]
    if boundary["type"] == "Polygon":
        polygons = [polygons]
    return [[(x, y) for x, y, *_ in ring] for polygon in polygons for ring in polygon]


class Frame:
    """Turns longitude and latitude into the units of the picture."""

    def __init__(self, points: Sequence[Point]) -> None:
        lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
        self.west, self.north = min(lons), max(lats)
        self.shrink = math.cos(math.radians((min(lats) + max(lats)) / 2))
        across = max((max(lons) - self.west) * self.shrink, 1e-9)
        down = max(self.north - min(lats), 1e-9)
        room = WIDTH - 2 * EDGE
        self.scale = min(room / across, (HEIGHTS[1] - 2 * EDGE) / down)
        self.height = round(max(HEIGHTS[0], down * self.scale + 2 * EDGE), 1)
        self.left = EDGE + (room - across * self.scale) / 2
        self.top = (self.height - down * self.scale) / 2

    def at(self, point: Point) -> Point:
        """Where a longitude and latitude stand in the picture."""
        lon, lat = point
        x = self.left + (lon - self.west) * self.shrink * self.scale
        return x, self.top + (self.north - lat) * self.scale

    def path(self, rings: list[list[Point]]) -> str:
        """SVG path data; points nearer than half a unit are dropped, the picture shows no more."""
        return "".join(f"M{_line(self._thinned(ring))}Z" for ring in rings)

    def _thinned(self, ring: list[Point]) -> list[Point]:
        kept: list[Point] = []
        for point in map(self.at, ring):
            if not kept or math.dist(kept[-1], point) >= 0.5:
                kept.append(point)
        return kept

    def middle(self, boundary: dict[str, Any]) -> Point:
        """Where the number stands: a point well inside the largest part."""
        whole = shape(boundary)
        largest = max(getattr(whole, "geoms", [whole]), key=lambda part: part.area)
        inside = largest.representative_point()
        x, y = self.at((inside.x, inside.y))
        return round(x, 1), round(y, 1)


def _line(points: list[Point]) -> str:
    return "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
