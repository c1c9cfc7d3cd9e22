"""What a place already has: the map and the list, always both."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commissioning.ground.answers import Invalid
from commissioning.ground.asked import asked
from commissioning.programmes.loaders import programme_or_404
from commissioning.programmes.models import Programme
from commissioning.programmes.rules import Person, may_draft
from places.directory.loaders import place_or_404
from places.directory.models import Organisation, Place
from places.directory.signed_in import signed_in
from places.imports.rules import may_bring_in
from places.resources.actions import keeping
from places.resources.filters import DISTANCES, OUTSIDE, SORT_NAMES, Filters, outcomes_of, read
from places.resources.loaders import asked_programme
from places.resources.matrix import matrix_of
from places.resources.models import Kind, OutcomeLink, Resource, SavedView, Where
from places.resources.picture import picture_of
from places.resources.points import points_of
from places.resources.rules import may_look_after

A_PAGE = 15


@require_safe
def place(request: HttpRequest, slug: str) -> HttpResponse:
    """What a place has, whatever it is for."""
    found = place_or_404(request.user, slug)
    return render(request, "resources/list.html", _context(request, found, None))


@require_safe
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """What a place has towards a programme's outcomes, with the gaps below."""
    found = programme_or_404(request.user, slug)
    context = _context(request, found.place, found)
    context["matrix"] = matrix_of(found, request.user)
    context["links"] = bool(may_draft(request.user, found))
    if context["filters"].outcome and not context["total"]:
        context["unlinked"] = _unlinked(found, context["filters"], request.user)
    return render(request, "resources/list.html", context)


def _unlinked(programme: Programme, filters: Filters, user: Person) -> int:
    """How much of what lies there is linked to no outcome of the programme. One query."""
    linked = OutcomeLink.objects.filter(outcome__programme=programme).values("resource")
    there = filters.without_outcome().rows(programme.place, user, ordered=False)
    return there.exclude(pk__in=linked).count()


def _context(request: HttpRequest, place: Place, programme: Programme | None) -> dict[str, Any]:
    areas = list(place.areas.all())
    filters = read(request, place, areas)
    rows = filters.rows(place, request.user)
    page = Paginator(rows.select_related("organisation", "area"), A_PAGE).get_page(
        request.GET.get("page")
    )
    outcomes = outcomes_of(place, request.user, programme)
    picture = picture_of(areas, filters.rows(place, request.user, ordered=False))
    return {
        "place": place,
        "programme": programme,
        "page_obj": page,
        "total": page.paginator.count,
        "filters": filters,
        "kinds": kind_chips(filters),
        "areas": areas,
        "outside": OUTSIDE,
        "outcomes": outcomes,
        "owners": owners_of(rows) if filters.brought else [],
        "distances": DISTANCES,
        "sorts": SORT_NAMES.items(),
        "picture": picture,
        "tiles": settings.MAP_TILES_URL,
        "tiles_credit": settings.MAP_TILES_CREDIT,
        "views": _views(request, place),
        "list_url": request.path,
        "add_url": _add_url(place, programme, filters),
        "looks_after": may_look_after(request.user, place),
        "brings_in": may_bring_in(request.user, place),
        "crumbs": crumbs(place, programme, (_("What it has"), "")),
    }


def owners_of(rows: QuerySet[Resource]) -> list[Organisation]:
    """The organisations that bring these things. One query."""
    theirs = rows.order_by().exclude(organisation=None).values("organisation")
    return list(Organisation.objects.filter(pk__in=theirs).order_by("sort_key"))


def _add_url(place: Place, programme: Programme | None, filters: Filters) -> str:
    """The form for one more, told what is looked at: a gap's outcome and area go with it."""
    about = programme or (filters.outcome.programme if filters.outcome else None)
    told = {
        "programme": about.slug if about else "",
        **{name: filters.query.get(name, "") for name in ("outcome", "kind")},
        "area": str(filters.area.pk) if filters.area else "",
    }
    text = urlencode({name: value for name, value in told.items() if value})
    return reverse("resources:new", args=[place.slug]) + (f"?{text}" if text else "")


def kind_chips(filters: Filters) -> list[dict[str, Any]]:
    """All kinds, and each: a link that keeps the other filters."""
    chips: list[dict[str, Any]] = [
        {"text": _("All kinds"), "url": filters.address(kind=""), "is_here": not filters.kind}
    ]
    return chips + [
        {
            "text": kind.label,
            "url": filters.address(kind=kind.value),
            "is_here": kind.value == filters.kind,
            "kind": kind.value,
        }
        for kind in Kind
    ]


def _views(request: HttpRequest, place: Place) -> list[SavedView]:
    if not request.user.is_authenticated:
        return []
    return list(SavedView.objects.filter(user=request.user, place=place))


def crumbs(
    place: Place, programme: Programme | None, *more: tuple[str, str]
) -> list[tuple[str, str]]:
    """The way here: the place, the programme if there is one, and what comes after."""
    way = [(place.name, place.get_absolute_url())]
    if programme is not None:
        way.append((programme.title, programme.get_absolute_url()))
    return [*way, *more]


@require_safe
def points(request: HttpRequest, slug: str) -> HttpResponse:
    """The spots that the filters let through, for the map that scripts draw."""
    found = place_or_404(request.user, slug)
    filters = read(request, found, list(found.areas.all()))
    rows = filters.rows(found, request.user, ordered=False).filter(where=Where.POINT)
    response = JsonResponse(points_of(rows, found, asked(request, "view")))
    response["Cache-Control"] = "private, max-age=60"
    return response


@login_required
@require_POST
def save_view(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the filters of the list under a name."""
    found = place_or_404(request.user, slug)
    programme = asked_programme(request.user, found, request.POST.get("programme", ""))
    query = request.POST.get("query", "").lstrip("?").replace("\x00", "")
    name = request.POST.get("name", "").replace("\x00", "")
    try:
        keeping.save_view(signed_in(request), found, name, query, programme)
        messages.success(request, _("Saved. You find it above the list."))
    except Invalid as no:
        messages.error(request, str(no.reason))
    where = ("resources:programme", programme.slug) if programme else ("resources:place", slug)
    response = redirect(*where)
    response["Location"] += f"?{query}" if query else ""
    return response


@login_required
@require_POST
def forget_view(request: HttpRequest, slug: str, view_id: UUID) -> HttpResponse:
    """Remove a view of one's own."""
    found = place_or_404(request.user, slug)
    try:
        keeping.forget_view(signed_in(request), view_id)
        messages.success(request, _("Removed."))
    except Invalid as no:
        messages.error(request, str(no.reason))
    return redirect("resources:place", found.slug)
