"""A form that came from somebody whose session had ended: kept, and sent again by themselves.

The posted fields wait in the (new, signed-out) session while the person signs in; then a page
shows what was typed, with one button to send it. Nothing is sent without that button.
"""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.http import urlencode

SESSION_KEY = "people.kept_form"
LARGEST = 500_000  # characters
LASTS = 24 * 3600  # seconds


@dataclass(frozen=True, slots=True)
class KeptForm:
    """What was posted: where to, the fields with their values, and whether files came with it."""

    name: str
    path: str
    fields: list[tuple[str, str]]
    had_files: bool

    @property
    def shown(self) -> list[tuple[str, str]]:
        """The fields that a person typed, by a readable name."""
        return [
            (name.rpartition("-")[2].replace("_", " ").capitalize(), value)
            for name, value in self.fields
            if value.strip()
        ]


def keep(request: HttpRequest) -> str | None:
    """Put the posted form into the session; say its name, or None where it is too large."""
    fields = [
        (name, str(value))
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    ]
    if sum(len(name) + len(value) for name, value in fields) > LARGEST:
        return None
    name = secrets.token_urlsafe(9)
    request.session[SESSION_KEY] = {
        "name": name,
        "path": request.get_full_path(),
        "fields": fields,
        "had_files": bool(request.FILES),
        "at": time.time(),
    }
    return name


def kept(request: HttpRequest, name: str) -> KeptForm | None:
    """The form that waits under this name in this session."""
    data: dict[str, Any] | None = request.session.get(SESSION_KEY)
    if data is None or data["name"] != name or time.time() - data["at"] > LASTS:
        return None
    fields = [(field, value) for field, value in data["fields"]]
    return KeptForm(name, data["path"], fields, data["had_files"])


class KeptFormMiddleware:
    """Notices a post that was answered by "sign in first", and keeps what it carried."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not _sent_to_sign_in(request, response):
            return response
        if request.method == "POST":
            response = _sign_in_and_come_back(request)
        if request.headers.get("HX-Request"):
            # htmx would put the sign-in page into a corner of this one.
            page = HttpResponse(status=204)
            page["HX-Redirect"] = response["Location"]
            return page
        return response


def _sent_to_sign_in(request: HttpRequest, response: HttpResponse) -> bool:
    # Who is asking comes last: most redirects, and all of the voting pages', need not know.
    if response.status_code != 302:
        return False
    if urlsplit(response["Location"]).path != resolve_url(settings.LOGIN_URL):
        return False
    return not (request.path.startswith(reverse("account_login")) or request.user.is_authenticated)


def _sign_in_and_come_back(request: HttpRequest) -> HttpResponse:
    name = keep(request)
    back = reverse("people:kept_form", args=[name]) if name else request.get_full_path()
    return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': back})}")
