"""Typing in what stands on paper: fast, by keyboard, one after the other."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from commissioning.ground.answers import Invalid, Text
from commissioning.ground.attempts import attempt, form_status
from commissioning.people.models import User
from participation.workshops.actions import paper as actions
from participation.workshops.activities.base import Sheet, kind_of
from participation.workshops.loaders import activity_or_404, helped_workshop_or_404
from participation.workshops.models import Activity, Workshop
from participation.workshops.rules import may_facilitate
from participation.workshops.views.common import crumbs_of, signed_in, url_of

LAST_TYPED = 5


@login_required
@require_safe
def papers(request: HttpRequest, slug: str, workshop_id: UUID) -> HttpResponse:
    """Which paper: the activities that are filled in on paper, each with its sorts of sheet."""
    workshop = helped_workshop_or_404(request.user, slug, workshop_id)
    steps = [step for step in workshop.activities.all() if kind_of(step).sheets]
    context = {
        "workshop": workshop,
        "programme": workshop.programme,
        "leads": bool(may_facilitate(request.user, workshop.programme)),
        "steps": [{"activity": step, "sheets": kind_of(step).sheets} for step in steps],
        "crumbs": crumbs_of(workshop, (_("Paper"), "")),
    }
    return render(request, "participation/workshops/papers.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters()
def paper(request: HttpRequest, slug: str, workshop_id: UUID, activity_id: UUID) -> HttpResponse:
    """One sort of sheet of one activity, again and again."""
    user = signed_in(request)
    workshop = helped_workshop_or_404(user, slug, workshop_id)
    activity = activity_or_404(workshop, activity_id)
    sheet = _sheet(activity, request.GET.get("sheet", ""))
    if request.POST.get("back"):
        return _taken_back(request, user, activity, sheet)
    form = sheet.form(request.POST or None, initial=_initial(request))
    told: list[Text] = []
    if form.is_valid() and attempt(
        form, lambda: told.append(sheet.take(user, activity, form.cleaned_data))
    ):
        messages.success(request, str(told[0]))
        return redirect(_again(workshop, activity, sheet, form))
    return _page(request, workshop, activity, sheet, form)


def _page(
    request: HttpRequest, workshop: Workshop, activity: Activity, sheet: Sheet, form: forms.Form
) -> HttpResponse:
    here = url_of("paper", workshop, activity.pk)
    last = activity.contributions.filter(participant__isnull=True).order_by("-created_at")
    context = {
        "workshop": workshop,
        "programme": workshop.programme,
        "activity": activity,
        "sheet": sheet,
        "form": form,
        "tabs": [
            {"text": one.title, "url": f"{here}?sheet={one.key}", "is_here": one.key == sheet.key}
            for one in kind_of(activity).sheets
        ],
        "numbered": sheet.numbered(activity),
        "last": list(last[:LAST_TYPED]) if sheet.key == "words" else [],
        "crumbs": crumbs_of(workshop, (_("Paper"), url_of("papers", workshop)), (sheet.title, "")),
    }
    page = "participation/workshops/paper.html"
    return render(request, page, context, status=form_status(form))


def _sheet(activity: Activity, key: str) -> Sheet:
    sheets = kind_of(activity).sheets
    if not sheets:
        raise Http404
    return next((sheet for sheet in sheets if sheet.key == key), sheets[0])


def _initial(request: HttpRequest) -> dict[str, Any]:
    """The next number of a sheet, and the sort of thing that was typed last."""
    number = request.GET.get("number", "")
    initial: dict[str, Any] = {"what": request.GET.get("what", "")}
    return initial | ({"sheet": int(number)} if number.isdecimal() and len(number) < 4 else {})


def _again(workshop: Workshop, activity: Activity, sheet: Sheet, form: forms.Form) -> str:
    """The same page, ready for the next one."""
    here = f"{url_of('paper', workshop, activity.pk)}?sheet={sheet.key}"
    if "sheet" in form.cleaned_data:
        return f"{here}&number={form.cleaned_data['sheet'] + 1}"
    return f"{here}&what={form.cleaned_data.get('what', '')}"


def _taken_back(request: HttpRequest, user: User, activity: Activity, sheet: Sheet) -> HttpResponse:
    try:
        actions.take_back(user, activity, UUID(request.POST["back"]))
        messages.success(request, _("Taken back: it is not on any screen."))
    except (Invalid, ValueError) as error:
        messages.error(
            request, str(error.reason) if isinstance(error, Invalid) else _("Not there.")
        )
    return redirect(f"{url_of('paper', activity.workshop, activity.pk)}?sheet={sheet.key}")
