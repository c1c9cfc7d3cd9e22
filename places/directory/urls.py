"""Addresses of the directory."""

from django.urls import URLPattern, path

from places.directory.views import measures, organisations, people, places

app_name = "directory"
urlpatterns: list[URLPattern] = [
    path("places/", places.places, name="places"),
    path("places/new/", places.new, name="place_new"),
    path("places/<slug:slug>/", places.place, name="place"),
    path("places/<slug:slug>/edit/", places.edit, name="place_edit"),
    path("places/<slug:slug>/areas/new/", places.area_new, name="area_new"),
    path("places/<slug:slug>/areas/<uuid:area_id>/", places.area, name="area"),
    path("places/<slug:slug>/areas/<uuid:area_id>/remove/", places.area_remove, name="area_remove"),
    path("places/<slug:slug>/boundaries/", places.boundaries, name="boundaries"),
    path(
        "places/<slug:slug>/boundaries/<uuid:upload_id>/",
        places.boundaries_preview,
        name="boundaries_preview",
    ),
    path(
        "places/<slug:slug>/boundaries/<uuid:upload_id>/undo/",
        places.boundaries_undo,
        name="boundaries_undo",
    ),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/join/", people.join, name="join"),
    path("organisations/new/", organisations.new, name="organisation_new"),
    path("organisations/invitations/<str:token>/", people.invitation, name="invitation"),
    path("organisations/<slug:slug>/", organisations.organisation, name="organisation"),
    path("organisations/<slug:slug>/edit/", organisations.edit, name="organisation_edit"),
    path("organisations/<slug:slug>/confirm/", organisations.confirm, name="confirm"),
    path("organisations/<slug:slug>/measures/new/", measures.new, name="measure_new"),
    path(
        "organisations/<slug:slug>/measures/<uuid:measure_id>/",
        measures.edit,
        name="measure_edit",
    ),
    path(
        "organisations/<slug:slug>/measures/<uuid:measure_id>/withdraw/",
        measures.withdraw,
        name="measure_withdraw",
    ),
    path("organisations/<slug:slug>/people/", people.people, name="people"),
    path("organisations/<slug:slug>/people/ask/", people.ask, name="ask"),
    path("organisations/<slug:slug>/people/invite/", people.invite, name="invite"),
    path("organisations/<slug:slug>/people/<uuid:member_id>/role/", people.role, name="role"),
    path("organisations/<slug:slug>/people/<uuid:member_id>/remove/", people.remove, name="remove"),
    path("organisations/<slug:slug>/requests/<uuid:request_id>/", people.answer, name="answer"),
    path(
        "organisations/<slug:slug>/invitations/<uuid:invitation_id>/withdraw/",
        people.withdraw,
        name="withdraw",
    ),
]
