"""The steps of a running order."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from commissioning.ground.answers import Text
from commissioning.ground.attempts import attempt
from participation.workshops.actions import preparing
from participation.workshops.activities.base import ActivityKind, kind_of, kinds
from participation.workshops.forms.preparing import ActivityForm, KindForm
from participation.workshops.loaders import activity_or_404, run_workshop_or_404
from participation.workshops.models import Activity, Workshop
from participation.workshops.views.common import (
    confirm_page,
    crumbs_of,
    form_page,
    signed_in,
    url_of,
)

form_methods = require_http_methods(["GET", "HEAD", "POST"])


def _own_settings(
    kind: ActivityKind, request: HttpRequest, initial: dict[str, Any]
) -> forms.Form | None:
    """The kind's own settings, below the words of the step."""
    if kind.settings_form is None:
        return None
    return kind.settings_form(request.POST or None, initial=initial, prefix="own")


def _both_valid(form: forms.BaseForm, own: forms.Form | None) -> bool:
    return all([form.is_valid(), own is None or own.is_valid()])


def _values(form: ActivityForm, own: forms.Form | None) -> dict[str, Any]:
    return form.values() | {"settings": own.cleaned_data if own else {}}


@login_required
@form_methods
def new_step(request: HttpRequest, slug: str, workshop_id: UUID) -> HttpResponse:
    """Choose a kind, then word it. The kind travels in the address."""
    user = signed_in(request)
    workshop = run_workshop_or_404(user, slug, workshop_id)
    name = request.GET.get("kind", "")
    if name not in kinds:
        return _choose_kind(request, workshop)
    kind = kinds[name]
    form = ActivityForm(
        request.POST or None, initial={"title": kind.title, "minutes": kind.minutes}
    )
    own = _own_settings(kind, request, {})
    if _both_valid(form, own) and attempt(
        form, lambda: preparing.add_activity(user, workshop, name, _values(form, own))
    ):
        messages.success(request, _("Added at the end. Move it to where it belongs."))
        return redirect(workshop)
    return _step_page(request, workshop, form, own, _("Add: %s") % kind.title, kind.about)


def _choose_kind(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    form = KindForm(request.POST or None)
    if form.is_valid():
        return redirect(f"{url_of('new_step', workshop)}?kind={form.cleaned_data['kind']}")
    return form_page(
        request,
        form,
        heading=_("Add a step"),
        button=_("Go on"),
        crumbs=crumbs_of(workshop, (_("Add a step"), "")),
    )


@login_required
@form_methods
def step(request: HttpRequest, slug: str, workshop_id: UUID, activity_id: UUID) -> HttpResponse:
    """Reword a step, or give it another length."""
    user = signed_in(request)
    workshop = run_workshop_or_404(user, slug, workshop_id)
    activity = activity_or_404(workshop, activity_id)
    form = ActivityForm(request.POST or None, instance=activity)
    own = _own_settings(kind_of(activity), request, activity.settings)
    if _both_valid(form, own) and attempt(
        form, lambda: preparing.write_activity(user, workshop, activity_id, _values(form, own))
    ):
        messages.success(request, _("Saved."))
        return redirect(workshop)
    return _step_page(request, workshop, form, own, activity.title, kind_of(activity).about)


def _step_page(
    request: HttpRequest,
    workshop: Workshop,
    form: ActivityForm,
    own: forms.Form | None,
    heading: Text,
    lead: Text,
) -> HttpResponse:
    return form_page(
        request,
        form,
        heading=heading,
        lead=lead,
        own=own,
        button=_("Save"),
        crumbs=crumbs_of(workshop, (heading, "")),
    )


@login_required
@require_POST
def move(request: HttpRequest, slug: str, workshop_id: UUID, activity_id: UUID) -> HttpResponse:
    """Up or down."""
    user = signed_in(request)
    workshop = run_workshop_or_404(user, slug, workshop_id)
    activity: Activity = activity_or_404(workshop, activity_id)
    preparing.move_activity(user, workshop, activity.pk, up=request.POST.get("way") == "up")
    return redirect(f"{workshop.get_absolute_url()}#step-{activity.pk}")


@login_required
@form_methods
def drop(request: HttpRequest, slug: str, workshop_id: UUID, activity_id: UUID) -> HttpResponse:
    """Take a step out."""
    user = signed_in(request)
    workshop = run_workshop_or_404(user, slug, workshop_id)
    activity = activity_or_404(workshop, activity_id)
    if request.method == "POST":
        preparing.drop_activity(user, workshop, activity_id)
        messages.success(request, _("Taken out."))
        return redirect(workshop)
    return confirm_page(
        request,
        heading=_("Take “%s” out of the running order?") % activity.title,
        consequences=[_("Its words and notes are gone. The steps below move up.")],
        action=_("Take it out"),
        back=workshop.get_absolute_url(),
    )
