"""The list of programmes, a programme's journey and its history."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commissioning.ground.asked import asked
from commissioning.programmes.journey_page import journey_context, visible_history
from commissioning.programmes.loaders import programme_or_404
from commissioning.programmes.models import Stage
from commissioning.programmes.panels import readable
from commissioning.programmes.rules import leading_organisations, membership_of
from commissioning.programmes.voices import voices_of
from places.directory.models import Place

PER_PAGE = 20


def programmes(request: HttpRequest) -> HttpResponse:
    """Programmes that the person may read, theirs first."""
    words, stage = asked(request, "q"), asked(request, "stage")
    place = asked(request, "place")
    found = readable(request.user).select_related("place", "led_by")
    if words:
        found = found.filter(Q(title__icontains=words) | Q(about__icontains=words))
    if stage in Stage.values:
        found = found.filter(stage=stage)
    if place:
        found = found.filter(place__slug=place)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "words": words,
        "stage": stage,
        "place": place,
        "stages": Stage,
        "places": Place.objects.filter(programmes__isnull=False).distinct(),
        "filtered": bool(words or stage or place),
        "may_begin": leading_organisations(request.user).exists(),
    }
    return render(request, "programmes/programmes.html", context)


def journey(request: HttpRequest, slug: str) -> HttpResponse:
    """The map of a programme: where we are, who is in, what is next, what is locked and why."""
    programme = programme_or_404(request.user, slug)
    return render(request, "programmes/journey.html", journey_context(programme, request.user))


def history(request: HttpRequest, slug: str) -> HttpResponse:
    """What happened, in plain words, newest first."""
    programme = programme_or_404(request.user, slug)
    member = membership_of(request.user, programme)
    entries = visible_history(programme, member).select_related("actor")
    words = asked(request, "q")
    if words:
        entries = entries.filter(Q(sentence__icontains=words) | Q(reason__icontains=words))
    voices = voices_of(programme, request.user)
    actors = [
        (str(user_id), voices.of(found.user).name) for user_id, found in voices.members.items()
    ]
    if by := asked(request, "by"):
        known = {str(user_id): user_id for user_id in voices.members}
        entries = entries.filter(actor_id=known[by]) if by in known else entries.none()
    context = {
        "programme": programme,
        "page_obj": Paginator(entries, 30).get_page(request.GET.get("page")),
        "words": words,
        "by": by,
        "actors": sorted(actors, key=lambda actor: actor[1]) if member else [],
        "is_member": member is not None,
    }
    return render(request, "programmes/history.html", context)
