"""Crumbs and addresses of questions, for every room of the decisions wing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from commissioning.design import pages
from commissioning.design.keeping import Kept
from commissioning.design.pages import Crumbs
from commissioning.ground.answers import Text
from commissioning.programmes.models import Programme
from decisions.questions.models import Question


def programme_crumbs(programme: Programme, *more: tuple[Text, str]) -> Crumbs:
    """The way here from the programme."""
    return [
        (programme.title, programme.get_absolute_url()),
        (_("Questions"), reverse("questions:questions", args=[programme.slug])),
        *more,
    ]


def question_crumbs(question: Question, *more: tuple[Text, str]) -> Crumbs:
    """The way here from the question; without more, the question is the page itself."""
    own = question.get_absolute_url() if more else ""
    return programme_crumbs(question.programme, (question.title, own), *more)


def question_url(name: str, question: Question, *more: object) -> str:
    """An address of the question: ``question_url("questions:plan", question)``."""
    return reverse(name, args=[question.programme.slug, question.pk, *more])


def kept_page(
    request: HttpRequest,
    question: Question,
    kept: Kept[Any, Any],
    *,
    heading: Text,
    button: Text,
    back: str,
    then: str = "",
    lead: Text = "",
    way: tuple[tuple[Text, str], ...] = (),
) -> HttpResponse:
    """A form of a question: saved and back, to be filled in, or refused with what was typed.

    ``then``: what is done next, where saving leads on instead of back.
    ``way``: the crumbs between the question and this page, and its own.
    """
    if kept.saved:
        return redirect(then or back)
    crumbs = question_crumbs(question, *way)
    return pages.kept_page(
        request, kept, heading=heading, button=button, back=back, crumbs=crumbs, lead=lead
    )
