"""What runs by itself: forgetting what is no longer needed, and who asked to be forgotten."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from celery import shared_task
from django.contrib.sessions.models import Session
from django.utils import timezone

from commissioning.people import actions
from commissioning.people.models import ErasureRequest, MailedCode, User

CODES_KEPT = timedelta(days=1)


@shared_task(name="people.forget")
def forget() -> None:
    """Every hour: delete old codes and ended sessions, and carry out erasures that are due."""
    now = timezone.now()
    MailedCode.objects.filter(created_at__lt=now - CODES_KEPT).delete()
    Session.objects.filter(expire_date__lt=now).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    due = ErasureRequest.objects.filter(due_at__lte=now, done_at__isnull=True)
    for user in User.objects.filter(erasure_request__in=due):
        actions.erase(user)
