"""The opinion map: for who runs the room at any time, for the room once it is shown."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from participation.workshops import map_page
from participation.workshops.activities.statements.slice import Statements, map_is_shown
from participation.workshops.loaders import activity_or_404, helped_workshop_or_404, room_or_404
from participation.workshops.models import Activity, Workshop
from participation.workshops.room import participant_of
from participation.workshops.views.common import crumbs_of, signed_in, url_of


@login_required
@require_safe
@never_cache
def opinion_map(
    request: HttpRequest, slug: str, workshop_id: UUID, activity_id: UUID
) -> HttpResponse:
    """The map as it is now, beside the desk; it looks again by itself."""
    workshop = helped_workshop_or_404(signed_in(request), slug, workshop_id)
    activity = _statements_or_404(workshop, activity_id)
    context = {
        "workshop": workshop,
        "programme": workshop.programme,
        "activity": activity,
        "map": map_page.page(activity),
        "map_shown": map_is_shown(activity),
        "crumbs": crumbs_of(
            workshop, (_("Desk"), url_of("desk", workshop)), (_("Opinion map"), "")
        ),
    }
    return render(request, "participation/workshops/opinion_map.html", context)


@require_safe
@never_cache
def room_map(request: HttpRequest, code: str, activity_id: UUID) -> HttpResponse:
    """The map on a phone: for people in the room, once a facilitator shows it."""
    workshop = room_or_404(code)
    participant = participant_of(request, workshop)
    if participant is None or not participant.is_in or workshop.cleared_at is not None:
        return redirect(workshop.room_url())
    activity = _statements_or_404(workshop, activity_id)
    # The room has gone on, or is paused: a phone that looks at the map goes with it.
    if not map_is_shown(activity) or not _is_here(workshop, activity):
        return redirect(workshop.room_url())
    context = {
        "workshop": workshop,
        "programme": workshop.programme,
        "activity": activity,
        "map": map_page.page(activity),
    }
    return render(request, "participation/workshops/room_map.html", context)


def _is_here(workshop: Workshop, activity: Activity) -> bool:
    """Whether the room is at these statements; or over, when everybody may look for longer."""
    over = workshop.status == Workshop.Status.CLOSED
    return over or (workshop.status == Workshop.Status.OPEN and workshop.current_id == activity.pk)


def _statements_or_404(workshop: Workshop, activity_id: UUID) -> Activity:
    activity = activity_or_404(workshop, activity_id)
    if activity.kind != Statements.kind:
        raise Http404
    return activity
