"""Two workers close the same round at once, as the clock and a lead's button can make them.

A mutant is the same code without the guard: the same moment then goes wrong.
"""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import Error

from commissioning.people.models import User
from participation.budgeting import close, count, keyring
from participation.budgeting.choices import Choices
from participation.budgeting.keys import KeyMissing
from participation.budgeting.models import Ballot, Closing, Count, Round, Sealed
from tests.participation.budgeting.conftest import MakeRound, Vote
from tests.participation.budgeting.together import Deed, Pause, at_once

pytestmark = pytest.mark.django_db(transaction=True)


def close_all(round_: Round) -> Closing:
    close.stop_voting(round_.pk)
    return close.open_box(round_.pk)


def test_eight_closers_close_once(open_round: MakeRound, vote: Vote) -> None:
    round_ = open_round(6)
    for serial in range(1, 7):
        vote(round_, serial, serial)
    came = at_once([lambda: close_all(round_)] * 8)
    assert {closing.digest for closing in came} == {Closing.objects.get().digest}
    assert Ballot.objects.count() == 6


def test_mutant_without_the_lock_fails_in_the_face_of_its_twin(
    open_round: MakeRound, vote: Vote, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_ = open_round(6)
    for serial in range(1, 7):
        vote(round_, serial, serial)
    close.stop_voting(round_.pk)
    monkeypatch.setattr(close, "lock", lambda name, shared=False: None)
    pause, write = Pause(), close._write_ballots

    def write_and_wait(round_id: Any, lines: list[str]) -> None:
        write(round_id, lines)
        pause.here()

    monkeypatch.setattr(close, "_write_ballots", write_and_wait)
    with pause.holding(lambda: close.open_box(round_.pk)):
        twin = Deed(lambda: close.open_box(round_.pk))
        assert twin.is_waiting()
    with pytest.raises((Error, psycopg.Error)):
        twin.finish()


def sealing_while_verified(
    ada: User, round_: Round, monkeypatch: pytest.MonkeyPatch
) -> tuple[Deed, Deed]:
    """One closer is about to read with the key while another comes to destroy it."""
    close.close_and_count(round_.pk)
    close.confirm_backup(ada, round_, "Copied to the vault and read back.")
    pause, opened = Pause(), close._opened

    def wait_and_open(round_: Round) -> Iterator[Choices]:
        pause.here()
        return opened(round_)

    monkeypatch.setattr(close, "_opened", wait_and_open)
    with pause.holding(lambda: close.verify_close(round_.pk)) as verifying:
        sealing = Deed(lambda: close.seal_round(round_.pk))
        sealing.is_waiting()
        assert keyring.exist(round_.pk)
    return verifying, sealing


def test_the_key_waits_for_whoever_reads_with_it(
    open_round: MakeRound, vote: Vote, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_ = open_round(2)
    vote(round_, 1, 2)
    for each in sealing_while_verified(ada, round_, monkeypatch):
        each.finish()
    assert not keyring.exist(round_.pk)
    round_.refresh_from_db()
    assert round_.status == Round.Status.SEALED


def test_mutant_without_the_lock_takes_the_key_from_under_the_reader(
    open_round: MakeRound, vote: Vote, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_ = open_round(2)
    vote(round_, 1, 2)
    monkeypatch.setattr(close, "lock", lambda name, shared=False: None)
    with pytest.raises(KeyMissing):
        sealing_while_verified(ada, round_, monkeypatch)


def test_eight_closers_seal_once_and_none_takes_fright(
    open_round: MakeRound, vote: Vote, ada: User
) -> None:
    round_ = open_round(6)
    for serial in range(1, 7):
        vote(round_, serial, serial)
    close.close_and_count(round_.pk)
    close.confirm_backup(ada, round_, "Copied to the vault and read back.")
    assert at_once([lambda: close.resume(round_.pk)] * 8) == [None] * 8
    assert not Sealed.objects.exists()


def test_two_counters_make_one_count(open_round: MakeRound, vote: Vote) -> None:
    round_ = open_round(3)
    vote(round_, 1, 2)
    close_all(round_)
    came = at_once([lambda: count.count_round(round_.pk)] * 4)
    assert {made.pk for made in came} == {Count.objects.get().pk}
