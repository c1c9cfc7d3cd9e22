"""What workers do for workshops. Each takes ids and may run twice."""

from celery import shared_task

from participation.workshops import maps
from participation.workshops.live import tell
from participation.workshops.models import Activity


@shared_task(name="workshops.draw_map", soft_time_limit=60)
def draw_map(activity_id: str) -> None:
    """Draw the opinion map of a large or busy room, and have its screens look again if it moved."""
    activity = Activity.objects.filter(pk=activity_id).first()
    if activity is None:
        return
    before = maps.last_figures(activity)
    if maps.draw(activity) != before:
        tell(activity.workshop_id)
