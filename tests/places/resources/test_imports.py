"""Files of places, services and shapes that become resources, and go again."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from places.directory.models import Area, Organisation, Place
from places.imports.importers import importers
from places.imports.models import Import
from places.resources.importers.common import web_address
from places.resources.importers.locations import make
from places.resources.models import Kind, Resource, State, Where
from tests.cluster import ROOT
from tests.places.imports.files import tell, written
from tests.places.resources.conftest import square

DATA = ROOT.parent / "shared" / "data"
LAMBETH = DATA / "lambeth"
LISTS = sorted(path.name for path in (LAMBETH / "locations").glob("*.csv"))
needs_data = pytest.mark.skipif(not DATA.exists(), reason=f"{DATA} is not here")


def import_file(format_: str, path: Path, place: Place) -> dict[str, Any]:
    out = StringIO()
    call_command("import_data", format_, str(path), place=place.slug, as_json=True, stdout=out)
    said: dict[str, Any] = json.loads(out.getvalue())
    return said


def undo(of: Import) -> int:
    number = importers[of.importer].undo(of)
    now = timezone.now()
    Import.objects.filter(pk=of.pk).update(state=Import.State.UNDONE, undone_at=now)
    return number


@pytest.fixture
def lambeth(db: None) -> Place:
    """Lambeth with its wards."""
    place = Place.objects.create(slug="lambeth", name="Lambeth", prefix="LBH")
    wards = json.loads((LAMBETH / "wards.geojson").read_text())
    for number, ward in enumerate(wards["features"]):
        names = [v for k, v in ward["properties"].items() if "nm" in k.lower() or k == "name"]
        name = str(names[0]) if names else str(number)
        Area.objects.create(place=place, name=name, boundary=ward["geometry"])
    return place


@needs_data
def test_every_list_of_places_in_lambeth_comes_in_and_is_told_apart(lambeth: Place) -> None:
    outside = {}
    for name in LISTS:
        said = import_file("locations", LAMBETH / "locations" / name, lambeth)
        assert said["read"] == said["imported"] + said["rejected"] + said["already_there"], name
        assert said["imported"] or said["errors"], (name, said)
        assert all(error["message"] for error in said["errors"])
        again = import_file("locations", LAMBETH / "locations" / name, lambeth)
        assert (again["imported"], again["already_there"]) == (
            0,
            said["imported"] + said["already_there"],
        )
        mine = Resource.objects.filter(source_words=name, where=Where.POINT)
        outside[name] = mine.filter(area__isnull=True).count()
        told = " ".join(said["notes"])
        assert not outside[name] or f"{outside[name]} of" in told, (name, told)
    assert sum(outside.values()) < Resource.objects.count() * 0.1


@needs_data
@pytest.mark.parametrize(
    "name",
    ["service_full.json", "service_list.json", "organization.json", "organization_list.json"],
)
def test_services_and_organisations_come_in_once_and_go_again(name: str, place: Place) -> None:
    before = Organisation.objects.count()
    said = import_file("open-referral-uk", DATA / "open-referral-uk" / name, place)
    assert said["imported"] >= 1
    assert import_file("open-referral-uk", DATA / "open-referral-uk" / name, place)["imported"] == 0
    assert Organisation.objects.count() > before
    first = Import.objects.earliest("created_at")
    assert undo(first) >= 1
    assert not Resource.objects.exists()
    assert Organisation.objects.count() == before


@needs_data
def test_a_service_has_its_spot_its_ages_its_organisation_and_no_fee(place: Place) -> None:
    import_file("open-referral-uk", DATA / "open-referral-uk" / "service_full.json", place)
    service = Resource.objects.get()
    assert service.kind == Kind.SERVICES
    assert service.organisation is not None
    assert service.for_whom == "Aged 12 to 100"
    assert service.state == State.PUBLISHED


def test_somebody_who_took_an_organisation_up_keeps_it_through_an_undo(
    place: Place, lanes: Organisation, tmp_path: Path
) -> None:
    file = tmp_path / "services.json"
    service = {"id": "1", "name": "Lunch", "status": "active", "organization": {}}
    service["organization"] = {"id": "o", "name": "Lanes Neighbours"}
    file.write_text(json.dumps([service]))
    import_file("open-referral-uk", file, place)
    assert Resource.objects.get().organisation == lanes
    undo(Import.objects.get())
    assert Organisation.objects.filter(pk=lanes.pk).exists()


def test_shapes_become_spots_within_them_and_amounts_stay_out(
    place: Place, the_lanes: Area, tmp_path: Path
) -> None:
    file = tmp_path / "shapes.geojson"
    # Rivermead of the tests lies in the Wash, where no shape is believed; this is on land.
    the_lanes.boundary = square(-0.14, 51.44, -0.10, 51.48)
    the_lanes.save()
    ring = [[-0.13, 51.45], [-0.11, 51.45], [-0.11, 51.47], [-0.13, 51.45]]
    properties = {"name": "Lock Gardens", "note": "Cost £500 to plant", "website": "javascript:x"}
    feature = {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    said = import_file("geojson", file, place)
    assert said["imported"] == 1, said
    garden = Resource.objects.get()
    assert garden.area == the_lanes
    assert "£" not in garden.about
    assert garden.website == ""


def test_what_was_made_part_of_an_import_is_itself_again_when_that_is_undone(
    place: Place, femi: Any, programme: Any, tmp_path: Path
) -> None:
    from places.resources.actions.merging import merge
    from places.resources.actions.resources import Facts, add_resource

    file = tmp_path / "halls.csv"
    file.write_text("Name,Address,Postcode\nThe hall,High Street,AB1 2CD\n")
    import_file("locations", file, place)
    hall = Resource.objects.get()
    assert (hall.where, hall.postcode) == (Where.UNPLACED, "AB1 2CD")
    ours = add_resource(femi, place, Facts(kind=Kind.BUILDINGS, what="Hall"))
    merge(femi, hall, ours)
    of = Import.objects.get()
    Import.objects.filter(pk=of.pk).update(by=femi)
    of.refresh_from_db()
    assert undo(of) == 1
    ours.refresh_from_db()
    assert ours.state == State.PUBLISHED


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("www.example.org", "https://www.example.org"),
        ("http://example.org/a", "http://example.org/a"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x//y.z", ""),
        ("http://[bad", ""),
        ("none", ""),
    ],
)
def test_only_addresses_of_the_web_are_kept(text: str, kept: str) -> None:
    assert web_address(text) == kept


def test_an_address_has_its_postcode_once_and_a_machines_codes_are_left_out(tmp_path: Path) -> None:
    text = (
        "Name,Address,Postcode,SATELLITE_NUMBER,Ages\n"
        'Rainbow,"64 Streatham Hill, SW2 4RD",SW2 4RD,cc25,0 to 5\n'
    )
    told = tell(written(tmp_path, text), "locations")
    made = make(told.first)
    assert (made.address, made.postcode) == ("64 Streatham Hill", "SW2 4RD")
    assert "cc25" not in made.about
