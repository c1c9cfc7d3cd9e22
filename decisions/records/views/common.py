"""What the views share."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from commissioning.design import pages
from commissioning.design.keeping import keep
from commissioning.design.pages import Crumbs
from commissioning.ground.answers import Answer, Text
from decisions.records.models import Decision

F = TypeVar("F", bound=forms.BaseForm)
R = TypeVar("R")


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


def one_form(
    request: HttpRequest,
    decision: Decision,
    may: Answer,
    build: Callable[[], F],
    save: Callable[[F], R],
    *,
    heading: Text,
    button: Text,
    done: Text = "",
    then: Callable[[R], object] | None = None,
    template: str = "decisions/records/form.html",
    read_anew: Callable[[], object] | None = None,
    to_know: Callable[[R], Iterable[Text]] | None = None,
    **context: Any,
) -> HttpResponse:
    """A page of a decision that is one form: shown, saved, or refused with what was typed.

    Saved, it says ``done`` and what is ``to_know`` of what was made, and goes where ``then`` leads
    from it: back to the decision.
    """
    kept = keep(request, may, build, save, read_anew=read_anew)
    way = crumbs(decision, (heading, ""))
    if kept.saved:
        if done:
            messages.success(request, str(done))
        for words in to_know(cast("R", kept.result)) if to_know else ():
            messages.info(request, str(words))
        to: Any = then(cast("R", kept.result)) if then else decision
        return redirect(to)
    shown: dict[str, Any] = {"decision": decision, "crumbs": way, "template": template} | context
    return pages.kept_page(
        request,
        kept,
        heading=heading,
        button=button,
        back=decision.get_absolute_url(),
        **shown,
    )
