"""What people say about the money, and what others answer."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commissioning.ground.answers import require
from commissioning.ground.attempts import attempt, form_status
from commissioning.programmes.models import Programme
from commissioning.programmes.rules import may_run, membership_of
from places.spending import rules
from places.spending.actions import notes as actions
from places.spending.forms.sorting import HideForm, NoteForm, ReplyForm
from places.spending.loaders import (
    line_or_404,
    note_or_404,
    payee_or_404,
    spending_programme_or_404,
)
from places.spending.models import Annotation
from places.spending.views.common import crumbs, name_of, payee_name, signed_in, tabs, url

NOTES_A_PAGE = 30
form_methods = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def notes(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything said, the newest first."""
    programme = spending_programme_or_404(request.user, slug)
    found = (
        Annotation.objects.filter(programme=programme, hidden_at=None)
        .select_related("by", "payee", "line__payee", "outcome")
        .annotate(answers=Count("replies", filter=Q(replies__hidden_at=None)))
        .order_by("-created_at", "pk")
    )
    page = Paginator(found, NOTES_A_PAGE).get_page(request.GET.get("page"))
    runs = bool(may_run(request.user, programme))
    context = {
        "programme": programme,
        "page": page,
        "rows": [(note, about_words(note)) for note in page],
        "may_note": rules.may_note(request.user, programme),
        "tabs": tabs(programme, "notes", runs=runs),
        "crumbs": crumbs(programme, (_("Used better"), "")),
    }
    return render(request, "places/spending/notes.html", context)


def about_words(note: Annotation) -> str:
    """What a note speaks of."""
    if note.line is not None:
        return name_of(note.line)
    if note.payee is not None:
        return payee_name(note.payee)
    return note.service or (note.outcome.title if note.outcome else "")


@login_required
@form_methods
def note_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Say something: of a line, a payee, a service, an outcome, or the money as a whole."""
    user = signed_in(request)
    programme = spending_programme_or_404(user, slug)
    if membership_of(user, programme) is None:
        raise Http404
    require(rules.may_note(user, programme))
    subject = _subject(request, programme)
    form = NoteForm(programme, request.POST or None)
    made: list[Annotation] = []
    if form.is_valid():
        said = form.cleaned_data
        whole = actions.Subject(subject.line, subject.payee, said["outcome"], subject.service)
        if attempt(
            form,
            lambda: made.append(
                actions.write_note(user, programme, said["kind"], said["words"], whole)
            ),
        ):
            messages.success(request, _("Said. Everybody who reads the programme can see it."))
            return redirect(url("note", programme, made[0].pk))
    spoken_of = (
        name_of(subject.line)
        if subject.line
        else payee_name(subject.payee)
        if subject.payee
        else subject.service
    )
    context = {
        "programme": programme,
        "form": form,
        "heading": _("How could this money be used better?"),
        "lead": _("About %s.") % spoken_of if spoken_of else "",
        "button": _("Say it"),
        "crumbs": crumbs(programme, (_("Used better"), url("notes", programme)), (_("New"), "")),
    }
    return render(request, "places/spending/form.html", context, status=form_status(form))


def _subject(request: HttpRequest, programme: Programme) -> actions.Subject:
    """What the address says is spoken of."""
    line, payee = request.GET.get("line", ""), request.GET.get("payee", "")
    try:
        return actions.Subject(
            line=line_or_404(programme, UUID(line)) if line else None,
            payee=payee_or_404(programme, UUID(payee)) if payee else None,
            service=request.GET.get("service", "").replace("\x00", "")[:200],
        )
    except ValueError:
        raise Http404 from None


@form_methods
def note(request: HttpRequest, slug: str, note_id: UUID) -> HttpResponse:
    """One thing said, and its discussion."""
    programme = spending_programme_or_404(request.user, slug)
    found = note_or_404(programme, note_id)
    may = rules.may_note(request.user, programme)
    form = ReplyForm(request.POST or None)
    if request.method == "POST":
        if membership_of(request.user, programme) is None:
            raise Http404
        require(may)
        user = signed_in(request)
        if form.is_valid() and attempt(
            form, lambda: actions.reply(user, found, form.cleaned_data["words"])
        ):
            return redirect(url("note", programme, found.pk))
    context = {
        "programme": programme,
        "note": found,
        "about": about_words(found),
        "replies": found.replies.filter(hidden_at=None).select_related("by"),
        "form": form,
        "may_note": may,
        "may_hide": rules.may_hide(request.user, found, programme),
        "crumbs": crumbs(
            programme, (_("Used better"), url("notes", programme)), (_("Discussion"), "")
        ),
    }
    return render(request, "places/spending/note.html", context, status=form_status(form))


@login_required
@form_methods
def note_hide(request: HttpRequest, slug: str, note_id: UUID) -> HttpResponse:
    """Hide what was said, with a reason."""
    user = signed_in(request)
    programme = spending_programme_or_404(user, slug)
    found = note_or_404(programme, note_id)
    if not rules.may_hide(user, found, programme):
        raise Http404
    form = HideForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: actions.hide_note(user, found, form.cleaned_data["because"])
    ):
        messages.success(request, _("Hidden."))
        return redirect(url("notes", programme))
    context = {
        "heading": _("Hide this?"),
        "consequences": [
            _("Nobody reads it or its answers here any more."),
            _("Your reason stands in the programme's history."),
        ],
        "action": _("Hide it"),
        "back": url("note", programme, found.pk),
        "form": form,
    }
    return render(request, "design/confirm.html", context, status=form_status(form))
