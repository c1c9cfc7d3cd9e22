"""Every address of the application. Each line's namespace is a room."""

from django.urls import include, path

from commissioning.design import views as design

urlpatterns = [
    path("", design.home, name="home"),
    path("account/", include("allauth.urls")),
    path("", include("places.directory.urls")),
    path("", include("commissioning.programmes.urls")),
]
