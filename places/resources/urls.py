"""Addresses of resources."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path

from places.resources.views import api, gaps, linking, lists, looking_after, review, running

app_name = "resources"
View = Callable[..., HttpResponse]
ONE = "places/<slug:slug>/resources/<uuid:resource_id>/"


def _endpoint(name: str, many: View, one: View) -> list[URLPattern]:
    """A list and a single thing of the API; the standard's addresses end without a slash."""
    return [
        path(f"api/oruk/{name}", many, name=f"oruk_{name}"),
        path(f"api/oruk/{name}/", many, name=f"oruk_{name}_slash"),
        path(f"api/oruk/{name}/<str:id>", one, name=f"oruk_{name}_one"),
    ]


urlpatterns: list[URLPattern] = [
    path("programmes/<slug:slug>/resources/", lists.programme, name="programme"),
    path("programmes/<slug:slug>/resources/gaps/", gaps.gaps, name="gaps"),
    path("programmes/<slug:slug>/resources/link/", linking.link_many, name="link_many"),
    path(
        "programmes/<slug:slug>/resources/link/<uuid:link_id>/undo/",
        linking.unlink_many,
        name="unlink_many",
    ),
    path("programmes/<slug:slug>/review/", review.review, name="review"),
    path("programmes/<slug:slug>/review/print/", review.print_review, name="print_review"),
    path("places/<slug:slug>/resources/", lists.place, name="place"),
    path("places/<slug:slug>/resources/points/", lists.points, name="points"),
    path("places/<slug:slug>/resources/download/<slug:kind>/", review.download, name="download"),
    path("places/<slug:slug>/resources/new/", running.new, name="new"),
    path("places/<slug:slug>/resources/waiting/", looking_after.look_after, name="look_after"),
    path("places/<slug:slug>/resources/views/", lists.save_view, name="save_view"),
    path(
        "places/<slug:slug>/resources/views/<uuid:view_id>/remove/",
        lists.forget_view,
        name="forget_view",
    ),
    path(
        "places/<slug:slug>/resources/merges/<uuid:merge_id>/undo/",
        looking_after.undo_merge,
        name="undo_merge",
    ),
    path(ONE, running.resource, name="resource"),
    path(f"{ONE}edit/", running.edit, name="edit"),
    path(f"{ONE}publish/", running.publish, name="publish"),
    path(f"{ONE}hide/", running.hide, name="hide"),
    path(f"{ONE}check/", running.check, name="check"),
    path(f"{ONE}outcomes/<slug:programme_slug>/", running.link, name="link"),
    path(f"{ONE}links/<uuid:link_id>/remove/", running.unlink, name="unlink"),
    path(f"{ONE}same-as/<uuid:other_id>/", looking_after.merge, name="merge"),
    path(f"{ONE}different-from/<uuid:other_id>/", looking_after.different, name="different"),
    path("api/oruk/", api.about, name="oruk"),
    path("api/oruk/openapi.json", api.openapi, name="oruk_openapi"),
    *_endpoint("services", api.services, api.service),
    *_endpoint("organizations", api.organizations, api.organization),
    *_endpoint("service_at_locations", api.service_at_locations, api.service_at_location),
    *_endpoint("taxonomies", api.taxonomies, api.taxonomy),
    *_endpoint("taxonomy_terms", api.taxonomy_terms, api.taxonomy_term),
]
