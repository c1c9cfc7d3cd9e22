"""Boundaries from files: read, mended or refused with a sentence, previewed, used, undone."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from shapely.geometry import shape

from commissioning.ground.answers import Invalid, Refused
from commissioning.people.models import User
from commissioning.programmes.models import Programme
from places.directory.boundaries import (
    MOST_BYTES,
    MOST_FEATURES,
    BadBoundariesError,
    name_choices,
    read_boundaries,
)
from places.directory.maps import draw
from places.directory.models import BoundaryUpload, Organisation, Place
from places.directory.place_actions import (
    remove_area,
    save_area,
    undo_boundaries,
    upload_boundaries,
    use_boundaries,
)
from tests.cast import SignIn
from tests.places.directory.shapes import bow_tie, collection, square

WARDS = Path(__file__).resolve().parents[4] / "shared/data/lambeth/wards.geojson"


def as_file(document: Any) -> bytes:
    return json.dumps(document).encode()


def areas(place: Place) -> dict[str, bool]:
    """Name to whether it has a boundary."""
    return {area.name: area.boundary is not None for area in place.areas.all()}


def test_a_feature_collection_a_feature_and_a_bare_geometry_are_read() -> None:
    whole = collection(North=square(-0.1, 51.5), South=square(-0.1, 51.4))
    assert len(read_boundaries(as_file(whole))) == 2
    assert len(read_boundaries(as_file(whole["features"][0]))) == 1
    assert len(read_boundaries(as_file(square(-0.1, 51.5)))) == 1


def test_a_shape_that_crosses_itself_is_mended_and_said_to_be() -> None:
    (mended,) = read_boundaries(as_file(collection(Tie=bow_tie(-0.1, 51.5))))
    assert mended.mended
    assert shape(mended.geometry).is_valid
    assert shape(mended.geometry).area > 0


def test_a_ring_that_was_left_open_is_closed() -> None:
    left_open = square(-0.1, 51.5)
    left_open["coordinates"][0].pop()
    (read,) = read_boundaries(as_file(left_open))
    apart = shape(read.geometry).symmetric_difference(shape(square(-0.1, 51.5)))
    assert apart.area < 1e-9


def test_utf_8_with_a_byte_order_mark_is_read() -> None:
    assert read_boundaries(b"\xef\xbb\xbf" + as_file(square(-0.1, 51.5)))


def deep(levels: int) -> bytes:
    return b'{"type":"Feature","geometry":' + b"[" * levels + b"]" * levels + b"}"


def polygon(points: list[Any]) -> bytes:
    return as_file({"type": "Polygon", "coordinates": [points]})


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (b"   \n", "The file is empty."),
        (b"hello", "This is not GeoJSON"),
        (b"[1, 2]", "it has no type"),
        (b'{"a": 1}', "it has no features"),
        (b'{"type": "FeatureCollection"}', "has no features"),
        (b'{"type": "FeatureCollection", "features": []}', "no shapes"),
        (b'{"type": "FeatureCollection", "features": [3]}', "Shape 1 is not"),
        (b'{"type": "Feature", "geometry": null}', "Shape 1 has no boundary"),
        (b'{"type": "Topology", "objects": {}}', "TopoJSON"),
        (as_file({"type": "Point", "coordinates": [0, 0]}), "is a Point"),
        (as_file(square(-0.1, 51.5)).decode().encode("utf-16"), "UTF-16"),
        ('{"type": "é"}'.encode("cp1252"), "not in UTF-8"),
        (b"\x00\x01\x02", "not a text file"),
        (deep(5000), "nested too deeply"),
        (b'{"type":"Polygon","coordinates":[[[NaN,1],[1,2],[2,3],[0,1]]]}', "NaN"),
        (polygon([[530000, 180000], [530100, 180000], [530000, 180100]]), "National Grid"),
        (polygon([[51, -0.1], [51, 30], [52, -0.1]]), "larger than a country"),
        (polygon([[0, 0], [0, 0], [0, 0], [0, 0]]), "cannot be mended"),
        (polygon([["=1+1", 0], [0, 0], [1, 1]]), "cannot be read"),
        (polygon([]), "cannot be read"),
        (as_file({"type": "Polygon", "coordinates": "x"}), "cannot be read"),
        (as_file({"type": "Polygon"}), "it has no features"),
        (
            as_file(square(-0.1, 51.5) | {"crs": {"properties": {"name": "EPSG:27700"}}}),
            "Export them in WGS 84",
        ),
        (as_file(square(-0.1, 51.5) | {"crs": {"properties": 3}}), ""),
    ],
)
def test_bad_files_are_refused_with_a_sentence(data: bytes, sentence: str) -> None:
    if not sentence:
        assert read_boundaries(data)
        return
    with pytest.raises(BadBoundariesError, match=sentence) as refused:
        read_boundaries(data)
    assert str(refused.value).endswith(".") or str(refused.value).endswith("?")


def test_a_file_that_is_too_large_is_refused_before_it_is_read() -> None:
    start = time.monotonic()
    with pytest.raises(BadBoundariesError, match="larger than 10 MB"):
        read_boundaries(b"[" * (MOST_BYTES + 1))
    assert time.monotonic() - start < 1


def test_too_many_shapes_are_refused() -> None:
    many = {"type": "FeatureCollection", "features": [{}] * (MOST_FEATURES + 1)}
    with pytest.raises(BadBoundariesError, match="1000 are the most"):
        read_boundaries(as_file(many))


def test_the_property_with_the_names_is_offered_first() -> None:
    rows = [
        f.as_row() for f in read_boundaries(as_file(collection(A=square(0, 51), B=square(1, 51))))
    ]
    assert name_choices(rows)[0] == "name"


def test_real_ward_boundaries_load_and_draw() -> None:
    if not WARDS.exists():
        pytest.skip(f"the public data is not beside the project: {WARDS}")
    rows = [feature.as_row() for feature in read_boundaries(WARDS.read_bytes())]
    assert len(rows) == 21
    assert name_choices(rows)[0] == "WD13NM"
    drawn = draw((row["properties"]["WD13NM"], row["geometry"]) for row in rows)
    assert drawn is not None
    assert len(drawn.areas) == 21
    assert sum(len(area.path) for area in drawn.areas) < 40_000


def test_nothing_changes_until_somebody_has_looked(
    place: Place, council: Organisation, ada: User, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    data = as_file(collection(Northbank=square(-0.1, 51.5), Eastfield=square(0, 51.5)))
    file = SimpleUploadedFile("wards.geojson", data, "application/geo+json")
    response = browser.post(reverse("directory:boundaries", args=[place.slug]), {"file": file})
    upload = BoundaryUpload.objects.get()
    preview = reverse("directory:boundaries_preview", args=[place.slug, upload.pk])
    assert response.headers["Location"] == preview
    assert areas(place) == {"The Lanes": False, "Northbank": False}
    assert "Eastfield" in browser.get(preview).content.decode()
    browser.post(preview, {"name_property": "name"})
    assert areas(place) == {"The Lanes": False, "Northbank": True, "Eastfield": True}
    with pytest.raises(Invalid, match="in use already"):
        use_boundaries(ada, upload, "name", replaces=False)


def test_an_undo_puts_everything_back_once(place: Place, council: Organisation, ada: User) -> None:
    data = as_file(collection(Eastfield=square(0, 51.5)))
    upload = upload_boundaries(ada, place, "wards.geojson", data)
    use_boundaries(ada, upload, "name", replaces=True)
    assert areas(place) == {"Eastfield": True}
    undo_boundaries(ada, upload)
    assert areas(place) == {"The Lanes": False, "Northbank": False}
    with pytest.raises(Invalid, match="once"):
        undo_boundaries(ada, upload)


def test_two_shapes_of_one_name_are_refused_and_another_property_works(
    place: Place, council: Organisation, ada: User
) -> None:
    document = collection(One=square(0, 51.5), Two=square(1, 51.5))
    for feature in document["features"]:
        feature["properties"]["name"] = "Same"
    upload = upload_boundaries(ada, place, "wards.geojson", as_file(document))
    with pytest.raises(Invalid, match="Two shapes are called Same"):
        use_boundaries(ada, upload, "name", replaces=False)
    with pytest.raises(Invalid, match="has no nothing"):
        use_boundaries(ada, upload, "nothing", replaces=False)
    use_boundaries(ada, upload, "code", replaces=False)
    assert areas(place)["E00000001"]


def test_a_bad_file_says_so_beside_the_field(
    place: Place, council: Organisation, ada: User, sign_in: SignIn
) -> None:
    page = reverse("directory:boundaries", args=[place.slug])
    for data, sentence in ((b"", "The file is empty."), (b"{", "This is not GeoJSON")):
        response = sign_in(ada).post(page, {"file": SimpleUploadedFile("x.geojson", data)})
        assert response.status_code == 422
        assert sentence in response.content.decode()
    assert not BoundaryUpload.objects.exists()


def test_formulas_and_scripts_in_names_are_shown_as_text(
    place: Place, council: Organisation, ada: User, sign_in: SignIn
) -> None:
    script = "<script>alert(1)</script>"
    document = collection(**{script: square(0, 51.5), "=1+1": square(1, 51.5)})
    upload = upload_boundaries(ada, place, f"{script}\x00.geojson", as_file(document))
    preview = reverse("directory:boundaries_preview", args=[place.slug, upload.pk])
    assert script not in sign_in(ada).get(preview).content.decode()
    use_boundaries(ada, upload, "name", replaces=False)
    assert script not in sign_in(ada).get(place.get_absolute_url()).content.decode()


@pytest.mark.parametrize("who", ["priya", "nell", "sami"])
def test_only_its_leading_bodies_look_after_a_place(
    who: str,
    place: Place,
    council: Organisation,
    lanes: Organisation,
    request: pytest.FixtureRequest,
    sign_in: SignIn,
) -> None:
    person = request.getfixturevalue(who)
    with pytest.raises(Refused):
        upload_boundaries(person, place, "x.geojson", as_file(square(0, 51)))
    with pytest.raises(Refused):
        save_area(person, place, "New")
    page = reverse("directory:boundaries", args=[place.slug])
    assert sign_in(person).get(page).status_code == 403


def test_an_area_has_one_name_in_its_place(place: Place, council: Organisation, ada: User) -> None:
    with pytest.raises(Invalid, match="area of that name"):
        save_area(ada, place, "Northbank")
    area = save_area(ada, place, "The Éastfield")
    assert area.sort_key == "eastfield"
    remove_area(ada, area)
    assert "The Éastfield" not in areas(place)


def test_only_who_runs_the_installation_adds_a_place(
    place: Place, council: Organisation, ada: User, sign_in: SignIn
) -> None:
    page = reverse("directory:place_new")
    typed = {"name": "Hillcrest", "kind": "neighbourhood", "letters": "hil", "about": ""}
    assert sign_in(ada).post(page, typed).status_code == 403
    ada.is_staff = True
    ada.save()
    browser = sign_in(ada)
    taken = browser.post(page, typed | {"letters": "riv"})
    assert taken.status_code == 422
    assert "begin with those letters" in taken.content.decode()
    assert browser.post(page, typed | {"letters": "R1"}).status_code == 422
    assert browser.post(page, typed).status_code == 302
    assert Place.objects.get(slug="hillcrest").prefix == "HIL"


@pytest.mark.parametrize(
    "address",
    [
        "/organisations/?q=%00&place=%00&kind=%00&sort=%00&page=%00",
        "/programmes/?q=%00&place=%00&stage=%00&page=9999",
        "/programmes/growing-older-together/history/?q=%00&by=%00&page=x",
        "/programmes/growing-older-together/level-field/?organisation=%00",
        "/organisations/join/?q=%00",
        "/invitations/%00/",
        "/organisations/invitations/%00/",
    ],
)
def test_nonsense_in_an_address_is_no_error(
    address: str, programme: Programme, ada: User, sign_in: SignIn
) -> None:
    assert sign_in(ada).get(address).status_code in {200, 404}
