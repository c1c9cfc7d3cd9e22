"""What everyone is told: fixed and open, and the level-playing-field file."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from commissioning.ground.answers import require
from commissioning.ground.asked import asked
from commissioning.ground.attempts import attempt, form_status
from commissioning.ground.exports import csv_response
from commissioning.programmes.actions import openness as actions
from commissioning.programmes.forms import GivenForm, LevelFieldForm, ReasonForm, RewordForm
from commissioning.programmes.loaders import programme_or_404
from commissioning.programmes.models import Given, LevelFieldEntry, Programme
from commissioning.programmes.rules import (
    Person,
    may_draft,
    may_lead,
    may_read_level_field,
    membership_of,
)
from commissioning.programmes.templatetags.programmes import moneyless
from places.directory.models import Organisation
from places.directory.signed_in import signed_in

LEVEL_FIELD_COLUMNS = ("date", "organisation", "attended, saw or said", "what")


def fixed_and_open(request: HttpRequest, slug: str) -> HttpResponse:
    """What is already decided and what is truly open, in words."""
    programme = programme_or_404(request.user, slug)
    givens = list(programme.givens.all())
    context = {
        "programme": programme,
        "fixed": [given for given in givens if given.kind == Given.Kind.FIXED],
        "open": [given for given in givens if given.kind == Given.Kind.OPEN],
        "may_draft": may_draft(request.user, programme),
    }
    return render(request, "programmes/fixed_and_open.html", context)


def given_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a line."""
    programme = programme_or_404(request.user, slug)
    require(may_draft(request.user, programme))
    kind = asked(request, "kind")
    form = GivenForm(request.POST or None, initial={"kind": kind})
    if form.is_valid() and attempt(
        form,
        lambda: actions.say_given(
            signed_in(request),
            programme,
            Given.Kind(form.cleaned_data["kind"]),
            form.cleaned_data["words"],
        ),
    ):
        messages.success(request, _("Said. Everyone who reads the journey sees it."))
        return redirect("programmes:fixed_and_open", slug)
    context = {"programme": programme, "form": form, "given": None}
    return render(request, "programmes/given.html", context, status=form_status(form))


def given(request: HttpRequest, slug: str, given_id: UUID) -> HttpResponse:
    """Say a line in other words."""
    programme = programme_or_404(request.user, slug)
    line = _given_or_404(request, programme, given_id)
    form = RewordForm(request.POST or None, initial={"words": line.words})
    if form.is_valid() and attempt(
        form,
        lambda: actions.reword_given(
            signed_in(request), programme, line.pk, form.cleaned_data["words"]
        ),
    ):
        messages.success(request, _("Saved. The history keeps both wordings."))
        return redirect("programmes:fixed_and_open", slug)
    context = {"programme": programme, "form": form, "given": line}
    return render(request, "programmes/given.html", context, status=form_status(form))


def given_remove(request: HttpRequest, slug: str, given_id: UUID) -> HttpResponse:
    """Confirm that a line is taken away."""
    programme = programme_or_404(request.user, slug)
    line = _given_or_404(request, programme, given_id)
    back = reverse("programmes:fixed_and_open", args=[slug])
    if request.method == "POST":
        actions.unsay_given(signed_in(request), programme, line.pk)
        messages.success(request, _("Taken away. The history keeps it."))
        return redirect(back)
    context = {
        "programme": programme,
        "heading": _("Take this line away?"),
        "consequences": [line.words, _("The history says that it stood here, and that you did.")],
        "action": _("Take it away"),
        "back": back,
    }
    return render(request, "design/confirm.html", context)


def _given_or_404(request: HttpRequest, programme: Programme, given_id: UUID) -> Given:
    line = programme.givens.filter(pk=given_id).first()
    if line is None or not may_draft(request.user, programme):
        raise Http404
    return line


def level_field(request: HttpRequest, slug: str) -> HttpResponse:
    """Who attended, saw and said what; before it is published, each organisation reads its own."""
    programme = programme_or_404(request.user, slug)
    require(may_read_level_field(request.user, programme))
    entries = readable_entries(programme, request.user)
    organisation = asked(request, "organisation")
    if organisation:
        entries = entries.filter(organisation__slug=organisation)
    context = {
        "programme": programme,
        "page_obj": Paginator(entries, 50).get_page(request.GET.get("page")),
        "organisation": organisation,
        "organisations": _organisations(programme, request.user),
        "may_add": may_draft(request.user, programme),
        "may_publish": may_lead(request.user, programme),
        "only_own": not _reads_all(programme, request.user),
    }
    return render(request, "programmes/level_field.html", context)


def level_field_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The same lines as a table to take away."""
    programme = programme_or_404(request.user, slug)
    require(may_read_level_field(request.user, programme))
    rows = [
        (entry.at, entry.organisation.name, str(entry.get_kind_display()), _said(entry, programme))
        for entry in readable_entries(programme, request.user)
    ]
    return csv_response(f"level-playing-field-{programme.slug}.csv", LEVEL_FIELD_COLUMNS, rows)


def _said(entry: LevelFieldEntry, programme: Programme) -> str:
    return moneyless(entry.what, programme)


def _reads_all(programme: Programme, user: Person) -> bool:
    return programme.level_field_published_at is not None or bool(may_draft(user, programme))


def readable_entries(programme: Programme, user: Person) -> QuerySet[LevelFieldEntry]:
    """All lines once published, and for who runs the programme; before that, one's own."""
    entries = programme.level_field.select_related("organisation")
    if _reads_all(programme, user):
        return entries
    member = membership_of(user, programme)
    own = {member.organisation_id} if member and member.organisation_id else set()
    own |= set(Organisation.objects.acted_for_by(user).values_list("pk", flat=True))
    return entries.filter(organisation__in=own)


def _organisations(programme: Programme, user: Person) -> QuerySet[Organisation]:
    shown = readable_entries(programme, user).values("organisation")
    return Organisation.objects.filter(pk__in=shown)


def level_field_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Note by hand what happened outside the application."""
    programme = programme_or_404(request.user, slug)
    require(may_draft(request.user, programme))
    form = LevelFieldForm(request.POST or None, programme=programme)
    if form.is_valid() and attempt(
        form,
        lambda: actions.add_level_field_entry(
            signed_in(request),
            programme,
            form.cleaned_data["organisation"],
            LevelFieldEntry.Kind(form.cleaned_data["kind"]),
            form.cleaned_data["what"],
        ),
    ):
        messages.success(request, _("Noted in the file."))
        return redirect("programmes:level_field", slug)
    context = {"programme": programme, "form": form}
    return render(request, "programmes/level_field_new.html", context, status=form_status(form))


def level_field_publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Let everyone read the file, with the reason for doing it now."""
    programme = programme_or_404(request.user, slug)
    require(may_lead(request.user, programme))
    form = ReasonForm(request.POST or None, label=_("Why now?"))
    if form.is_valid() and attempt(
        form,
        lambda: actions.publish_file(signed_in(request), programme, form.cleaned_data["reason"]),
    ):
        messages.success(request, _("Published. Those who were not there can read it."))
        return redirect("programmes:level_field", slug)
    context = {
        "programme": programme,
        "form": form,
        "heading": _("Publish the level-playing-field file?"),
        "consequences": [
            _("Anyone can read which organisations attended, saw and said what."),
            _("Lines that come later appear in it as they come."),
            _("It cannot be taken back: others rely on it."),
        ],
        "action": _("Publish the file"),
        "back": reverse("programmes:level_field", args=[slug]),
    }
    return render(request, "design/confirm.html", context, status=form_status(form))
