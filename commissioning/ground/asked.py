"""What a list's address asks for: words to find, a filter."""

from django.http import HttpRequest


def asked(request: HttpRequest, name: str, longest: int = 100) -> str:
    """A value of the query string, trimmed; without the one character no database text may hold."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:longest]
