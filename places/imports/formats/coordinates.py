"""Points: latitude and longitude, eastings and northings, grid references. Pure.

Eastings and northings are metres on the British National Grid (EPSG:27700); what comes out is
degrees in WGS 84 (EPSG:4326), by PROJ, right to some metres. What cannot be right is refused with a
sentence that says what is likely wrong, and never moved to where it might have been meant.
"""

import re
from functools import lru_cache
from math import cos, hypot, radians
from typing import Final, NamedTuple

from django.utils.translation import gettext as _
from pyproj import Transformer

from places.imports.formats.land import on_land, on_the_grid
from places.imports.formats.rows import Point
from places.imports.formats.texts import UnreadableError, plain

GRID_EAST: Final = 700_000
GRID_NORTH: Final = 1_300_000
# Metres of web maps (EPSG:3857), as ArcGIS hands them out as X and Y: from 49 to 61 degrees north.
# No northing of the National Grid is a quarter as large.
MERCATOR_NORTH: Final = (6_270_000, 8_640_000)
DECIMALS: Final = 7  # of a degree: a centimetre
_NEAR_KM: Final = 40
_FAR_KM: Final = 80

_NUMBER: Final = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-+]?\d+(?:\.\d*)?|[-+]?\.\d+")
_LETTERED: Final = re.compile(r"([\d.]+)\s*°?\s*([NSEW])", re.IGNORECASE)
# 51°27'36"N: degrees, minutes and seconds.
_MINUTES: Final = re.compile(
    r"(\d{1,3})\s*[°º]\s*(\d{1,2}(?:\.\d+)?)\s*['’′]\s*(?:(\d{1,2}(?:\.\d+)?)\s*(?:[\"”″]|''))?"
    r"\s*([NSEW])",
    re.IGNORECASE,
)
_GRID_REFERENCE: Final = re.compile(r"([HJNOST])([A-HJ-Z])((?:\d\d){1,5})", re.IGNORECASE)
_PAIR: Final = re.compile(
    r"(?:POINT\s*)?[(\[]?\s*([-+]?\d+(?:\.\d+)?)\s*[,;\s]\s*([-+]?\d+(?:\.\d+)?)\s*[)\]]?",
    re.IGNORECASE,
)


class Read(NamedTuple):
    """A number that was read and how it was written."""

    value: float
    text: str


@lru_cache(maxsize=2)
def _to_degrees(system: str = "EPSG:27700") -> Transformer:
    return Transformer.from_crs(system, "EPSG:4326", always_xy=True)


def point_from(easting: str, northing: str, home: Point | None = None) -> Point | None:
    """The point of an easting and a northing; None where both are empty."""
    pair = _pair(easting, northing, _("easting"), _("northing"))
    if pair is None:
        return None
    east, north = pair
    if east.value == 0 and north.value == 0:
        raise UnreadableError(
            _("The easting and the northing are 0. Leave both empty or mend them.")
        )
    if east.value == 0 or north.value == 0:
        naught, other = (
            (_("easting"), _("northing")) if east.value == 0 else (_("northing"), _("easting"))
        )
        raise UnreadableError(
            _("The %(naught)s is 0, and the %(other)s is not. Mend it, or leave both empty.")
            % {"naught": naught, "other": other}
        )
    if _is_degrees(east.value, north.value):
        return _checked_degrees(north.value, east.value, home)
    if MERCATOR_NORTH[0] <= north.value <= MERCATOR_NORTH[1]:
        longitude, latitude = _to_degrees("EPSG:3857").transform(east.value, north.value)
        return _checked_degrees(latitude, longitude, home)
    return _on_grid(east, north, home)


