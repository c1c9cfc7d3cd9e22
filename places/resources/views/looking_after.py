"""For those who look after the list: what was suggested, what to look at again, what is twice."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commissioning.ground.answers import require
from commissioning.programmes.models import Membership
from places.directory.loaders import place_or_404
from places.directory.models import Place
from places.directory.signed_in import signed_in
from places.resources.actions import merging
from places.resources.likely_same import likely_same
from places.resources.loaders import merge_or_404, resource_or_404
from places.resources.models import Merge, Resource, State
from places.resources.rules import may_look_after
from places.resources.tasks import due_for_review
from places.resources.views.lists import crumbs

MOST = 50


def _place(request: HttpRequest, slug: str) -> Place:
    place = place_or_404(request.user, slug)
    require(may_look_after(request.user, place))
    return place


@login_required
@require_safe
def look_after(request: HttpRequest, slug: str) -> HttpResponse:
    """All that waits for somebody."""
    place = _place(request, slug)
    here = Resource.objects.filter(place=place).select_related(
        "place", "organisation", "area", "added_by"
    )
    # What came through a private programme is looked after by its own people only.
    visible = Resource.objects.filter(place=place).visible_to(request.user)
    suggested = here.filter(state=State.SUGGESTED).filter(
        Q(programme__isnull=True)
        | Q(programme__is_public=True)
        | Q(programme__memberships__in=_memberships(request))
    )
    context = {
        "place": place,
        "suggested": suggested.distinct()[:MOST],
        "due": due_for_review()
        .filter(pk__in=visible.values("pk"))
        .select_related("place", "area", "organisation", "owner")[:MOST],
        "alike": likely_same(place, request.user),
        "merges": Merge.objects.filter(kept__place=place, undone_at__isnull=True)
        .filter(kept__in=visible.values("pk"))
        .select_related("kept", "merged", "by")[:MOST],
        "crumbs": crumbs(
            place,
            None,
            (_("What it has"), reverse("resources:place", args=[place.slug])),
            (_("What waits"), ""),
        ),
    }
    return render(request, "resources/look_after.html", context)


def _memberships(request: HttpRequest) -> object:
    return Membership.objects.in_force().filter(user=signed_in(request))


@login_required
def merge(request: HttpRequest, slug: str, resource_id: UUID, other_id: UUID) -> HttpResponse:
    """Confirm that two are one thing."""
    place = _place(request, slug)
    kept = resource_or_404(request.user, place, resource_id)
    other = resource_or_404(request.user, place, other_id)
    back = reverse("resources:look_after", args=[slug])
    if request.method == "POST":
        merging.merge(signed_in(request), kept, other)
        messages.success(request, _("They are one now. You can undo it under “What waits”."))
        return redirect(kept)
    context = {
        "heading": _("Are these one thing?"),
        "consequences": [
            _("“%s” stays, as it is written.") % kept.what,
            _("“%s” becomes part of it: its links to outcomes move over.") % other.what,
            _("You can make them two again whenever you like."),
        ],
        "action": _("Make them one"),
        "back": back,
    }
    return render(request, "design/confirm.html", context)


@login_required
def undo_merge(request: HttpRequest, slug: str, merge_id: UUID) -> HttpResponse:
    """Confirm that they are two after all."""
    place = place_or_404(request.user, slug)
    done = merge_or_404(request.user, place, merge_id)
    back = reverse("resources:look_after", args=[slug])
    if request.method == "POST":
        merging.undo_merge(signed_in(request), done)
        messages.success(request, _("They are two again."))
        return redirect(back)
    context = {
        "heading": _("Make them two again?"),
        "consequences": [
            _("“%s” comes back as it was, with the links that moved.") % done.merged.what
        ],
        "action": _("Make them two"),
        "back": back,
    }
    return render(request, "design/confirm.html", context)


@login_required
@require_POST
def different(request: HttpRequest, slug: str, resource_id: UUID, other_id: UUID) -> HttpResponse:
    """They only seem alike."""
    place = _place(request, slug)
    one = resource_or_404(request.user, place, resource_id)
    other = resource_or_404(request.user, place, other_id)
    merging.say_different(signed_in(request), one, other)
    messages.success(request, _("We do not ask about these two again."))
    return redirect("resources:look_after", slug)
