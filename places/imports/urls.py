"""Addresses of imports."""

from django.urls import path

from places.imports import views

app_name = "imports"
urlpatterns = [
    path("places/<slug:slug>/imports/", views.place_imports, name="place"),
    path("places/<slug:slug>/imports/new/", views.place_new, name="place_new"),
    path("programmes/<slug:slug>/imports/", views.programme_imports, name="programme"),
    path("programmes/<slug:slug>/imports/new/", views.programme_new, name="programme_new"),
    path("imports/<uuid:import_id>/", views.import_page, name="import"),
    path("imports/<uuid:import_id>/match/", views.match, name="match"),
    path("imports/<uuid:import_id>/errors/", views.errors, name="errors"),
    path("imports/<uuid:import_id>/undo/", views.undo, name="undo"),
]
