"""Addresses of the directory."""

from django.urls import URLPattern, path

from places.directory import views

app_name = "directory"
urlpatterns: list[URLPattern] = [
    path("places/", views.places, name="places"),
    path("places/<slug:slug>/", views.place, name="place"),
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/<slug:slug>/", views.organisation, name="organisation"),
]
