"""For whoever left an address: leave it, read what became of a session, stop it in two clicks."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from commissioning.documents.verify import sealed_file
from commissioning.ground.attempts import attempt, form_status
from commissioning.ground.digests import token_digest
from participation.workshops.actions import hearing
from participation.workshops.forms.hearing import HearForm
from participation.workshops.loaders import room_or_404
from participation.workshops.models import Hearer
from participation.workshops.room import participant_of

form_methods = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@form_methods
@sensitive_post_parameters()
def hear(request: HttpRequest, code: str) -> HttpResponse:
    """Leave an address at the end of a session, if you like."""
    workshop = room_or_404(code)
    participant = participant_of(request, workshop)
    if participant is None:
        return redirect(workshop.room_url())
    hearing.require_hearers(workshop)
    form = HearForm(request.POST if request.method == "POST" else None)
    done = form.is_valid() and attempt(
        form, lambda: hearing.leave_address(participant, form.cleaned_data["email"])
    )
    context = {"workshop": workshop, "form": form, "done": done, "programme": workshop.programme}
    page = "participation/workshops/hear.html"
    return render(request, page, context, status=form_status(form))


# Mail services post here by themselves when their reader presses "unsubscribe" (RFC 8058): they
# have no cookie and no form token. The token is what lets them, and only lets them stop.
@csrf_exempt
@never_cache
@form_methods
def hearer(request: HttpRequest, token: str) -> HttpResponse:
    """What became of a session, for who left an address; and the button that stops the mails."""
    found = _hearer_or_404(token)
    context = {
        "workshop": found.workshop,
        "programme": found.workshop.programme,
        "token": token,
        "news": list(found.workshop.news.all()),
        "stopped": request.method == "POST",
    }
    if request.method == "POST":
        hearing.stop_hearing(found)
    return render(request, "participation/workshops/hearer.html", context)


@never_cache
@require_safe
def hearer_record(request: HttpRequest, token: str) -> FileResponse:
    """The record, also of a programme that not everybody sees: they were in the room."""
    found = _hearer_or_404(token)
    if found.workshop.record is None:
        raise Http404
    return sealed_file(found.workshop.record)


def _hearer_or_404(token: str) -> Hearer:
    found = (
        Hearer.objects.filter(token_digest=token_digest(token))
        .select_related("workshop__programme__gate_lift", "workshop__record")
        .first()
    )
    if found is None:
        raise Http404
    return found
