"""Addresses of a person's own pages."""

from django.urls import path

from commissioning.people.views import you

app_name = "people"
urlpatterns = [
    path("you/", you.account, name="account"),
    path("you/welcome/", you.welcome, name="welcome"),
    path("you/name/", you.name, name="name"),
    path("you/address/", you.address, name="address"),
    path("you/address/code/", you.address_code, name="address_code"),
    path("you/places/", you.places, name="places"),
    path("you/places/end-others/", you.end_others, name="end_others"),
    path("you/places/<int:session_id>/end/", you.end_place, name="end_place"),
    path("you/data/", you.data, name="data"),
    path("you/data/export/", you.export, name="export"),
    path("you/leave/", you.leave, name="leave"),
    path("you/left/", you.left, name="left"),
    path("you/stay/", you.stay, name="stay"),
    path("you/unsent/<str:name>/", you.kept_form, name="kept_form"),
]
