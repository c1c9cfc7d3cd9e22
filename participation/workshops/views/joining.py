"""Finding the room, coming in, leaving, and saying that one is worried."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commissioning.ground.attempts import attempt, form_status
from participation.workshops import codes, guesses
from participation.workshops import room as cookies
from participation.workshops.actions import joining
from participation.workshops.actions.contributing import op_of
from participation.workshops.actions.worries import raise_worry
from participation.workshops.forms.joining import CodeForm, JoinForm, WorryForm
from participation.workshops.loaders import room_or_404
from participation.workshops.models import Workshop
from participation.workshops.views.phone import door
from participation.workshops.wiped import session_of

form_methods = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@form_methods
def enter(request: HttpRequest) -> HttpResponse:
    """Type the code on the wall."""
    form = CodeForm(request.POST or None)
    missed = False
    if form.is_valid():
        if wait := guesses.wait_of(request):
            said = ngettext(
                "Please wait %d second, then try again.",
                "Please wait %d seconds, then try again.",
                wait,
            )
            form.add_error("code", said % wait)
        else:
            code = codes.normalise(form.cleaned_data["code"])
            if code and (Workshop.objects.filter(code=code).exists() or session_of(code)):
                response: HttpResponse = redirect("workshops:room", code=code)
                guesses.forget(response)
                return response
            missed = True
            form.add_error("code", _("We do not know this code. Look at the wall once more."))
    page = render(
        request,
        "participation/workshops/enter.html",
        {"form": form},
        status=form_status(form),
    )
    if missed:
        guesses.missed(request, page)
    return page


@require_POST
@never_cache
def come_in(request: HttpRequest, code: str) -> HttpResponse:
    """Come in, once: a second press of the same browser finds itself inside."""
    workshop = room_or_404(code)
    if cookies.participant_of(request, workshop) is not None:
        return redirect(workshop.room_url())
    form = JoinForm(workshop, request.POST)
    token: list[str] = []

    def act() -> None:
        _person, secret = joining.come_in(
            workshop,
            name=form.cleaned_data["name"],
            organisation=form.cleaned_data.get("organisation"),
            answers=form.answers(),
        )
        token.append(secret)

    if form.is_valid() and attempt(form, act):
        response: HttpResponse = redirect(workshop.room_url())
        cookies.admit(response, workshop, token[0])
        return response
    return door(request, workshop, form)


@never_cache
@form_methods
def leave(request: HttpRequest, code: str) -> HttpResponse:
    """Forget this person on this phone."""
    workshop = room_or_404(code)
    if request.method == "POST":
        response = render(request, "participation/workshops/left.html", {"workshop": workshop})
        cookies.leave(response, workshop)
        return response
    return render(request, "participation/workshops/leave.html", {"workshop": workshop})


@require_safe
def privacy(request: HttpRequest, code: str) -> HttpResponse:
    """What becomes of what people write, and who answers for it."""
    workshop = room_or_404(code)
    context = {"workshop": workshop, "programme": workshop.programme}
    return render(request, "participation/workshops/privacy.html", context)


@never_cache
@form_methods
@sensitive_post_parameters()
def worry(request: HttpRequest, code: str) -> HttpResponse:
    """I am worried about someone: privately, to one named person."""
    workshop = room_or_404(code)
    participant = cookies.participant_of(request, workshop)
    if participant is None:
        return redirect(workshop.room_url())
    form = WorryForm(request.POST if request.method == "POST" else None)
    sent = False
    if form.is_valid():
        words, contact = form.cleaned_data["words"], form.cleaned_data["contact"]
        op = op_of(request.POST.dict())
        sent = attempt(form, lambda: raise_worry(participant, words, contact, op=op))
    context = {
        "workshop": workshop,
        "lead": workshop.safeguarding_lead,
        "form": form,
        "sent": sent,
        "op": uuid.uuid4(),
    }
    page = "participation/workshops/worry.html"
    return render(request, page, context, status=form_status(form))
