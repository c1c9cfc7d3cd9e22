"""Shapes on the map in GeoJSON. Pure.

Longitude and latitude in WGS 84; British National Grid where the file says that it is. Open rings
and rings that cross themselves are mended, and that is said. What is nowhere near the United
Kingdom is refused, with what is likely wrong.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

import shapely
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pyproj import Transformer
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from commissioning.ground.answers import Text
from places.directory.boundaries import name_choices
from places.directory.geojson import NotGeoJsonError, features_of, system_of
from places.imports.formats.base import Choices, Report
from places.imports.formats.coordinates import DECIMALS, check_point
from places.imports.formats.keys import digest_of
from places.imports.formats.rows import FeatureRow, Item, Point, Reading, RowError
from places.imports.formats.texts import FileError, UnreadableError, plain

MOST_VERTICES: Final = 200_000
MOST_PROPERTIES: Final = 60
_KINDS: Final = frozenset(
    {"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"}
    | {"GeometryCollection"}
)


class GeoJsonDocuments:
    """GeoJSON."""

    name = "geojson"
    label: Text = gettext_lazy("Shapes and points (GeoJSON)")

    def parser(self, choices: Choices) -> "GeoJsonDocument":
        """A parser for one document."""
        return GeoJsonDocument()


class GeoJsonDocument:
    """Reads one document."""

    def __init__(self) -> None:
        self.report = Report()
        self.first: dict[object, int] = {}
        self.on_grid = False

    def read(self, document: Any) -> Reading:
        """Every feature as an item or an error, numbered from 1."""
        try:
            features = features_of(document)
            self.on_grid = system_of(document, "CRS84", "4326", "4258", "27700") == "27700"
        except NotGeoJsonError as error:
            raise FileError(str(error)) from error
        if self.on_grid:
            self.report.say(_("The shapes are on the British National Grid; they were converted."))
        name_property = _name_property(features)
        for number, feature in enumerate(features, start=1):
            try:
                value = self.feature_from(number, feature, name_property)
            except UnreadableError as error:
                yield RowError(number, str(error))
                continue
            key = digest_of("feature", value.identifier or value.name, value.point)
            first = self.first.setdefault(key, number)
            if first != number:
                yield RowError(number, _("This is the same as feature %d.") % first)
            else:
                yield Item(number, value, key, digest_of(value))

    def feature_from(self, number: int, feature: Any, name_property: str) -> FeatureRow:
        """The feature. Raises :class:`UnreadableError`."""
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            raise UnreadableError(_("This is not a GeoJSON feature."))
        geometry = feature.get("geometry")
        if not isinstance(geometry, dict):
            raise UnreadableError(_("This feature has no shape."))
        read = self._mended(number, self._shape(geometry))
        properties = _properties(feature.get("properties"))
        name = properties.get(name_property, "") or plain(str(feature.get("id") or ""))
        inside = read.representative_point()
        point = Point(round(inside.x, DECIMALS), round(inside.y, DECIMALS))
        check_point(point)
        return FeatureRow(
            name=name[:160] or _("Shape %d") % number,
            geometry=_plain(mapping(read)),
            point=point,
            identifier=plain(str(feature.get("id") or ""))[:100],
            properties=properties,
        )

    def _shape(self, geometry: Mapping[str, Any]) -> BaseGeometry:
        kind = geometry.get("type")
        if kind not in _KINDS:
            raise UnreadableError(_("“%s” is not a kind of shape.") % str(kind)[:40])
        try:
            read: BaseGeometry = shape(_closed(_floats(geometry)))
        except Exception as error:  # shapely raises a dozen kinds
            raise UnreadableError(_("The points of this shape cannot be read.")) from error
        if read.is_empty:
            raise UnreadableError(_("This shape is empty."))
        if shapely.get_num_coordinates(read) > MOST_VERTICES:
            raise UnreadableError(_("This shape has more than 200,000 points. Simplify it first."))
        return _in_degrees(read) if self.on_grid else read

    def _mended(self, number: int, read: BaseGeometry) -> BaseGeometry:
        west, south, east, north = read.bounds
        if max(abs(west), abs(east)) > 180 or max(abs(south), abs(north)) > 180:
            raise UnreadableError(
                _(
                    "This shape is not in longitude and latitude: it may be in British National "
                    "Grid metres. Export it in WGS 84."
                )
            )
        if read.is_valid:
            return read
        mended: BaseGeometry = shapely.make_valid(read)
        if mended.is_empty:
            raise UnreadableError(_("This shape crosses itself and cannot be mended."))
        self.report.warn(number, _("The shape crossed itself and was mended."))
        return mended


def _in_degrees(read: BaseGeometry) -> BaseGeometry:
    """A shape on the National Grid, in degrees."""
    to_degrees = Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)
    convert: Any = to_degrees.transform
    converted: BaseGeometry = shapely.transform(read, convert, interleaved=False)
    return converted


def _floats(value: Any) -> Any:
    """Exact numbers as the floats that geometry takes."""
    if isinstance(value, dict):
        return {key: _floats(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_floats(child) for child in value]
    return value if isinstance(value, str | bool | int) or value is None else float(value)


def _closed(geometry: Any) -> Any:
    """The geometry with each ring ending where it began: some exports leave it open."""
    kind = geometry["type"]
    if kind == "GeometryCollection":
        return {**geometry, "geometries": [_closed(part) for part in geometry["geometries"]]}
    if kind == "Polygon":
        return {**geometry, "coordinates": [_ring(ring) for ring in geometry["coordinates"]]}
    if kind == "MultiPolygon":
        polygons = [[_ring(ring) for ring in polygon] for polygon in geometry["coordinates"]]
        return {**geometry, "coordinates": polygons}
    return geometry


def _ring(ring: list[Any]) -> list[Any]:
    return ring if ring[0] == ring[-1] else [*ring, ring[0]]


def _properties(properties: Any) -> dict[str, str]:
    if not isinstance(properties, dict):
        return {}
    return {
        plain(str(key))[:80]: plain(str(value))[:500]
        for key, value in list(properties.items())[:MOST_PROPERTIES]
        if value is not None and not isinstance(value, dict | list)
    }


def _name_property(features: list[Any]) -> str:
    rows = [
        {"properties": _properties(feature.get("properties"))}
        for feature in features
        if isinstance(feature, dict)
    ]
    return next(iter(name_choices(rows)), "")


def _plain(geometry: Any) -> dict[str, Any]:
    """JSON values, to the seventh place of a degree: tuples become lists."""
    plain_values: dict[str, Any] = json.loads(
        json.dumps(geometry), parse_float=lambda text: round(float(text), DECIMALS)
    )
    return plain_values
