"""The voting pages. Nothing under this prefix is logged or tracked."""

from django.urls import path

from participation.budgeting.views import vote

app_name = "vote"
urlpatterns = [
    path("", vote.enter, name="enter"),
    path("ballot/", vote.ballot, name="ballot"),
    path("finish/", vote.finish, name="finish"),
    path("finished/", vote.finished, name="finished"),
    path("counted/", vote.counted, name="counted"),
]
