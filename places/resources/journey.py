"""How resources show themselves on a programme's map, as evidence, and on other pages."""

from collections.abc import Sequence
from functools import partial

from django.db.models import Count, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commissioning.ground.answers import Answer, no
from commissioning.programmes.evidence import EvidenceItem, EvidenceSource, evidence_sources
from commissioning.programmes.journey import NextStep, PartSummary, StagePart, stage_parts
from commissioning.programmes.models import Programme, Stage
from commissioning.programmes.panels import readable
from commissioning.programmes.rules import Person
from places.directory.models import Organisation, Place
from places.directory.panels import (
    OrganisationPanel,
    PanelRow,
    PlacePanel,
    organisation_panels,
    place_panels,
)
from places.resources.matrix import gaps_of
from places.resources.measured import MEASURES
from places.resources.models import Kind, OutcomeLink, Resource, State
from places.resources.rules import may_look_after

MOST_ROWS = 12
MOST_ITEMS = 60


def _list(programme: Programme) -> str:
    return reverse("resources:programme", args=[programme.slug])


def _gaps(programme: Programme) -> str:
    return reverse("resources:gaps", args=[programme.slug])


def _review(programme: Programme) -> str:
    return reverse("resources:review", args=[programme.slug])


def _summary(programme: Programme, user: Person) -> PartSummary:
    found = Resource.objects.filter(place=programme.place).visible_to(user)
    number = found.count()
    if not number:
        return PartSummary(_("Nothing is mapped yet"), _("To begin"), "wait")
    waiting = Resource.objects.filter(place=programme.place, state=State.SUGGESTED).count()
    text = ngettext("%d thing mapped", "%d things mapped", number) % number
    if waiting and may_look_after(user, programme.place):
        said = ngettext("%d suggestion waits", "%d suggestions wait", waiting) % waiting
        return PartSummary(text, said, "wait")
    return PartSummary(text, _("Mapped"))


def _next_step(programme: Programme, user: Person) -> NextStep | None:
    if not may_look_after(user, programme.place):
        return NextStep(
            _("Say what there is already"),
            _("A hall, a choir, six drivers: suggest what could help, and it goes on the map."),
            _("See the map"),
            _list(programme),
        )
    if not OutcomeLink.objects.filter(outcome__programme=programme).exists():
        return NextStep(
            _("Map what the place already has"),
            _("People, time, groups, buildings, knowledge, services. Money comes after."),
            _("Open the map"),
            _list(programme),
            _("Add a resource"),
            reverse("resources:new", args=[programme.place.slug]) + f"?programme={programme.slug}",
        )
    return NextStep(
        _("Look at the gaps"),
        _("See which outcome nothing reaches yet, and where, and take that to the next workshop."),
        _("Look at the gaps"),
        _gaps(programme),
        _("Read the whole-system review"),
        _review(programme),
    )


def _review_summary(programme: Programme, user: Person) -> PartSummary:
    return PartSummary(_("What there is, what is missing and what is open, on one page"))


def _unmet(programme: Programme) -> list[Answer]:
    linked = OutcomeLink.objects.filter(
        outcome__programme=programme, resource__state=State.PUBLISHED
    )
    if linked.exists():
        return []
    return [no(_("Nothing is mapped yet that helps any of the outcomes."))]


def _resource_items(
    programme: Programme, user: Person, most: int | None = MOST_ITEMS
) -> Sequence[EvidenceItem]:
    """What helps each outcome, outcome by outcome; of a part, some for every outcome. One query."""
    found = OutcomeLink.objects.filter(
        outcome__programme=programme,
        resource__in=Resource.objects.visible_to(user).values("pk"),
    ).select_related("outcome", "resource__place", "resource__organisation")
    in_order = ("outcome__position", "resource__sort_key")
    if most is None:
        links = list(found.order_by(*in_order))
    else:
        turn = Window(RowNumber(), partition_by="outcome", order_by="resource__sort_key")
        chosen = found.annotate(turn=turn).order_by("turn", "outcome__position")[:most]
        links = sorted(chosen, key=lambda one: (one.outcome.position, one.resource.sort_key))
    return [
        EvidenceItem(
            key=str(link.pk),
            words=_("%(what)s (%(whose)s): %(how)s. %(sure)s: %(who)s.")
            % {
                "what": link.resource.what,
                "whose": link.resource.whose_name or str(link.resource.get_kind_display()),
                "how": link.how.rstrip("."),
                "sure": link.get_sure_display(),
                "who": link.said_by,
            },
            url=link.resource.get_absolute_url(),
            outcome_id=link.outcome_id,
        )
        for link in links
    ]


def _gap_items(
    programme: Programme, user: Person, most: int | None = MOST_ITEMS
) -> Sequence[EvidenceItem]:
    return [
        EvidenceItem(key=gap.key, words=gap.words, url=gap.url, outcome_id=gap.outcome.pk)
        for gap in gaps_of(programme, user)[:most]
    ]


