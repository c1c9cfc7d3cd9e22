"""Casting a ballot: counted as soon as it is whole, changeable until the close, secret after it."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from commissioning.ground.answers import Invalid, Refused
from commissioning.people.models import User
from participation.budgeting import actions, cast, close, keyring, register
from participation.budgeting.cast import NotNow
from participation.budgeting.choices import BadBallot
from participation.budgeting.models import Ballot, Round, Sealed
from tests.participation.budgeting.conftest import (
    MakeRound,
    Vote,
    save_marks,
    voter_of,
    wait_for_the_close,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_vote_is_in_as_soon_as_it_is_whole(open_round: MakeRound, vote: Vote) -> None:
    round_ = open_round()
    recorded = vote(round_, 1, 2, 5)
    assert recorded.is_in
    assert recorded.missing == ""
    assert cast.look(voter_of(round_, 1)) == recorded


def test_an_unfinished_change_leaves_the_earlier_vote_counted(open_round: MakeRound) -> None:
    round_ = open_round(1, style="points", style_options={"points": 5})
    voter = voter_of(round_, 1)
    save_marks(voter, {1: 5})
    changed = save_marks(voter, {2: 3}, base_rev=1)
    assert changed.earlier_counts
    assert not changed.is_in
    assert changed.missing == "2 points still to give."
    close.stop_voting(round_.pk)
    close.open_box(round_.pk)
    assert Ballot.objects.get().choices == "[[1,5]]"


def test_a_draft_alone_is_not_counted(open_round: MakeRound) -> None:
    round_ = open_round(1, style="points", style_options={"points": 5})
    recorded = save_marks(voter_of(round_, 1), {2: 3})
    assert recorded.counted is None
    close.stop_voting(round_.pk)
    assert close.open_box(round_.pk).ballots == 0


def test_a_blank_ballot_on_purpose_counts(open_round: MakeRound) -> None:
    round_ = open_round(1)
    assert save_marks(voter_of(round_, 1), {}, blank=True).is_in
    close.stop_voting(round_.pk)
    closing = close.open_box(round_.pk)
    assert (closing.ballots, closing.blank) == (1, 1)


def test_what_breaks_a_limit_is_not_stored(open_round: MakeRound) -> None:
    voter = voter_of(open_round(1), 1)
    save_marks(voter, {1: 1})
    for marks in ({1: 1, 2: 1, 3: 1, 4: 1}, {99: 1}, {1: 2}):
        with pytest.raises(BadBallot):
            save_marks(voter, marks, base_rev=1)
    assert cast.look(voter).choices.numbers == [1]


def test_a_save_is_one_look_and_one_write_that_asks_for_a_durable_commit(
    open_round: MakeRound, vote: Vote
) -> None:
    round_ = open_round(2)
    vote(round_, 1, 3)
    voter = voter_of(round_, 2)
    with CaptureQueriesContext(connection) as made:
        save_marks(voter, {2: 1})
    look, write = [query["sql"] for query in made.captured_queries]
    assert "budgeting_cast_state" in look
    assert "budgeting_cast_write" in write
    with transaction.atomic():
        save_marks(voter, {3: 1}, base_rev=1)
        with connection.cursor() as cursor:
            cursor.execute("SHOW synchronous_commit")
            assert cursor.fetchone() == ("on",)
            cursor.execute("SHOW lock_timeout")
            assert cursor.fetchone() == ("5s",)


def test_sealed_ballots_all_look_alike(open_round: MakeRound) -> None:
    round_ = open_round(4)
    save_marks(voter_of(round_, 1), {})
    save_marks(voter_of(round_, 2), {1: 1})
    save_marks(voter_of(round_, 3), {1: 1, 2: 1, 8: 1})
    save_marks(voter_of(round_, 4), {}, blank=True)
    sizes = {len(bytes(sealed.draft)) for sealed in Sealed.objects.all()}
    sizes |= {len(bytes(s.counted)) for s in Sealed.objects.all() if s.counted is not None}
    round_.refresh_from_db()
    assert sizes == {(round_.sealed_len or 0) + 28}


def test_each_save_seals_both_parts_anew(open_round: MakeRound) -> None:
    voter = voter_of(open_round(1, style="points", style_options={"points": 5}), 1)
    save_marks(voter, {1: 5})
    before = Sealed.objects.get()
    save_marks(voter, {2: 3}, base_rev=1)
    after = Sealed.objects.get()
    assert bytes(before.counted or b"") != bytes(after.counted or b"")


class TestTheClock:
    def test_a_second_after_the_close_is_too_late(self, open_round: MakeRound) -> None:
        round_ = open_round(2, closes_at=timezone.now() + timedelta(seconds=5))
        voter = voter_of(round_, 1)
        assert save_marks(voter, {1: 1}).is_in
        wait_for_the_close(round_)
        with pytest.raises(NotNow, match="closed"):
            save_marks(voter, {2: 1}, base_rev=1)
        close.resume(round_.pk)
        assert Ballot.objects.get().choices == "[[1,1]]"

    def test_nobody_votes_before_it_opens(self, prepared: MakeRound, ada: User) -> None:
        round_ = prepared()
        register.make_cards(ada, round_, 1)
        register.hand_out(ada, round_, 1, 1)
        with pytest.raises(NotNow, match="not opened"):
            save_marks(voter_of(round_, 1), {1: 1})

    def test_nor_before_the_announced_time_though_it_is_frozen_already(
        self, open_round: MakeRound
    ) -> None:
        later = timezone.now() + timedelta(hours=1)
        round_ = open_round(1, opens_at=later)
        with pytest.raises(NotNow, match="not opened"):
            save_marks(voter_of(round_, 1), {1: 1})
        with pytest.raises(NotNow, match="not opened"):
            cast.look(voter_of(round_, 1))

    def test_the_close_moves_later_only_and_with_a_reason(
        self, open_round: MakeRound, ada: User
    ) -> None:
        round_ = open_round(1)
        later = round_.closes_at + timedelta(hours=1)
        with pytest.raises(Invalid, match="Say why"):
            actions.move_close(ada, round_, later, " ")
        with pytest.raises(Invalid, match="later"):
            actions.move_close(ada, round_, round_.closes_at - timedelta(hours=1), "Tired.")
        moved = actions.move_close(ada, round_, later, "The bus was late.")
        assert moved.closes_at == later
        assert moved.closes_moved.get().reason == "The bus was late."

    def test_closing_before_the_time_needs_a_reason(self, open_round: MakeRound, ada: User) -> None:
        round_ = open_round(1)
        with pytest.raises(Invalid, match="Say why"):
            close.close_now(ada, round_)
        close.close_now(ada, round_, "Everybody in the hall has voted.")
        round_.refresh_from_db()
        assert round_.status == Round.Status.CLOSING


class TestOpening:
    def test_the_digest_is_of_everything_declared(self, open_round: MakeRound) -> None:
        round_ = open_round(0)
        assert hashlib.sha256(round_.config.encode()).hexdigest() == round_.config_sha256
        for declared in ("Localism Act", "Front-room lunches", "4 2 6 1 1 5", "10000.00"):
            assert declared in round_.config

    def test_the_key_is_there_before_voting_opens(self, open_round: MakeRound) -> None:
        assert keyring.exist(open_round(0).pk)

    def test_not_without_a_lot(self, prepared: MakeRound, ada: User) -> None:
        round_ = prepared()
        actions.add_project(ada, round_, {"title": "One more", "cost": 10})
        with pytest.raises(Invalid, match="Draw the lot"):
            actions.open_round(ada, round_)

    def test_not_by_who_could_gain_nor_by_others(
        self, prepared: MakeRound, ada: User, cora: User, femi: User
    ) -> None:
        round_ = prepared()
        for other in (cora, femi):
            with pytest.raises(Refused):
                actions.open_round(other, round_)
        round_.programme.memberships.get(user=ada).declarations.create(
            could_gain=True, words="I run the choir."
        )
        with pytest.raises(Refused, match="could gain"):
            actions.open_round(ada, round_)

    def test_anybody_can_work_the_lot_out_again(self, open_round: MakeRound) -> None:
        round_ = open_round(0)
        seed = "the dice said 4 2 6 1 1 5"

        def place(number: int) -> str:
            return hashlib.sha256(f"{seed}:{number}".encode()).hexdigest()

        assert round_.tie_order == sorted(range(1, 9), key=place)

    def test_money_is_not_asked_for_before_the_vision(
        self, ada: User, vision_programme: Any
    ) -> None:
        with pytest.raises(Refused, match="money"):
            actions.make_round(ada, vision_programme, {})


def test_the_whole_way(open_round: MakeRound, vote: Vote, ada: User) -> None:
    round_ = open_round(5)
    vote(round_, 1, 2, 5)
    vote(round_, 2, 1)
    vote(round_, 3, 1, 2, 3)
    close.close_now(ada, round_, "Everyone in the hall has voted.")
    close.close_and_count(round_.pk)
    assert list(Ballot.objects.values_list("n", "choices")) == [
        (1, "[[1,1],[2,1],[3,1]]"),
        (2, "[[1,1]]"),
        (3, "[[2,1],[5,1]]"),
    ]
    round_.refresh_from_db()
    with pytest.raises(Invalid, match="which backup"):
        close.confirm_backup(ada, round_, " ")
    close.confirm_backup(ada, round_, "Nightly backup of 22 May, restored and checked.")
    close.seal_round(round_.pk)
    round_.refresh_from_db()
    assert round_.status == Round.Status.SEALED
    assert not Sealed.objects.exists()
    assert not keyring.exist(round_.pk)
