"""Pages of the directory."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from places.directory.loaders import organisation_or_404, place_or_404
from places.directory.models import Organisation, Place


def places(request: HttpRequest) -> HttpResponse:
    """Every place."""
    return render(request, "directory/places.html", {"places": Place.objects.all()})


def place(request: HttpRequest, slug: str) -> HttpResponse:
    """A place's page."""
    return render(request, "directory/place.html", {"place": place_or_404(request.user, slug)})


def organisations(request: HttpRequest) -> HttpResponse:
    """Organisations, found by words."""
    found = Organisation.objects.matching(request.GET.get("q", ""))
    return render(request, "directory/organisations.html", {"organisations": found})


def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """An organisation's public profile."""
    body = organisation_or_404(request.user, slug)
    return render(request, "directory/organisation.html", {"organisation": body})
