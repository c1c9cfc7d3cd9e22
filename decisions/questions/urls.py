"""Addresses of questions."""

from django.urls import URLPattern, path

from decisions.questions import fair_views, plan_views, views

app_name = "questions"

QUESTIONS = "programmes/<slug:slug>/questions/"
QUESTION = f"{QUESTIONS}<uuid:question_id>/"

urlpatterns: list[URLPattern] = [
    path(QUESTIONS, views.questions, name="questions"),
    path(f"{QUESTIONS}new/", views.new, name="new"),
    path(QUESTION, views.question, name="question"),
    path(f"{QUESTION}change/", views.edit, name="edit"),
    path(f"{QUESTION}value/", views.value, name="value"),
    path(f"{QUESTION}open/", views.open_question, name="open"),
    path(f"{QUESTION}discard/", views.discard, name="discard"),
    path(f"{QUESTION}declare/", fair_views.declare, name="declare"),
    path(f"{QUESTION}talks/", fair_views.talks, name="talks"),
    path(f"{QUESTION}talks/<uuid:entry_id>/", fair_views.session, name="session"),
    path(f"{QUESTION}plan/", plan_views.plan, name="plan"),
    path(f"{QUESTION}plan/lengths/", plan_views.plan_lengths, name="plan_lengths"),
    path(f"{QUESTION}plan/paper/", plan_views.plan_paper, name="plan_paper"),
    path(f"{QUESTION}plan/backward-plan.ics", plan_views.plan_file, name="plan_file"),
]
