"""The wall: what everybody may see, on the projector."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from participation.workshops.activities.base import current_of, kind_of
from participation.workshops.live import room_event
from participation.workshops.loaders import helped_workshop_or_404


@login_required
@require_safe
@never_cache
def wall(request: HttpRequest, slug: str, workshop_id: UUID) -> HttpResponse:
    """The activity as the room may see it, the code, the time that is left."""
    workshop = helped_workshop_or_404(request.user, slug, workshop_id)
    activity = current_of(workshop)
    kind = kind_of(activity) if activity else None
    if activity:
        activity.workshop = workshop
    shown = kind.wall(activity) if kind and activity and not workshop.cleared_at else {}
    context = {
        "workshop": workshop,
        "programme": workshop.programme,
        "activity": activity,
        "kind": kind,
        "event": room_event(workshop),
        "join_url": request.build_absolute_uri(workshop.room_url()),
        "enter_url": request.build_absolute_uri("/j/")
        .removeprefix("https://")
        .removeprefix("http://"),
        **shown,
    }
    return render(request, "participation/workshops/wall.html", context)
