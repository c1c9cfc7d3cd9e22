"""What an organisation measures of itself: said, changed, taken away by its own people."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from commissioning.ground.answers import require
from commissioning.ground.attempts import attempt, form_status
from places.directory import measure_actions as actions
from places.directory.forms import MeasureForm
from places.directory.loaders import measure_or_404, organisation_or_404
from places.directory.rules import acts_for
from places.directory.signed_in import signed_in


def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Say something that the organisation measures."""
    organisation = organisation_or_404(request.user, slug)
    require(acts_for(request.user, organisation))
    form = MeasureForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: actions.say_measure(signed_in(request), organisation, form.measured())
    ):
        messages.success(request, _("Published, as your own word."))
        return redirect(organisation)
    context = {"organisation": organisation, "form": form}
    return render(request, "directory/measure.html", context, status=form_status(form))


def edit(request: HttpRequest, slug: str, measure_id: UUID) -> HttpResponse:
    """Say it anew."""
    organisation = organisation_or_404(request.user, slug)
    measure = measure_or_404(request.user, organisation, measure_id)
    form = MeasureForm(request.POST or None, initial=MeasureForm.initial_of(measure))
    if form.is_valid() and attempt(
        form, lambda: actions.change_measure(signed_in(request), measure, form.measured())
    ):
        messages.success(request, _("Saved. The public profile shows it now."))
        return redirect(organisation)
    context = {"organisation": organisation, "form": form, "measure": measure}
    return render(request, "directory/measure.html", context, status=form_status(form))


def withdraw(request: HttpRequest, slug: str, measure_id: UUID) -> HttpResponse:
    """Confirm that it is taken away."""
    organisation = organisation_or_404(request.user, slug)
    measure = measure_or_404(request.user, organisation, measure_id)
    if request.method == "POST":
        actions.withdraw_measure(signed_in(request), measure)
        messages.success(request, _("Taken away. The public profile no longer shows it."))
        return redirect(organisation)
    context = {
        "heading": _("Take away \u201c%s\u201d?") % measure,
        "consequences": [
            _("The public profile and the whole-system review no longer show it."),
            _("What it said stays in the history, and papers printed before keep it."),
        ],
        "action": _("Take it away"),
        "back": organisation.get_absolute_url(),
    }
    return render(request, "design/confirm.html", context)
