"""Rivermead with boundaries, and a few things that it has."""

from collections.abc import Callable
from typing import Any

import pytest

from commissioning.people.models import User
from commissioning.programmes.models import Outcome, Programme
from places.directory.models import Area, Organisation, Place
from places.resources.actions.resources import Facts, add_resource
from places.resources.models import Kind, Resource, Where

Make = Callable[..., Resource]


def square(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    """A rectangle as GeoJSON."""
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


@pytest.fixture
def northbank(place: Place) -> Area:
    """The northern area, drawn."""
    area = place.areas.get(name="Northbank")
    area.boundary = square(0.30, 52.95, 0.34, 52.97)
    area.save()
    return area


@pytest.fixture
def the_lanes(place: Place) -> Area:
    """The southern area, drawn."""
    area = place.areas.get(name="The Lanes")
    area.boundary = square(0.30, 52.93, 0.34, 52.95)
    area.save()
    return area


@pytest.fixture
def outcome(programme: Programme) -> Outcome:
    """The first outcome of the programme."""
    found = programme.outcomes.first()
    assert found is not None
    return found


@pytest.fixture
def make(place: Place, ada: User, council: Organisation) -> Make:
    """``make("A hall", where="point", ...)``: Ada puts something on the map."""

    def made(what: str, kind: str = Kind.BUILDINGS, **more: Any) -> Resource:
        by = more.pop("by", ada)
        programme = more.pop("programme", None)
        return add_resource(by, place, Facts(kind=kind, what=what, **more), programme)

    return made


@pytest.fixture
def hall(make: Make, the_lanes: Area, northbank: Area, lanes: Organisation) -> Resource:
    """A hall in The Lanes that Lanes Neighbours have."""
    return make(
        "St Brannoc's hall",
        organisation=lanes,
        where=Where.POINT,
        longitude=0.32,
        latitude=52.94,
        when="Tuesdays and Fridays",
        about="Kitchen, ramp, 60 seats.",
    )
