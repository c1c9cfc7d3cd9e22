"""Reads a GeoJSON file of boundaries that somebody uploaded. Pure: no models, no database.

What it accepts: a FeatureCollection, a Feature or a bare geometry; polygons and multipolygons (a
GeometryCollection of them too); longitude and latitude in WGS 84, which is what GeoJSON means.
What it mends: rings that cross themselves, rings left open, repeated points. What it refuses: with
one sentence that says which feature and how to mend it.
"""

import json
import math
from dataclasses import dataclass
from typing import Any, Final

import shapely
from django.utils.translation import gettext as _
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

from places.directory.geojson import NotGeoJsonError, features_of, system_of

MOST_BYTES: Final = 10 * 1024 * 1024
MOST_FEATURES: Final = 1000
MOST_VERTICES: Final = 200_000
# A boundary of this many points draws well; a finer one is thinned to about 5 metres.
FINE_ENOUGH: Final = 4000
THINNED_BY: Final = 0.00005
DEEPEST: Final = 12
MOST_PROPERTIES: Final = 60
LONGEST_VALUE: Final = 200


class BadBoundariesError(ValueError):
    """The file cannot be used; the message is one sentence for the person who chose it."""


@dataclass(frozen=True, slots=True)
class Feature:
    """A boundary: its properties as text, its geometry, and whether it had to be mended."""

    properties: dict[str, str]
    geometry: dict[str, Any]
    mended: bool

    def as_row(self) -> dict[str, Any]:
        """JSON values."""
        return {
            "properties": self.properties,
            "geometry": self.geometry,
            "mended": self.mended,
        }


def read_boundaries(data: bytes) -> list[Feature]:
    """The boundaries in the file. Raises :class:`BadBoundariesError` with a sentence."""
    document = _json(_text(data))
    features = _features(document)
    if len(features) > MOST_FEATURES:
        raise BadBoundariesError(
            _("The file has %(n)d shapes. %(most)d are the most we take at once.")
            % {"n": len(features), "most": MOST_FEATURES}
        )
    read = [_feature(feature, number) for number, feature in enumerate(features, start=1)]
    if not read:
        raise BadBoundariesError(_("There are no shapes in the file."))
    return read


def _text(data: bytes) -> str:
    if not data.strip():
        raise BadBoundariesError(_("The file is empty."))
    if len(data) > MOST_BYTES:
        raise BadBoundariesError(_("The file is larger than 10 MB. Simplify its shapes first."))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadBoundariesError(_("The file is in UTF-16. Save it as UTF-8 and upload it again."))
    if b"\x00" in data:
        raise BadBoundariesError(_("This is not a text file. Export it as GeoJSON."))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadBoundariesError(
            _("The file is not in UTF-8, so its names would be garbled. Save it as UTF-8.")
        ) from error


def _json(text: str) -> Any:
    _refuse_depth(text)
    try:
        document = json.loads(text, parse_constant=_refuse_constant)
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        raise BadBoundariesError(
            _("This is not GeoJSON: it stops making sense at line %d.") % line
        ) from error
    return document


def _refuse_depth(text: str) -> None:
    """Stop at deep nesting before the parser meets it. Brackets in text are skipped."""
    depth, quoted, escaped = 0, False, False
    for letter in text:
        if quoted:
            quoted, escaped = escaped or letter != '"', not escaped and letter == "\\"
        elif letter == '"':
            quoted = True
        elif letter in "[{":
            depth += 1
            if depth > DEEPEST:
                raise BadBoundariesError(_("The file is nested too deeply to be GeoJSON."))
        elif letter in "]}":
            depth -= 1


def _refuse_constant(name: str) -> None:
    raise BadBoundariesError(_("The file has a number that is none: %s.") % name)


def _features(document: Any) -> list[Any]:
    try:
        features = features_of(document)
        system_of(document, "CRS84", "4326")
    except NotGeoJsonError as error:
        raise BadBoundariesError(str(error)) from error
    return features


def _feature(feature: Any, number: int) -> Feature:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise BadBoundariesError(_("Shape %d is not a GeoJSON feature.") % number)
    geometry = feature.get("geometry")
    if not isinstance(geometry, dict):
        raise BadBoundariesError(_("Shape %d has no boundary.") % number)
    read = _shape(geometry, number)
    _refuse_range(read, number)
    mended = _mend(read, number)
    thinned = _thin(mended)
    return Feature(
        properties=_properties(feature.get("properties")),
        geometry=_plain(mapping(thinned)),
        mended=not read.is_valid,
    )


