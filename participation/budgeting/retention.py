"""What a sealed round forgets by itself: whether each card voted, and the roll of addresses."""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models.functions import Now

from commissioning.ground.locks import lock
from participation.budgeting.models import Elector, RollEntry, Round

# Long enough for every complaint about a result; then the counts in the closing are all there is.
KEPT_FOR: Final = timedelta(days=90)


def forget_registers() -> int:
    """Shrink the registers of rounds sealed 90 days ago to their counts. How many rounds."""
    old = Round.objects.filter(
        status=Round.Status.SEALED, key_destroyed_at__lt=Now() - KEPT_FOR
    ).filter(electors__used__isnull=False)
    ids = list(old.distinct().values_list("pk", flat=True))
    for round_id in ids:
        with transaction.atomic():
            lock(round_id)
            RollEntry.objects.filter(round=round_id).delete()
            Elector.objects.filter(round=round_id).update(used=None)
    return len(ids)
