"""What workers do for rounds. Each takes ids and may run twice; the sweeper is the guarantee."""

from uuid import UUID

from celery import shared_task

from participation.budgeting import close, count, retention, sheets


@shared_task(name="budgeting.make_sheet", soft_time_limit=540)
def make_sheet(sheet_id: str) -> None:
    """Print a batch of cards."""
    sheets.make_sheet(UUID(sheet_id))


@shared_task(name="budgeting.close")
def close_round(round_id: str) -> None:
    """Open the box, verify, count, seal: whatever step the round stands at."""
    close.resume(UUID(round_id))
    count.count_round(UUID(round_id))


@shared_task(name="budgeting.sweep")
def sweep() -> None:
    """Every minute: close what the clock closed, go on with what a dead worker left."""
    for sheet_id in sheets.left_lying():
        make_sheet.apply_async(args=(str(sheet_id),), retry=False)
    for round_id in close.unfinished():
        close_round.apply_async(args=(str(round_id),), retry=False)


@shared_task(name="budgeting.forget")
def forget() -> None:
    """Every hour: throw away sheets nobody fetched and what a sealed round needs no more."""
    sheets.throw_away_old()
    retention.forget_registers()
