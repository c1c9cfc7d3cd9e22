"""People and officers acting at the same moment, held half way; each guard with its mutant.

A mutant is the same code or database without the guard: the same attack then succeeds, which
shows that the test could fail and what the guard is for.
"""

import json
import threading
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import Error, IntegrityError, transaction

from commissioning.people.models import User
from participation.budgeting import actions, cast, close, register
from participation.budgeting.cast import NotNow, Recorded, Stale, Voter
from participation.budgeting.choices import Choices
from participation.budgeting.declared import draft_terms
from participation.budgeting.guards import guard_of
from participation.budgeting.models import (
    Ballot,
    Closing,
    Credential,
    Elector,
    Project,
    RegisterEvent,
    Round,
    Sealed,
    Slip,
    SlipEntry,
)
from tests.participation.budgeting.conftest import MakeRound, Vote, save_marks, voter_of
from tests.participation.budgeting.together import Deed, Mutant, Pause, at_once

pytestmark = pytest.mark.django_db(transaction=True)

SHARED_LOCK = "done := pg_advisory_xact_lock_shared(hashtextextended(the_round::text, 0));"


class AnyRevision(int):
    """A mutant's idea of a base revision: never out of date."""

    def __ne__(self, other: object) -> bool:
        return False

    __hash__ = int.__hash__


def saver(voter: Voter, number: int, base_rev: int = 0) -> Callable[[], Recorded]:
    return lambda: save_marks(voter, {number: 1}, base_rev=base_rev)


def acknowledged(came: list[Any]) -> list[Recorded]:
    return [each for each in came if isinstance(each, Recorded)]


def close_all(round_: Round) -> Closing:
    close.stop_voting(round_.pk)
    return close.open_box(round_.pk)


class TestFiftyFirstSavesOfOneCard:
    def saves(self, round_: Round) -> list[Any]:
        voter = voter_of(round_, 1)
        return at_once([saver(voter, 1 + place % 8) for place in range(50)])

    def test_exactly_one_ballot_and_it_is_the_one_that_was_acknowledged(
        self, open_round: MakeRound
    ) -> None:
        round_ = open_round(1)
        came = self.saves(round_)
        (told,) = acknowledged(came)
        assert sum(isinstance(each, Stale) for each in came) == 49
        assert Sealed.objects.count() == 1
        assert cast.look(voter_of(round_, 1)).choices == told.choices
        assert close_all(round_).ballots == 1
        assert Ballot.objects.get().choices == told.choices.line()

    def test_mutant_without_the_elector_lock_acknowledges_votes_that_are_lost(
        self, open_round: MakeRound, mutant: Mutant
    ) -> None:
        round_ = open_round(1)
        mutant.changed(
            "budgeting_cast_write",
            {
                "FOR UPDATE": "",
                "seen.rev <> expected OR": "",
                "new_counted, new_draft, the_op);": """new_counted, new_draft, the_op)
                    ON CONFLICT (elector_id) DO UPDATE SET rev = budgeting_sealed.rev + 1,
                    counted = excluded.counted, draft = excluded.draft,
                    last_op = excluded.last_op;""",
            },
        )
        assert len(acknowledged(self.saves(round_))) > 1
        assert Sealed.objects.count() == 1


class TestTwoDevicesWithOneCard:
    def test_of_two_that_each_add_an_idea_one_is_asked_and_nothing_is_over_the_limit(
        self, open_round: MakeRound, vote: Vote
    ) -> None:
        round_ = open_round(1, style="budget", style_options={})
        vote(round_, 1, 1)
        voter = voter_of(round_, 1)
        came = at_once(
            [
                lambda: save_marks(voter, {1: 1, 2: 1}, base_rev=1),
                lambda: save_marks(voter, {1: 1, 7: 1}, base_rev=1),
            ]
        )
        (told,) = acknowledged(came)
        (asked,) = [each for each in came if isinstance(each, Stale)]
        assert asked.recorded.choices == told.choices == cast.look(voter).choices
        terms = draft_terms(round_)
        assert sum(terms.by_number[n].cost for n in told.choices.numbers) <= terms.budget

    def test_mutant_that_never_finds_a_save_stale_loses_an_acknowledged_choice(
        self, open_round: MakeRound, vote: Vote
    ) -> None:
        round_ = open_round(1, style="budget", style_options={})
        vote(round_, 1, 1)
        voter = voter_of(round_, 1)
        came = at_once(
            [
                lambda: save_marks(voter, {1: 1, 2: 1}, base_rev=AnyRevision(1)),
                lambda: save_marks(voter, {1: 1, 7: 1}, base_rev=AnyRevision(1)),
            ]
        )
        assert len(acknowledged(came)) == 2


