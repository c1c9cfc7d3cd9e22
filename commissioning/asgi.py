"""Server-sent events, alone or in one origin with the pages.

``live`` is the live process behind a front that sends it ``/live/`` and sends the rest to
``wsgi.py``. ``application`` is both at once: for a bare ``script/server`` and the browser tests.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from a2wsgi import WSGIMiddleware
from django.core.asgi import get_asgi_application

from commissioning import wsgi

Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]

# Threads beat Django's own adaptation of views that wait for the database, by far.
PAGE_THREADS = 8

live = get_asgi_application()
_pages: Any = WSGIMiddleware(wsgi.application, workers=PAGE_THREADS)  # type: ignore[arg-type]


async def application(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Streams go to Django's ASGI; pages go to its WSGI, on threads."""
    if scope["type"] == "http" and scope["path"].startswith("/live/"):
        await live(scope, receive, send)
    else:
        await _pages(scope, receive, send)
