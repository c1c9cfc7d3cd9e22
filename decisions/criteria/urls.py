"""Addresses of criteria."""

from django.urls import URLPattern, path

from decisions.criteria.views import reading, writing

app_name = "criteria"

ALL = "programmes/<slug:slug>/questions/<uuid:question_id>/criteria/"
SET = f"{ALL}<uuid:set_id>/"
ONE = f"{SET}<uuid:criterion_id>/"

urlpatterns: list[URLPattern] = [
    path(ALL, reading.all_sets, name="all"),
    path(f"{ALL}begin/", reading.begin, name="begin"),
    path(SET, reading.criteria, name="criteria"),
    path(f"{SET}try/", reading.try_bids, name="try"),
    path(f"{SET}ocds.json", reading.ocds, name="ocds"),
    path(f"{SET}paper/", reading.paper, name="paper"),
    path(f"{SET}suggestions/", writing.take_over, name="library"),
    path(f"{SET}new/", writing.new_criterion, name="new_criterion"),
    path(f"{SET}scale/", writing.scale, name="scale"),
    path(f"{SET}demands/", writing.demands, name="demands"),
    path(f"{SET}basics/", writing.basics, name="basics"),
    path(f"{SET}judges/", writing.judges, name="judges"),
    path(f"{SET}final/", writing.finalise, name="finalise"),
    path(f"{SET}discard/", writing.discard, name="discard"),
    path(ONE, writing.criterion, name="criterion"),
    path(f"{ONE}remove/", writing.remove, name="remove_criterion"),
]
