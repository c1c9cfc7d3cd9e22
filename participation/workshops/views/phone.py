"""The phone's page: where the room is, one's own words, and forms that need nothing but HTML."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from commissioning.ground.answers import Invalid, Text
from commissioning.programmes.actions.vision import agreed_vision
from participation.workshops.actions import contributing
from participation.workshops.activities.base import Reply, current_of, kind_of
from participation.workshops.forms.joining import JoinForm
from participation.workshops.live import room_event
from participation.workshops.loaders import room_or_404
from participation.workshops.models import Activity, Participant, Workshop
from participation.workshops.nearness import nearest
from participation.workshops.room import participant_of

Status, State = Workshop.Status, Participant.State


@require_safe
@never_cache
def room(request: HttpRequest, code: str) -> HttpResponse:
    """The door for who has not come in, the room for who has: one address for both."""
    workshop = room_or_404(code)
    if code != workshop.code:
        return redirect(workshop.room_url())
    participant = participant_of(request, workshop)
    if participant is None:
        return door(request, workshop, JoinForm(workshop))
    return room_page(request, workshop, participant)


def door(request: HttpRequest, workshop: Workshop, form: JoinForm) -> HttpResponse:
    """What is asked and said before somebody comes in."""
    status = 422 if form.is_bound and form.errors else 200
    context = {"workshop": workshop, "programme": workshop.programme, "form": form}
    return render(request, "participation/workshops/door.html", context, status=status)


def view_of(workshop: Workshop, participant: Participant, activity: Activity | None) -> str:
    """Which of the phone's screens is shown."""
    if participant.state != State.IN:
        return str(participant.state)
    if workshop.status == Status.CLOSED:
        return "closed"
    if workshop.cleared_at is not None:
        return "cleared"
    if workshop.status == Status.PAUSED:
        return "paused"
    return "activity" if activity else "soon"


def room_page(
    request: HttpRequest,
    workshop: Workshop,
    participant: Participant,
    *,
    step: Activity | None = None,
    reply: Reply | None = None,
    problem: Text = "",
    typed: Any = None,
) -> HttpResponse:
    """The room as this person sees it; ``step`` is another activity than the present one."""
    activity = step or current_of(workshop)
    view = "activity" if step else view_of(workshop, participant, activity)
    kind = kind_of(activity) if activity else None
    shown: dict[str, Any] = {}
    if activity and kind and view == "activity":
        activity.workshop = workshop
        shown = kind.phone(activity, participant)
    said = _said(request, participant, activity)
    context = {
        "workshop": workshop,
        "programme": workshop.programme,
        "participant": participant,
        "activity": activity,
        "kind": kind,
        "view": view,
        "steps": workshop.activities.count(),
        "event": room_event(workshop),
        "endorsable": view == "closed" and agreed_vision(workshop.programme) is not None,
        "said": kind.sayings.get(said, "") if kind else "",
        "op": uuid.uuid4(),
        "problem": problem,
        "typed": typed or {},
        **shown,
        **(reply.again if reply else {}),
    }
    status = 422 if problem else (reply.status if reply else 200)
    return render(request, "participation/workshops/phone.html", context, status=status)


def _said(request: HttpRequest, participant: Participant, activity: Activity | None) -> str:
    """What the phone is told of its last press, as it is true now."""
    said = request.GET.get("said", "")
    return contributing.saying(participant, activity, said) if said and activity else ""


@require_POST
@never_cache
@sensitive_post_parameters()
def say(request: HttpRequest, code: str) -> HttpResponse:
    """Whatever a phone sends in an activity: its kind knows what to do with it."""
    workshop = room_or_404(code)
    participant = participant_of(request, workshop)
    if participant is None:
        return redirect(workshop.room_url())
    activity = _named(request, workshop)
    if activity is None:
        return redirect(workshop.room_url())
    typed = request.POST.dict()
    try:
        reply = kind_of(activity).take(participant, activity, typed)
    except Invalid as error:
        return room_page(
            request, workshop, participant, step=activity, problem=error.reason, typed=typed
        )
    if reply.again:
        return room_page(request, workshop, participant, step=activity, reply=reply)
    return redirect(f"{reverse('workshops:room', args=[workshop.code])}?said={reply.said}")


@require_POST
@never_cache
@sensitive_post_parameters()
def near(request: HttpRequest, code: str) -> HttpResponse:
    """Shown words that are much like those being typed. By POST, so that no log holds them."""
    workshop = room_or_404(code)
    participant = participant_of(request, workshop)
    activity = _named(request, workshop)
    if participant is None or not participant.is_in or activity is None or workshop.cleared_at:
        return HttpResponse(status=204)
    found = nearest(activity, request.POST.get("text", ""), but=participant)
    context = {"near": found}
    return render(request, "participation/workshops/parts/near.html", context)


def _named(request: HttpRequest, workshop: Workshop) -> Activity | None:
    """The activity that a form belongs to, whether or not the room is still there."""
    try:
        wanted = uuid.UUID(request.POST.get("activity", ""))
    except ValueError:
        return None
    activity = workshop.activities.filter(pk=wanted).first()
    if activity is not None:
        activity.workshop = workshop
    return activity
