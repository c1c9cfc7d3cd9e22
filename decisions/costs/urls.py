"""Addresses of costs."""

from django.urls import URLPattern, path

from decisions.costs.views import changing, compare, surveys, versions

app_name = "costs"

COSTS = "programmes/<slug:slug>/questions/<uuid:question_id>/costs/"
ROUTE = f"{COSTS}ways/<slug:route>/"
SURVEY = f"{COSTS}surveys/<uuid:survey_id>/"

urlpatterns: list[URLPattern] = [
    path(COSTS, compare.compare, name="compare"),
    path(f"{COSTS}sources/", compare.sources, name="sources"),
    path(f"{COSTS}choose/", changing.choose, name="choose"),
    path(f"{COSTS}uses/", changing.uses, name="uses"),
    path(f"{COSTS}versions/", versions.versions, name="versions"),
    path(f"{COSTS}versions/keep/", changing.keep, name="keep"),
    path(f"{COSTS}surveys/", surveys.surveys, name="surveys"),
    path(SURVEY, surveys.survey, name="survey"),
    path(f"{SURVEY}close/", surveys.close, name="close_survey"),
    path(ROUTE, compare.route, name="route"),
    path(f"{ROUTE}price/", changing.price, name="price"),
    path(f"{ROUTE}defaults/", changing.forget, name="forget"),
    path(f"{ROUTE}inputs/<slug:part>/", changing.inputs, name="inputs"),
    # For anybody who was given the link
    path("what-bidding-took/<str:token>/", surveys.report, name="report"),
]
