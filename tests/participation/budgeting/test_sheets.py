"""Sheets of cards: made quickly, kept encrypted, handed over once, never archived."""

import io
import time
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.utils import timezone
from pypdf import PdfReader

from commissioning.documents.models import Rendering
from commissioning.ground.answers import Invalid, Refused
from commissioning.people.models import User
from participation.budgeting import close, register, retention, sheets
from participation.budgeting.models import CardSheet, Elector, Round
from tests.participation.budgeting.conftest import MakeRound, save_marks, voter_of

pytestmark = pytest.mark.django_db(transaction=True)


def sheet_of(round_: Round, ada: User, cards: int) -> CardSheet:
    batch = register.make_cards(ada, round_, cards)
    sheets.make_sheet(batch.sheet.pk)
    return CardSheet.objects.select_related("batch__round").get(pk=batch.sheet.pk)


def test_a_sheet_holds_every_card_with_its_code(prepared: MakeRound, ada: User) -> None:
    sheet = sheet_of(prepared(), ada, 12)
    assert sheet.state == CardSheet.State.READY
    assert sheet.percent == 100
    pdf = sheets.take_sheet(ada, sheet)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    assert len(pages) == 2
    text = " ".join(pages)
    sheet.batch.round.refresh_from_db()
    for serial in (1, 12):
        elector = Elector.objects.get(serial=serial)
        code = register.code_now(sheet.batch.round, elector.pk) or ""
        assert code in text.replace(" ", "").replace("\n", "")
        assert f"Card {serial} " in text


def test_five_hundred_cards_in_less_than_a_minute(prepared: MakeRound, ada: User) -> None:
    started = time.monotonic()
    sheet = sheet_of(prepared(), ada, 500)
    assert sheet.state == CardSheet.State.READY
    assert time.monotonic() - started < 60


def test_what_lies_on_the_disk_is_encrypted(prepared: MakeRound, ada: User, keys: Path) -> None:
    sheet = sheet_of(prepared(), ada, 2)
    (path,) = (keys / "sheets").iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    assert b"%PDF" not in path.read_bytes()
    assert not Rendering.objects.exists()
    assert sheet.batch.round.code_symbols


def test_it_is_handed_over_once_and_gone(prepared: MakeRound, ada: User, keys: Path) -> None:
    sheet = sheet_of(prepared(), ada, 2)
    sheets.take_sheet(ada, sheet)
    assert list((keys / "sheets").iterdir()) == []
    for again in (sheets.take_sheet, sheets.print_again):
        with pytest.raises(Invalid, match="new batch"):
            again(ada, sheet)


def test_after_a_day_it_is_thrown_away_and_may_be_printed_again(
    prepared: MakeRound, ada: User, keys: Path
) -> None:
    sheet = sheet_of(prepared(), ada, 2)
    CardSheet.objects.update(ready_at=timezone.now() - timedelta(hours=25))
    assert sheets.throw_away_old() == 1
    assert list((keys / "sheets").iterdir()) == []
    with pytest.raises(Invalid):
        sheets.take_sheet(ada, sheet)
    sheets.print_again(ada, sheet)
    assert sheets.left_lying() == [sheet.pk]
    sheets.make_sheet(sheet.pk)
    assert b"%PDF" in sheets.take_sheet(ada, sheet)[:10]


def test_a_sheet_that_a_dead_worker_left_is_made_by_the_next(
    prepared: MakeRound, ada: User
) -> None:
    batch = register.make_cards(ada, prepared(), 2)
    CardSheet.objects.update(state="making", claimed_at=timezone.now())
    assert sheets.left_lying() == []
    CardSheet.objects.update(claimed_at=timezone.now() - timedelta(minutes=11))
    assert sheets.left_lying() == [batch.sheet.pk]
    sheets.make_sheet(batch.sheet.pk)
    assert CardSheet.objects.get().state == CardSheet.State.READY


def test_only_those_who_run_the_programme_take_a_sheet(
    prepared: MakeRound, ada: User, femi: User
) -> None:
    sheet = sheet_of(prepared(), ada, 2)
    with pytest.raises(Refused):
        sheets.take_sheet(femi, sheet)
    assert CardSheet.objects.get().state == CardSheet.State.READY


def test_ninety_days_after_the_seal_nobody_knows_who_voted(
    open_round: MakeRound, ada: User, superuser: str
) -> None:
    round_ = open_round(2)
    save_marks(voter_of(round_, 1), {1: 1})
    close.stop_voting(round_.pk)
    close.close_and_count(round_.pk)
    round_.refresh_from_db()
    close.confirm_backup(ada, round_, "In the vault.")
    close.seal_round(round_.pk)
    assert retention.forget_registers() == 0
    with psycopg.connect(superuser) as root:
        root.execute("SET session_replication_role = replica")
        root.execute("UPDATE budgeting_round SET key_destroyed_at = now() - interval '91 days'")
    assert retention.forget_registers() == 1
    assert not Elector.objects.filter(used__isnull=False).exists()
    assert round_.closing.used == 1