class TestReplays:
    def test_a_repeated_save_is_told_the_same_again_and_changes_nothing(
        self, open_round: MakeRound
    ) -> None:
        voter, op_id = voter_of(open_round(1), 1), uuid4()
        first = save_marks(voter, {2: 1}, op_id=op_id)
        assert save_marks(voter, {2: 1}, op_id=op_id) == first
        assert Sealed.objects.get().rev == 1

    def test_mutant_that_forgets_operations_asks_about_a_vote_that_is_in(
        self, open_round: MakeRound
    ) -> None:
        voter = voter_of(open_round(1), 1)
        save_marks(voter, {2: 1})
        with pytest.raises(Stale):
            save_marks(voter, {2: 1})

    def test_fifty_retries_of_one_save_at_once_are_one_save(self, open_round: MakeRound) -> None:
        voter, op_id = voter_of(open_round(1), 1), uuid4()
        came = at_once([lambda: save_marks(voter, {2: 1}, op_id=op_id)] * 50)
        assert len(acknowledged(came)) == 50
        assert Sealed.objects.get().rev == 1

    def test_an_old_save_that_arrives_late_does_not_overwrite_a_newer_one(
        self, open_round: MakeRound
    ) -> None:
        voter, late = voter_of(open_round(1), 1), uuid4()
        save_marks(voter, {2: 1}, op_id=late)
        newer = save_marks(voter, {5: 1}, base_rev=1)
        with pytest.raises(Stale) as asked:
            save_marks(voter, {2: 1}, op_id=late)
        assert asked.value.recorded == newer == cast.look(voter)

    def test_mutant_that_never_finds_a_save_stale_brings_the_old_vote_back(
        self, open_round: MakeRound
    ) -> None:
        voter, late = voter_of(open_round(1), 1), uuid4()
        save_marks(voter, {2: 1}, op_id=late)
        save_marks(voter, {5: 1}, base_rev=1)
        save_marks(voter, {2: 1}, op_id=late, base_rev=AnyRevision(0))
        assert cast.look(voter).choices.numbers == [2]

    def test_a_lost_answer_is_told_again_even_after_the_close(
        self, open_round: MakeRound, ada: User
    ) -> None:
        round_ = open_round(1)
        voter, op_id = voter_of(round_, 1), uuid4()
        first = save_marks(voter, {2: 1}, op_id=op_id)
        close_all(round_)
        assert save_marks(voter, {2: 1}, op_id=op_id) == first
        with pytest.raises(NotNow, match="closed"):
            save_marks(voter, {3: 1}, base_rev=1)


def held_before_commit(voter: Voter, number: int, pause: Pause) -> Callable[[], Recorded]:
    """A save that is written, and waits before it is committed."""

    def deed() -> Recorded:
        with transaction.atomic():
            told = save_marks(voter, {number: 1})
            pause.here()
        return told

    return deed