def _reviews_of_place(place: Place, user: Person) -> Sequence[PanelRow]:
    """All that is known of the place, programme by programme. One query."""
    return [
        PanelRow(text=programme.title, url=_review(programme))
        for programme in readable(user).filter(place=place)[:MOST_ITEMS]
    ]


def _of_place(place: Place, user: Person) -> Sequence[PanelRow]:
    counted = (
        Resource.objects.filter(place=place)
        .visible_to(user)
        .order_by()
        .values_list("kind")
        .annotate(number=Count("pk"))
        .order_by("-number")
    )
    here = reverse("resources:place", args=[place.slug])
    rows = [
        PanelRow(text=Kind(kind).label, url=f"{here}?kind={kind}", tag=str(number))
        for kind, number in counted
    ]
    return [*rows, PanelRow(text=_("See all on the map"), url=here)] if rows else []


def _brings(organisation: Organisation, user: Person) -> Sequence[PanelRow]:
    mine = Resource.objects.filter(organisation=organisation)
    found = mine.visible_to(user).select_related("place", "area")
    return [
        PanelRow(
            text=resource.what,
            url=resource.get_absolute_url(),
            note=". ".join(
                filter(None, (resource.area.name if resource.area else "", resource.when))
            ),
            tag=resource.get_kind_display(),
        )
        for resource in found[:MOST_ROWS]
    ]


def _where_and_when(resource: Resource) -> str:
    parts = (resource.area.name if resource.area else "", resource.when)
    return ". ".join(part for part in parts if part)


def _beside(organisation: Organisation, user: Person) -> Sequence[PanelRow]:
    """Who helps the same outcomes: no one organisation achieves one alone. One query."""
    mine = OutcomeLink.objects.filter(
        resource__organisation=organisation,
        resource__in=Resource.objects.visible_to(user).values("pk"),
    ).values("outcome_id")
    others = (
        OutcomeLink.objects.filter(
            outcome__in=mine,
            resource__in=Resource.objects.visible_to(user).values("pk"),
            resource__organisation__isnull=False,
        )
        .exclude(resource__organisation=organisation)
        .values(
            "resource__organisation__name",
            "resource__organisation__slug",
            "outcome__title",
            "outcome__programme__slug",
        )
        .distinct()
        .order_by("resource__organisation__name", "outcome__title")
    )
    towards: dict[tuple[str, str], list[str]] = {}
    for row in others[: MOST_ROWS * 4]:
        who = row["resource__organisation__name"], row["resource__organisation__slug"]
        towards.setdefault(who, []).append(row["outcome__title"])
    return [
        PanelRow(
            text=name,
            url=reverse("directory:organisation", args=[slug]),
            note=_("Towards %s") % "; ".join(titles),
        )
        for (name, slug), titles in list(towards.items())[:MOST_ROWS]
    ]


def register() -> None:
    """Fill the registries; called when the application is ready."""
    stage_parts.register(
        "resources",
        StagePart(
            stage=Stage.RESOURCES,
            title=gettext_lazy("What the place already has"),
            url=_list,
            summary=_summary,
            next_step=_next_step,
            unmet=_unmet,
        ),
    )
    stage_parts.register(
        "review",
        StagePart(
            stage=Stage.RESOURCES,
            title=gettext_lazy("Whole-system review"),
            url=_review,
            summary=_review_summary,
        ),
    )
    evidence_sources.register(
        "resources",
        EvidenceSource(
            title=gettext_lazy("What the place already has"),
            items=_resource_items,
            everything=partial(_resource_items, most=None),
            url=_list,
            empty=gettext_lazy("Nothing is linked to an outcome yet."),
        ),
    )
    evidence_sources.register("measures", MEASURES)
    evidence_sources.register(
        "gaps",
        EvidenceSource(
            title=gettext_lazy("What is missing"),
            items=_gap_items,
            everything=partial(_gap_items, most=None),
            url=_gaps,
            empty=gettext_lazy("No gap is known."),
        ),
    )
    place_panels.register(
        "resources",
        PlacePanel(
            title=gettext_lazy("What it already has"),
            rows=_of_place,
            empty=gettext_lazy("Nothing is mapped yet."),
        ),
    )
    place_panels.register(
        "reviews",
        PlacePanel(
            title=gettext_lazy("Whole-system reviews"),
            rows=_reviews_of_place,
            empty=gettext_lazy("No programme has begun here."),
        ),
    )
    organisation_panels.register(
        "resources",
        OrganisationPanel(
            title=gettext_lazy("What it brings"),
            rows=_brings,
            empty=gettext_lazy("Nothing that is on the map."),
        ),
    )
    organisation_panels.register(
        "works_beside",
        OrganisationPanel(
            title=gettext_lazy("Who works towards the same outcomes"),
            rows=_beside,
            empty=gettext_lazy("Nobody that is on the map."),
        ),
    )
