"""The write door of personal links: a roll of addresses, each of which gets one link by e-mail.

The outbox holds the entry's id; the link is worked out when the mail is sent, so that no table,
queue or backup ever holds one.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Invalid, require
from commissioning.ground.locks import lock
from commissioning.notices.actions import tell
from commissioning.people.models import User
from participation.budgeting import register, rules
from participation.budgeting.codes import grouped
from participation.budgeting.models import (
    Batch,
    Credential,
    Elector,
    RegisterEvent,
    RollEntry,
    Round,
)
from participation.budgeting.roll import Roll

KIND = "budgeting.personal_link"
State = RollEntry.State
Event = RegisterEvent.Kind


def load_roll(user: User, round_: Round, roll: Roll, label: str = "") -> Batch:
    """Make an entry of the register for each address: all of them or none. Nothing is sent yet."""
    if roll.problems:
        first = roll.problems[0]
        raise Invalid(
            _("Line %(line)d: %(reason)s Nothing was taken.")
            % {"line": first.line, "reason": first.reason},
            "roll",
        )
    with transaction.atomic():
        round_ = register.locked(user, round_, shared=False)
        _must_be_new(round_, roll.addresses)
        batch, electors = register.make_entries(
            user, round_, len(roll.addresses), Batch.Kind.EMAIL, label
        )
        RollEntry.objects.bulk_create(
            [
                RollEntry(round=round_, elector=elector, email=address)
                for elector, address in zip(electors, roll.addresses, strict=True)
            ],
            batch_size=1000,
        )
    return batch


def send_links(user: User, batch: Batch) -> int:
    """Hand out every link of the batch that was not sent yet. How many are on their way."""
    with transaction.atomic():
        round_ = register.locked(user, batch.round)
        entries = list(
            _entries_of(batch)
            .filter(state=State.LOADED, elector__state=Elector.State.PRINTED)
            .select_for_update(of=("self",))
        )
        if not entries:
            raise Invalid(_("Every link of this list was sent already."))
        Elector.objects.filter(roll_entry__in=entries).update(
            state=Elector.State.ACTIVE, handed_out=True
        )
        for entry in entries:
            _send(entry)
        register.note(
            round_,
            user,
            Event.SENT,
            batch.first_serial,
            batch.last_serial,
            number=len(entries),
        )
    return len(entries)


def send_again(user: User, entry: RollEntry) -> None:
    """Send the same link once more, to somebody who cannot find it."""
    with transaction.atomic():
        round_, entry = _locked_entry(user, entry)
        if entry.elector.state != Elector.State.ACTIVE:
            raise Invalid(_("This link was not sent yet, or is void."))
        _send(entry)
        _note(round_, user, Event.SENT, entry)


def note_bounce(user: User, entry: RollEntry) -> None:
    """Note that the mail came back."""
    with transaction.atomic():
        round_, entry = _locked_entry(user, entry)
        if entry.state == State.SENT:
            RollEntry.objects.filter(pk=entry.pk).update(state=State.BOUNCED)
            _note(round_, user, Event.BOUNCED, entry)


def readdress(user: User, entry: RollEntry, email: str) -> None:
    """Send a new link to another address: the old one, wherever it went, is dead at once."""
    with transaction.atomic():
        round_, entry = _locked_entry(user, entry)
        if entry.elector.state != Elector.State.ACTIVE:
            raise Invalid(_("This link was not sent yet, or is void."))
        if entry.email.lower() != email.strip().lower():
            _must_be_new(round_, [email.strip()])
        entry.email = email.strip()
        entry.save(update_fields=["email"])
        register.new_code(round_, entry.elector)
        _send(entry)
        _note(round_, user, Event.READDRESSED, entry)


def personal_link(code: str) -> str:
    """The link that opens a ballot. Behind # it reaches no log, no other site and no scanner."""
    return f"{settings.SITE_URL}{reverse('vote:enter')}#{code}"


def notice_context(about: dict[str, str]) -> Mapping[str, Any] | None:
    """What the mail shows, worked out as it is sent; None where the link is dead by now."""
    entry = (
        RollEntry.objects.select_related("elector", "round__programme__place")
        .filter(elector=UUID(about["elector"]))
        .first()
    )
    if entry is None or entry.elector.state != Elector.State.ACTIVE or entry.round.is_over:
        return None
    active = Credential.objects.filter(elector=entry.elector, active=True).first()
    if active is None or str(active.issue_no) != about["issue"]:
        return None
    code = register.code_now(entry.round, entry.elector_id)
    if code is None:
        return None
    return {
        "round": entry.round,
        "place": entry.round.programme.place,
        "link": personal_link(code),
        "code": grouped(code),
    }


def _send(entry: RollEntry) -> None:
    issue_no = Credential.objects.get(elector=entry.elector_id, active=True).issue_no
    sendings = entry.sendings + 1
    RollEntry.objects.filter(pk=entry.pk).update(state=State.SENT, sendings=sendings)
    tell(
        KIND,
        entry.email,
        about={"elector": str(entry.elector_id), "issue": str(issue_no)},
        key=f"{entry.elector_id}:{issue_no}:{sendings}",
    )


def _entries_of(batch: Batch) -> Any:
    return RollEntry.objects.select_related("elector").filter(
        round=batch.round_id,
        elector__serial__gte=batch.first_serial,
        elector__serial__lte=batch.last_serial,
    )


def _must_be_new(round_: Round, addresses: list[str]) -> None:
    wanted = {address.lower() for address in addresses}
    for email in RollEntry.objects.filter(round=round_).values_list("email", flat=True):
        if email.lower() in wanted:
            raise Invalid(
                _("%(email)s has a link already. Nothing was taken.") % {"email": email}, "roll"
            )


def _locked_entry(user: User, entry: RollEntry) -> tuple[Round, RollEntry]:
    """The round and the entry, its elector locked, for officers."""
    lock(entry.round_id, shared=True)
    round_ = Round.objects.select_related("programme__gate_lift").get(pk=entry.round_id)
    require(rules.may_handle_cards(user, round_))
    Elector.objects.select_for_update().get(pk=entry.elector_id)
    return round_, RollEntry.objects.select_related("elector").get(pk=entry.pk)


def _note(round_: Round, user: User, kind: RegisterEvent.Kind, entry: RollEntry) -> None:
    serial = entry.elector.serial
    register.note(round_, user, kind, serial, serial)
