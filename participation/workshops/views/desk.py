"""The facilitator's desk: one page that looks again by itself, and the buttons on it."""

from collections.abc import Callable
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commissioning.design.when import clock, day
from commissioning.ground.answers import Invalid, Text
from commissioning.ground.attempts import attempt
from commissioning.people.models import User
from participation.workshops.actions import joining, moderating, running
from participation.workshops.activities.base import kind_of
from participation.workshops.desk_page import desk_context, how_many_wait
from participation.workshops.forms.running import HandOverForm, OpenForm
from participation.workshops.loaders import (
    activity_or_404,
    helped_workshop_or_404,
    run_workshop_or_404,
)
from participation.workshops.models import Workshop
from participation.workshops.views.common import (
    confirm_page,
    crumbs_of,
    form_page,
    signed_in,
    url_of,
    where_from,
)

Status = Workshop.Status
form_methods = require_http_methods(["GET", "HEAD", "POST"])
Deed = Callable[[User, Workshop, QueryDict], object]


def _minutes(data: QueryDict) -> int:
    try:
        return int(data.get("minutes", ""))
    except ValueError:
        raise Invalid(_("Say how many minutes.")) from None


def _id(data: QueryDict, name: str) -> UUID:
    try:
        return UUID(data.get(name, ""))
    except ValueError:
        raise Invalid(_("This is not there any more.")) from None


# Every button of the desk, with what it does.
DEEDS: Final[dict[str, Deed]] = {
    "open": lambda user, room, data: running.open_workshop(user, room),
    "next": lambda user, room, data: running.go_on(user, room, data.get("leaving", "")),
    "back": lambda user, room, data: running.go_back(user, room, data.get("leaving", "")),
    "pause": lambda user, room, data: running.pause(user, room),
    "resume": lambda user, room, data: running.resume(user, room),
    "extend": lambda user, room, data: running.extend(
        user, room, _minutes(data), data.get("clock", "")
    ),
    "clear": lambda user, room, data: running.clear_screens(user, room),
    "show": lambda user, room, data: running.show_screens(user, room),
    "release": lambda user, room, data: moderating.release(user, room, _id(data, "said")),
    "release_all": lambda user, room, data: moderating.release_all(user, room, data.getlist("all")),
    "park": lambda user, room, data: moderating.park(user, room, _id(data, "said")),
    "let_in": lambda user, room, data: joining.let_in(user, room, _id(data, "person")),
}


@login_required
@require_safe
@never_cache
def desk(request: HttpRequest, slug: str, workshop_id: UUID) -> HttpResponse:
    """Where the room is and what waits."""
    user = signed_in(request)
    return _desk(request, helped_workshop_or_404(user, slug, workshop_id))


def _desk(
    request: HttpRequest, workshop: Workshop, *, problem: Text = "", status: int = 200
) -> HttpResponse:
    context = desk_context(workshop, signed_in(request)) | {
        "problem": problem,
        # What was typed stays where it could not be done, or was not confirmed.
        "typed": request.POST or request.GET,
        "join_url": request.build_absolute_uri(workshop.room_url()),
        "crumbs": crumbs_of(workshop, (_("Desk"), "")),
    }
    return render(request, "participation/workshops/desk.html", context, status=status)


def _done(
    request: HttpRequest, slug: str, workshop_id: UUID, deed: Callable[[User, Workshop], object]
) -> HttpResponse:
    """Do it, and show the desk as it is then; with the reason where it could not be done."""
    user = signed_in(request)
    workshop = helped_workshop_or_404(user, slug, workshop_id)
    try:
        said = deed(user, workshop)
    except Invalid as error:
        fresh = helped_workshop_or_404(user, slug, workshop_id)
        return _desk(request, fresh, problem=error.reason, status=409)
    if said and isinstance(said, str):
        messages.success(request, said)
    return redirect(url_of(where_from(request), workshop))


@login_required
@require_POST
def do(request: HttpRequest, slug: str, workshop_id: UUID) -> HttpResponse:
    """Press a button of the desk; opening ahead of the planned day is confirmed first."""
    pressed = request.POST.get("do", "")
    deed = DEEDS.get(pressed)
    if pressed == "open":
        found = helped_workshop_or_404(signed_in(request), slug, workshop_id)
        if (days := _days_early(found)) and request.POST.get("planned") != str(found.held_on):
            return _open_early_page(request, found, days)

    def press(user: User, workshop: Workshop) -> None:
        if deed is None:
            raise Invalid(_("There is no such button."))
        deed(user, workshop, request.POST)

    return _done(request, slug, workshop_id, press)


