"""The write door of the register: making cards, handing them out, calling them in, replacing them.

A card is inert until its range is handed out. Codes are worked out from the round's key and the
entry, so that a crashed print gives the same cards again and nothing that could vote is stored.
"""

from collections.abc import Iterable
from itertools import count
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Invalid, require
from commissioning.ground.locks import lock
from commissioning.people.models import User
from participation.budgeting import codes, keyring, rules
from participation.budgeting.actions import code_symbols
from participation.budgeting.models import (
    Batch,
    CardSheet,
    Credential,
    Elector,
    RegisterEvent,
    Round,
)
from participation.budgeting.queue import queue_sheet

MOST_AT_ONCE = 5_000
Event = RegisterEvent.Kind
State = Elector.State


def make_cards(
    user: User, round_: Round, number: int, label: str = "", *, printed: bool = True
) -> Batch:
    """Make a batch of cards; they vote only once they are handed out.

    ``printed=False`` for cards that no hand ever holds (rehearsals, imported elections).
    """
    if not 1 <= number <= MOST_AT_ONCE:
        raise Invalid(_("Make between 1 and 5,000 cards at a time."), "number")
    with transaction.atomic():
        round_ = locked(user, round_, shared=False)
        batch = make_entries(user, round_, number, Batch.Kind.PRINTED, label)[0]
        if printed:
            queue_sheet(CardSheet.objects.create(batch=batch).pk)
    return batch


def make_entries(
    user: User, round_: Round, number: int, kind: Batch.Kind, label: str = ""
) -> tuple[Batch, list[Elector]]:
    """New entries of the register with their codes, under the round's lock."""
    made = _room_for(round_, number)
    keyring.make(round_.pk)
    batch = Batch.objects.create(
        round=round_,
        kind=kind,
        first_serial=made + 1,
        last_serial=made + number,
        made_by=user,
        label=label.strip()[:80],
    )
    electors = [
        Elector(round=round_, serial=serial)
        for serial in range(batch.first_serial, batch.last_serial + 1)
    ]
    Elector.objects.bulk_create(electors, batch_size=1000)
    _give_codes(round_, electors)
    note(round_, user, Event.MADE, batch.first_serial, batch.last_serial)
    return batch, electors


def hand_out(user: User, round_: Round, first: int, last: int) -> int:
    """Activate the cards of a range that are still inert. How many became active."""
    with transaction.atomic():
        round_ = locked(user, round_)
        electors = _range(round_, first, last)
        changed = electors.filter(state=State.PRINTED).update(state=State.ACTIVE, handed_out=True)
        if not changed:
            raise Invalid(_("All cards of this range are handed out or void already."), "first")
        note(round_, user, Event.HANDED_OUT, first, last, number=changed)
    return changed


def void_card(user: User, round_: Round, serial: int, reason: str) -> None:
    """Call a card in: it cannot vote, and what it recorded is not counted."""
    with transaction.atomic():
        round_ = locked(user, round_)
        elector = _card(round_, serial)
        if elector.state == State.VOID:
            raise Invalid(_("This card is void already."), "serial")
        if not reason.strip():
            raise Invalid(_("Say why the card is made void."), "reason")
        Elector.objects.filter(pk=elector.pk).update(state=State.VOID)
        _revoke(elector)
        note(round_, user, Event.VOIDED, serial, serial, reason=reason)


def void_spares(user: User, round_: Round, first: int, last: int) -> int:
    """Make the cards of a range void that were never handed out. How many."""
    with transaction.atomic():
        round_ = locked(user, round_)
        spares = _range(round_, first, last).filter(state=State.PRINTED)
        ids = list(spares.values_list("pk", flat=True))
        if not ids:
            raise Invalid(_("No card of this range is a spare."), "first")
        Elector.objects.filter(pk__in=ids).update(state=State.VOID)
        Credential.objects.filter(elector__in=ids, active=True).update(active=False)
        note(round_, user, Event.SPARES_VOIDED, first, last, number=len(ids))
    return len(ids)


def reissue(user: User, round_: Round, serial: int, reason: str) -> str:
    """Replace a lost card: a new code for the same entry, whose vote stays. The old code is dead.

    Gives the new code, to be shown once.
    """
    with transaction.atomic():
        round_ = locked(user, round_)
        elector = _card(round_, serial)
        if elector.state != State.ACTIVE:
            raise Invalid(_("Only a card that was handed out can be replaced."), "serial")
        if not reason.strip():
            raise Invalid(_("Say why the card is replaced."), "reason")
        code = new_code(round_, elector)
        note(round_, user, Event.REISSUED, serial, serial, reason=reason)
    return code


