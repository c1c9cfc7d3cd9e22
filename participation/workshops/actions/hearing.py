"""Addresses left at the end of a session: for the record, what became of it, and nothing else."""

from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Invalid
from commissioning.ground.digests import derived_token, token_digest
from commissioning.ground.locks import lock
from commissioning.notices.actions import tell as notify
from commissioning.notices.models import Notice
from participation.workshops.models import WORDS_KEPT_FOR, Hearer, Participant, Workshop

# As long as what was said is kept; then the address goes by itself.
HEARD_FOR: Final = WORDS_KEPT_FOR
TOKEN_PURPOSE: Final = "workshops.hearer"  # noqa: S105 (the name of a purpose, not a secret)
KINDS: Final = ("workshops.record", "workshops.news")


@transaction.atomic
def leave_address(participant: Participant, email: str) -> None:
    """Keep an address for the record and the news, once from each phone, beside no word of it.

    An address that is there already gives the same answer, so that nobody learns whose is.
    """
    lock(f"workshop:{participant.workshop_id}", shared=True)
    phone = (
        Participant.objects.select_for_update(of=("self",))
        .select_related("workshop")
        .get(pk=participant.pk)
    )
    workshop = phone.workshop
    require_hearers(workshop)
    if not phone.is_in:
        raise Invalid(_("You are not in this session."))
    if phone.left_address:
        raise Invalid(_("An address was left from this phone already."))
    Participant.objects.filter(pk=phone.pk).update(left_address=True)
    hearer = Hearer(workshop=workshop, email=email.strip())
    hearer.token_digest = token_digest(hearer_token(hearer))
    made = not workshop.hearers.filter(email__iexact=hearer.email).exists()
    Hearer.objects.bulk_create([hearer], ignore_conflicts=True)
    if made and workshop.record_id is not None:
        tell_hearer(hearer, "workshops.record", f"record:{workshop.pk}")


def require_hearers(workshop: Workshop) -> None:
    """Raise where no address is asked for: while it goes on, of young people, in a rehearsal."""
    if workshop.status != Workshop.Status.CLOSED:
        raise Invalid(_("You are asked for it at the end of the session."))
    if workshop.is_young or workshop.is_rehearsal:
        raise Invalid(_("We do not ask for addresses here."))


@transaction.atomic
def stop_hearing(hearer: Hearer) -> None:
    """Forget an address, and every mail to it that was sent or waits."""
    Notice.objects.filter(kind__in=KINDS, about__hearer=str(hearer.pk)).delete()
    hearer.delete()


def forget_addresses() -> int:
    """Forget addresses whose time is over. How many."""
    old = Hearer.objects.filter(created_at__lt=timezone.now() - HEARD_FOR)
    gone = 0
    for hearer in old:
        stop_hearing(hearer)
        gone += 1
    return gone


def hearer_token(hearer: Hearer) -> str:
    """The secret in the links of somebody's mails; only its digest is stored."""
    return derived_token(TOKEN_PURPOSE, hearer.pk)


def tell_hearer(hearer: Hearer, kind: str, key: str, **about: str) -> None:
    """Write to somebody of a session that they wanted to hear of."""
    notify(kind, hearer.email, about={"hearer": str(hearer.pk)} | about, key=key)
