"""The public, read-only API in the shape of Open Referral UK 3.0: ``/api/oruk/``.

Anybody may ask, from any page (``Access-Control-Allow-Origin: *``); only published resources are
given, and never those of a private programme.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.dateparse import parse_date, parse_datetime
from django.views.decorators.http import require_safe

from commissioning.ground.asked import asked
from places.directory.models import Organisation, OrganisationQuerySet, Place
from places.resources import oruk
from places.resources.filters import uuid_of
from places.resources.models import Kind, Resource, ResourceQuerySet, Where

A_PAGE: Final = 50
MOST_A_PAGE: Final = 200
MOST_PAGES: Final = 10_000
View = Callable[..., HttpResponse]


def open_to_all(view: View) -> View:
    """Safe methods only, readable from anybody's page, and not for long in a cache."""

    @wraps(view)
    def answer(request: HttpRequest, **taken: str) -> HttpResponse:
        response = view(request, **taken)
        response["Access-Control-Allow-Origin"] = "*"
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "public, max-age=60"
        return response

    safe: View = require_safe(answer)
    return safe


def _gone(what: str) -> JsonResponse:
    return JsonResponse({"error": f"There is no such {what}."}, status=404)


def _published() -> ResourceQuerySet:
    return Resource.objects.published().select_related("organisation", "place", "area")


def _number(request: HttpRequest, name: str, fallback: int, most: int) -> int:
    text = asked(request, name, 9)
    return min(max(int(text), 1), most) if text.isascii() and text.isdigit() else fallback


def _list(
    request: HttpRequest, found: QuerySet[Any], shape: Callable[[Any], oruk.Thing]
) -> JsonResponse:
    size = _number(request, "per_page", A_PAGE, MOST_A_PAGE)
    number = _number(request, "page", 1, MOST_PAGES)
    paginator = Paginator(found, size)
    rows = list(paginator.get_page(number)) if number <= paginator.num_pages else []
    contents = [shape(row) for row in rows]
    return JsonResponse(oruk.page_of(contents, paginator.count, number, size))


@open_to_all
def about(request: HttpRequest) -> HttpResponse:
    """What this API is."""
    return JsonResponse(
        {
            "version": oruk.VERSION,
            "profile": oruk.PROFILE,
            "openapi_url": settings.SITE_URL + reverse("resources:oruk_openapi"),
        }
    )


@open_to_all
def openapi(request: HttpRequest) -> HttpResponse:
    """The endpoints and what they take, for machines."""
    paths = {
        path: {"get": {"parameters": [_parameter(name) for name in names], "responses": _OK}}
        for path, names in _ENDPOINTS.items()
    }
    info = {"title": "Published resources, as Open Referral UK", "version": oruk.VERSION}
    server = settings.SITE_URL + reverse("resources:oruk").rstrip("/")
    return JsonResponse(
        {"openapi": "3.1.0", "info": info, "servers": [{"url": server}], "paths": paths}
    )


_OK: Final = {"200": {"description": "As HSDS-UK 3.0 describes it.", "content": {}}}
_PAGING: Final = ("page", "per_page")
_ENDPOINTS: Final[dict[str, tuple[str, ...]]] = {
    "/": (),
    "/services": (
        "search",
        "taxonomy_term_id",
        "taxonomy_id",
        "organization_id",
        "modified_after",
        "full",
        *_PAGING,
    ),
    "/services/{id}": ("id",),
    "/organizations": ("search", *_PAGING),
    "/organizations/{id}": ("id",),
    "/service_at_locations": ("search", *_PAGING),
    "/service_at_locations/{id}": ("id",),
    "/taxonomies": _PAGING,
    "/taxonomies/{id}": ("id",),
    "/taxonomy_terms": ("taxonomy_id", *_PAGING),
    "/taxonomy_terms/{id}": ("id",),
}


def _parameter(name: str) -> dict[str, Any]:
    where = "path" if name == "id" else "query"
    kind = "integer" if name in _PAGING else "string"
    return {"name": name, "in": where, "required": name == "id", "schema": {"type": kind}}


@open_to_all
def services(request: HttpRequest) -> HttpResponse:
    """Published resources as services, found by words, kind, organisation and change."""
    full = asked(request, "full").lower() in {"1", "true", "yes"}
    return _list(request, _asked_services(request), oruk.service_in_full if full else oruk.service)


