"""The write door of people: codes, accounts, sessions."""

import hmac
from datetime import timedelta
from enum import Enum, auto
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from commissioning.ground.answers import Invalid
from commissioning.ground.locks import lock
from commissioning.people import codes, mails
from commissioning.people.models import ERASED, ErasureRequest, MailedCode, User
from commissioning.people.registers import personal_data
from commissioning.people.sessions import end_all_sessions

THINK_AGAIN = timedelta(days=7)


class Tried(Enum):
    """What came of typing a code."""

    RIGHT = auto()
    WRONG = auto()
    USED_UP = auto()
    TOO_LATE = auto()


def ask_code(purpose: MailedCode.Purpose, email: str, *, user: User | None = None) -> MailedCode:
    """E-mail a code to the address. The caller keeps the row's id in the browser's session.

    Nothing here depends on whether anybody has an account with that address.
    """
    code = codes.new_code()
    with transaction.atomic():
        lock(f"mailed_code:{email.lower()}")
        _check_asks(email)
        row = MailedCode(
            purpose=purpose, email=email, user=user, expires_at=timezone.now() + codes.LASTS
        )
        row.code_digest = codes.code_digest(row.pk, code)
        row.save(force_insert=True)
    minutes = int(codes.LASTS.total_seconds() // 60)
    mails.send(
        f"people/mails/{purpose.value}", email, {"code": codes.shown(code), "minutes": minutes}
    )
    return row


def _check_asks(email: str) -> None:
    hour = timezone.now() - timedelta(hours=1)
    asked = MailedCode.objects.filter(email__iexact=email, created_at__gt=hour)
    if asked.count() >= codes.ASKS_AN_HOUR:
        raise Invalid(
            _(
                "Too many codes were sent to this address in the last hour. "
                "Look for the newest one in your mail, or try again in an hour."
            ),
            "email",
        )


def try_code(row_id: UUID, text: str) -> tuple[Tried, MailedCode | None]:
    """Try a code out. Each try is counted before it is judged, and a right code works once."""
    with transaction.atomic():
        row = MailedCode.objects.select_for_update().filter(pk=row_id).first()
        if row is None or row.used_at is not None or row.expires_at <= timezone.now():
            return Tried.TOO_LATE, None
        if row.tries >= codes.TRIES:
            return Tried.USED_UP, None
        row.tries += 1
        right = hmac.compare_digest(row.code_digest, codes.code_digest(row.pk, codes.typed(text)))
        row.used_at = timezone.now() if right else None
        row.save(update_fields=["tries", "used_at"])
    if right:
        return Tried.RIGHT, row
    return (Tried.USED_UP if row.tries >= codes.TRIES else Tried.WRONG), None


def person_of(email: str, name: str = "") -> tuple[User, bool]:
    """Whoever has this address, which was just proved; a new account where nobody has."""
    found = User.objects.filter(email__iexact=email).first()
    if found is not None:
        return found, False
    try:
        with transaction.atomic():
            return User.objects.create_user(email, name), True
    except IntegrityError:  # somebody was quicker with the same address
        return User.objects.get(email__iexact=email), False


@transaction.atomic
def make_operator(email: str, *, is_one: bool = True) -> User:
    """Let the person with this address run this installation, or no longer. From the shell only."""
    user, _is_new = person_of(email)
    User.objects.filter(pk=user.pk).update(is_staff=is_one)
    user.is_staff = is_one
    return user


def rename(user: User, name: str) -> None:
    """Change the name that others see."""
    User.objects.filter(pk=user.pk).update(name=name)
    user.name = name


def change_address(user: User, row: MailedCode) -> None:
    """Move an account to an address whose code was typed right; tell the old address."""
    old = user.email
    try:
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(email=row.email)
    except IntegrityError:
        raise Invalid(_("Another account has that e-mail address.")) from None
    user.email = row.email
    mails.send("people/mails/address_changed", old, {"new": row.email})


def ask_erasure(user: User) -> ErasureRequest:
    """Note that somebody asks to be forgotten; it happens in a week."""
    due = timezone.now() + THINK_AGAIN
    request, is_new = ErasureRequest.objects.get_or_create(user=user, defaults={"due_at": due})
    if is_new:
        mails.send("people/mails/leaving", user.email, {"due": request.due_at})
    return request


def keep_account(user: User) -> None:
    """They changed their mind."""
    ErasureRequest.objects.filter(user=user, done_at__isnull=True).delete()


@transaction.atomic
def erase(user: User) -> None:
    """Forget a person: what says who they are goes, in every room that registered how.

    The row stays, empty, so that what they decided and endorsed still adds up.
    """
    User.objects.select_for_update().get(pk=user.pk)
    for kind in personal_data:
        if kind.erase is not None:
            kind.erase(user)
    end_all_sessions(user)
    User.objects.filter(pk=user.pk).update(
        name="", email=f"{user.pk}{ERASED}", is_active=False, last_login=None
    )
    # The history of the row holds the old name and address.
    user.events.all().delete()  # type: ignore[attr-defined]
    ErasureRequest.objects.filter(user=user).update(done_at=Now())
