"""What the views share."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from commissioning.design import pages
from commissioning.design.keeping import Kept
from commissioning.design.pages import Crumbs
from commissioning.ground.answers import Text, require
from commissioning.programmes.rules import Person
from decisions.costs import rules
from decisions.questions.loaders import question_or_404, run_question_or_404
from decisions.questions.models import Question


def readable_question(user: Person, slug: str, question_id: UUID) -> Question:
    """The question, once its programme may speak of amounts."""
    question = question_or_404(user, slug, question_id)
    require(rules.may_read(question))
    return question


def own_question(user: Person, slug: str, question_id: UUID) -> Question:
    """The question, for those who run its programme, once amounts may be spoken of.

    Whether it may be changed by now, its forms ask: what was typed until then is shown.
    """
    question = run_question_or_404(user, slug, question_id)
    require(rules.may_read(question))
    return question


def changeable_question(user: Person, slug: str, question_id: UUID) -> Question:
    """The question, for those who run its programme, while it is open."""
    question = own_question(user, slug, question_id)
    require(rules.may_change(user, question))
    return question


def url_of(name: str, question: Question, *more: object) -> str:
    """An address of the question's costs."""
    return reverse(f"costs:{name}", args=[question.programme.slug, question.pk, *more])


def crumbs_of(question: Question, *more: tuple[Text, str]) -> Crumbs:
    """The way here from the programme."""
    return [
        (question.programme.title, question.programme.get_absolute_url()),
        (question.title, question.get_absolute_url()),
        (_("What choosing costs"), url_of("compare", question) if more else ""),
        *more,
    ]


def form_page(
    request: HttpRequest,
    question: Question,
    form: forms.BaseForm,
    *,
    heading: Text,
    button: Text,
    **context: Any,
) -> HttpResponse:
    """A page that is one form."""
    shown = _around(question, heading) | context
    return pages.form_page(request, form, heading=heading, button=button, **shown)


def kept_page(
    request: HttpRequest,
    question: Question,
    kept: Kept[Any, Any],
    *,
    heading: Text,
    button: Text,
    back: str,
    **context: Any,
) -> HttpResponse:
    """A form of costs: saved and back, to be filled in, or refused with what was typed."""
    if kept.saved:
        return redirect(back)
    shown = _around(question, heading) | context
    return pages.kept_page(request, kept, heading=heading, button=button, back=back, **shown)


def _around(question: Question, heading: Text) -> dict[str, Any]:
    return {
        "question": question,
        "programme": question.programme,
        "crumbs": crumbs_of(question, (heading, "")),
        "template": "decisions/costs/form.html",
    }
