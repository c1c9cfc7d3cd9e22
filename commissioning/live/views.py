"""The stream, and the same to be asked for again and again where streams do not get through."""

import asyncio
import json
import random
from collections.abc import AsyncIterator
from typing import Any

from asgiref.sync import sync_to_async
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connections
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from commissioning.live.channels import Guest, Viewer, guest_of, may_listen, split
from commissioning.live.hub import Hub, Stream, hub
from commissioning.live.listeners import Listener

# At most four sendings a second.
PAUSE = 0.25
HEARTBEAT = 15.0
# Beyond this the process serves those it has; the others' pages ask again and again instead.
MOST_STREAMS = 2000
HEADERS = {
    # A stream that is packed arrives in lumps.
    "Content-Encoding": "identity",
    "Cache-Control": "no-cache, no-transform",
    "X-Accel-Buffering": "no",
}


def admitted(request: HttpRequest, channel: str) -> Viewer:
    """Who asks, if they may listen; else the same 404 as for a channel that is not there."""
    viewer: Viewer = guest_of(request.COOKIES, channel) or request.user
    if not may_listen(viewer, channel):
        raise Http404
    return viewer


def current(viewer: Viewer, channel: str) -> dict[str, Any]:
    """Everything on the channel as it is now."""
    kind, identifier = split(channel)
    try:
        return kind.snapshot(viewer, identifier)
    except LookupError:
        raise Http404 from None


@require_GET
@never_cache
def now(request: HttpRequest, channel: str) -> JsonResponse:
    """What a stream would begin with."""
    return JsonResponse(current(admitted(request, channel), channel))


@require_GET
async def stream(request: HttpRequest, channel: str) -> HttpResponse | StreamingHttpResponse:
    """Everything now, then changes as they happen, until the viewer leaves or may not stay."""
    switchboard = hub()
    if switchboard.count() >= MOST_STREAMS:
        return HttpResponse(status=503, headers={"Retry-After": "30"})
    viewer = await sync_to_async(admitted)(request, channel)
    opened = Stream(channel, _listener(request, viewer))
    await switchboard.join(opened)
    first = await sync_to_async(current)(viewer, channel)
    # A stream lasts for hours; kept, each would hold a connection that pages wait for.
    await sync_to_async(connections.close_all)()
    return StreamingHttpResponse(
        _events(switchboard, opened, viewer, first),
        content_type="text/event-stream",
        headers=HEADERS,
    )


def _listener(request: HttpRequest, viewer: Viewer) -> Listener:
    """Who is asked about again and again while the stream is open."""
    if isinstance(viewer, Guest):
        return Listener(guest=viewer)
    if viewer.is_authenticated:
        return Listener(str(viewer.pk), request.session.session_key)
    return Listener()


async def _events(
    switchboard: Hub, opened: Stream, viewer: Viewer, first: dict[str, Any]
) -> AsyncIterator[str]:
    """The bytes of the stream."""
    # Spread out, so that a restart is not followed by everybody at once.
    yield f"retry: {random.randint(1000, 4000)}\n\n"  # noqa: S311
    opened.waiting = first | opened.waiting
    opened.missed = False
    try:
        while not opened.ended:
            if opened.missed:
                opened.missed = False
                opened.waiting = await sync_to_async(_again)(viewer, opened.channel)
            sending, opened.waiting = opened.waiting, {}
            opened.news.clear()
            if sending:
                yield "".join(_event(name, data) for name, data in sending.items())
                await asyncio.sleep(PAUSE)
            if not await _news(opened):
                yield ": still here\n\n"
        yield "event: ended\ndata: {}\n\n"
    finally:
        switchboard.leave(opened)


def _again(viewer: Viewer, channel: str) -> dict[str, Any]:
    """Everything now, giving the database connection back."""
    try:
        return current(viewer, channel)
    except Http404:
        return {}
    finally:
        connections.close_all()


async def _news(opened: Stream) -> bool:
    """Wait for something to send; a no when it is time for a sign of life."""
    try:
        await asyncio.wait_for(opened.news.wait(), HEARTBEAT)
    except TimeoutError:
        return False
    return True


def _event(name: str, data: Any) -> str:
    return f"event: {name}\ndata: {json.dumps(data, cls=DjangoJSONEncoder)}\n\n"
