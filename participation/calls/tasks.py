"""What the clock does: opens calls, reminds of closes, chases feedback."""

from datetime import timedelta

from celery import shared_task
from django.db import transaction

from commissioning.notices.actions import tell
from participation.calls import retention
from participation.calls.actions.assessing import remind_of_feedback
from participation.calls.actions.calls import act_on_opening, applicants_of
from participation.calls.clock import database_now
from participation.calls.models import Call, Expression

REMIND_BEFORE_CLOSE = timedelta(days=3)


@shared_task(name="calls.open_due")
def open_due() -> int:
    """Each minute: act on calls whose opening has come. Says how many opened."""
    due = Call.objects.published().filter(opened_at__isnull=True, opens_at__lte=database_now())
    return sum(act_on_opening(call_id) for call_id in due.values_list("pk", flat=True))


@shared_task(name="calls.remind_of_close")
def remind_of_close() -> int:
    """Each hour: remind people of drafts three days before the close. Once for each close."""
    now = database_now()
    drafts = Expression.objects.filter(
        state=Expression.State.DRAFT,
        call__status=Call.Status.PUBLISHED,
        call__opens_at__lte=now,
        call__closes_at__gt=now,
        call__closes_at__lte=now + REMIND_BEFORE_CLOSE,
    ).select_related("call")
    for expression in drafts:
        _remind(expression)
    return len(drafts)


@transaction.atomic
def _remind(expression: Expression) -> None:
    assert expression.call.closes_at is not None
    for person in applicants_of(Expression.objects.filter(pk=expression.pk)):
        tell(
            "calls.closing_soon",
            person,
            about={"expression": str(expression.pk)},
            key=f"closing:{expression.pk}:{expression.call.closes_at:%Y%m%d%H%M}",
        )


@shared_task(name="calls.chase_feedback")
def chase_feedback() -> int:
    """Each hour: remind assessors of feedback owed, from the seventh day on, once a day."""
    released = Call.objects.filter(status=Call.Status.RELEASED)
    return sum(remind_of_feedback(call_id) for call_id in released.values_list("pk", flat=True))


@shared_task(name="calls.forget")
def forget() -> int:
    """Each day: forget contacts and files that are no longer needed. Says of how many."""
    return retention.forget_contacts()
