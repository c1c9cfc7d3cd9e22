"""The design system's own page; only in debug and in tests."""

from django.urls import path

from commissioning.design import system

app_name = "design"
urlpatterns = [
    path("", system.show, name="system"),
    path("wall/", system.wall, name="wall"),
    path("phone/", system.phone, name="phone"),
    path("draft/", system.draft, name="draft"),
    path("confirm/", system.confirm, name="confirm"),
]
