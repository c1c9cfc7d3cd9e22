"""What the views share."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commissioning.ground.answers import Text
from commissioning.ground.attempts import form_status
from decisions.records.models import Decision

Crumbs = list[tuple[Text, str]]
form_methods = require_http_methods(["GET", "HEAD", "POST"])


def decision_url(name: str, decision: Decision, *more: object) -> str:
    """An address of the decision."""
    return reverse(f"records:{name}", args=[decision.question.programme.slug, decision.pk, *more])


def crumbs(decision: Decision, *more: tuple[Text, str]) -> Crumbs:
    """The way here from the programme."""
    programme = decision.question.programme
    return [
        (programme.title, programme.get_absolute_url()),
        (_("Decisions"), reverse("records:decisions", args=[programme.slug])),
        (decision.title, decision.get_absolute_url()),
        *more,
    ]


def form_page(
    request: HttpRequest,
    decision: Decision,
    form: forms.BaseForm,
    *,
    heading: Text,
    button: Text,
    **context: Any,
) -> HttpResponse:
    """A page of a decision that is one form."""
    shown = {
        "form": form,
        "heading": heading,
        "button": button,
        "decision": decision,
        "crumbs": crumbs(decision, (heading, "")),
    }
    return render(request, "decisions/records/form.html", shown | context, status=form_status(form))
