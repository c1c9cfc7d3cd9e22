"""Addresses of resources."""

from django.urls import URLPattern, path

from places.resources.views import gaps, lists, looking_after, running

app_name = "resources"
ONE = "places/<slug:slug>/resources/<uuid:resource_id>/"
urlpatterns: list[URLPattern] = [
    path("programmes/<slug:slug>/resources/", lists.programme, name="programme"),
    path("programmes/<slug:slug>/resources/gaps/", gaps.gaps, name="gaps"),
    path("places/<slug:slug>/resources/", lists.place, name="place"),
    path("places/<slug:slug>/resources/points/", lists.points, name="points"),
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
]
