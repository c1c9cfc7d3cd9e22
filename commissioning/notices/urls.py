"""Addresses of notices: stopping a group of them, and the mailbox of development."""

from django.urls import path

from commissioning.notices import views

app_name = "notices"
urlpatterns = [
    path("notices/stop/<str:token>/", views.stop, name="stop"),
    path("you/notices/", views.preferences, name="preferences"),
    path("mail/", views.mailbox, name="mailbox"),
    path("mail/<slug:name>/", views.mail, name="mail"),
    path("mail/<slug:name>/html/", views.mail_html, name="mail_html"),
]
