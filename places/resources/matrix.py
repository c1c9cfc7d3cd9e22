"""Outcomes by what there is: where the gaps are, and where several do the same."""

from collections import Counter
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from commissioning.ground.answers import Text
from commissioning.programmes.models import Outcome, Programme
from commissioning.programmes.rules import Person
from places.directory.models import Area
from places.resources.models import Kind, OutcomeLink, Resource, Where

# So many of one kind, in one area, towards one outcome: look whether they know of each other.
OVERLAP: Final = 3
ELSEWHERE: Final = "elsewhere"


@dataclass(frozen=True, slots=True)
class Column:
    """An area, a kind, or everywhere: its heading and the filter that opens it."""

    key: str
    title: Text
    query: dict[str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """How many; ``shade`` 0 to 3 says how many compared with the fullest cell.

    ``covered``: none stands here, and only what is everywhere reaches it.
    """

    number: int
    shade: int
    url: str
    column: Column
    covered: bool = False

    @property
    def is_gap(self) -> bool:
        """Nothing of its own here."""
        return not self.number


@dataclass(frozen=True, slots=True)
class Line:
    """An outcome and its cells; ``total`` counts each thing once."""

    outcome: Outcome
    cells: list[Cell]
    total: int


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing: towards an outcome, in an area (None: anywhere at all).

    ``covered``: only what is everywhere in the place reaches it.
    """

    outcome: Outcome
    area: Area | None
    words: str
    url: str
    covered: bool = False
    # How many areas it is a gap in: the whole of an outcome that nothing helps is one in each.
    number: int = 1

    @property
    def key(self) -> str:
        """The same for the same gap, always."""
        return f"gap-{self.outcome.pk}-{self.area.pk if self.area else 'anywhere'}"


@dataclass(frozen=True, slots=True)
class Overlap:
    """Several of one kind, in one area (None: everywhere), towards one outcome."""

    outcome: Outcome
    area: Area | None
    kind: Kind
    number: int
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """All of it, as one person may see it."""

    columns: list[Column]
    lines: list[Line]
    gaps: list[Gap]
    overlaps: list[Overlap]

    @property
    def gaps_number(self) -> int:
        """How many outcomes lack something of their own in how many areas, added up."""
        return gaps_number(self.gaps)


def gaps_number(gaps: list[Gap]) -> int:
    """An outcome and an area with nothing of its own is one gap, however the gaps are worded.

    So the number falls as more is mapped, and never rises.
    """
    return sum(gap.number for gap in gaps)


Counted = dict[tuple[UUID, UUID | None, str, str], int]


def list_url(programme: Programme, **query: str) -> str:
    """The programme's list with filters."""
    text = urlencode({name: value for name, value in query.items() if value})
    return reverse("resources:programme", args=[programme.slug]) + (f"?{text}" if text else "")


def matrix_of(programme: Programme, user: Person, *, by: str = "area") -> Matrix:
    """The matrix of a programme, by area or by kind. Three queries."""
    outcomes = list(programme.outcomes.all())
    areas = list(programme.place.areas.only("pk", "name", "place_id", "sort_key"))
    counted = _counted(programme, user)
    columns = _kinds() if by == "kind" else _areas(areas, counted)
    lines = [_line(programme, outcome, columns, counted, by) for outcome in outcomes]
    most = max((cell.number for line in lines for cell in line.cells), default=0)
    return Matrix(
        columns=columns,
        lines=[_shaded(line, most) for line in lines],
        gaps=_gaps(programme, outcomes, areas, counted),
        overlaps=_overlaps(programme, outcomes, areas, counted),
    )


def _counted(programme: Programme, user: Person) -> Counted:
    """How many, by outcome, area, where and kind."""
    seen = Resource.objects.visible_to(user).filter(pk=OuterRef("resource_id"))
    rows = (
        OutcomeLink.objects.filter(Exists(seen), outcome__programme=programme)
        .order_by()
        .values_list("outcome_id", "resource__area_id", "resource__where", "resource__kind")
        .annotate(number=Count("pk"))
    )
    return {(outcome, area, where, kind): number for outcome, area, where, kind, number in rows}


def _areas(areas: list[Area], counted: Counted) -> list[Column]:
    columns = [Column(str(area.pk), area.name, {"area": str(area.pk)}) for area in areas]
    columns.append(Column(Where.EVERYWHERE, _("Everywhere"), {"where": Where.EVERYWHERE}))
    if any(_column(area, where) == ELSEWHERE for _o, area, where, _k in counted):
        columns.append(Column(ELSEWHERE, _("No area known"), {"area": "none"}))
    return columns


def _kinds() -> list[Column]:
    return [Column(kind.value, kind.label, {"kind": kind.value}) for kind in Kind]


def _line(
    programme: Programme, outcome: Outcome, columns: list[Column], counted: Counted, by: str
) -> Line:
    here: Counter[str] = Counter()
    for (key, area, where, kind), number in counted.items():
        if key == outcome.pk:
            here[kind if by == "kind" else _column(area, where)] += number
    everywhere = by == "area" and bool(here[Where.EVERYWHERE])
    cells = [
        Cell(
            number=here[column.key],
            shade=0,
            url=list_url(programme, outcome=str(outcome.pk), **column.query),
            column=column,
            covered=everywhere and not here[column.key],
        )
        for column in columns
    ]
    return Line(outcome, cells, sum(here.values()))


def _column(area: UUID | None, where: str) -> str:
    if area is not None:
        return str(area)
    return Where.EVERYWHERE if where == Where.EVERYWHERE else ELSEWHERE


def _shaded(line: Line, most: int) -> Line:
    def shade(number: int) -> int:
        return 0 if not number else min(3, 1 + number * 3 // (most + 1))

    cells = [
        Cell(cell.number, shade(cell.number), cell.url, cell.column, cell.covered)
        for cell in line.cells
    ]
    return Line(line.outcome, cells, line.total)


def _gaps(
    programme: Programme, outcomes: list[Outcome], areas: list[Area], counted: Counted
) -> list[Gap]:
    """Outcomes that nothing helps at all first; then areas that nothing reaches; then areas that
    only what is everywhere reaches."""
    found = [
        gap for outcome in outcomes for gap in _gaps_of_one(programme, outcome, areas, counted)
    ]
    return sorted(found, key=lambda gap: (gap.area is not None, gap.covered))


def _gaps_of_one(
    programme: Programme, outcome: Outcome, areas: list[Area], counted: Counted
) -> list[Gap]:
    mine = [(area, where) for key, area, where, _kind in counted if key == outcome.pk]
    if not mine:
        words = _("Nothing is mapped yet towards “%s”.") % outcome.title
        url = list_url(programme, outcome=str(outcome.pk))
        return [Gap(outcome, None, words, url, number=max(1, len(areas)))]
    covered = any(where == Where.EVERYWHERE for _area, where in mine)
    said = (
        _("Nothing of its own in %(area)s towards “%(outcome)s”.")
        if covered
        else _("Nothing in %(area)s towards “%(outcome)s”.")
    )
    reached = {area for area, _where in mine}
    return [
        Gap(
            outcome,
            area,
            said % {"area": area.name, "outcome": outcome.title},
            list_url(programme, outcome=str(outcome.pk), area=str(area.pk)),
            covered,
        )
        for area in areas
        if area.pk not in reached
    ]


def _overlaps(
    programme: Programme, outcomes: list[Outcome], areas: list[Area], counted: Counted
) -> list[Overlap]:
    known, titled = {area.pk: area for area in areas}, {one.pk: one for one in outcomes}
    summed: Counter[tuple[UUID, UUID | None, str]] = Counter()
    for (outcome, area, where, kind), number in counted.items():
        if area is not None or where == Where.EVERYWHERE:
            summed[outcome, area, kind] += number
    return [
        _overlap(programme, titled[outcome], known.get(area) if area else None, kind, number)
        for (outcome, area, kind), number in summed.most_common()
        if number >= OVERLAP and outcome in titled
    ]


def _overlap(
    programme: Programme, outcome: Outcome, area: Area | None, kind: str, number: int
) -> Overlap:
    words = _("%(number)d of one kind (%(kind)s) in %(area)s towards “%(outcome)s”.") % {
        "number": number,
        "kind": str(Kind(kind).label).lower(),
        "area": area.name if area else _("the whole place"),
        "outcome": outcome.title,
    }
    where = {"area": str(area.pk)} if area else {"where": Where.EVERYWHERE}
    url = list_url(programme, outcome=str(outcome.pk), kind=kind, **where)
    return Overlap(outcome, area, Kind(kind), number, words, url)


def gaps_of(programme: Programme, user: Person) -> list[Gap]:
    """What is missing, for the next workshop to be given. Three queries."""
    return matrix_of(programme, user).gaps
