"""Pages of the design system itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came from an old page: say so kindly."""
    return render(request, "refused.html", {"reason": "This page was open too long."}, status=403)


def home(request: HttpRequest) -> HttpResponse:
    """The front page."""
    return render(request, "home.html")