def point_at(latitude: str, longitude: str, home: Point | None = None) -> Point | None:
    """The point of a latitude and a longitude; None where both are empty."""
    pair = _pair(latitude, longitude, _("latitude"), _("longitude"))
    if pair is None:
        return None
    lat, lon = pair
    if lat.value == 0 and lon.value == 0:
        raise UnreadableError(
            _("The latitude and the longitude are 0, which is in the sea off Africa.")
        )
    if abs(lat.value) > 180 and abs(lon.value) > 180:
        raise UnreadableError(
            _(
                "The latitude “%(lat)s” and the longitude “%(lon)s” are metres of the National "
                "Grid, not degrees."
            )
            % {"lat": lat.text, "lon": lon.text}
        )
    return _checked_degrees(lat.value, lon.value, home)


def point_of(first: str, second: str, home: Point | None = None) -> Point | None:
    """The point of X and Y: degrees or metres of the grid, by their size."""
    return point_from(first, second, home)


def point_in(text: str, home: Point | None = None) -> Point | None:
    """The point in one cell: two degrees, ``POINT(..)`` or a grid reference. None if empty."""
    asked = plain(text)
    if not asked:
        return None
    if found := _GRID_REFERENCE.fullmatch(asked.replace(" ", "")):
        return _of_reference(found)
    if found := _PAIR.fullmatch(asked):
        first, second = float(found[1]), float(found[2])
        if abs(first) > 180:
            return point_from(found[1], found[2], home)
        if asked.upper().startswith("POINT") or _is_longitude_first(first, second):
            first, second = second, first
        return _checked_degrees(first, second, home)
    raise UnreadableError(_("“%s” is not a pair of coordinates.") % asked[:60])


def _is_longitude_first(first: float, second: float) -> bool:
    """Whether an unnamed pair is a place in the United Kingdom only with its longitude first."""
    return on_land(first, second) and not on_land(second, first)


def is_pair(text: str) -> bool:
    """Whether the cell can only be a point: two numbers with fractions, or ``POINT(..)``."""
    found = _PAIR.fullmatch(plain(text))
    return found is not None and "." in found[1] and "." in found[2]


def check_point(point: Point) -> None:
    """Refuse what is not on Earth, and what is not in the United Kingdom or near its coast."""
    _checked_degrees(point.latitude, point.longitude, None)


def _pair(one: str, other: str, one_name: str, other_name: str) -> tuple[Read, Read] | None:
    first, second = plain(one), plain(other)
    if not first and not second:
        return None
    if not first or not second:
        lacking = one_name if not first else other_name
        # What stands there may be what is wrong: that is said first.
        _number(first or second, other_name if not first else one_name)
        raise UnreadableError(_("There is no %s.") % lacking)
    return _number(first, one_name), _number(second, other_name)


def _number(text: str, name: str) -> Read:
    if found := _MINUTES.fullmatch(text):
        parts = zip((found[1], found[2], found[3] or "0"), (1, 60, 3600), strict=True)
        sign = -1 if found[4].upper() in "SW" else 1
        return Read(sign * sum(float(part) / unit for part, unit in parts), text)
    if found := _LETTERED.fullmatch(text):
        sign = -1 if found[2].upper() in "SW" else 1
        return Read(sign * float(found[1]), text)
    if not _NUMBER.fullmatch(text):
        raise UnreadableError(
            _("The %(name)s “%(text)s” is not a number.") % {"name": name, "text": text[:40]}
        )
    return Read(float(text.replace(",", "")), text)


def _is_degrees(east: float, north: float) -> bool:
    return abs(east) <= 180 and abs(north) <= 90


def _on_grid(east: Read, north: Read, home: Point | None) -> Point:
    inside = 0 <= east.value <= GRID_EAST and 0 <= north.value <= GRID_NORTH
    point = _grid_degrees(east.value, north.value) if inside else None
    swapped = _grid_degrees(north.value, east.value) if _swappable(east, north) else None
    if point is not None and on_the_grid(*point) and not _swapped_is_likelier(point, swapped, home):
        return Point(*point)
    if point is not None and on_the_grid(*point):
        raise UnreadableError(
            _(
                "Easting %(east)s and northing %(north)s are far from the place, and the other way "
                "round they are in it: they seem to be the wrong way round."
            )
            % {"east": east.text, "north": north.text}
        )
    raise UnreadableError(_why_off_grid(east, north, swapped, inside))


