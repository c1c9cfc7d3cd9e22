"""Points that can be right are read; those that cannot are refused with what is likely wrong."""

import json
from pathlib import Path

import pytest

from places.imports.formats.coordinates import point_at, point_from, point_in
from places.imports.formats.postcodes import tidy_postcode
from places.imports.formats.rows import Point
from places.imports.formats.texts import FileError, UnreadableError
from tests.places.imports.files import tell, written

LAMBETH = Point(-0.116, 51.46)


@pytest.mark.parametrize(
    ("text", "longitude", "latitude"),
    [
        ("TQ 3106 7387", -0.115, 51.449),
        ("51.449, -0.115", -0.115, 51.449),
        ("POINT(-0.115 51.449)", -0.115, 51.449),
        ("531056,173873", -0.115, 51.449),
        ("NT 258 735", -3.189, 55.949),
    ],
)
def test_points_in_one_cell(text: str, longitude: float, latitude: float) -> None:
    point = point_in(text)
    assert point is not None
    assert (point.longitude, point.latitude) == pytest.approx((longitude, latitude), abs=1e-3)


@pytest.mark.parametrize(
    ("easting", "northing", "sentence"),
    [
        ("173873", "531056", "wrong way round"),
        ("53105", "173873", "digit may be missing"),
        ("531056", "17387", "digit may be missing"),
        ("5310560", "173873", "digit may be too many"),
        ("450000", "650000", "in the sea"),
        ("0", "0", "are 0"),
        ("531056", "", "no northing"),
        ("here", "173873", "not a number"),
    ],
)
def test_eastings_and_northings_that_cannot_be_right(
    easting: str, northing: str, sentence: str
) -> None:
    with pytest.raises(UnreadableError, match=sentence):
        point_from(easting, northing, LAMBETH)


@pytest.mark.parametrize(
    ("latitude", "longitude", "sentence"),
    [
        ("-0.115", "51.449", "wrong way round"),
        ("51.449", "-8", "in the sea"),
        ("57.15", "2.1", "minus"),
        ("100", "101", "not on Earth"),
        ("0", "0", "off Africa"),
        ("531056", "173873", "National Grid"),
        ("51.449", "", "no longitude"),
    ],
)
def test_degrees_that_cannot_be_right(latitude: str, longitude: str, sentence: str) -> None:
    with pytest.raises(UnreadableError, match=sentence):
        point_at(latitude, longitude, LAMBETH)


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [("se18tu ", "SE1 8TU"), ("SW16 6PF", "SW16 6PF"), ("W1A1AA", "W1A 1AA"), ("0123", "0123")],
)
def test_postcodes_stay_text(typed: str, tidied: str) -> None:
    assert tidy_postcode(typed) == tidied


def test_a_list_of_places(tmp_path: Path) -> None:
    text = (
        "Site Name,Latitude,Longitude,Post Code,UPRN\n"
        "Hall,51.449,-0.115,sw22ey,00123\n"
        "Shed,-0.115,51.449,SW2 2EY,\n"
        "Hut,,,SW2 2EY,\n"
        "Barn,,,,\n"
        "Hall,51.449,-0.115,SW2 2EY,00123\n"
    )
    told = tell(written(tmp_path, text), "locations")
    assert [row.name for row in told.values] == ["Hall", "Hut"]
    assert (told.first.postcode, told.first.reference) == ("SW2 2EY", "00123")
    assert sorted(told.errors) == [3, 5, 6]
    assert "row 2 already" in told.errors[6]


def shapes(*geometries: object, **more: object) -> str:
    features = [
        {"type": "Feature", "properties": {"name": f"Shape {n}"}, "geometry": geometry}
        for n, geometry in enumerate(geometries)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features} | more)


def test_geojson_is_mended_converted_or_refused_shape_by_shape(tmp_path: Path) -> None:
    bow_tie = [[[-0.12, 51.45], [-0.10, 51.47], [-0.10, 51.45], [-0.12, 51.47], [-0.12, 51.45]]]
    text = shapes(
        {"type": "Polygon", "coordinates": bow_tie},
        {"type": "Point", "coordinates": [51.45, -0.11]},
        {"type": "Point", "coordinates": [531056, 173873]},
        {"type": "Circle", "coordinates": [0, 0]},
        None,
        {"type": "Polygon", "coordinates": [[]]},
        {"type": "Point", "coordinates": [-0.11, 51.45]},
    )
    told = tell(written(tmp_path, text, "a.geojson"), "geojson")
    assert told.rows == [1, 7]
    assert sorted(told.errors) == [2, 3, 4, 5, 6]
    assert "wrong way round" in told.errors[2]
    assert "British National" in told.errors[3]
    assert told.warnings[0][0] == 1
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}
    grid = shapes({"type": "Point", "coordinates": [531056, 173873]}, crs=crs)
    told = tell(written(tmp_path, grid, "b.geojson"), "geojson")
    assert told.first.point.latitude == pytest.approx(51.449, abs=1e-3)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "stops being JSON at line 1: it ends before it is finished"),
        ('{"type": "FeatureCollection"}', "no features"),
        ('{"type": "Topology"}', "TopoJSON"),
        ('{"type": "FeatureCollection", "features": [NaN]}', "number that is none"),
        ("[" * 100_000, "nested too deeply"),
        ('{"type": "Feature", "crs": {"properties": {"name": "EPSG:3857"}}}', "EPSG:3857"),
    ],
)
def test_broken_geojson_is_said_in_a_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(FileError, match=sentence):
        tell(written(tmp_path, text, "a.geojson"), "geojson")


@pytest.mark.parametrize(
    ("easting", "northing", "said"),
    [
        ("a lot", "", "The easting “a lot” is not a number."),
        ("", "18o500", "The northing “18o500” is not a number."),
        ("530000", "", "There is no northing."),
        ("0", "180500", "The easting is 0, and the northing is not."),
        ("530000", "0", "The northing is 0, and the easting is not."),
    ],
)
def test_the_cell_that_is_wrong_is_the_one_that_is_named(
    easting: str, northing: str, said: str
) -> None:
    with pytest.raises(UnreadableError, match=said):
        point_from(easting, northing)
