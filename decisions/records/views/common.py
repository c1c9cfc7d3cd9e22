"""What the views share."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from commissioning.design import pages
from commissioning.design.pages import Crumbs
from commissioning.ground.answers import Text
from decisions.records.models import Decision


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


def too_late(
    request: HttpRequest, decision: Decision, form: forms.BaseForm, heading: Text, reason: Text
) -> HttpResponse:
    """A page of the draft was sent after it was recommended: what was typed is shown."""
    return pages.too_late_page(
        request,
        form,
        heading=heading,
        reason=reason,
        back=decision.get_absolute_url(),
        crumbs=crumbs(decision, (heading, "")),
    )


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
    shown = {"decision": decision, "crumbs": crumbs(decision, (heading, ""))} | context
    template = "decisions/records/form.html"
    return pages.form_page(
        request, form, heading=heading, button=button, template=template, **shown
    )