def new_code(round_: Round, elector: Elector) -> str:
    """Revoke the entry's code and give it another, under the elector's lock."""
    _revoke(elector)
    issued = elector.credentials.aggregate(last=Max("issue_no"))["last"] or 0
    return _give_codes(round_, [elector], issue_no=issued + 1)[0]


def code_now(round_: Round, elector_id: UUID) -> str | None:
    """The code that is active for an entry, worked out anew; None where there is none."""
    issue_no = (
        Credential.objects.filter(elector=elector_id, active=True)
        .values_list("issue_no", flat=True)
        .first()
    )
    if issue_no is None or round_.code_symbols is None:
        return None
    return keyring.code_of(keyring.of(round_.pk), elector_id, issue_no, round_.code_symbols)


def _room_for(round_: Round, number: int) -> int:
    """How many entries there are, if so many more may be made."""
    if round_.code_symbols is None:
        round_.code_symbols = code_symbols(round_)
        Round.objects.filter(pk=round_.pk).update(code_symbols=round_.code_symbols)
    made: int = round_.electors.aggregate(last=Max("serial"))["last"] or 0
    most = min(round_.expected_cards, codes.MOST_CARDS[round_.code_symbols])
    if made + number > most:
        raise Invalid(
            _("The most cards that this round was declared for: %(most)d. Made already: %(made)d.")
            % {"most": most, "made": made},
            "number",
        )
    return made


def _give_codes(round_: Round, electors: Iterable[Elector], issue_no: int = 1) -> list[str]:
    """A new code for each entry."""
    if round_.code_symbols is None:
        raise RuntimeError("the length of the codes is decided before the first card")
    round_keys, lookup_key = keyring.of(round_.pk), keyring.lookup_key(round_.pk)
    taken = _lookups(round_)
    given, credentials = [], []
    for elector in electors:
        # With 40 bits and 2,000 cards two codes clash once in 500,000 rounds: take the next.
        for number in count(issue_no):
            code = keyring.code_of(round_keys, elector.pk, number, round_.code_symbols)
            lookup = keyring.lookup_of(lookup_key, code)
            if lookup not in taken:
                break
        taken.add(lookup)
        given.append(code)
        credentials.append(
            Credential(round=round_, elector=elector, issue_no=number, lookup=lookup)
        )
    Credential.objects.bulk_create(credentials, batch_size=1000)
    return given


def _lookups(round_: Round) -> set[bytes]:
    found = Credential.objects.filter(round=round_).values_list("lookup", flat=True)
    return {bytes(lookup) for lookup in found}


def locked(user: User, round_: Round, *, shared: bool = True) -> Round:
    """The round under its lock, for those who handle its cards."""
    lock(round_.pk, shared=shared)
    fresh = Round.objects.select_related("programme__gate_lift").get(pk=round_.pk)
    require(rules.may_handle_cards(user, fresh))
    return fresh


def _range(round_: Round, first: int, last: int) -> "QuerySet[Elector]":
    """The entries of a range, locked, in order."""
    if not 1 <= first <= last:
        raise Invalid(_("Write the first and the last number of the range."), "first")
    found = round_.electors.filter(serial__gte=first, serial__lte=last)
    ids = list(found.select_for_update().order_by("serial").values_list("pk", flat=True))
    if len(ids) != last - first + 1:
        raise Invalid(_("There are no cards with some of these numbers."), "last")
    return round_.electors.filter(pk__in=ids)


def _card(round_: Round, serial: int) -> Elector:
    elector = round_.electors.select_for_update().filter(serial=serial).first()
    if elector is None:
        raise Invalid(_("There is no card with this number."), "serial")
    return elector


def _revoke(elector: Elector) -> None:
    Credential.objects.filter(elector=elector, active=True).update(active=False)


def note(
    round_: Round,
    user: User,
    kind: RegisterEvent.Kind,
    first: int,
    last: int,
    *,
    number: int | None = None,
    reason: str = "",
) -> None:
    """Write down what an officer did with cards."""
    RegisterEvent.objects.create(
        round=round_,
        kind=kind,
        first_serial=first,
        last_serial=last,
        number=last - first + 1 if number is None else number,
        reason=reason.strip(),
        by=user,
    )
