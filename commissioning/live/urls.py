"""Addresses of live updates; the front sends all of ``/live/`` to the live process."""

from django.urls import path

from commissioning.live import views

app_name = "live"
urlpatterns = [
    path("<str:channel>/", views.stream, name="stream"),
    path("<str:channel>/now/", views.now, name="now"),
]
