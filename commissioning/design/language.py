"""The pages that speak another language: whole pages, and never half of one."""

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

Handler = Callable[[HttpRequest], HttpResponse]

# The pages that residents need, and every page of an error. The officers' pages are in English.
TRANSLATED: Final = frozenset(
    {
        *(f"vote:{name}" for name in ("enter", "ballot", "finish", "finished", "counted")),
        *(f"budgeting:{name}" for name in ("round", "hall", "hall_turnout")),
        *(f"budgeting:{name}" for name in ("result", "why", "other")),
        *(f"workshops:{name}" for name in ("enter", "room", "come_in", "say", "near")),
        *(f"workshops:{name}" for name in ("room_map", "worry", "leave", "privacy")),
        *(f"documents:{name}" for name in ("verify", "issued", "issued_file", "key")),
    }
)


class TranslatedPagesMiddleware:
    """Puts the chosen language aside on pages that are not translated.

    Otherwise such a page would say that it is in Welsh and be read out so, with English in it.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Before the page is made, once its address is known."""
        match = request.resolver_match
        if match is None or match.view_name not in TRANSLATED:
            translation.activate(settings.LANGUAGE_CODE)
            request.LANGUAGE_CODE = settings.LANGUAGE_CODE
