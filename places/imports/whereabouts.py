"""Whether what comes in lies in the place: told from the boundaries of its areas."""

from dataclasses import dataclass, field
from math import cos, radians
from typing import Final

import shapely
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pyproj import Geod
from shapely.affinity import scale
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from places.directory.models import Place
from places.imports.formats.payments import Payments
from places.imports.formats.rows import AnyRow, FeatureRow, LocationRow, Point, ServiceRow
from places.imports.reading import Batch

_EARTH: Final = Geod(ellps="WGS84")
MOST_NAMED: Final = 8


@dataclass(slots=True)
class Whereabouts:
    """The land of a place, and how many points were in it and out of it."""

    name: str
    land: BaseGeometry | None
    inside: int = 0
    outside: list[tuple[int, str, float]] = field(default_factory=list)
    # The land with degrees of longitude as long as those of latitude, made when it is needed.
    level: BaseGeometry | None = None
    narrow: float = 1.0

    @property
    def home(self) -> Point | None:
        """The middle of the place, if its boundaries are known."""
        if self.land is None:
            return None
        return Point(self.land.centroid.x, self.land.centroid.y)

    def look_at(self, batch: Batch) -> None:
        """Count the points of these rows. Payments have none."""
        if self.land is None or isinstance(batch, Payments):
            return
        for item in batch:
            for point in points_of(item.value):
                if away := self.away(point):
                    named = str(getattr(item.value, "name", ""))
                    self.outside.append((item.row, named, away))
                else:
                    self.inside += 1

    def away(self, point: Point) -> float:
        """Kilometres from the edge of the place, along the ellipsoid of WGS 84; 0 within it.

        The nearest point of the edge is looked for where a degree of longitude is as long as one of
        latitude: in plain degrees, east and west would seem farther than they are.
        """
        if self.land is None or shapely.contains_xy(self.land, point.longitude, point.latitude):
            return 0.0
        if self.level is None:
            self.narrow = cos(radians(self.land.centroid.y))
            self.level = scale(self.land, xfact=self.narrow, yfact=1.0, origin=(0, 0))
        there = shapely.Point(point.longitude * self.narrow, point.latitude)
        here, _there = nearest_points(self.level, there)
        west_east = (point.longitude, here.x / self.narrow)
        _way, _back, metres = _EARTH.inv(west_east[0], point.latitude, west_east[1], here.y)
        return float(metres) / 1000

    def note(self) -> str:
        """How many points are not in any area, which, and how far away; or nothing."""
        if not self.outside:
            return ""
        count, of = len(self.outside), len(self.outside) + self.inside
        named = "; ".join(
            _("row %(row)d, %(name)s, %(far)s outside")
            % {"row": row, "name": name[:60], "far": distance(away)}
            for row, name, away in self.outside[:MOST_NAMED]
        )
        more = "; …" if count > MOST_NAMED else ""
        return ngettext(
            "%(n)d of %(of)d points lies in no area of %(place)s: %(named)s.",
            "%(n)d of %(of)d points lie in no area of %(place)s: %(named)s.",
            count,
        ) % {"n": count, "of": of, "place": self.name, "named": named + more}


def distance(km: float) -> str:
    """How far, in words: metres up to one kilometre, in tens.

    >>> distance(0.004), distance(0.31), distance(12.34)
    ('10 m', '310 m', '12.3 km')
    """
    if km < 1:
        return _("%d m") % max(10, round(km * 100) * 10)
    return _("%.1f km") % km


def points_of(value: AnyRow) -> list[Point]:
    """The points that a row puts on the map."""
    if isinstance(value, LocationRow):
        return [value.point] if value.point else []
    if isinstance(value, ServiceRow):
        return [place.point for place in value.places if place.point]
    return [value.point] if isinstance(value, FeatureRow) else []


def whereabouts_of(place: Place) -> Whereabouts:
    """The land of the place: its areas' boundaries together. One query."""
    boundaries = place.areas.filter(boundary__isnull=False).values_list("boundary", flat=True)
    shapes = [shape(boundary) for boundary in boundaries if boundary]
    land = shapely.union_all(shapes) if shapes else None
    if land is not None:
        shapely.prepare(land)
    return Whereabouts(place.name, land)
