"""What the views of the decisions wing share: crumbs, forms, confirmations."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commissioning.ground.answers import Invalid, Text
from commissioning.people.models import User
from commissioning.programmes.models import Programme
from decisions.questions.models import Question

Crumbs = list[tuple[Text, str]]
form_methods = require_http_methods(["GET", "HEAD", "POST"])


def signed_in(request: HttpRequest) -> User:
    """The person, in a view that asks for one."""
    assert isinstance(request.user, User)
    return request.user


def done(form: forms.BaseForm, work: Callable[[], object]) -> bool:
    """Do it; or put what the write door said beside its field, with all that was typed kept."""
    try:
        work()
    except Invalid as no:
        form.add_error(no.field if no.field in form.fields else None, str(no.reason))
        return False
    return True


def status_of(form: forms.BaseForm) -> int:
    """422 for a form with errors, which htmx swaps in too."""
    return 422 if form.is_bound and form.errors else 200


def form_page(
    request: HttpRequest, form: forms.BaseForm, *, heading: Text, button: Text, **context: Any
) -> HttpResponse:
    """A page that is one form."""
    return render(
        request,
        "decisions/form.html",
        {"form": form, "heading": heading, "button": button} | context,
        status=status_of(form),
    )


def confirm_page(
    request: HttpRequest,
    *,
    heading: Text,
    consequences: list[Text],
    action: Text,
    back: str,
    form: forms.BaseForm | None = None,
) -> HttpResponse:
    """A page that says what would happen, and does it by POST."""
    context = {
        "heading": heading,
        "consequences": consequences,
        "action": action,
        "back": back,
        "form": form,
    }
    status = status_of(form) if form else 200
    return render(request, "design/confirm.html", context, status=status)


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
