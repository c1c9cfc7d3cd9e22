"""The front page, the pages about the site itself, and the pages for when something went wrong."""

from collections.abc import Mapping

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from commissioning.design.front import front_parts

STAGES = (
    (
        gettext_lazy("Vision"),
        gettext_lazy("What do we want to be true here? Agreed before any money is named."),
    ),
    (
        gettext_lazy("Resources"),
        gettext_lazy("Everything the place already has: people, places, skills, groups."),
    ),
    (
        gettext_lazy("Options"),
        gettext_lazy("What would work best here, and why. Every answer has a reason."),
    ),
    (gettext_lazy("Delivery"), gettext_lazy("Calls, votes and grants that anybody can check.")),
    (gettext_lazy("Learning"), gettext_lazy("What changed, for whom, and what to do better.")),
)
SECRET_NAMES = ("csrf", "code", "password", "token")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front page: what this is, what to do next, and what the rooms put there."""
    stages = [{"name": name, "note": note, "state": "plain"} for name, note in STAGES]
    context: dict[str, object] = {"stages": stages}
    for part in front_parts:
        context |= part(request)
    return render(request, "home.html", context)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What this is, and the rules it keeps."""
    return render(request, "design/about.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What we promise and test, and what to do when something does not work."""
    return render(request, "design/accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is held about people, and why."""
    return render(request, "design/privacy.html", {"contact": settings.DEFAULT_FROM_EMAIL})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that makes no sense, or is too big."""
    too_big = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
    if isinstance(exception, too_big):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A no without a reason of its own."""
    reason = str(exception) or _("This page is for people with a role that you do not have.")
    return render(request, "refused.html", {"reason": reason}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Not there, or not yours to see: the same page, so that nothing is given away."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke on our side. Asks nothing of the database, the session or the request."""
    return HttpResponse(render_to_string("500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came from an old page: say so kindly, and give back what was typed."""
    context = {"typed": _typed(request)}
    return render(request, "csrf.html", context, status=403)


def _typed(request: HttpRequest) -> Mapping[str, str]:
    """What the person typed, but only where our own page sent it: else another site could write
    on ours."""
    if request.headers.get("Origin") != f"{request.scheme}://{request.get_host()}":
        return {}
    return {
        name.replace("_", " ").replace("-", " "): value
        for name, value in request.POST.items()
        if value and isinstance(value, str) and not any(word in name for word in SECRET_NAMES)
    }
