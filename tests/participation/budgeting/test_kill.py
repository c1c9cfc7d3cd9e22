"""Killed with SIGKILL after each step of the close, and gone on with by the next process."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from django.db import IntegrityError

from commissioning.people.models import User
from participation.budgeting import close, keyring
from participation.budgeting.close import BoxDoesNotOpen
from participation.budgeting.keys import KeyMissing
from participation.budgeting.models import Ballot, Closing, Count, Elector, Round, Sealed
from tests.cluster import ROOT, Addresses
from tests.participation.budgeting.conftest import PEPPER, MakeRound, Vote

pytestmark = pytest.mark.django_db(transaction=True)

# The process that goes on with a close and is killed at a moment of the test's choosing.
WORKER = """
import os, signal, sys
import django
django.setup()
from uuid import UUID
from participation.budgeting import close, count, keyring

round_id, moment = UUID(sys.argv[1]), sys.argv[2]

def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

def dies_after(module, name):
    whole = getattr(module, name)
    def deed(*args, **kwargs):
        result = whole(*args, **kwargs)
        die()
    setattr(module, name, deed)

moments = {
    "voting stopped": (close, "stop_voting"),
    "ballots written, not committed": (close, "_write_ballots"),
    "numbers written, not committed": (close, "_write_closing"),
    "box opened": (close, "open_box"),
    "verified": (close, "verify_close"),
    "key destroyed, not said so": (keyring, "destroy"),
}
if moment in moments:
    dies_after(*moments[moment])
close.resume(round_id)
count.count_round(round_id)
"""


class Worker:
    """Runs the worker's process on the test's database."""

    def __init__(self, database_url: str, keys: Path) -> None:
        self.environment = os.environ | {
            "DATABASE_URL": database_url,
            "REDIS_URL": "redis://127.0.0.1:1/0",
            "SECRET_KEY": "as good as any",
            "VOTE_PEPPER": PEPPER,
            "BALLOT_KEY_DIR": str(keys),
            "DJANGO_SETTINGS_MODULE": "commissioning.settings",
            "LOCAL": "1",
        }

    def run(self, round_id: UUID, moment: str = "") -> int:
        return subprocess.run(
            [sys.executable, "-c", WORKER, str(round_id), moment],
            cwd=ROOT,
            env=self.environment,
            check=False,
            timeout=60,
        ).returncode


@pytest.fixture
def worker(test_addresses: Addresses, database_name: str, keys: Path) -> Worker:
    return Worker(test_addresses.app.format(name=database_name), keys)


@pytest.fixture
def voted(open_round: MakeRound, vote: Vote) -> Round:
    """Three votes, and the time is up as far as the closer is concerned."""
    round_ = open_round(4)
    for serial, number in ((1, 5), (2, 2), (3, 5)):
        vote(round_, serial, number)
    return round_


def test_every_step_is_gone_on_with_and_nothing_is_lost(
    voted: Round, worker: Worker, ada: User
) -> None:
    close.stop_voting(voted.pk)
    for moment in (
        "ballots written, not committed",
        "numbers written, not committed",
    ):
        assert worker.run(voted.pk, moment) == -signal.SIGKILL
        assert not Ballot.objects.exists()
        assert not Elector.objects.filter(used__isnull=False).exists()
    assert worker.run(voted.pk, "box opened") == -signal.SIGKILL
    voted.refresh_from_db()
    assert voted.status == Round.Status.COUNTED
    assert voted.verified_at is None
    assert worker.run(voted.pk) == 0
    assert Count.objects.get().digest == Closing.objects.get().digest
    voted.refresh_from_db()
    close.confirm_backup(ada, voted, "Copied to the vault and read back.")
    assert worker.run(voted.pk, "key destroyed, not said so") == -signal.SIGKILL
    assert not keyring.exist(voted.pk)
    voted.refresh_from_db()
    assert voted.status == Round.Status.COUNTED
    assert worker.run(voted.pk) == 0
    voted.refresh_from_db()
    assert voted.status == Round.Status.SEALED
    assert not Sealed.objects.exists()
    assert list(Ballot.objects.values_list("choices", flat=True)) == [
        "[[2,1]]",
        "[[5,1]]",
        "[[5,1]]",
    ]


def test_without_a_confirmed_backup_the_key_stays(voted: Round) -> None:
    close.close_and_count(voted.pk)
    close.seal_round(voted.pk)
    assert keyring.exist(voted.pk)


def test_mutant_that_destroys_the_key_first_loses_the_election(
    voted: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(close, "_may_be_sealed", lambda round_id: True)
    close.stop_voting(voted.pk)
    with pytest.raises(IntegrityError):
        close.seal_round(voted.pk)  # the database keeps the sealed ballots, for what it is worth
    with pytest.raises(KeyMissing):
        close.open_box(voted.pk)
    assert not Ballot.objects.exists()


def test_a_key_that_was_lost_before_the_close_is_told_and_nothing_is_written(voted: Round) -> None:
    keyring.destroy(voted.pk)
    close.stop_voting(voted.pk)
    with pytest.raises(KeyMissing):
        close.open_box(voted.pk)
    voted.refresh_from_db()
    assert voted.status == Round.Status.CLOSING


def test_one_forged_ballot_stops_the_close_and_nothing_is_destroyed(
    voted: Round, superuser: str
) -> None:
    with psycopg.connect(superuser) as root:
        root.execute("SET session_replication_role = replica")
        root.execute("UPDATE budgeting_sealed SET counted = draft WHERE rev = 1")
    close.stop_voting(voted.pk)
    with pytest.raises(BoxDoesNotOpen):
        close.open_box(voted.pk)
    assert not Ballot.objects.exists()
    assert keyring.exist(voted.pk)


def test_two_ballots_swapped_in_the_database_stop_the_close(voted: Round, superuser: str) -> None:
    with psycopg.connect(superuser) as root:
        root.execute("SET session_replication_role = replica")
        root.execute(
            "UPDATE budgeting_sealed a SET counted = b.counted, draft = b.draft"
            " FROM budgeting_sealed b WHERE a.elector_id <> b.elector_id"
        )
    close.stop_voting(voted.pk)
    with pytest.raises(BoxDoesNotOpen):
        close.open_box(voted.pk)


def test_ballots_changed_after_they_were_written_do_not_verify(
    voted: Round, superuser: str
) -> None:
    close.stop_voting(voted.pk)
    close.open_box(voted.pk)
    with psycopg.connect(superuser) as root:
        root.execute("SET session_replication_role = replica")
        root.execute("UPDATE budgeting_ballot SET choices = '[[1,1]]' WHERE n = 1")
    with pytest.raises(BoxDoesNotOpen, match="digest"):
        close.verify_close(voted.pk)
    assert keyring.exist(voted.pk)


def test_a_count_that_does_not_agree_with_the_register_is_refused_by_the_database(
    voted: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A closer that loses a ballot on the way cannot commit."""
    close.stop_voting(voted.pk)
    opened = close._opened
    monkeypatch.setattr(close, "_opened", lambda round_: list(opened(round_))[1:])
    with pytest.raises(IntegrityError):
        close.open_box(voted.pk)
    assert not Ballot.objects.exists()
