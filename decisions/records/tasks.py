"""What the clock does to decisions."""

from celery import shared_task

from decisions.records.actions.deciding import take_effect_where_due


@shared_task(name="records.take_effect")
def take_effect() -> None:
    """Decisions that nobody called in take effect."""
    take_effect_where_due()