def _asked_services(request: HttpRequest) -> QuerySet[Resource]:
    found = _published().matching(asked(request, "search") or asked(request, "text"))
    if term := asked(request, "taxonomy_term_id"):
        kind = oruk.TERM_IDS.get(uuid_of(term) or UUID(int=0))
        found = found.filter(kind=kind) if kind else found.none()
    if (taxonomy := asked(request, "taxonomy_id")) and taxonomy != str(oruk.TAXONOMY_ID):
        found = found.none()
    if organization := asked(request, "organization_id"):
        key = uuid_of(organization)
        of_place = Q(organisation__isnull=True, place=key)
        found = found.filter(Q(organisation=key) | of_place) if key else found.none()
    if since := _moment(asked(request, "modified_after")):
        found = found.filter(changed_at__gt=since)
    return found.order_by("sort_key", "id")


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
        day = None if found else parse_date(text)
    except ValueError:
        return None
    if found is None and day is not None:
        found = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found


@open_to_all
def service(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002 (the standard's name)
    """One service, in full."""
    key = uuid_of(id)
    found = _published().filter(pk=key).first() if key else None
    return JsonResponse(oruk.service_in_full(found)) if found else _gone("service")


@open_to_all
def service_at_locations(request: HttpRequest) -> HttpResponse:
    """Services where they stand."""
    found = _published().filter(where=Where.POINT).matching(asked(request, "search"))
    return _list(
        request,
        found.order_by("sort_key", "id"),
        lambda row: oruk.service_at_location(row, with_service=True),
    )


@open_to_all
def service_at_location(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """One of them: a service stands at one spot, so it goes by the service's id."""
    key = uuid_of(id)
    found = _published().filter(pk=key, where=Where.POINT).first() if key else None
    if found is None:
        return _gone("service at a location")
    return JsonResponse(oruk.service_at_location(found, with_service=True))


def _organizations() -> OrganisationQuerySet:
    having = Resource.objects.published().filter(organisation=OuterRef("pk"))
    return Organisation.objects.filter(Exists(having)).prefetch_related("identifiers")


def _organization(found: Organisation) -> oruk.Thing:
    return oruk.organization(found, list(found.identifiers.all()))


@open_to_all
def organizations(request: HttpRequest) -> HttpResponse:
    """Organisations that have something published."""
    found = _organizations().matching(asked(request, "search"))
    return _list(request, found.order_by("sort_key", "id"), _organization)


@open_to_all
def organization(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """One organisation with its services; a place stands for what nobody in the directory has."""
    key = uuid_of(id)
    found = _organizations().filter(pk=key).first() if key else None
    if found is not None:
        thing = _organization(found)
        own = _published().filter(organisation=found)
    else:
        place = Place.objects.filter(pk=key).first() if key else None
        own = _published().filter(organisation__isnull=True, place=place)
        if place is None or not own.exists():
            return _gone("organization")
        thing = oruk.place_as_organization(place)
    rows = own.order_by("sort_key", "id")[:MOST_A_PAGE]
    thing["services"] = [_without_organization(oruk.service_in_full(row)) for row in rows]
    return JsonResponse(thing)


def _without_organization(thing: oruk.Thing) -> oruk.Thing:
    return {name: value for name, value in thing.items() if name != "organization"}


@open_to_all
def taxonomies(request: HttpRequest) -> HttpResponse:
    """Our one taxonomy."""
    return JsonResponse(oruk.page_of([oruk.taxonomy()], 1, 1, A_PAGE))


@open_to_all
def taxonomy(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """Our one taxonomy, by its id."""
    return JsonResponse(oruk.taxonomy()) if id == str(oruk.TAXONOMY_ID) else _gone("taxonomy")


@open_to_all
def taxonomy_terms(request: HttpRequest) -> HttpResponse:
    """The kinds of resource."""
    asked_for = asked(request, "taxonomy_id")
    ours = not asked_for or asked_for == str(oruk.TAXONOMY_ID)
    contents = [oruk.term(kind) for kind in Kind] if ours else []
    return JsonResponse(oruk.page_of(contents, len(contents), 1, A_PAGE))


@open_to_all
def taxonomy_term(request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
    """One kind of resource."""
    kind = oruk.TERM_IDS.get(uuid_of(id) or UUID(int=0))
    return JsonResponse(oruk.term(kind)) if kind else _gone("taxonomy term")
