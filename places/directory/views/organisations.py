"""Organisations: found, read, put in the directory, kept up to date."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from commissioning.ground.answers import require
from commissioning.ground.asked import asked
from commissioning.ground.attempts import attempt, form_status
from places.directory import actions
from places.directory.alike import Alike, alike
from places.directory.forms import ProfileForm
from places.directory.loaders import organisation_or_404
from places.directory.models import Organisation, Place
from places.directory.panels import organisation_panels
from places.directory.rules import acts_for, keeps, runs_installation
from places.directory.signed_in import signed_in

SORTS = {
    "name": ("sort_key", "name"),
    "-name": ("-sort_key", "-name"),
    "kind": ("kind", "sort_key"),
    "-kind": ("-kind", "sort_key"),
    "place": ("place__sort_key", "sort_key"),
    "-place": ("-place__sort_key", "sort_key"),
}


def organisations(request: HttpRequest) -> HttpResponse:
    """Organisations, found by words or number, of a kind, of a place."""
    words = asked(request, "q")
    kind, place = asked(request, "kind"), asked(request, "place")
    found = _filtered(words, kind, place).order_by(
        *SORTS.get(asked(request, "sort"), SORTS["name"])
    )
    context = {
        "page_obj": Paginator(found, 25).get_page(request.GET.get("page")),
        "words": words,
        "kind": kind,
        "place": place,
        "kinds": Organisation.Kind,
        "places": Place.objects.all(),
        "filtered": bool(words or kind or place),
    }
    return render(request, "directory/organisations.html", context)


def _filtered(words: str, kind: str, place: str) -> QuerySet[Organisation]:
    found = Organisation.objects.matching(words).select_related("place")
    if kind in Organisation.Kind.values:
        found = found.filter(kind=kind)
    if place:
        found = found.filter(place__slug=place)
    return found


def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """An organisation's public profile."""
    found = organisation_or_404(request.user, slug)
    may_edit = acts_for(request.user, found)
    context = {
        "organisation": found,
        "identifiers": found.identifiers.all(),
        "panels": [
            {"title": panel.title, "rows": panel.rows(found, request.user), "empty": panel.empty}
            for panel in organisation_panels
        ],
        "measures": found.measures.standing().select_related("said_by"),
        "may_edit": may_edit,
        "keeps": keeps(request.user, found),
        "may_confirm": runs_installation(request.user)
        and found.kind in Organisation.LEADING_KINDS
        and found.confirmed_at is None,
        "waiting": found.join_requests.filter(answered_at__isnull=True).count() if may_edit else 0,
    }
    return render(request, "directory/organisation.html", context)


@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Put an organisation in the directory, unless it is there already under a like name."""
    user = signed_in(request)
    form = ProfileForm(request.POST or None, initial={"name": asked(request, "name", 160)})
    like: list[Alike] = []
    made: list[Organisation] = []
    if form.is_valid():
        profile = form.profile()
        like = [] if "sure" in request.POST else alike(profile.name, profile.identifiers)
        if not like and attempt(
            form, lambda: made.append(actions.create_organisation(user, profile))
        ):
            messages.success(request, _("It is in the directory, and you are its keeper."))
            return redirect(made[0])
    status = 422 if like else form_status(form)
    context = {"form": form, "like": like}
    return render(request, "directory/organisation_new.html", context, status=status)


def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the profile up to date."""
    found = organisation_or_404(request.user, slug)
    require(acts_for(request.user, found))
    form = ProfileForm(request.POST or None, initial=ProfileForm.initial_of(found))
    if form.is_valid() and attempt(
        form, lambda: actions.edit_organisation(signed_in(request), found, form.profile())
    ):
        messages.success(request, _("Saved. The public profile shows it now."))
        return redirect(found)
    context = {"form": form, "organisation": found}
    return render(request, "directory/organisation_edit.html", context, status=form_status(form))


def confirm(request: HttpRequest, slug: str) -> HttpResponse:
    """Those who run the installation confirm that a body is what it says."""
    found = organisation_or_404(request.user, slug)
    require(runs_installation(request.user))
    if request.method == "POST":
        actions.confirm_organisation(signed_in(request), found)
        messages.success(request, _("Confirmed. Its people can begin programmes."))
        return redirect(found)
    context = {
        "heading": _("Confirm that %s is what it says?") % found.name,
        "consequences": [
            _("Its people can begin programmes in its name, and look after its place's page."),
            _("If it changes its kind later, it must be confirmed again."),
        ],
        "action": _("Confirm it"),
        "back": found.get_absolute_url(),
    }
    return render(request, "design/confirm.html", context)
