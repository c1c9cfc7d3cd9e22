"""Taking words down with a reason, the car park, who is in the room."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from commissioning.ground.answers import Text
from commissioning.ground.attempts import attempt
from commissioning.people.models import User
from commissioning.programmes.rules import may_run
from participation.workshops.actions import joining, moderating
from participation.workshops.forms.running import ReasonForm
from participation.workshops.loaders import (
    contribution_or_404,
    helped_workshop_or_404,
    run_workshop_or_404,
)
from participation.workshops.models import Contribution, Participant, Workshop
from participation.workshops.rules import may_open_car_park
from participation.workshops.views.common import crumbs_of, form_page, signed_in, url_of

form_methods = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@form_methods
def hide(request: HttpRequest, slug: str, workshop_id: UUID, contribution_id: UUID) -> HttpResponse:
    """Take it off every screen, for now."""
    user = signed_in(request)
    workshop = helped_workshop_or_404(user, slug, workshop_id)
    said = contribution_or_404(workshop, contribution_id)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: moderating.hide(user, workshop, said.pk, reason)):
            messages.success(request, _("Hidden. Its author sees your reason."))
            return redirect(url_of(_read_from(user, workshop), workshop))
    return form_page(
        request,
        form,
        heading=_("Hide it, with a reason"),
        lead=_what_hiding_does(said, workshop),
        quoted=said,
        programme=workshop.programme,
        button=_("Hide it"),
        crumbs=crumbs_of(workshop, (_("Desk"), url_of("desk", workshop)), (_("Hide"), "")),
        back=url_of(_read_from(user, workshop), workshop),
    )


def _read_from(user: User, workshop: Workshop) -> str:
    """A session that is over is read by an officer, from another page than the desk."""
    over = workshop.status == Workshop.Status.CLOSED and not workshop.is_rehearsal
    return "read_words" if over and may_run(user, workshop.programme) else "desk"


def _what_hiding_does(said: Contribution, workshop: Workshop) -> Text:
    if said.state == Contribution.State.HELD:
        return _(
            "No screen has shown it, and none will. Only who wrote it still sees it, with your "
            "reason. You can bring it back."
        )
    if said.state == Contribution.State.PARKED:
        return _("It is in the car park, on no screen. It leaves the car park with your reason.")
    if not workshop.runs:
        return _("It leaves the record and everything that is published. You can bring it back.")
    return _("It leaves every screen at once. You can bring it back.")


@login_required
@form_methods
def remove(
    request: HttpRequest, slug: str, workshop_id: UUID, contribution_id: UUID
) -> HttpResponse:
    """Take its words away for good."""
    user = signed_in(request)
    workshop = helped_workshop_or_404(user, slug, workshop_id)
    said = contribution_or_404(workshop, contribution_id)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: moderating.remove(user, workshop, said.pk, reason)):
            messages.success(request, _("Its words are gone. Its author sees your reason."))
            return redirect(url_of("desk", workshop))
    return form_page(
        request,
        form,
        heading=_("Remove it for good"),
        lead=_("Its words are erased: from every screen, every export and the record."),
        quoted=said,
        programme=workshop.programme,
        button=_("Remove it for good"),
        crumbs=crumbs_of(workshop, (_("Desk"), url_of("desk", workshop)), (_("Remove"), "")),
        back=url_of("desk", workshop),
    )


@login_required
@require_safe
@never_cache
def people(request: HttpRequest, slug: str, workshop_id: UUID) -> HttpResponse:
    """Who is in, who waits; who has said nothing yet, for the facilitator's eyes only."""
    workshop = run_workshop_or_404(request.user, slug, workshop_id)
    spoke = set(
        workshop.contributions.filter(participant__isnull=False).values_list(
            "participant_id", flat=True
        )
    )
    found = workshop.participants.select_related("organisation").order_by("created_at")[:500]
    context = {
        "workshop": workshop,
        "programme": workshop.programme,
        "people": [{"person": one, "quiet": one.pk not in spoke} for one in found],
        "crumbs": crumbs_of(workshop, (_("Desk"), url_of("desk", workshop)), (_("People"), "")),
    }
    return render(request, "participation/workshops/people.html", context)


@login_required
@form_methods
def ask_to_leave(
    request: HttpRequest, slug: str, workshop_id: UUID, participant_id: UUID
) -> HttpResponse:
    """Take somebody out of the room, with a reason they are shown."""
    user = signed_in(request)
    workshop = run_workshop_or_404(user, slug, workshop_id)
    person = Participant.objects.filter(workshop=workshop, pk=participant_id).first()
    if person is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: joining.ask_to_leave(user, workshop, person.pk, reason)):
            messages.success(request, _("They were asked to leave, with your reason."))
            return redirect(url_of("people", workshop))
    return form_page(
        request,
        form,
        heading=_("Ask %s to leave") % (person.name or _("somebody without a name")),
        lead=_("Their phone shows your reason. Nothing more is taken from it or shown on it."),
        button=_("Ask them to leave"),
        crumbs=crumbs_of(workshop, (_("People"), url_of("people", workshop)), (_("Leave"), "")),
    )


@login_required
@require_safe
@never_cache
def car_park(request: HttpRequest, slug: str, workshop_id: UUID) -> HttpResponse:
    """What was parked; its words are read once the money gate is open."""
    workshop = helped_workshop_or_404(request.user, slug, workshop_id)
    gate = may_open_car_park(workshop)
    parked = workshop.contributions.filter(state=Contribution.State.PARKED)
    context = {
        "workshop": workshop,
        "programme": workshop.programme,
        "gate": gate,
        "number": parked.count(),
        "parked": list(parked.select_related("activity")) if gate else [],
        "crumbs": crumbs_of(workshop, (_("Car park"), "")),
    }
    return render(request, "participation/workshops/car_park.html", context)
