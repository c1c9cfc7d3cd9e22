"""One resource: read, added, changed, published, hidden, checked, linked."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commissioning.ground.answers import require
from commissioning.ground.asked import asked
from commissioning.ground.attempts import attempt, form_status
from commissioning.programmes.models import Outcome, Programme
from commissioning.programmes.rules import Person, may_draft
from places.directory.loaders import place_or_404
from places.directory.models import Place
from places.directory.signed_in import signed_in
from places.resources.actions import links
from places.resources.actions import resources as actions
from places.resources.filters import outcomes_of, uuid_of
from places.resources.forms import CheckForm, HideForm, LinkForm, ResourceForm
from places.resources.loaders import (
    asked_programme,
    link_or_404,
    own_resource_or_404,
    resource_or_404,
)
from places.resources.models import Kind, Resource, State, Where
from places.resources.picture import picture_of
from places.resources.rules import may_add, may_edit, may_link, may_look_after
from places.resources.views.lists import crumbs


def _resource(request: HttpRequest, slug: str, resource_id: UUID) -> Resource:
    return resource_or_404(request.user, place_or_404(request.user, slug), resource_id)


def _own(request: HttpRequest, slug: str, resource_id: UUID) -> Resource:
    return own_resource_or_404(request.user, place_or_404(request.user, slug), resource_id)


def _crumbs(place: Place, last: str, resource: Resource | None = None) -> list[tuple[str, str]]:
    way = [(_("What it has"), reverse("resources:place", args=[place.slug]))]
    if resource is not None:
        way.append((resource.what, resource.get_absolute_url()))
    return crumbs(place, None, *way, (last, ""))


@require_safe
def resource(request: HttpRequest, slug: str, resource_id: UUID) -> HttpResponse:
    """All that is known of it, and what it does for which outcome."""
    found = _resource(request, slug, resource_id)
    readable = outcomes_of(found.place, request.user, None)
    known = {outcome.pk for outcome in readable}
    context = {
        "resource": found,
        "place": found.place,
        "links": [
            link
            for link in found.links.select_related("outcome__programme")
            if link.outcome_id in known
        ],
        "may_edit": may_edit(request.user, found),
        "looks_after": may_look_after(request.user, found.place),
        "linking": _linkable(request.user, readable),
        "picture": _where(found),
        "merges": found.merged.all(),
        "crumbs": _crumbs(found.place, found.what),
    }
    return render(request, "resources/resource.html", context)


def _where(found: Resource) -> Any:
    """The place with this one thing on it, where it has a spot or an area."""
    if found.where not in (Where.POINT, Where.AREA):
        return None
    return picture_of(list(found.place.areas.all()), Resource.objects.filter(pk=found.pk))


def _linkable(user: Person, outcomes: list[Outcome]) -> list[Programme]:
    """The programmes whose outcomes the person may link things to."""
    found = {outcome.programme_id: outcome.programme for outcome in outcomes}
    return [programme for programme in found.values() if may_draft(user, programme)]


@login_required
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Put something on the map, or suggest it to those who look after the list."""
    place = place_or_404(request.user, slug)
    user = signed_in(request)
    programme = asked_programme(user, place, asked(request, "programme"))
    kind = asked(request, "kind")
    initial = {
        "kind": kind if kind in Kind.values else None,
        "where": Where.AREA if asked(request, "area") else None,
        "area": uuid_of(asked(request, "area")),
    }
    form = ResourceForm(request.POST or None, initial=initial, place=place, user=user)
    outcome = _asked_outcome(request, programme)
    done: list[Resource] = []
    if form.is_valid() and attempt(form, lambda: done.append(_put(user, place, form, programme))):
        if done[0].state == State.PUBLISHED:
            return _to_its_outcome(request, done[0], outcome)
        messages.success(
            request, _("Thank you. Somebody reads it first, and we tell you what became of it.")
        )
        return redirect("resources:place", place.slug)
    context = {
        "form": form,
        "place": place,
        "programme": programme,
        "outcome": outcome,
        "publishes": may_look_after(user, place),
        "crumbs": _crumbs(place, _("Add a resource")),
        **_map_to_choose_on(place),
    }
    return render(request, "resources/edit.html", context, status=form_status(form))


def _asked_outcome(request: HttpRequest, programme: Programme | None) -> Outcome | None:
    """The outcome that the address names: of a gap that somebody fills."""
    key = uuid_of(asked(request, "outcome"))
    return programme.outcomes.filter(pk=key).first() if programme and key else None


def _to_its_outcome(
    request: HttpRequest, made: Resource, outcome: Outcome | None
) -> HttpResponseRedirect:
    """On to saying how it helps the outcome; to the thing itself where none was named."""
    if outcome is not None and may_link(request.user, made, outcome.programme):
        messages.success(request, _("It is on the map. Now say how it helps."))
        way = reverse("resources:link", args=[made.place.slug, made.pk, outcome.programme.slug])
        return HttpResponseRedirect(f"{way}?outcome={outcome.pk}")
    messages.success(request, _("It is on the map. Which outcome does it help?"))
    return HttpResponseRedirect(made.get_absolute_url())


