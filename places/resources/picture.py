"""The map as a picture that the server draws: boundaries, dots, and dots gathered in clusters.

It works without scripts and without anybody's tiles; the same picture goes into the PDF.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Avg, Count, F, FloatField, Max, Min, QuerySet, TextField, Value
from django.db.models.functions import Cast, Floor

from places.directory.maps import Frame, Map, draw
from places.directory.models import Area
from places.resources.models import Resource, Where

COLUMNS: Final = 11
# With more areas than these, their names would lie on one another.
MOST_NAMED: Final = 12


@dataclass(frozen=True, slots=True)
class Dot:
    """One place on the picture: a single thing, or several near one another (``box``)."""

    x: float
    y: float
    radius: float
    number: int
    name: str
    kind: str
    key: str
    box: str


@dataclass(frozen=True, slots=True)
class AreaDot:
    """How many things are in an area without a spot of their own."""

    area: Area
    x: float
    y: float
    number: int


@dataclass(frozen=True, slots=True)
class Picture:
    """All that the template draws."""

    map: Map
    dots: list[Dot]
    area_dots: list[AreaDot]
    off: int
    everywhere: int
    named: bool
    bounds: str


def cells(found: QuerySet[Resource], width: float, height: float) -> list[dict[str, Any]]:
    """Points gathered in cells of so many degrees: one query, whatever their number."""
    points = found.filter(where=Where.POINT).order_by()
    gathered = (
        points.annotate(
            column=Floor(F("longitude") / Value(width, output_field=FloatField())),
            row=Floor(F("latitude") / Value(height, output_field=FloatField())),
        )
        .values("column", "row")
        .annotate(
            number=Count("pk"),
            longitude_mean=Avg("longitude"),
            latitude_mean=Avg("latitude"),
            west=Min("longitude"),
            east=Max("longitude"),
            south=Min("latitude"),
            north=Max("latitude"),
            name=Min("what"),
            key=Min(Cast("pk", TextField())),
            one_kind=Min("kind"),
        )
        .order_by("row", "column")
    )
    return [dict(cell) for cell in gathered]


def picture_of(areas: list[Area], found: QuerySet[Resource]) -> Picture | None:
    """The picture of some resources. None where no boundary of the place is known. Two queries."""
    drawn = draw((area.name, area.boundary) for area in areas)
    if drawn is None:
        return None
    frame = drawn.frame
    across = drawn.width / COLUMNS / frame.scale
    dots, off = [], 0
    for cell in cells(found, across / frame.shrink, across):
        dot = _dot(cell, frame)
        if -20 <= dot.x <= drawn.width + 20 and -20 <= dot.y <= drawn.height + 20:
            dots.append(dot)
        else:
            off += dot.number
    area_dots, everywhere = _without_spot(areas, drawn, found)
    return Picture(
        map=drawn,
        dots=dots,
        area_dots=area_dots,
        off=off,
        everywhere=everywhere,
        named=len(drawn.areas) <= MOST_NAMED,
        bounds=_bounds(frame, drawn),
    )


def _dot(cell: dict[str, Any], frame: Frame) -> Dot:
    x, y = frame.at((cell["longitude_mean"], cell["latitude_mean"]))
    number = cell["number"]
    edges = [
        cell["west"] - 1e-6,
        cell["south"] - 1e-6,
        cell["east"] + 1e-6,
        cell["north"] + 1e-6,
    ]
    return Dot(
        x=round(x, 1),
        y=round(y, 1),
        radius=16 if number == 1 else min(44.0, 22 + 3.2 * number**0.5),
        number=number,
        name=cell["name"],
        kind=cell["one_kind"],
        key=cell["key"],
        box=",".join(f"{edge:.6f}" for edge in edges),
    )


def _without_spot(
    areas: list[Area], drawn: Map, found: QuerySet[Resource]
) -> tuple[list[AreaDot], int]:
    rows = (
        found.filter(where__in=(Where.AREA, Where.EVERYWHERE))
        .order_by()
        .values_list("area_id")
        .annotate(number=Count("pk"))
    )
    counted = dict(rows)
    middles = {area.name: (area.x, area.y) for area in drawn.areas}
    dots = [
        AreaDot(area, *middles[area.name], counted[area.pk])
        for area in areas
        if area.pk in counted and area.name in middles
    ]
    return dots, counted.get(None, 0)


def _bounds(frame: Frame, drawn: Map) -> str:
    """West, south, east, north of the whole picture, for the map that scripts draw over it."""
    west = frame.west - frame.left / frame.scale / frame.shrink
    east = frame.west + (drawn.width - frame.left) / frame.scale / frame.shrink
    north = frame.north + frame.top / frame.scale
    south = frame.north - (drawn.height - frame.top) / frame.scale
    return f"{west:.6f},{south:.6f},{east:.6f},{north:.6f}"