def _grid_degrees(east: float, north: float) -> tuple[float, float]:
    longitude, latitude = _to_degrees().transform(east, north)
    return round(longitude, DECIMALS), round(latitude, DECIMALS)


def _swappable(east: Read, north: Read) -> bool:
    return 0 <= north.value <= GRID_EAST and 0 <= east.value <= GRID_NORTH


def _swapped_is_likelier(
    point: tuple[float, float], swapped: tuple[float, float] | None, home: Point | None
) -> bool:
    """Whether the other way round lies in the place, and this way far outside it."""
    if swapped is None or home is None:
        return False
    return _km(point, home) > _FAR_KM and _km(swapped, home) < _NEAR_KM


def _km(point: tuple[float, float], home: Point) -> float:
    """Kilometres between two points, near enough for Britain."""
    east = (point[0] - home.longitude) * cos(radians(home.latitude)) * 111.32
    return hypot(east, (point[1] - home.latitude) * 110.57)


def _why_off_grid(
    east: Read, north: Read, swapped: tuple[float, float] | None, inside: bool
) -> str:
    if not inside:
        why = _(
            "Easting %(east)s and northing %(north)s are outside the National Grid: a digit may "
            "be too many."
        )
    elif east.value < 100_000 or north.value < 100_000:
        why = _(
            "Easting %(east)s and northing %(north)s are in the sea: a digit may be missing, or "
            "they are the wrong way round."
        )
    elif swapped is not None and on_the_grid(*swapped):
        why = _(
            "Easting %(east)s and northing %(north)s are not on land: they may be the wrong way "
            "round."
        )
    else:
        why = _("Easting %(east)s and northing %(north)s are in the sea, or outside Great Britain.")
    return why % {"east": east.text, "north": north.text}


def _checked_degrees(latitude: float, longitude: float, home: Point | None) -> Point:
    said = {"lat": f"{latitude:g}", "lon": f"{longitude:g}"}
    swapped = abs(longitude) <= 90 and on_land(latitude, longitude)
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise UnreadableError(_("Latitude %(lat)s and longitude %(lon)s are not on Earth.") % said)
    if not on_land(longitude, latitude):
        raise UnreadableError(
            _("Latitude %(lat)s and longitude %(lon)s may be the wrong way round.") % said
            if swapped
            else _sea(longitude, latitude) % said
        )
    return Point(round(longitude, DECIMALS), round(latitude, DECIMALS))


def _sea(longitude: float, latitude: float) -> str:
    if on_land(-longitude, latitude):
        return _(
            "Latitude %(lat)s and longitude %(lon)s are not in the United Kingdom: the longitude "
            "may lack its minus, or have one too many."
        )
    return _(
        "Latitude %(lat)s and longitude %(lon)s are in the sea, or outside the United Kingdom."
    )


def _of_reference(found: re.Match[str]) -> Point:
    """TQ 310 754: the letters are squares of 500 and of 100 km, without an I."""
    first, second, digits = found[1].upper(), found[2].upper(), found[3]
    big, small = _letter(first), _letter(second)
    east = ((big - 2) % 5) * 500_000 + (small % 5) * 100_000
    north = (19 - (big // 5) * 5) * 100_000 - (small // 5) * 100_000
    half = len(digits) // 2
    unit = 10 ** (5 - half)
    # The middle of the square that the reference names.
    east += int(digits[:half]) * unit + unit // 2
    north += int(digits[half:]) * unit + unit // 2
    point = _grid_degrees(east, north)
    if not on_the_grid(*point):
        raise UnreadableError(_("The grid reference “%s” is in the sea.") % found[0])
    return Point(*point)


def _letter(letter: str) -> int:
    number = ord(letter) - ord("A")
    return number - 1 if letter > "I" else number
