"""Once a day: the head of the manifest, to each witness that the settings name."""

from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from commissioning.documents.manifest import head
from commissioning.notices.actions import tell


@shared_task(name="witnesses.tell_head")
def tell_head() -> int:
    """Tell every witness the head, once a day however often this runs. Returns how many."""
    line = head()
    if line is None:
        return 0
    today = timezone.localdate().isoformat()
    with transaction.atomic():
        for address in settings.RECORD_WITNESSES:
            tell("witnesses.head", address, about={"digest": line.digest}, key=f"head:{today}")
    return len(settings.RECORD_WITNESSES)
