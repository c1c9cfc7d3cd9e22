"""Where a wiped rehearsal was, for the phones, walls and desks that are still open on it.

Nothing of the rehearsal is kept: only, for a day, that its code and its address were those of a
rehearsal, and of which session.
"""

from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from commissioning.ground import memory
from participation.workshops.models import Workshop

KEPT_SECONDS: Final = 24 * 3600


class RehearsalOver(Http404):
    """This was a rehearsal, and is wiped: shown as a kind page, and not as a bare 404."""

    def __init__(self, session: Workshop, *, runs: bool) -> None:
        super().__init__("a rehearsal that was wiped")
        self.session = session
        self.runs = runs


def remember(code: str, identifier: UUID, session_id: UUID) -> None:
    """Have who still looks at a rehearsal find out what became of it."""
    for name in (code, identifier):
        memory.keep(_key(name), str(session_id), KEPT_SECONDS)


def session_of(name: str | UUID | None) -> Workshop | None:
    """The session that a wiped rehearsal of this code (or id) was for."""
    found = memory.recall(_key(name)) if name else None
    return Workshop.objects.filter(pk=found).select_related("programme").first() if found else None


def _key(name: str | UUID) -> str:
    return f"rehearsal-over:{name}"


class RehearsalOverMiddleware:
    """Shows :class:`RehearsalOver` with 410: gone, and not to come back."""

    def __init__(self, get_response: object) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)  # type: ignore[operator,no-any-return]

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page, with the way to the session itself."""
        if not isinstance(error, RehearsalOver):
            return None
        context = {"session": error.session, "runs": error.runs}
        return render(request, "participation/workshops/over.html", context, status=410)
