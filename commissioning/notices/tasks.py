"""Sending, and the sweep that makes the database, not Redis, the guarantee."""

from uuid import UUID

from celery import shared_task

from commissioning.notices import delivery


@shared_task(name="notices.send")
def send_notice(notice_id: str) -> None:
    """Send one notice if it is due. Running it twice, or at once in two workers, sends one."""
    delivery.deliver(UUID(notice_id))


@shared_task(name="notices.sweep")
def sweep() -> int:
    """Every minute: send what waits, was to be tried again, or was left by a dead worker."""
    return delivery.sweep()


@shared_task(name="notices.forget")
def forget() -> int:
    """Every hour: delete rows of mails that were dealt with three months ago."""
    return delivery.forget_old()
