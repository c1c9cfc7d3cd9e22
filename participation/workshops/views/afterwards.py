"""What came out of a session: read by an officer, told, issued as a record, followed up."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commissioning.documents.actions import request_document
from commissioning.ground.answers import Invalid, require
from commissioning.ground.attempts import attempt
from commissioning.ground.exports import csv_response
from commissioning.people.models import User
from commissioning.programmes.rules import may_run
from participation.workshops import said
from participation.workshops.actions import afterwards
from participation.workshops.desk_page import how_many_wait, waiting_in
from participation.workshops.forms.afterwards import NewsForm
from participation.workshops.loaders import held_workshop_or_404, run_workshop_or_404
from participation.workshops.models import Workshop
from participation.workshops.presence import (
    asked_of,
    missing_in_words,
    organisations_of,
    people_of,
)
from participation.workshops.record import RECORD
from participation.workshops.views.common import (
    crumbs_of,
    form_page,
    programme_crumbs,
    signed_in,
    url_of,
)

form_methods = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def outcome(request: HttpRequest, slug: str, workshop_id: UUID) -> HttpResponse:
    """What came out of it, for everybody who sees the programme."""
    found = held_workshop_or_404(request.user, slug, workshop_id)
    asked = asked_of(found)
    context = {
        "workshop": found,
        "programme": found.programme,
        "runs": bool(may_run(request.user, found.programme)),
        "people": people_of(found),
        "organisations": organisations_of(found),
        "asked": asked,
        "missing": missing_in_words(asked),
        "news": list(found.news.all()),
        "waiting": how_many_wait(found) if may_run(request.user, found.programme) else 0,
        "hearers": found.hearers.count() if may_run(request.user, found.programme) else 0,
        "crumbs": programme_crumbs(found.programme, (found.title, "")),
    }
    return render(request, "participation/workshops/outcome.html", context)


@login_required
@form_methods
def read_words(request: HttpRequest, slug: str, workshop_id: UUID) -> HttpResponse:
    """An officer reads everything that was written, and says what stays in the room."""
    user = signed_in(request)
    found = _to_tell_or_404(user, slug, workshop_id)
    problem, status = "", 200
    if request.method == "POST":
        left_out, seen = request.POST.getlist("left_out"), request.POST.get("seen", "")
        try:
            afterwards.release_words(user, found, left_out, seen=seen)
        except Invalid as error:
            problem, status = str(error.reason), 422
        else:
            messages.success(request, _("Released. It can go into the record and the exports."))
            return redirect(url_of("outcome", found))
    passages = afterwards.to_read(found)
    context = {
        "workshop": found,
        "programme": found.programme,
        "passages": passages,
        "waiting": waiting_in(found),
        "seen": afterwards.seen_digest(passages),
        "problem": problem,
        "crumbs": _crumbs(found, _("Read what people wrote")),
    }
    return render(request, "participation/workshops/read_words.html", context, status=status)


@require_POST
@login_required
def issue_record(request: HttpRequest, slug: str, workshop_id: UUID) -> HttpResponse:
    """Issue the workshop record as a numbered, sealed PDF."""
    user = signed_in(request)
    found = _to_tell_or_404(user, slug, workshop_id)
    rendering = request_document(user, RECORD, found.pk, issue=True)
    return redirect("documents:rendering", rendering.pk)


@login_required
@form_methods
def news(request: HttpRequest, slug: str, workshop_id: UUID) -> HttpResponse:
    """Say what happens next, or what became of it."""
    user = signed_in(request)
    found = _to_tell_or_404(user, slug, workshop_id)
    form = NewsForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: afterwards.write_news(user, found, form.cleaned_data["words"])
    ):
        messages.success(request, _("Said. It stands on the session's page."))
        return redirect(url_of("outcome", found))
    heading = _("Say what happens next")
    return form_page(
        request,
        form,
        heading=heading,
        lead=_("It goes into the record; once that is issued, to everybody who left an address.")
        if found.record_id is None
        else _("Everybody who left an address hears of it by e-mail."),
        button=_("Say it"),
        crumbs=_crumbs(found, heading),
    )


@require_safe
def said_csv(request: HttpRequest, slug: str, workshop_id: UUID) -> HttpResponse:
    """What was said, for a spreadsheet."""
    found = _told_or_404(request, slug, workshop_id)
    return csv_response(f"{_name(found)}.csv", said.COLUMNS, said.table_of(found))


@require_safe
def said_json(request: HttpRequest, slug: str, workshop_id: UUID) -> HttpResponse:
    """What was said, for a program."""
    found = _told_or_404(request, slug, workshop_id)
    response = JsonResponse(said.as_json(found), json_dumps_params={"ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="{_name(found)}.json"'
    return response


def _to_tell_or_404(user: User, slug: str, workshop_id: UUID) -> Workshop:
    """A session that is over, for the officers who tell what came out of it."""
    run_workshop_or_404(user, slug, workshop_id)
    found = held_workshop_or_404(user, slug, workshop_id)
    require(may_run(user, found.programme))
    return found


def _told_or_404(request: HttpRequest, slug: str, workshop_id: UUID) -> Workshop:
    found = held_workshop_or_404(request.user, slug, workshop_id)
    if found.words_read_at is None or found.forgotten_at is not None:
        raise Http404
    return found


def _name(found: Workshop) -> str:
    return slugify(found.title)[:60] or "workshop"


def _crumbs(found: Workshop, heading: str) -> list[tuple[object, str]]:
    return [*crumbs_of(found)[:-1], (found.title, url_of("outcome", found)), (heading, "")]
