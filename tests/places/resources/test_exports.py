"""The list to take away, and back again."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from places.directory.models import Place
from places.resources.exports import COLUMNS, PROPERTIES
from places.resources.models import Kind, Resource, Where
from tests.places.resources.conftest import Make
from tests.places.resources.test_imports import import_file

NASTY = ["=1+1", "+44 is a number", "-5 chairs", "@home", "'quoted'", '=HYPERLINK("x")']


@pytest.fixture
def nasty(make: Make) -> list[Resource]:
    # On land: the tests' Rivermead lies in the Wash, where no import believes a point.
    spot = {"where": Where.POINT, "longitude": -0.12, "latitude": 51.46}
    return [make(what, Kind.EQUIPMENT, about=what, **spot) for what in NASTY]


def download(place: Place, kind: str, query: str = "") -> bytes:
    response = Client().get(reverse("resources:download", args=[place.slug, kind]) + query)
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    return response.content


def test_the_columns_are_these_and_no_others(nasty: list[Resource], place: Place) -> None:
    rows = list(csv.reader(io.StringIO(download(place, "csv").decode("utf-8-sig"))))
    assert tuple(rows[0]) == COLUMNS
    assert (
        *("Name", "Category", "Description", "Whose", "Where", "Area", "Address", "Postcode"),
        *("Latitude", "Longitude", "Opening hours", "For whom", "Website", "Email", "Telephone"),
        *("Last checked", "Source", "Reference"),
    ) == COLUMNS
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row[:3])


def test_a_workbook_holds_texts_as_texts_and_numbers_as_numbers(
    nasty: list[Resource], place: Place
) -> None:
    sheet = load_workbook(io.BytesIO(download(place, "xlsx"))).active
    assert sheet is not None
    rows = list(sheet.iter_rows(min_row=2))
    assert {row[0].data_type for row in rows} == {"s"}
    assert {row[8].value for row in rows} == {51.46}
    assert not any(str(row[0].value).startswith(("=", "+", "-", "@")) for row in rows)


def test_geojson_has_the_spots_and_the_properties_named_here(
    nasty: list[Resource], make: Make, place: Place
) -> None:
    make("Nowhere in particular")
    document = json.loads(download(place, "geojson"))
    assert len(document["features"]) == len(NASTY)
    for feature in document["features"]:
        assert set(feature["properties"]) <= set(PROPERTIES)


@pytest.mark.parametrize(("kind", "format_"), [("csv", "locations"), ("geojson", "geojson")])
def test_brought_back_in_every_word_is_as_it_was(
    kind: str, format_: str, nasty: list[Resource], place: Place, tmp_path: Path
) -> None:
    file = tmp_path / f"list.{kind}"
    file.write_bytes(download(place, kind))
    other = Place.objects.create(slug="other", name="Other", prefix="OTH")
    said = import_file(format_, file, other)
    assert said["imported"] == len(NASTY), said
    names = set(Resource.objects.filter(place=other).values_list("what", flat=True))
    # Whoever reads a shape's words takes a first apostrophe for the one that stops a formula.
    whole = NASTY if kind == "csv" else [name.removeprefix("'") for name in NASTY]
    assert names == set(whole)


def test_the_filters_of_the_list_are_those_of_the_file(nasty: list[Resource], place: Place) -> None:
    text = download(place, "csv", "?kind=groups").decode("utf-8-sig")
    assert len(text.splitlines()) == 1
    unknown = Client().get(reverse("resources:download", args=[place.slug, "exe"]))
    assert unknown.status_code == 404