class TestASaveWhileTheClosersWork:
    """A save that is written but not committed while somebody closes."""

    def test_it_is_counted(self, open_round: MakeRound) -> None:
        round_ = open_round(2)
        pause = Pause()
        with pause.holding(held_before_commit(voter_of(round_, 1), 3, pause)) as save:
            closing = Deed(lambda: close_all(round_))
            assert closing.is_waiting()
        assert save.result.is_in
        assert closing.finish().ballots == 1
        with pytest.raises(NotNow, match="closed"):
            save_marks(voter_of(round_, 2), {3: 1})

    def test_mutant_without_the_round_lock_acknowledges_a_vote_that_is_not_counted(
        self, open_round: MakeRound, monkeypatch: pytest.MonkeyPatch, mutant: Mutant
    ) -> None:
        round_ = open_round(1)
        shared = "PERFORM pg_advisory_xact_lock_shared(hashtextextended(rid::text, 0));"
        mutant.without("budgeting_sealed_guard", shared)
        mutant.without("budgeting_cast_write", SHARED_LOCK)
        # The update of the register would wait for the elector; a mutant that skips it does not.
        monkeypatch.setattr(close, "_mark_register", lambda round_id: None)
        mutant.run(
            "ALTER TABLE budgeting_closing DISABLE TRIGGER recount",
            "ALTER TABLE budgeting_closing ENABLE TRIGGER recount",
        )
        mutant.run(
            "ALTER TABLE budgeting_closing DROP CONSTRAINT handed_out_are_accounted_for",
            "SET session_replication_role = replica; DELETE FROM budgeting_closing;"
            " ALTER TABLE budgeting_closing ADD CONSTRAINT handed_out_are_accounted_for"
            " CHECK (handed_out = used + unused + called_in + paper)",
        )
        pause = Pause()
        with pause.holding(held_before_commit(voter_of(round_, 1), 3, pause)) as save:
            assert close_all(round_).ballots == 0
        assert save.result.is_in

    def test_one_that_has_not_written_yet_is_told_that_voting_closed(
        self, open_round: MakeRound, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Held between its first look and its write: it is judged again under the locks."""
        round_ = open_round(1)
        pause, write = Pause(), cast._write

        def wait_and_write(*args: Any) -> bool:
            pause.here()
            return write(*args)

        monkeypatch.setattr(cast, "_write", wait_and_write)
        with (
            pytest.raises(NotNow, match="closed"),
            pause.holding(saver(voter_of(round_, 1), 3)),
        ):
            close.stop_voting(round_.pk)
        assert not Sealed.objects.exists()


class TestOnlineAgainstPaper:
    def to_paper(self, round_: Round) -> None:
        with transaction.atomic():
            elector = Elector.objects.select_for_update().get(round=round_, serial=1)
            elector.state = Elector.State.PAPER
            elector.save(update_fields=["state"])

    def test_who_voted_online_gets_no_slip(
        self, open_round: MakeRound, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        round_ = open_round(1)
        pause = Pause()
        with pause.holding(held_before_commit(voter_of(round_, 1), 3, pause)):
            slip = Deed(lambda: self.to_paper(round_))
            assert slip.is_waiting()
        with pytest.raises(IntegrityError) as refused:
            slip.finish()
        assert guard_of(refused.value) == "elector_votes_once"
        assert close_all(round_).ballots == 1

    def test_who_took_a_slip_cannot_vote_online(self, open_round: MakeRound) -> None:
        round_ = open_round(1)
        voter = voter_of(round_, 1)
        self.to_paper(round_)
        with pytest.raises(NotNow, match="paper"):
            save_marks(voter, {3: 1})

    def test_mutant_that_does_not_look_into_the_box_lets_somebody_vote_twice(
        self, open_round: MakeRound, vote: Vote, mutant: Mutant
    ) -> None:
        round_ = open_round(1)
        vote(round_, 1, 3)
        mutant.without(
            "budgeting_elector_guard",
            "RAISE EXCEPTION 'this card has voted already' USING ERRCODE = 'check_violation',"
            " CONSTRAINT = 'elector_votes_once';",
        )
        self.to_paper(round_)
        assert Sealed.objects.filter(elector__state="paper", counted__isnull=False).exists()


class TestOfficersAtOnce:
    def test_one_range_handed_out_twice_is_handed_out_once(
        self, prepared: MakeRound, ada: User, cora: User
    ) -> None:
        round_ = prepared()
        register.make_cards(ada, round_, 40)
        came = at_once(
            [
                lambda: register.hand_out(ada, round_, 1, 30),
                lambda: register.hand_out(cora, round_, 11, 40),
            ]
        )
        assert sum(each for each in came if isinstance(each, int)) == 40
        events = RegisterEvent.objects.filter(kind=RegisterEvent.Kind.HANDED_OUT)
        assert sum(event.number for event in events) == 40

    def revive(self, round_: Round) -> None:
        """What a second officer's stale page would do."""
        Elector.objects.filter(round=round_, serial=1).update(state="active", handed_out=True)

    def test_a_void_card_never_comes_back(self, open_round: MakeRound, ada: User) -> None:
        round_ = open_round(1)
        register.void_card(ada, round_, 1, "Found on the floor.")
        with pytest.raises(IntegrityError) as refused:
            self.revive(round_)
        assert guard_of(refused.value) == "elector_state_moves_on"

    def test_mutant_without_the_order_of_states_brings_a_void_card_back(
        self, open_round: MakeRound, ada: User, mutant: Mutant
    ) -> None:
        round_ = open_round(1)
        register.void_card(ada, round_, 1, "Found on the floor.")
        mutant.without(
            "budgeting_elector_guard",
            "RAISE EXCEPTION 'printed, active, then paper or void' USING ERRCODE ="
            " 'check_violation', CONSTRAINT = 'elector_state_moves_on';",
        )
        self.revive(round_)
        assert Elector.objects.get(round=round_, serial=1).state == "active"


class TestReissuingTwiceAtOnce:
    def reissues(
        self, round_: Round, ada: User, cora: User, monkeypatch: pytest.MonkeyPatch
    ) -> list[Any]:
        """Two officers replace one card; each would like to wait for the other half way."""
        meeting, revoke = threading.Barrier(2), register._revoke

        def revoke_and_meet(elector: Elector) -> None:
            revoke(elector)
            try:
                meeting.wait(0.5)
            except threading.BrokenBarrierError:
                return

        monkeypatch.setattr(register, "_revoke", revoke_and_meet)
        return at_once(
            [
                lambda: register.reissue(ada, round_, 1, "Lost."),
                lambda: register.reissue(cora, round_, 1, "Lost."),
            ]
        )

    def test_one_code_is_active(
        self, open_round: MakeRound, ada: User, cora: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        round_ = open_round(1)
        came = self.reissues(round_, ada, cora, monkeypatch)
        assert all(isinstance(code, str) for code in came)
        assert Credential.objects.filter(elector__serial=1, active=True).count() == 1
        assert register.code_now(round_, voter_of(round_, 1).elector_id) in came

    def test_mutant_without_lock_and_constraint_leaves_two_codes_that_vote(
        self,
        open_round: MakeRound,
        ada: User,
        cora: User,
        monkeypatch: pytest.MonkeyPatch,
        mutant: Mutant,
    ) -> None:
        round_ = open_round(1)
        mutant.run(
            "DROP INDEX one_active_code_an_elector",
            "SET session_replication_role = replica; DELETE FROM budgeting_credential;"
            " CREATE UNIQUE INDEX one_active_code_an_elector"
            " ON budgeting_credential (elector_id) WHERE active",
        )
        monkeypatch.setattr(
            register, "_card", lambda round_, serial: round_.electors.get(serial=serial)
        )
        # Each gives itself the next number that is free, as a retry after a clash would.
        issue, numbers = register._give_codes, iter((2, 3))
        monkeypatch.setattr(
            register,
            "_give_codes",
            lambda round_, electors, issue_no=1: issue(round_, electors, next(numbers)),
        )
        self.reissues(round_, ada, cora, monkeypatch)
        assert Credential.objects.filter(elector__serial=1, active=True).count() == 2


class TestKeyingASlipTwice:
    def entries(self, round_: Round, ada: User) -> None:
        slip = Slip.objects.create(round=round_, number=1)
        for _ in range(2):
            SlipEntry.objects.create(slip=slip, keyer=ada, entry=b"sealed")

    def test_one_person_keys_a_slip_once(self, open_round: MakeRound, ada: User) -> None:
        with pytest.raises(IntegrityError) as refused:
            self.entries(open_round(0), ada)
        assert guard_of(refused.value) == "slip_keyed_once_a_person"

    def test_mutant_without_the_constraint_takes_one_persons_word_twice(
        self, open_round: MakeRound, ada: User, mutant: Mutant
    ) -> None:
        mutant.run(
            "DROP INDEX slip_keyed_once_a_person",
            "SET session_replication_role = replica; DELETE FROM budgeting_slipentry;"
            " CREATE UNIQUE INDEX slip_keyed_once_a_person"
            " ON budgeting_slipentry (slip_id, keyer_id)",
        )
        self.entries(open_round(0), ada)
        assert SlipEntry.objects.count() == 2


class TestChangingTheBallotWhileItOpens:
    """An idea's cost changed, but not committed, while the lead opens voting."""

    def dearer(self, round_: Round, pause: Pause) -> Callable[[], None]:
        def change() -> None:
            with transaction.atomic():
                Project.objects.filter(round=round_, number=1).update(cost=9999)
                pause.here()

        return change

    def frozen_and_shown(self, round_: Round) -> tuple[int, int]:
        round_.refresh_from_db()
        frozen = json.loads(round_.config)["projects"][0]["cost"]
        return int(float(frozen)), int(round_.projects.get(number=1).cost)

    def test_what_is_frozen_is_what_is_shown(self, prepared: MakeRound, ada: User) -> None:
        round_, pause = prepared(), Pause()
        with pause.holding(self.dearer(round_, pause)):
            opening = Deed(lambda: actions.open_round(ada, round_))
            assert opening.is_waiting()
        opening.finish()
        assert self.frozen_and_shown(round_) == (9999, 9999)

    def test_mutant_without_the_round_lock_freezes_another_cost_than_it_shows(
        self, prepared: MakeRound, ada: User, mutant: Mutant
    ) -> None:
        round_, pause = prepared(), Pause()
        mutant.without(
            "budgeting_on_ballot_guard",
            "PERFORM pg_advisory_xact_lock_shared(hashtextextended(rid::text, 0));",
        )
        with pause.holding(self.dearer(round_, pause)):
            actions.open_round(ada, round_)
        assert self.frozen_and_shown(round_) == (4800, 9999)

    def test_while_somebody_saves_nothing_on_the_ballot_can_be_changed(
        self, open_round: MakeRound, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        round_ = open_round(1)
        pause = Pause()
        with pause.holding(held_before_commit(voter_of(round_, 1), 3, pause)):
            for change in (
                lambda: Project.objects.filter(round=round_, number=1).update(cost=1),
                lambda: Project.objects.filter(round=round_, number=1).update(number=99),
                lambda: Project.objects.filter(round=round_, number=1).delete(),
                lambda: Project.objects.create(round=round_, number=9, title="Late", cost=1),
                lambda: Round.objects.filter(pk=round_.pk).update(budget=1),
            ):
                with pytest.raises(Error) as refused:
                    change()
                assert guard_of(refused.value) in {"ballot_is_frozen", "round_is_frozen"}


def test_a_replaced_card_is_shown_nothing_of_what_its_successor_recorded(
    open_round: MakeRound, ada: User
) -> None:
    round_ = open_round(1)
    thief = voter_of(round_, 1)
    register.reissue(ada, round_, 1, "Lost.")
    save_marks(voter_of(round_, 1), {3: 1})
    for base_rev in (0, 1):
        with pytest.raises(NotNow, match="replaced"):
            save_marks(thief, {2: 1}, base_rev=base_rev)
    with pytest.raises(NotNow, match="replaced"):
        cast.look(thief)
    assert cast.look(voter_of(round_, 1)).choices == Choices.of({3: 1})
