"""What a list of resources is asked for in its address, and the rows that answer it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import F, FloatField, Func, QuerySet, Value
from django.db.models.functions import ASin, Cos, Power, Radians, Sin, Sqrt
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from commissioning.ground.asked import asked
from commissioning.programmes.models import Outcome, Programme
from commissioning.programmes.panels import readable
from commissioning.programmes.rules import Person, may_see
from places.directory.models import Area, Place
from places.imports.models import Import
from places.resources.geo import EARTH_KM, Areas, Box, Spot, box_around, box_of
from places.resources.models import Kind, Resource, ResourceQuerySet, Source, Where

# The area of what lies in none of them.
OUTSIDE: Final = "none"
# Whose: what organisations of the directory bring.
ORGANISATIONS: Final = "organisations"
DISTANCES: Final = (1, 2, 5, 10, 25)
SORTS: Final[dict[str, tuple[str, ...]]] = {
    "name": ("sort_key", "id"),
    "-checked": (F("checked_on").desc(nulls_last=True), "sort_key", "id"),  # type: ignore[dict-item]
    "checked": (F("checked_on").asc(nulls_first=True), "sort_key", "id"),  # type: ignore[dict-item]
}
SORT_NAMES: Final = {
    "name": _("By name"),
    "near": _("Nearest first"),
    "-checked": _("Checked last first"),
    "checked": _("Not checked for longest first"),
}
NAMES: Final = (
    "q",
    "kind",
    "outcome",
    "area",
    "where",
    "source",
    "near",
    "within",
    "whose",
    "box",
    "file",
    "sort",
)


def uuid_of(text: str) -> UUID | None:
    """The text as an id; None where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters, as they were asked for and as they are understood."""

    query: Mapping[str, str] = field(default_factory=dict)
    words: str = ""
    kind: str = ""
    outcome: Outcome | None = None
    area: Area | None = None
    outside: bool = False
    where: str = ""
    source: str = ""
    near: Spot | None = None
    near_name: str = ""
    within: int = 0
    brought: bool = False
    box: Box | None = None
    file: Import | None = None
    sort: str = "name"

    @property
    def any(self) -> bool:
        """Whether anything is left out."""
        return any(name != "sort" for name in self.query)

    def without_outcome(self) -> "Filters":
        """The same, whatever outcome the things help."""
        query = {name: said for name, said in self.query.items() if name != "outcome"}
        return replace(self, outcome=None, query=query)

    def address(self, **changes: str) -> str:
        """The query string with some of it changed; an empty value takes a filter out."""
        query = {**self.query, **changes}
        text = urlencode({name: value for name, value in query.items() if value})
        return f"?{text}" if text else "?"

    def rows(self, place: Place, user: Person, *, ordered: bool = True) -> QuerySet[Resource]:
        """The resources that the person may see and the filters let through."""
        found: ResourceQuerySet = Resource.objects.filter(place=place)
        found = found.visible_to(user).matching(self.words)
        equal = {"kind": self.kind, "area": self.area, "where": self.where, "source": self.source}
        found = found.filter(**{name: value for name, value in equal.items() if value})
        if self.outside:
            found = found.filter(area__isnull=True).exclude(where=Where.EVERYWHERE)
        if self.outcome:
            found = found.filter(links__outcome=self.outcome)
        if self.brought:
            found = found.exclude(organisation=None)
        if self.file:
            found = found.filter(brought_in=self.file)
        if self.box:
            found = in_box(found, self.box)
        if self.near:
            found = _near(found, self.near, self.within)
        return self._sorted(found) if ordered else found.order_by()

    def _sorted(self, found: ResourceQuerySet) -> ResourceQuerySet:
        if self.sort == "near" and self.near:
            return found.order_by(F("km"), "sort_key", "id")
        return found.order_by(*SORTS.get(self.sort, SORTS["name"]))


def in_box(found: ResourceQuerySet, box: Box) -> ResourceQuerySet:
    """Those whose spot lies in a rectangle."""
    return found.filter(
        latitude__range=(box.south, box.north), longitude__range=(box.west, box.east)
    )


def _near(found: ResourceQuerySet, spot: Spot, within: int) -> ResourceQuerySet:
    """Those with a spot, and how many kilometres away it is; the box lets an index answer."""
    lon, lat = spot
    half = Power(Sin(Radians(F("latitude") - Value(lat)) / 2), 2) + Cos(
        Radians(Value(lat, output_field=FloatField()))
    ) * Cos(Radians(F("latitude"))) * Power(Sin(Radians(F("longitude") - Value(lon)) / 2), 2)
    at_most = Func(Value(1.0), half, function="LEAST", output_field=FloatField())
    away = Value(2 * EARTH_KM) * ASin(Sqrt(at_most))
    found = in_box(found, box_around(spot, within or 1000)).annotate(km=away)
    return found.filter(**{"km__lte": within}) if within else found


def read(request: HttpRequest, place: Place, areas: list[Area]) -> Filters:
    """The filters of a request; what makes no sense is left out rather than refused."""
    typed = {name: asked(request, name) for name in NAMES}
    kind, where, source = (
        typed["kind"] if typed["kind"] in Kind.values else "",
        typed["where"] if typed["where"] in Where.values else "",
        typed["source"] if typed["source"] in Source.values else "",
    )
    area = next((one for one in areas if str(one.pk) == typed["area"]), None)
    outcome = _outcome(typed["outcome"], place, request.user)
    near, near_name = _spot(typed["near"], place, request.user, areas)
    within = int(typed["within"]) if typed["within"] in map(str, DISTANCES) else 0
    box = box_of(typed["box"])
    file = _file(typed["file"], place)
    sort = typed["sort"] if typed["sort"] in SORT_NAMES else "near" if near else "name"
    kept = {
        "q": typed["q"],
        "kind": kind,
        "outcome": typed["outcome"] if outcome else "",
        "area": typed["area"] if area or typed["area"] == OUTSIDE else "",
        "where": where,
        "source": source,
        "near": typed["near"] if near else "",
        "within": str(within or ""),
        "whose": typed["whose"] if typed["whose"] == ORGANISATIONS else "",
        "box": typed["box"] if box else "",
        "file": typed["file"] if file else "",
        "sort": typed["sort"] if typed["sort"] in SORT_NAMES else "",
    }
    return Filters(
        query={name: value for name, value in kept.items() if value},
        words=typed["q"],
        kind=kind,
        outcome=outcome,
        area=area,
        outside=typed["area"] == OUTSIDE,
        where=where,
        source=source,
        near=near,
        near_name=near_name,
        within=within,
        brought=typed["whose"] == ORGANISATIONS,
        box=box,
        file=file,
        sort=sort,
    )


def _file(text: str, place: Place) -> Import | None:
    """The file that brought them in: its things are public, so its name may be."""
    key = uuid_of(text)
    return Import.objects.filter(pk=key, place=place, state="done").first() if key else None


def _outcome(text: str, place: Place, user: Person) -> Outcome | None:
    key = uuid_of(text)
    if key is None:
        return None
    found = Outcome.objects.select_related("programme").filter(pk=key, programme__place=place)
    outcome = found.first()
    return outcome if outcome and may_see(user, outcome.programme) else None


def _spot(text: str, place: Place, user: Person, areas: list[Area]) -> tuple[Spot | None, str]:
    """Where distances begin: an area's middle, or another resource's spot."""
    key = uuid_of(text)
    if key is None:
        return None, ""
    if area := next((one for one in areas if one.pk == key), None):
        return Areas([(area.pk, area.boundary)]).middle_of(area.pk), area.name
    other = Resource.objects.filter(place=place, pk=key, where=Where.POINT).visible_to(user)
    if (found := other.first()) and found.longitude is not None and found.latitude is not None:
        return (found.longitude, found.latitude), found.what
    return None, ""


def outcomes_of(place: Place, user: Person, programme: Programme | None) -> list[Outcome]:
    """The outcomes that a list can be filtered by: of a programme, or of all one may read here."""
    if programme is not None:
        return list(programme.outcomes.all())
    return list(
        Outcome.objects.filter(programme__in=readable(user).filter(place=place).order_by())
        .select_related("programme")
        .order_by("programme__starts_on", "position")
    )
