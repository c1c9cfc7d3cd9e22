"""What Rivermead already has: sixty-odd things, who has them, and which outcome they help."""

import tomllib
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone
from shapely.geometry import Point, shape

from commissioning.demo.days import Days
from commissioning.demo.people import Town
from commissioning.design.when import day as day_text
from commissioning.programmes.models import Outcome, Programme
from places.resources.actions.links import link_to_outcome
from places.resources.actions.resources import Facts, add_resource, suggest_resource
from places.resources.models import Resource, Source, Where

# Where things stand in their ward, one after the other: parts of its width and height from its
# middle, which is kept free for the ward's name.
AROUND = ((0.24, 0.2), (-0.26, 0.16), (0.2, -0.24), (-0.22, -0.2), (0.02, 0.3), (0.3, -0.02))


@dataclass(frozen=True, slots=True)
class Thing:
    """A line of the file."""

    what: str
    kind: str
    body: str = ""
    whose: str = ""
    ward: str = ""
    spot: bool = False
    when: str = ""
    about: str = ""
    helps: dict[str, str] = field(default_factory=dict)
    offer: bool = False


def make_resources(town: Town, programme: Programme) -> None:
    """Put all of it on the map; a few are due to be looked at, two wait to be read."""
    raw = tomllib.loads(Path(__file__).with_name("resources.toml").read_text())
    outcomes = {str(outcome.position): outcome for outcome in programme.outcomes.all()}
    for number, row in enumerate(raw["things"]):
        _make(town, programme, Thing(**row), outcomes, number)
    for row in raw["suggested"]:
        suggest_resource(town.people["joan"], town.place, _facts(town, Thing(**row), 0), programme)
    _let_some_grow_old(town)


def map_the_quay(town: Town, programme: Programme, what: str) -> None:
    """One thing for another programme, so that its resources stage can be signed off."""
    ada, quay = town.people["ada"], town.areas["Quayside"]
    facts = Facts(
        kind="buildings",
        what=what,
        organisation=town.bodies["kitchen"],
        where=Where.AREA,
        area=quay,
        when="After three",
    )
    outcome = programme.outcomes.first()
    if outcome is not None:
        made = add_resource(ada, town.place, facts, programme)
        link_to_outcome(ada, made, outcome, "A warm room by the water", "seen", "Wren")


def _facts(town: Town, thing: Thing, number: int) -> Facts:
    area = town.areas[thing.ward] if thing.ward else None
    longitude, latitude = None, None
    if area and area.boundary and thing.spot:
        longitude, latitude = _spot(area.boundary, number)
    where = Where.EVERYWHERE if area is None else Where.POINT if thing.spot else Where.AREA
    return Facts(
        kind=thing.kind,
        what=thing.what,
        about=thing.about,
        organisation=town.bodies[thing.body] if thing.body else None,
        whose=thing.whose,
        where=where,
        area=area,
        longitude=longitude,
        latitude=latitude,
        when=thing.when,
        source_words=f"Offered at the workshop of {day_text(Days().workshop)}"
        if thing.offer
        else "",
    )


def _offered_at() -> str:
    return f"Offered at the workshop of {day_text(Days().workshop)}"


def _spot(boundary: dict[str, Any], number: int) -> tuple[float, float]:
    ward = shape(boundary)
    middle = ward.representative_point()
    west, south, east, north = ward.bounds
    for turn in range(len(AROUND)):
        across, up = AROUND[(number + turn) % len(AROUND)]
        spot = Point(middle.x + across * (east - west), middle.y + up * (north - south))
        if ward.contains(spot):
            return round(spot.x, 5), round(spot.y, 5)
    return middle.x, middle.y


def _make(
    town: Town, programme: Programme, thing: Thing, outcomes: dict[str, Outcome], number: int
) -> None:
    femi = town.people["femi"]
    made = add_resource(femi, town.place, _facts(town, thing, number), programme)
    if thing.offer:
        Resource.objects.filter(pk=made.pk).update(source=Source.OFFER)
    sure = ("seen", "told", "told", "guess")[number % 4]
    said_by = made.whose_name if thing.offer else "Femi, from Rivermead Voluntary Action"
    for key, how in thing.helps.items():
        link_to_outcome(femi, made, outcomes[key], how, sure, said_by)


def _let_some_grow_old(town: Town) -> None:
    """Every tenth was checked a year ago, so that there is something to look at again."""
    today = timezone.localdate()
    ids = list(Resource.objects.filter(place=town.place, state="published").values_list("pk"))
    Resource.objects.filter(pk__in=[pk for (pk,) in ids[::10]]).update(
        checked_on=today - timedelta(days=370), review_on=today - timedelta(days=5)
    )
