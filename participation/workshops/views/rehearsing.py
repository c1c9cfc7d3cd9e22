"""Rehearsing a session with simulated people, and wiping it afterwards."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from commissioning.ground.answers import Invalid
from participation.workshops.actions import rehearsing
from participation.workshops.loaders import run_workshop_or_404
from participation.workshops.views.common import confirm_page, signed_in, url_of


@login_required
@require_POST
def rehearse(request: HttpRequest, slug: str, workshop_id: UUID) -> HttpResponse:
    """Begin a rehearsal, or go back to the one that goes on: to its desk."""
    user = signed_in(request)
    workshop = run_workshop_or_404(user, slug, workshop_id)
    try:
        rehearsal = rehearsing.begin_rehearsal(user, workshop)
    except Invalid as error:
        messages.error(request, str(error.reason))
        return redirect(workshop)
    return redirect(url_of("desk", rehearsal))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def wipe(request: HttpRequest, slug: str, workshop_id: UUID) -> HttpResponse:
    """Erase the rehearsal with all that was said in it."""
    user = signed_in(request)
    workshop = run_workshop_or_404(user, slug, workshop_id)
    if workshop.rehearses is None:
        raise Http404
    session = workshop.rehearses
    if request.method == "POST":
        rehearsing.wipe_rehearsal(user, workshop)
        messages.success(request, _("The rehearsal is wiped. Nothing of it is left."))
        return redirect(url_of("workshop", session))
    return confirm_page(
        request,
        heading=_("Wipe the rehearsal?"),
        consequences=[
            _("The simulated people and everything they said are erased."),
            _("So is what you typed, grouped and drafted in it."),
            _("The session itself, which you rehearsed for, is not touched."),
        ],
        action=_("Wipe the rehearsal"),
        back=url_of("desk", workshop),
    )
