"""How a notice leaves the outbox.

At least once, and in practice once (``docs/decisions``): the row says *sending*, committed, before
the mail server is spoken to, and stays locked while it is, so that nobody else sends it. If the
worker dies its lock dies with its connection; the sweeper sees a row left *sending* and sends it
again under the **same Message-ID**, by which mail servers and people recognise a repeat.
"""

import datetime as dt
import smtplib
import time
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now
from django.template import Context
from django.template.loader import get_template, render_to_string

from commissioning.notices.kinds import Group, Kind, kinds
from commissioning.notices.links import address_digest, site_link, stop_token
from commissioning.notices.models import Notice, OptOut, Preference

log = structlog.get_logger(__name__)

MOST_ATTEMPTS = 12  # with the waits below: about a day and a half
FIRST_WAIT = dt.timedelta(minutes=1)
LONGEST_WAIT = dt.timedelta(hours=6)
# A row left *sending* without a lock for this long had its sender killed.
LEFT_BEHIND = dt.timedelta(seconds=60)
SWEEP = 200
SWEEP_SECONDS = 40
KEPT = dt.timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Claim:
    """A notice that this process alone may send, and which try this is."""

    notice_id: UUID
    attempt: int


def wait_after(attempt: int) -> dt.timedelta:
    """How long to wait after a failed try: doubling from a minute up to six hours."""
    doubled: int = 2 ** (attempt - 1)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)


def due() -> QuerySet[Notice]:
    """Notices to send now: waiting and due, or left behind by a sender that died."""
    left = Q(status=Notice.Status.SENDING, claimed_at__lt=Now() - LEFT_BEHIND)
    waiting = Q(status=Notice.Status.PENDING, next_attempt_at__lte=Now())
    return Notice.objects.filter(left | waiting).order_by("next_attempt_at")


def sweep() -> int:
    """Send whatever is due, for less than a minute; say how many rows were tried.

    A mail server that answers nobody must not make sweeps pile up: the next one goes on.
    """
    tried = 0
    enough = time.monotonic() + SWEEP_SECONDS
    for notice_id in list(due().values_list("pk", flat=True)[:SWEEP]):
        tried += deliver(notice_id)
        if time.monotonic() > enough:
            break
    return tried


def forget_old() -> int:
    """Delete rows that were dealt with long ago; say how many. What waits is never deleted."""
    done = [Notice.Status.SENT, Notice.Status.FAILED, Notice.Status.DROPPED]
    old = Notice.objects.filter(status__in=done, created_at__lt=Now() - KEPT)
    count, _models = old.delete()
    return count


def deliver(notice_id: UUID) -> bool:
    """Send one notice if it is due and nobody else is at it. True where we tried."""
    claim = _claim(notice_id)
    if claim is None:
        return False
    _send(claim)
    return True


def _claim(notice_id: UUID) -> Claim | None:
    """Mark the row as being sent, and commit that before anything leaves."""
    with transaction.atomic():
        notice = (
            due().filter(pk=notice_id).select_for_update(skip_locked=True, of=("self",)).first()
        )
        if notice is None:
            return None
        Notice.objects.filter(pk=notice_id).update(
            status=Notice.Status.SENDING, attempts=F("attempts") + 1, claimed_at=Now()
        )
        return Claim(notice_id, notice.attempts + 1)


def _send(claim: Claim) -> None:
    """Hold the row while the mail server is spoken to; the lock says that we are alive."""
    with transaction.atomic():
        mine = Notice.objects.filter(
            pk=claim.notice_id, status=Notice.Status.SENDING, attempts=claim.attempt
        )
        notice = mine.select_for_update(skip_locked=True).first()
        if notice is None:
            return
        try:
            with transaction.atomic():
                mail = compose(notice)
        except Exception:
            log.exception("notice_not_composed", notice=str(notice.pk), kind=notice.kind)
            _try_later(notice)
            return
        if mail is None:
            _finish(notice, Notice.Status.DROPPED)
            return
        _hand_over(notice, mail)


def _hand_over(notice: Notice, mail: EmailMultiAlternatives) -> None:
    try:
        mail.send()
    except Exception as error:  # whatever backend is set, a failure means another try
        # The class only: a server's words may repeat the address.
        log.warning("notice_not_sent", notice=str(notice.pk), error=type(error).__name__)
        if _refused_for_good(error):
            _finish(notice, Notice.Status.FAILED)
        else:
            _try_later(notice)
    else:
        _finish(notice, Notice.Status.SENT, sent_at=Now())


def _refused_for_good(error: Exception) -> bool:
    """Whether the mail server said that there is no such mailbox (a 5xx answer to the address)."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    return all(code >= 500 for code, _ in error.recipients.values())


def _finish(notice: Notice, status: Notice.Status, **more: Any) -> None:
    Notice.objects.filter(pk=notice.pk).update(status=status, **more)


def _try_later(notice: Notice) -> None:
    if notice.attempts >= MOST_ATTEMPTS:
        _finish(notice, Notice.Status.FAILED)
        return
    wait = wait_after(notice.attempts)
    _finish(notice, Notice.Status.PENDING, next_attempt_at=Now() + wait)


def compose(notice: Notice) -> EmailMultiAlternatives | None:
    """The mail as it reads now, or None where it is no longer true or not wanted."""
    kind = kinds[notice.kind]
    if not wanted(notice, kind):
        return None
    context = kind.context(notice.about)
    if context is None:
        return None
    return _mail(notice, kind, dict(context))


def wanted(notice: Notice, kind: Kind) -> bool:
    """Whether the recipient has not switched this group off, and is still with us."""
    if notice.user is not None and not notice.user.is_active:
        return False
    if kind.group == Group.ESSENTIAL:
        return True
    if notice.user is not None:
        off = Preference.objects.filter(user=notice.user, group=kind.group, wants=False)
        return not off.exists()
    digest = address_digest(notice.email)
    return not OptOut.objects.filter(address_digest=digest, group=kind.group).exists()


def _mail(notice: Notice, kind: Kind, context: dict[str, Any]) -> EmailMultiAlternatives:
    to = notice.user.email if notice.user is not None else notice.email
    headers = {"Message-ID": message_id(notice), "Auto-Submitted": "auto-generated"}
    stop_url = ""
    if kind.group != Group.ESSENTIAL:
        stop_url = (
            kind.stop(notice.about)
            if kind.stop
            else site_link("notices:stop", stop_token(notice, kind.group))
        )
        headers["List-Unsubscribe"] = f"<{stop_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    subject = " ".join(_plain(f"{kind.template}.subject.txt", context).split())
    context |= {
        "recipient": notice.user,
        "site_url": settings.SITE_URL,
        "stop_url": stop_url,
        "group": kind.group.label,
        "subject": subject,
    }
    text = _plain(f"{kind.template}.txt", context)
    mail = EmailMultiAlternatives(subject, text, to=[to], headers=headers)
    mail.attach_alternative(render_to_string(f"{kind.template}.html", context), "text/html")
    return mail


def _plain(template: str, context: dict[str, Any]) -> str:
    """A text template, without turning ``&`` into ``&amp;``."""
    loaded: Any = get_template(template)
    text: str = loaded.template.render(Context(context, autoescape=False))
    return text.strip() + "\n"


def message_id(notice: Notice) -> str:
    """The same for every try, so that a repeat can be recognised. Says nothing of the row."""
    host = settings.SITE_URL.partition("://")[2].partition(":")[0].partition("/")[0]
    return f"<{notice.pk}@{host or 'localhost'}>"
