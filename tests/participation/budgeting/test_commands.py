"""What is done by hand at a keyboard: closing, verifying, reading the scrutineers' copy."""

import getpass
from datetime import timedelta
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.checks import CheckMessage
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from commissioning.ground.answers import Refused
from commissioning.people.models import User
from participation.budgeting import checks, close, scrutineers
from participation.budgeting.models import Count, Round
from participation.budgeting.scrutineers import CannotRead, make_copy, open_copy
from tests.participation.budgeting.conftest import MakeRound, Vote, wait_for_the_close

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def counted(open_round: MakeRound, vote: Vote) -> Round:
    round_ = open_round(3)
    vote(round_, 1, 3)
    vote(round_, 2, 1, 2)
    close.stop_voting(round_.pk)
    close.close_and_count(round_.pk)
    round_.refresh_from_db()
    return round_


def test_the_clock_closes_a_round(open_round: MakeRound, vote: Vote) -> None:
    round_ = open_round(1, closes_at=timezone.now() + timedelta(seconds=5))
    vote(round_, 1, 3)
    wait_for_the_close(round_)
    out = StringIO()
    call_command("close_votes", stdout=out)
    assert "gone on with: 1\n" in out.getvalue()
    assert Count.objects.get(round=round_).winners
    call_command("close_votes", stdout=out)
    assert "gone on with: 0\n" in out.getvalue()


def test_scrutineers_verify_a_close(counted: Round) -> None:
    out = StringIO()
    call_command("verify_close", str(counted.pk), stdout=out)
    assert "2 ballots agree" in out.getvalue()
    assert counted.closing.digest in out.getvalue()


def test_after_the_seal_there_is_nothing_to_verify(counted: Round, ada: User) -> None:
    close.confirm_backup(ada, counted, "In the vault.")
    close.seal_round(counted.pk)
    with pytest.raises(CommandError, match="key is destroyed"):
        call_command("verify_close", str(counted.pk))
    with pytest.raises(CommandError, match="no counted round"):
        call_command("verify_close", str(uuid4()))


class TestTheScrutineersCopy:
    def test_file_and_passphrase_give_the_ballots(
        self, counted: Round, ada: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path, said = tmp_path / "copy", StringIO()
        deed = ("make_scrutineers_copy", str(counted.pk), str(path), "--by", ada.email)
        call_command(*deed, stdout=said)
        passphrase = said.getvalue().removeprefix("passphrase ").strip()
        ballots = ["[[1,1],[2,1]]", "[[3,1]]"]
        assert open_copy(path.read_bytes(), passphrase.lower())[1] == ballots
        with pytest.raises(CommandError, match="cannot be written"):
            call_command(*deed)
        monkeypatch.setattr(getpass, "getpass", lambda _prompt: passphrase)
        out = StringIO()
        call_command("open_scrutineers_copy", str(path), stdout=out)
        assert counted.closing.digest in out.getvalue()

    def test_the_file_alone_opens_nothing(self, counted: Round, ada: User) -> None:
        content, _passphrase = make_copy(ada, counted)
        assert b"[[3,1]]" not in content
        with pytest.raises(CannotRead, match="passphrase"):
            open_copy(content, "0000 0000 0000 0000 0000 0000")
        with pytest.raises(CannotRead, match="not a scrutineers"):
            open_copy(b"%PDF", "x")

    def test_it_is_written_in_the_history_and_not_for_everyone(
        self, counted: Round, ada: User, femi: User
    ) -> None:
        with pytest.raises(Refused):
            make_copy(femi, counted)
        make_copy(ada, counted)
        told = counted.programme.history.values_list("sentence", flat=True)
        assert any("sealed copy of the ballots" in sentence for sentence in told)
        assert scrutineers.GROUPS * scrutineers.GROUP * 5 >= 120


class TestTheDeployCheck:
    def ids(self) -> set[str | None]:
        found: list[CheckMessage] = checks.keys_are_kept_apart()
        return {message.id for message in found}

    def test_keys_apart_and_a_long_pepper_are_well(self, settings: Settings) -> None:
        assert self.ids() == set()

    @pytest.mark.parametrize("pepper", ["", "short"])
    def test_a_short_pepper_is_not(self, settings: Settings, pepper: str) -> None:
        settings.VOTE_PEPPER = pepper
        assert self.ids() == {"budgeting.E001"}

    def test_nor_are_keys_among_uploads_or_backups_or_nowhere(
        self, settings: Settings, tmp_path: Path
    ) -> None:
        media = settings.STORAGES["default"]["OPTIONS"]["location"]
        settings.BALLOT_KEY_DIR = Path(media) / "keys"
        assert self.ids() == {"budgeting.E003"}
        settings.BACKUP_DIR = str(tmp_path)
        settings.BALLOT_KEY_DIR = tmp_path / "keys"
        assert self.ids() == {"budgeting.E003"}
        settings.BALLOT_KEY_DIR = Path()
        assert self.ids() == {"budgeting.E002"}
