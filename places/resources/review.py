"""The whole-system review: what the options stage starts from, on one page and on paper.

It is built over every room's evidence, in the order of their floors: what there is, what is
missing, how money is spent (once it may be spoken of), what people said, how the market stands,
which questions are open. Each line leads to where it comes from.
"""

from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commissioning.documents.types import DocumentType, document_types
from commissioning.ground.answers import Answer, Text
from commissioning.programmes.actions.vision import agreed_vision
from commissioning.programmes.evidence import (
    EvidenceItem,
    EvidencePicture,
    EvidenceSource,
    evidence_sources,
)
from commissioning.programmes.models import Given, Outcome, Programme, Role, Vision
from commissioning.programmes.rules import Person, is_member, may_draft, may_see, money_gate
from commissioning.programmes.templatetags.programmes import moneyless
from places.directory.models import Place
from places.resources.grid import grids_on_paper, tables_on_paper
from places.resources.matrix import Matrix, gaps_number, matrix_of
from places.resources.models import Resource

REVIEW: Final = "resources.review"
MOST_LINES: Final = 40
# What the head of the review says already.
SAID_ABOVE: Final = frozenset({"vision", "givens"})


@dataclass(frozen=True, slots=True)
class Section:
    """One room's evidence, or why there is none yet."""

    key: str
    title: Text
    url: str
    items: list[EvidenceItem]
    more: int
    empty: Text
    closed: Text = ""
    picture: EvidencePicture | None = None
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """An outcome: how many things help it, how many gaps there are, and where both are shown."""

    outcome: Outcome
    number: int
    gaps: int
    url: str


@dataclass(frozen=True, slots=True)
class Review:
    """All of it, as one person may see it."""

    programme: Programme
    vision: Vision | None
    outcomes: list[OutcomeLine]
    matrix: Matrix
    total: int
    owners: int
    sections: list[Section]
    fixed: list[Given]
    open: list[Given]
    shows_money: Answer


def review_of(programme: Programme, user: Person) -> Review:
    """The review as this person may see it; each source makes a bounded number of queries."""
    matrix = matrix_of(programme, user)
    mapped = Resource.objects.filter(place=programme.place).visible_to(user)
    givens = list(programme.givens.all())
    return Review(
        programme=programme,
        vision=agreed_vision(programme),
        outcomes=_outcomes(programme, matrix),
        matrix=matrix,
        total=mapped.count(),
        owners=mapped.exclude(organisation=None)
        .order_by()
        .values("organisation")
        .distinct()
        .count(),
        sections=[
            _section(name, evidence_sources[name], programme, user)
            for name in evidence_sources.names()
            if name not in SAID_ABOVE
        ],
        fixed=[given for given in givens if given.kind == Given.Kind.FIXED],
        open=[given for given in givens if given.kind == Given.Kind.OPEN],
        shows_money=money_gate(programme),
    )


def _outcomes(programme: Programme, matrix: Matrix) -> list[OutcomeLine]:
    here = reverse("resources:programme", args=[programme.slug])
    return [
        OutcomeLine(
            outcome=line.outcome,
            number=line.total,
            gaps=gaps_number([one for one in matrix.gaps if one.outcome.pk == line.outcome.pk]),
            url=f"{here}?outcome={line.outcome.pk}",
        )
        for line in matrix.lines
    ]


def _section(name: str, source: EvidenceSource, programme: Programme, user: Person) -> Section:
    gate = source.gate(programme)
    found = list(source.items(programme, user)) if gate else []
    return Section(
        key=name,
        title=source.title,
        url=source.url(programme),
        items=found[:MOST_LINES],
        more=max(0, len(found) - MOST_LINES),
        empty=source.empty,
        closed="" if gate else gate.reason,
        picture=source.picture if gate else None,
        facts=source.picture.facts(programme) if gate and source.picture else {},
    )


def data(programme_id: UUID) -> dict[str, Any]:
    """What the paper says; an allow list.

    A public programme's paper says what anybody may read. A private one's says what its lead may,
    and only its members open it.
    """
    programme = _programme(programme_id)
    review = review_of(programme, _reader(programme))
    return {
        "programme": programme.title,
        "place": programme.place.name,
        "led_by": programme.led_by.name,
        "stage": str(programme.get_stage_display()),
        "vision": review.vision.statement if review.vision else "",
        "outcomes": [
            {"title": line.outcome.title, "number": line.number, "gaps": line.gaps}
            for line in review.outcomes
        ],
        "total": review.total,
        "owners": review.owners,
        "grids": [grid.as_data() for grid in grids_on_paper(review.matrix)],
        "tables": tables_on_paper(review.matrix),
        "overlaps": [overlap.words for overlap in review.matrix.overlaps],
        "sections": [
            {
                "title": str(section.title),
                "lines": [moneyless(item.words, programme) for item in section.items],
                "picture": section.picture.paper if section.picture else "",
                "facts": section.facts,
                "more": section.more,
                "none": str(section.closed or section.empty),
            }
            for section in review.sections
        ],
        "fixed": [moneyless(given.words, programme) for given in review.fixed],
        "open": [moneyless(given.words, programme) for given in review.open],
        "gate": str(review.shows_money.reason),
    }


def _programme(programme_id: UUID) -> Programme:
    return Programme.objects.select_related("place", "led_by", "gate_lift").get(pk=programme_id)


def _reader(programme: Programme) -> Person:
    if programme.is_public:
        return AnonymousUser()
    lead = programme.memberships.in_force().filter(role=Role.LEAD).select_related("user").first()
    return lead.user if lead else AnonymousUser()


def may_print(user: Person, programme_id: UUID) -> Answer:
    """Leads, commissioners and facilitators have it printed."""
    return may_draft(user, _programme(programme_id))


def may_open(user: Person, programme_id: UUID) -> Answer:
    """Whoever may read what it says: anybody, or the members of a private programme."""
    programme = _programme(programme_id)
    return may_see(user, programme) if programme.is_public else is_member(user, programme)


def _place(programme_id: UUID) -> Place:
    return _programme(programme_id).place


def register() -> None:
    """Fill the registry; called when the application is ready."""
    document_types.register(
        REVIEW,
        DocumentType(
            name=REVIEW,
            label=gettext_lazy("Whole-system review"),
            template="resources/review_paper.html",
            data=data,
            rule=may_print,
            place=_place,
            title=lambda facts: _("Whole-system review: %s") % facts["programme"],
            page=lambda programme_id: reverse(
                "resources:review", args=[_programme(programme_id).slug]
            ),
            may_read=may_open,
            mark=gettext_lazy("Working paper"),
        ),
    )
