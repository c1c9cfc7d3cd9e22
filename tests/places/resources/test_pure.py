"""Points, distances and likenesses, without a database."""

import math

from hypothesis import given
from hypothesis import strategies as st

from places.resources.geo import Areas, box_around, box_of, kilometres
from places.resources.similar import Named, pairs
from tests.places.resources.conftest import square

SPOTS = st.tuples(st.floats(-6, 2), st.floats(50, 58))


def test_points_lie_in_the_area_around_them_and_in_none_elsewhere() -> None:
    areas = Areas([("a", square(0, 50, 1, 51)), ("none", None), ("b", square(1, 50, 2, 51))])
    spots = [(0.5, 50.5), (1.5, 50.5), (9.0, 9.0), (1.0, 50.5)]
    assert areas.of(spots) == ["a", "b", None, "a"]
    assert areas.middle_of("a") == (0.5, 50.5)
    assert areas.middle_of("none") is None


@given(SPOTS, st.floats(0.1, 50), st.floats(0, 2 * math.pi), st.floats(0, 0.999))
def test_a_box_around_a_spot_holds_every_point_that_near(
    spot: tuple[float, float], km: float, turn: float, part: float
) -> None:
    lon, lat = spot
    up = part * km / 111.2
    other = (
        lon + up * math.sin(turn) / math.cos(math.radians(lat)),
        lat + up * math.cos(turn),
    )
    if kilometres(spot, other) <= km:
        box = box_around(spot, km * 1.02)
        assert box.west <= other[0] <= box.east
        assert box.south <= other[1] <= box.north


def test_london_to_paris_is_as_far_as_it_is() -> None:
    assert 340 < kilometres((-0.1276, 51.5072), (2.3522, 48.8566)) < 347


def test_only_a_box_is_a_box() -> None:
    assert box_of("1,2,0,3") is None
    assert box_of("a,b,c,d") is None
    assert box_of("inf,0,1,1") is None
    assert box_of("") is None


def test_the_same_hall_twice_is_seen_and_two_halls_are_not() -> None:
    rows = [
        Named("1", "st brannocs hall", "", (0.32, 52.94)),
        Named("2", "hall st brannocs", "", (0.3201, 52.94)),
        Named("3", "st brannocs hall", "", (0.40, 52.94)),
        Named("4", "lunch club", "age concern"),
        Named("5", "lunch club", "lanes neighbours"),
        Named("6", "a choir"),
    ]
    assert [(pair.one, pair.other) for pair in pairs(rows)] == [("1", "2")]
