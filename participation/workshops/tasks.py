"""What workers do for workshops. Each takes ids and may run twice."""

from uuid import UUID

from celery import shared_task

from participation.workshops import maps, rehearsal, retention
from participation.workshops.actions import rehearsing
from participation.workshops.actions.hearing import forget_addresses
from participation.workshops.live import tell
from participation.workshops.models import Activity


@shared_task(name="workshops.draw_map", soft_time_limit=60)
def draw_map(activity_id: str) -> None:
    """Draw the opinion map of a large or busy room, and have its screens look again if it moved."""
    activity = Activity.objects.filter(pk=activity_id).first()
    if activity is not None and maps.draw_as_asked(activity):
        tell(activity.workshop_id)


@shared_task(name="workshops.rehearse", soft_time_limit=60)
def rehearse(workshop_id: str) -> None:
    """Let the simulated people of a rehearsal act, and again in a moment."""
    identifier = UUID(workshop_id)
    if rehearsal.turn(identifier):
        rehearsal.queue(identifier, rehearsal.SECONDS_BETWEEN)


@shared_task(name="workshops.sweep")
def sweep() -> None:
    """Every minute: wipe old rehearsals, and go on with those that a dead worker left."""
    rehearsing.wipe_old()
    rehearsing.wake_all()


@shared_task(name="workshops.forget", soft_time_limit=120)
def forget() -> None:
    """Forget addresses that were left for news, what was written, and worries, in their time."""
    forget_addresses()
    retention.forget_words()
    retention.forget_worries()
