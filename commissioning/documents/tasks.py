"""What the worker does for documents: make them, and sweep up what was left lying."""

import datetime as dt
from contextlib import suppress
from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils import timezone

from commissioning.documents import making, manifest
from commissioning.documents.models import ManifestLine, Rendering

LONGEST = 600  # seconds that one document may take
KEPT_FOR = dt.timedelta(days=90)  # a copy that was not issued
_MOST_A_SWEEP = 200


@shared_task(name="documents.render", soft_time_limit=LONGEST)
def render_document(rendering_id: str) -> None:
    """Make one document; harmless when run twice, or by two workers at once."""
    wait = making.make(UUID(rendering_id))
    if wait is not None:
        render_document.apply_async(args=(rendering_id,), countdown=wait, retry=False)


def queue(rendering_id: UUID) -> None:
    """Hand the request to a worker on commit. If Redis is down the sweep finds it."""
    transaction.on_commit(
        lambda: render_document.apply_async(args=(str(rendering_id),), retry=False), robust=True
    )


@shared_task(name="documents.sweep")
def sweep() -> int:
    """Every minute: queue again what no worker holds. Returns how many."""
    if settings.RECORD_SIGNING_KEY and not ManifestLine.objects.exists():
        with transaction.atomic():
            manifest.begin()  # so that the public key can be read before anything is issued
    now = timezone.now()
    waiting = Q(state=Rendering.State.WAITING, queued_at__lt=now - dt.timedelta(seconds=60))
    working = Q(state=Rendering.State.WORKING, started_at__lt=now - dt.timedelta(seconds=15))
    found = Rendering.objects.filter(waiting | working).order_by("queued_at")
    count = 0
    for rendering_id in list(found.values_list("id", flat=True)[:_MOST_A_SWEEP]):
        if not making.is_worked_on(rendering_id):
            Rendering.objects.filter(id=rendering_id).update(queued_at=now)
            queue(rendering_id)
            count += 1
    return count


@shared_task(name="documents.forget")
def forget_copies() -> int:
    """Remove copies that were made for somebody's own use long ago; what was issued stays.

    The same facts can be printed again at any time. Returns how many went.
    """
    long_ago = timezone.now() - KEPT_FOR
    copies = Rendering.objects.filter(issued__isnull=True, finished_at__lt=long_ago)
    count = 0
    for copy in copies.order_by("finished_at")[:_MOST_A_SWEEP]:
        with suppress(ProtectedError):  # another room still points to it
            copy.delete()
            default_storage.delete(str(copy.file))
            count += 1
    return count
