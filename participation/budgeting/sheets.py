"""Sheets of voting cards: printed once, handed over once, and never archived.

A sheet is an encrypted temporary file beside the round's key, gone after it was downloaded or
after a day. Its key is derived from the round's: once that is destroyed nobody can read a copy.
"""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from commissioning.documents.qr import qr_png_data_uri
from commissioning.ground.answers import Invalid
from commissioning.people.models import User
from participation.budgeting import codes, keyring, register
from participation.budgeting.links import personal_link
from participation.budgeting.models import Batch, CardSheet, Credential, RegisterEvent, Round

KEPT_FOR: Final = timedelta(hours=24)
# A worker that has not finished by then is dead.
LONGEST_TO_MAKE: Final = timedelta(minutes=10)
A_PAGE: Final = 10
STEP: Final = 25
State = CardSheet.State


def make_sheet(sheet_id: UUID) -> None:
    """Print a batch's cards. Running it twice, or at once in two workers, makes one sheet."""
    if not _claim(sheet_id):
        return
    sheet = CardSheet.objects.select_related("batch__round__programme__place").get(pk=sheet_id)
    if sheet.batch.round.is_over:
        # Nobody can vote with these cards any more, and their codes may be past working out.
        CardSheet.objects.filter(pk=sheet_id).update(state=State.EXPIRED)
        return
    try:
        pdf = _print(sheet)
        _write_encrypted(sheet, pdf)
    except BaseException:
        CardSheet.objects.filter(pk=sheet_id, state=State.MAKING).update(state=State.FAILED)
        raise
    CardSheet.objects.filter(pk=sheet_id, state=State.MAKING).update(
        state=State.READY, ready_at=Now(), done=sheet.batch.size
    )


def take_sheet(user: User, sheet: CardSheet) -> bytes:
    """The sheet's PDF, handed over this once: afterwards there is no copy and no reprint."""
    with transaction.atomic():
        round_ = register.locked(user, sheet.batch.round)
        fresh = CardSheet.objects.select_for_update().get(pk=sheet.pk)
        if fresh.state != State.READY:
            raise Invalid(_("This sheet is not there any more. Make a new batch of cards."))
        pdf = _read_encrypted(sheet)
        CardSheet.objects.filter(pk=sheet.pk).update(
            state=State.HANDED_OVER, handed_over_at=Now(), handed_over_to=user
        )
        register.note(
            round_,
            user,
            RegisterEvent.Kind.SHEET_TAKEN,
            sheet.batch.first_serial,
            sheet.batch.last_serial,
        )
    _path(sheet).unlink(missing_ok=True)
    return pdf


def print_again(user: User, sheet: CardSheet) -> None:
    """Make a sheet anew that nobody ever had: the same cards."""
    with transaction.atomic():
        register.locked(user, sheet.batch.round)
        changed = CardSheet.objects.filter(
            pk=sheet.pk, state__in=[State.EXPIRED, State.FAILED]
        ).update(state=State.WAITING, done=0, claimed_at=None)
        if not changed:
            raise Invalid(_("These cards were handed over. Make a new batch instead."))


def throw_away_old() -> int:
    """Delete sheets that nobody fetched within a day, or whose round is over. How many."""
    old = Q(ready_at__lt=Now() - KEPT_FOR) | ~Q(
        batch__round__status__in=[Round.Status.DRAFT, Round.Status.OPEN]
    )
    gone = 0
    for sheet in CardSheet.objects.filter(old, state=State.READY).select_related("batch"):
        _path(sheet).unlink(missing_ok=True)
        gone += CardSheet.objects.filter(pk=sheet.pk, state=State.READY).update(state=State.EXPIRED)
    return gone


def left_lying() -> list[UUID]:
    """Sheets that no living worker makes: never begun, or claimed too long ago."""
    stuck = Q(state=State.WAITING) | Q(state=State.MAKING, claimed_at__lt=Now() - LONGEST_TO_MAKE)
    return list(CardSheet.objects.filter(stuck).values_list("pk", flat=True))


def cards_of(batch: Batch) -> list[dict[str, Any]]:
    """Number, code and link of each card that is not void, in order."""
    round_ = batch.round
    round_keys, symbols = keyring.of(round_.pk), round_.code_symbols or codes.USUAL
    issued = (
        Credential.objects.filter(
            elector__round=round_,
            elector__serial__range=(batch.first_serial, batch.last_serial),
            active=True,
        )
        .order_by("elector__serial")
        .values_list("elector_id", "elector__serial", "issue_no")
    )
    cards = []
    for elector_id, serial, issue_no in issued:
        code = keyring.code_of(round_keys, elector_id, issue_no, symbols)
        cards.append({"serial": serial, "code": codes.grouped(code), "link": personal_link(code)})
    return cards


def _claim(sheet_id: UUID) -> bool:
    free = Q(state=State.WAITING) | Q(state=State.MAKING, claimed_at__lt=Now() - LONGEST_TO_MAKE)
    return bool(
        CardSheet.objects.filter(free, pk=sheet_id).update(state=State.MAKING, claimed_at=Now())
    )


def _print(sheet: CardSheet) -> bytes:
    from commissioning.documents.render import render_pdf

    cards = cards_of(sheet.batch)
    for place, card in enumerate(cards, start=1):
        card["qr"] = qr_png_data_uri(card["link"])
        if place % STEP == 0:
            # Squares are half of the work; the laying out is the other.
            CardSheet.objects.filter(pk=sheet.pk).update(done=place // 2)
    round_ = sheet.batch.round
    return render_pdf(
        "participation/budgeting/cards/sheet.html",
        {
            "round": round_,
            "place": round_.programme.place,
            "pages": [cards[start : start + A_PAGE] for start in range(0, len(cards), A_PAGE)],
            "address": settings.SITE_URL.partition("://")[2] + "/v/",
        },
        title=str(_("Voting cards %(range)s")) % {"range": sheet.batch},
        lang="en-GB",
    )


def _path(sheet: CardSheet) -> Path:
    return Path(settings.BALLOT_KEY_DIR) / "sheets" / f"{sheet.pk}.sheet"


def _write_encrypted(sheet: CardSheet, pdf: bytes) -> None:
    path = _path(sheet)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    nonce = os.urandom(12)
    key = AESGCM(keyring.of(sheet.batch.round_id).sheet)
    beside = path.with_suffix(".part")
    beside.unlink(missing_ok=True)
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(nonce + key.encrypt(nonce, pdf, sheet.pk.bytes))
    beside.replace(path)


def _read_encrypted(sheet: CardSheet) -> bytes:
    try:
        sealed = _path(sheet).read_bytes()
    except OSError as error:
        raise Invalid(_("This sheet is not there any more. Make a new batch of cards.")) from error
    key = AESGCM(keyring.of(sheet.batch.round_id).sheet)
    return key.decrypt(sealed[:12], sealed[12:], sheet.pk.bytes)
