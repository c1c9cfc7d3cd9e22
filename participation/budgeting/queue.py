"""Handing work to workers, once the transaction commits. If Redis is down the sweeper finds it."""

from functools import partial
from uuid import UUID

from celery import current_app
from django.db import transaction


def queue_sheet(sheet_id: UUID) -> None:
    """Have a sheet of cards printed."""
    _queue("budgeting.make_sheet", sheet_id)


def queue_close(round_id: UUID) -> None:
    """Have a close gone on with: open the box, verify, count, seal, as far as it may go."""
    _queue("budgeting.close", round_id)


def _queue(task: str, about: UUID) -> None:
    send = partial(current_app.send_task, task, args=[str(about)], retry=False)
    transaction.on_commit(send, robust=True)