def _put(user: Any, place: Place, form: ResourceForm, programme: Programme | None) -> Resource:
    facts = form.facts()
    if may_add(user, place, facts.organisation):
        return actions.add_resource(user, place, facts, programme)
    return actions.suggest_resource(user, place, facts, programme)


def _map_to_choose_on(place: Place) -> dict[str, Any]:
    return {
        "picture": picture_of(list(place.areas.all()), Resource.objects.none()),
        "tiles": settings.MAP_TILES_URL,
        "tiles_credit": settings.MAP_TILES_CREDIT,
    }


@login_required
def edit(request: HttpRequest, slug: str, resource_id: UUID) -> HttpResponse:
    """Say anew what it is."""
    found = _own(request, slug, resource_id)
    form = ResourceForm(
        request.POST or None,
        initial=ResourceForm.initial_of(found),
        place=found.place,
        user=request.user,
    )
    if form.is_valid() and attempt(
        form, lambda: actions.edit_resource(signed_in(request), found, form.facts())
    ):
        messages.success(request, _("Saved."))
        return redirect(found)
    context = {
        "form": form,
        "place": found.place,
        "resource": found,
        "crumbs": _crumbs(found.place, _("Change it"), found),
        **_map_to_choose_on(found.place),
    }
    return render(request, "resources/edit.html", context, status=form_status(form))


@login_required
@require_POST
def publish(request: HttpRequest, slug: str, resource_id: UUID) -> HttpResponse:
    """Let everyone see it."""
    found = _own(request, slug, resource_id)
    require(may_look_after(request.user, found.place))
    actions.publish_resource(signed_in(request), found)
    messages.success(request, _("Everybody sees it now. Which outcome does it help?"))
    return redirect(found)


@login_required
def hide(request: HttpRequest, slug: str, resource_id: UUID) -> HttpResponse:
    """Confirm that it goes off the map, and say why."""
    found = _own(request, slug, resource_id)
    form = HideForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: actions.hide_resource(signed_in(request), found, form.cleaned_data["why"]),
    ):
        messages.success(request, _("It is off the map."))
        return redirect("resources:place", slug)
    context = {
        "heading": _("Take “%s” off the map?") % found.what,
        "consequences": [
            _("Nobody finds it on the map, in the list or in the figures any more."),
            _("It is kept, with its links, and can be put back."),
        ],
        "action": _("Take it off"),
        "back": found.get_absolute_url(),
        "form": form,
    }
    return render(request, "design/confirm.html", context, status=form_status(form))


@login_required
def check(request: HttpRequest, slug: str, resource_id: UUID) -> HttpResponse:
    """Say that it is still as written."""
    found = _own(request, slug, resource_id)
    form = CheckForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: actions.check_resource(signed_in(request), found, form.cleaned_data["review_on"]),
    ):
        messages.success(request, _("Thank you. It says now that it was checked today."))
        return redirect(found)
    context = {
        "form": form,
        "resource": found,
        "place": found.place,
        "crumbs": _crumbs(found.place, _("Is it still so?"), found),
    }
    return render(request, "resources/check.html", context, status=form_status(form))


@login_required
def link(request: HttpRequest, slug: str, resource_id: UUID, programme_slug: str) -> HttpResponse:
    """Say what it does for an outcome of a programme."""
    found = _resource(request, slug, resource_id)
    programme = asked_programme(request.user, found.place, programme_slug)
    if programme is None or not may_link(request.user, found, programme):
        raise Http404
    outcomes = list(programme.outcomes.all())
    initial = {"outcome": _asked_outcome(request, programme)}
    form = LinkForm(request.POST or None, initial=initial, outcomes=outcomes)
    if form.is_valid() and attempt(
        form, lambda: links.link_to_outcome(signed_in(request), found, **form.cleaned_data)
    ):
        messages.success(request, _("Linked. The matrix counts it now."))
        return redirect(found)
    context = {
        "form": form,
        "resource": found,
        "programme": programme,
        "outcomes": outcomes,
        "crumbs": _crumbs(found.place, _("Link it to an outcome"), found),
    }
    return render(request, "resources/link.html", context, status=form_status(form))


@login_required
def unlink(request: HttpRequest, slug: str, resource_id: UUID, link_id: UUID) -> HttpResponse:
    """Confirm that it does not help that outcome after all."""
    found = _resource(request, slug, resource_id)
    this = link_or_404(request.user, found, link_id)
    if request.method == "POST":
        links.unlink(signed_in(request), this)
        messages.success(request, _("The link is removed."))
        return redirect(found)
    context = {
        "heading": _("Remove the link to “%s”?") % this.outcome.title,
        "consequences": [_("The matrix no longer counts it there. The history keeps it.")],
        "action": _("Remove the link"),
        "back": found.get_absolute_url(),
    }
    return render(request, "design/confirm.html", context)
