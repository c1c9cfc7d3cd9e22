"""What workshops forget by themselves: what people wrote, how they answered, and their worries.

The vision, the versions it came from, the record that was issued, what became of it, and who took
part in numbers stay: they are why a place wants what it wants. Who said what was never kept for
that, and words in somebody's own hand may point at them for ever.
"""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from participation.workshops.actions.common import held_still
from participation.workshops.models import WORDS_KEPT_FOR, Workshop, Worry
from participation.workshops.presence import numbers_of

# A safeguarding lead keeps a case of their own elsewhere; the room's note of it goes a year after
# they wrote down what they did. One that nobody has looked after is never forgotten by itself.
WORRY_KEPT_FOR: Final = timedelta(days=365)
Status = Workshop.Status


def over_long_ago() -> QuerySet[Workshop]:
    """Sessions whose words are no longer needed; one that nobody closed counts from its opening."""
    before = timezone.now() - WORDS_KEPT_FOR
    never_closed = Q(closed_at__isnull=True, opened_at__lt=before)
    return Workshop.objects.filter(rehearses=None, forgotten_at=None).filter(
        Q(closed_at__lt=before) | never_closed
    )


def forget_words() -> int:
    """Forget them, each session in a transaction of its own. How many sessions."""
    gone = 0
    for workshop in over_long_ago():
        with transaction.atomic():
            gone += _forget(held_still(workshop))
    return gone


def forget_worries() -> int:
    """Forget worries a year after somebody looked after them. How many."""
    old = Worry.objects.filter(done_at__lt=timezone.now() - WORRY_KEPT_FOR)
    return old.delete()[0]


def _forget(workshop: Workshop) -> bool:
    if workshop.forgotten_at is not None:
        return False
    if workshop.status != Status.CLOSED:
        # Nobody closed it. Its words are forgotten when it has been closed for as long as others.
        workshop.status, workshop.closed_at = Status.CLOSED, timezone.now()
        workshop.save(update_fields=["status", "closed_at"])
        return False
    remembered = numbers_of(workshop)
    # In this order: words first, then who said them with their dots, answers and standings.
    workshop.contributions.all().delete()
    workshop.participants.all().delete()
    workshop.theme_steps.all().delete()
    workshop.themes.all().delete()
    workshop.invited.all().delete()
    for question in workshop.join_questions.all():
        question.counts.all().delete()
    _stays(workshop, remembered)
    return True


def _stays(workshop: Workshop, remembered: dict[str, Any]) -> None:
    workshop.remembered, workshop.forgotten_at = remembered, timezone.now()
    workshop.guardian_contact = workshop.chaperones = ""
    workshop.save(update_fields=["remembered", "forgotten_at", "guardian_contact", "chaperones"])
    _forget_history(workshop.pk)


def _forget_history(workshop_id: UUID) -> None:
    """Who was a chaperone, in the history of the session's settings too."""
    events = apps.get_model("workshops", "WorkshopEvent").objects
    events.filter(pgh_obj_id=workshop_id).update(guardian_contact="", chaperones="")
