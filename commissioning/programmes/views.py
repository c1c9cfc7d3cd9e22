"""Pages of programmes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commissioning.programmes.loaders import programme_or_404
from commissioning.programmes.models import Programme


def programmes(request: HttpRequest) -> HttpResponse:
    """The programmes that anybody may read."""
    public = Programme.objects.filter(is_public=True)
    return render(request, "programmes/programmes.html", {"programmes": public})


def journey(request: HttpRequest, slug: str) -> HttpResponse:
    """The map of a programme's journey."""
    programme = programme_or_404(request.user, slug)
    return render(request, "programmes/journey.html", {"programme": programme})
