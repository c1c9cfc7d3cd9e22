"""Which resources of a place are likely to be there twice."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from commissioning.programmes.rules import Person
from places.directory.models import Place
from places.directory.names import folded
from places.resources.models import Different, Resource
from places.resources.similar import Named, pairs

# Every name is compared with every other: beyond so many, the newest.
MOST_COMPARED: Final = 3000
MOST_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Alike:
    """Two that a person should look at."""

    one: Resource
    other: Resource


def likely_same(place: Place, user: Person) -> list[Alike]:
    """The likeliest pairs, but for those that somebody said are different. Three queries."""
    rows = (
        Resource.objects.filter(place=place)
        .visible_to(user)
        .order_by("-created_at")
        .values_list("pk", "what", "whose", "organisation__name", "longitude", "latitude")
    )[:MOST_COMPARED]
    named = [
        Named(
            key=str(pk),
            words=folded(what),
            whose=folded(name or whose),
            spot=None if lon is None or lat is None else (lon, lat),
        )
        for pk, what, whose, name, lon, lat in rows
    ]
    told = {
        frozenset((str(one), str(other)))
        for one, other in Different.objects.filter(one__place=place).values_list("one", "other")
    }
    likely = [pair for pair in pairs(named) if frozenset((pair.one, pair.other)) not in told]
    likely = likely[:MOST_SHOWN]
    ids = {UUID(key) for pair in likely for key in (pair.one, pair.other)}
    found = Resource.objects.select_related("place", "area", "organisation").in_bulk(ids)
    # The one that came first is kept.
    return [
        Alike(*sorted((found[UUID(pair.one)], found[UUID(pair.other)]), key=lambda r: r.created_at))
        for pair in likely
    ]