def _days_early(workshop: Workshop) -> int:
    """How many days before its planned day it would be opened; 0 on the day and after it."""
    if workshop.is_rehearsal or workshop.held_on is None or workshop.status != Status.PREPARED:
        return 0
    return max(0, (timezone.localdate(workshop.held_on) - timezone.localdate()).days)


def _open_early_page(request: HttpRequest, workshop: Workshop, days: int) -> HttpResponse:
    planned = ngettext(
        "It is planned for %(day)s, %(time)s: %(days)d day from now.",
        "It is planned for %(day)s, %(time)s: %(days)d days from now.",
        days,
    ) % {"day": day(workshop.held_on), "time": clock(workshop.held_on), "days": days}
    return confirm_page(
        request,
        template="participation/workshops/open_early.html",
        heading=_("Open it today, before its day?"),
        consequences=[
            planned,
            _("Once it is open, anybody with the code can come in, and it counts as held today."),
            _("It cannot be put back to “not open”, only closed."),
        ],
        action=_("Open it today"),
        back=url_of("desk", workshop),
        form=OpenForm(initial={"planned": str(workshop.held_on)}),
        workshop=workshop,
    )


@login_required
@require_POST
def run(request: HttpRequest, slug: str, workshop_id: UUID, activity_id: UUID) -> HttpResponse:
    """Press a button that belongs to the kind of activity; some are confirmed first."""
    user = signed_in(request)
    found = helped_workshop_or_404(user, slug, workshop_id)
    step = activity_or_404(found, activity_id)
    if asked := kind_of(step).confirm(user, step, request.POST):
        kept = urlencode(asked.pop("keep", {}))
        back = url_of("desk", found) + (f"?{kept}" if kept else "")
        return confirm_page(request, back=back, **asked)

    def press(user: User, workshop: Workshop) -> str:
        activity = activity_or_404(workshop, activity_id)
        return str(kind_of(activity).run(user, activity, request.POST))

    return _done(request, slug, workshop_id, press)


@login_required
@form_methods
def close(request: HttpRequest, slug: str, workshop_id: UUID) -> HttpResponse:
    """End the session for good."""
    user = signed_in(request)
    workshop = run_workshop_or_404(user, slug, workshop_id)
    if request.method == "POST":
        running.close_workshop(user, workshop)
        messages.success(request, _("The session is closed. Thank you for holding it."))
        return redirect(workshop)
    return confirm_page(
        request,
        heading=_("Close the session?"),
        consequences=[
            *_still_waiting(workshop),
            _("Nothing more is taken from phones. They say thank you, and what happens next."),
            _("Paper notes can still be typed in."),
            _("It cannot be opened again."),
        ],
        action=_("Close the session"),
        back=url_of("desk", workshop),
    )


def _still_waiting(workshop: Workshop) -> list[Text]:
    """That something waits to be read, with the way there; nothing where nothing does."""
    number = 0 if workshop.is_rehearsal else how_many_wait(workshop)
    if not number:
        return []
    words = ngettext("%d still waits to be read.", "%d still wait to be read.", number) % number
    later = _("What you leave waits on “Read what people wrote”; nobody else sees it meanwhile.")
    link = format_html('<a href="{}">{}</a> {}', url_of("desk", workshop), words, later)
    return [link]


@login_required
@form_methods
def hand_over(request: HttpRequest, slug: str, workshop_id: UUID) -> HttpResponse:
    """Let another facilitator lead."""
    user = signed_in(request)
    workshop = run_workshop_or_404(user, slug, workshop_id)
    form = HandOverForm(workshop, request.POST or None)
    if form.is_valid():
        to = form.cleaned_data["to"]
        if attempt(form, lambda: running.hand_over(user, workshop, to)):
            messages.success(request, _("%s leads from now on.") % to.short_name)
            return redirect(url_of("desk", workshop))
    return form_page(
        request,
        form,
        heading=_("Hand over"),
        lead=_("Both of you keep the desk; phones notice nothing."),
        button=_("Hand over"),
        crumbs=crumbs_of(workshop, (_("Hand over"), "")),
    )