def _shape(geometry: dict[str, Any], number: int) -> BaseGeometry:
    if geometry.get("type") not in {"Polygon", "MultiPolygon", "GeometryCollection"}:
        raise BadBoundariesError(
            _("Shape %(n)d is a %(kind)s. A boundary is a Polygon or a MultiPolygon.")
            % {"n": number, "kind": str(geometry.get("type"))[:30]}
        )
    try:
        read: BaseGeometry = shape(_closed(geometry))
    except Exception as error:
        raise BadBoundariesError(
            _("The points of shape %d cannot be read as longitude and latitude.") % number
        ) from error
    if read.is_empty:
        raise BadBoundariesError(_("Shape %d is empty.") % number)
    if shapely.get_num_coordinates(read) > MOST_VERTICES:
        raise BadBoundariesError(
            _("Shape %(n)d has more than %(most)s points. Simplify it first.")
            % {"n": number, "most": f"{MOST_VERTICES:,}"}
        )
    return read


def _closed(geometry: dict[str, Any]) -> dict[str, Any]:
    """The geometry with each ring ending where it began: some exports leave it open."""
    if geometry["type"] == "GeometryCollection":
        return {**geometry, "geometries": [_closed(part) for part in geometry["geometries"]]}
    polygons = geometry["coordinates"]
    polygons = [polygons] if geometry["type"] == "Polygon" else polygons
    closed = [
        [ring if ring[0] == ring[-1] else [*ring, ring[0]] for ring in polygon]
        for polygon in polygons
    ]
    return {"type": "MultiPolygon", "coordinates": closed}


def _refuse_range(read: BaseGeometry, number: int) -> None:
    west, south, east, north = read.bounds
    if not all(math.isfinite(edge) for edge in read.bounds):
        raise BadBoundariesError(_("Shape %d has a point that is not a number.") % number)
    if west < -180 or east > 180 or south < -90 or north > 90:
        raise BadBoundariesError(
            _(
                "Shape %d is not in longitude and latitude: it may be in British National Grid "
                "metres. Export it in WGS 84."
            )
            % number
        )
    if east - west > 20 or north - south > 20:
        raise BadBoundariesError(
            _("Shape %d is larger than a country. Are longitude and latitude the wrong way round?")
            % number
        )


def _mend(read: BaseGeometry, number: int) -> BaseGeometry:
    """A valid polygon or multipolygon of the same area; refused where mending leaves none."""
    if read.is_valid and read.geom_type in {"Polygon", "MultiPolygon"}:
        return read
    whole = shapely.make_valid(read)
    parts = [part for part in _parts(whole) if part.geom_type == "Polygon" and part.area > 0]
    if not parts:
        raise BadBoundariesError(
            _("Shape %(n)d cannot be mended: %(why)s.")
            % {"n": number, "why": explain_validity(read)[:100]}
        )
    joined: BaseGeometry = shapely.union_all(parts)
    return joined


def _parts(geometry: BaseGeometry) -> list[BaseGeometry]:
    children = getattr(geometry, "geoms", None)
    if children is None:
        return [geometry]
    return [part for child in children for part in _parts(child)]


def _thin(geometry: BaseGeometry) -> BaseGeometry:
    if shapely.get_num_coordinates(geometry) <= FINE_ENOUGH:
        return geometry
    return geometry.simplify(THINNED_BY, preserve_topology=True)


def _plain(geometry: Any) -> dict[str, Any]:
    """JSON values, to the seventh place (1 cm): tuples become lists."""
    return {
        "type": geometry["type"],
        "coordinates": _rounded(geometry["coordinates"]),
    }


def _rounded(value: Any) -> Any:
    if isinstance(value, int | float):
        return round(float(value), 7)
    if value and isinstance(value[0], int | float):
        return [round(float(number), 7) for number in value[:2]]
    return [_rounded(child) for child in value]


def _properties(properties: Any) -> dict[str, str]:
    """The properties as short texts: shown in the preview, and one of them is the name."""
    if not isinstance(properties, dict):
        return {}
    return {
        str(key)[:80]: " ".join(str(value).split())[:LONGEST_VALUE]
        for key, value in list(properties.items())[:MOST_PROPERTIES]
        if value is not None and not isinstance(value, dict | list)
    }


def name_choices(rows: list[dict[str, Any]]) -> list[str]:
    """The properties that could name an area, likeliest first: in every shape, each different."""
    common = set.intersection(*(set(row["properties"]) for row in rows)) if rows else set()
    return sorted(common, key=lambda key: _unlikeliness(key, rows))


def _unlikeliness(key: str, rows: list[dict[str, Any]]) -> tuple[bool, bool, bool, str]:
    values = [row["properties"][key] for row in rows]
    wordy = sum(any(letter.isalpha() for letter in value) for value in values)
    code = all(any(letter.isdigit() for letter in value) for value in values)
    return (
        len(set(values)) < len(values),
        wordy < len(values) or code,
        "nm" not in key.lower() and "name" not in key.lower(),
        key,
    )
