"""The whole-system review of a programme, and its PDF; the list to take away."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commissioning.documents.actions import request_document
from commissioning.ground.answers import require
from commissioning.programmes.loaders import programme_or_404
from commissioning.programmes.rules import may_draft
from places.directory.loaders import place_or_404
from places.directory.signed_in import signed_in
from places.resources.exports import EXPORTS
from places.resources.filters import read
from places.resources.review import REVIEW, review_of
from places.resources.views.lists import crumbs


@require_safe
def review(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that the options stage starts from."""
    programme = programme_or_404(request.user, slug)
    context = {
        "programme": programme,
        "review": review_of(programme, request.user),
        "prints": may_draft(request.user, programme),
        "crumbs": crumbs(programme.place, programme, (_("Whole-system review"), "")),
    }
    return render(request, "resources/review.html", context)


@login_required
@require_POST
def print_review(request: HttpRequest, slug: str) -> HttpResponse:
    """Have the review made as a PDF."""
    programme = programme_or_404(request.user, slug)
    require(may_draft(request.user, programme))
    rendering = request_document(signed_in(request), REVIEW, programme.pk)
    return redirect("documents:rendering", rendering.pk)


@require_safe
def download(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The list, as the filters of the address leave it."""
    place = place_or_404(request.user, slug)
    if kind not in EXPORTS:
        raise Http404
    filters = read(request, place, list(place.areas.all()))
    return EXPORTS[kind](filters.rows(place, request.user), f"{place.slug}-resources")
