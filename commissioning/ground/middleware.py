"""Middleware of the whole application."""

from collections.abc import Callable

import pghistory.middleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commissioning.ground.answers import Invalid, Refused

Handler = Callable[[HttpRequest], HttpResponse]


class HistoryMiddleware(pghistory.middleware.HistoryMiddleware):
    """Who changed what, from where; but nothing at all of the voting pages (``/v/``)."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/v/"):
            untold: HttpResponse = self.get_response(request)
            return untold
        told: HttpResponse = super().__call__(request)  # type: ignore[no-untyped-call]
        return told


class AnswersMiddleware:
    """Shows a rule's no, and what cannot be done, as pages with the reason on them."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """403 with the reason for a refusal, 409 for what cannot be done now."""
        if isinstance(error, Refused):
            return render(request, "refused.html", {"reason": error.answer.reason}, status=403)
        if isinstance(error, Invalid):
            return render(request, "conflict.html", {"reason": error.reason}, status=409)
        return None
