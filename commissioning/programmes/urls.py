"""Addresses of programmes."""

from django.urls import URLPattern, path

from commissioning.programmes import views

app_name = "programmes"
urlpatterns: list[URLPattern] = [
    path("programmes/", views.programmes, name="programmes"),
    path("programmes/<slug:slug>/", views.journey, name="journey"),
]
