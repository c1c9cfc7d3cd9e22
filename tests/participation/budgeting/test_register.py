"""Cards: made, inert until handed out, voided, replaced; and every guard of the register."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import Error, IntegrityError, connection, transaction
from django.utils import timezone

from commissioning.ground.answers import Invalid, Refused
from commissioning.people.models import User
from participation.budgeting import actions, admission, cast, close, codes, keyring, register
from participation.budgeting.admission import NotAdmitted
from participation.budgeting.cast import NotNow
from participation.budgeting.counted import was_counted
from participation.budgeting.guards import guard_of
from participation.budgeting.models import (
    Ballot,
    Batch,
    Closing,
    Credential,
    Elector,
    RegisterEvent,
    Round,
    Sealed,
)
from participation.budgeting.session import Tries
from tests.participation.budgeting.conftest import MakeRound, Vote, save_marks, voter_of

pytestmark = pytest.mark.django_db(transaction=True)


ADD = "INSERT INTO budgeting_ballot (round_id, n, choices)"


def code_of(round_: Round, serial: int) -> str:
    return register.code_now(round_, Elector.objects.get(round=round_, serial=serial).pk) or ""


class TestMakingCards:
    def test_only_keyed_digests_of_their_codes_are_kept(
        self, prepared: MakeRound, ada: User
    ) -> None:
        round_ = prepared()
        batch = register.make_cards(ada, round_, 20, "North door")
        assert (batch.first_serial, batch.last_serial) == (1, 20)
        round_.refresh_from_db()
        code = code_of(round_, 7)
        assert codes.is_code(code)
        stored = Credential.objects.get(elector__serial=7)
        assert bytes(stored.lookup) == keyring.lookup_of(keyring.lookup_key(round_.pk), code)
        with connection.cursor() as cursor:
            cursor.execute("SELECT string_agg(c::text, ' ') FROM budgeting_credential c")
            assert code not in cursor.fetchone()[0]

    def test_the_next_batch_goes_on_where_the_last_one_ended(
        self, prepared: MakeRound, ada: User
    ) -> None:
        round_ = prepared()
        register.make_cards(ada, round_, 20)
        assert register.make_cards(ada, round_, 5).first_serial == 21

    @pytest.mark.parametrize("number", [0, -1, 5001])
    def test_a_senseless_number_is_refused(
        self, prepared: MakeRound, ada: User, number: int
    ) -> None:
        with pytest.raises(Invalid, match="between 1 and 5,000"):
            register.make_cards(ada, prepared(), number)

    def test_no_more_than_were_declared(self, prepared: MakeRound, ada: User) -> None:
        round_ = prepared(expected_cards=10)
        with pytest.raises(Invalid, match="declared for: 10"):
            register.make_cards(ada, round_, 11)

    def test_short_codes_for_one_day_in_one_hall(self, prepared: MakeRound, ada: User) -> None:
        noon = timezone.localtime().replace(hour=12)
        round_ = prepared(
            hall="Leisure Centre",
            opens_at=noon,
            closes_at=noon + timedelta(hours=8),
            expected_cards=600,
        )
        register.make_cards(ada, round_, 3)
        round_.refresh_from_db()
        assert len(code_of(round_, 1)) == codes.SHORT + 1

    def test_two_codes_that_clash_become_two_codes(
        self, prepared: MakeRound, ada: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        round_ = prepared()
        whole, given = keyring.code_of, []

        def clash_once(keys: Any, elector: Any, issue: int, symbols: int) -> str:
            given.append(issue)
            if len(given) == 2:
                return clash_once.first  # type: ignore[attr-defined,no-any-return]
            code = whole(keys, elector, issue, symbols)
            clash_once.first = code  # type: ignore[attr-defined]
            return code

        monkeypatch.setattr(keyring, "code_of", clash_once)
        register.make_cards(ada, round_, 2)
        assert Credential.objects.values("lookup").distinct().count() == 2
        assert given == [1, 1, 2]

    def test_only_those_who_run_the_programme(
        self, prepared: MakeRound, femi: User, priya: User, nell: User
    ) -> None:
        round_ = prepared()
        for outsider in (femi, priya, nell):
            with pytest.raises(Refused):
                register.make_cards(outsider, round_, 1)


class TestHandingOut:
    def test_a_card_is_inert_until_its_range_is_handed_out(
        self, prepared: MakeRound, ada: User
    ) -> None:
        round_ = prepared()
        register.make_cards(ada, round_, 10)
        round_ = actions.open_round(ada, round_)
        with pytest.raises(NotAdmitted, match="not been handed out"):
            admission.admit(code_of(round_, 4))
        with pytest.raises(NotNow, match="not been handed out"):
            save_marks(voter_of(round_, 4), {1: 1})
        assert register.hand_out(ada, round_, 3, 6) == 4
        assert admission.admit(code_of(round_, 4)) == voter_of(round_, 4)
        with pytest.raises(NotAdmitted):
            admission.admit(code_of(round_, 7))

    @pytest.mark.parametrize(("first", "last"), [(0, 3), (3, 2), (4, 99), (-2, 1)])
    def test_a_range_that_is_not_there_is_refused(
        self, prepared: MakeRound, ada: User, first: int, last: int
    ) -> None:
        round_ = prepared()
        register.make_cards(ada, round_, 5)
        with pytest.raises(Invalid):
            register.hand_out(ada, round_, first, last)
        assert not Elector.objects.filter(state="active").exists()

    def test_spares_are_voided_and_the_rest_stays(self, open_round: MakeRound, ada: User) -> None:
        round_ = open_round(3)
        register.make_cards(ada, round_, 4)
        assert register.void_spares(ada, round_, 1, 7) == 4
        assert Elector.objects.filter(state="active").count() == 3


class TestCallingInAndReplacing:
    def test_a_void_card_does_not_vote_and_what_it_recorded_is_not_counted(
        self, open_round: MakeRound, vote: Vote, ada: User
    ) -> None:
        round_ = open_round(2)
        vote(round_, 1, 3)
        vote(round_, 2, 4)
        code = code_of(round_, 1)
        register.void_card(ada, round_, 1, "Given to somebody from elsewhere.")
        with pytest.raises(NotAdmitted, match="replaced or cancelled"):
            admission.admit(code)
        close.stop_voting(round_.pk)
        closing = close.open_box(round_.pk)
        assert (closing.ballots, closing.used, closing.called_in) == (1, 1, 1)

    def test_the_vote_stays_with_a_replaced_card(
        self, open_round: MakeRound, vote: Vote, ada: User
    ) -> None:
        round_ = open_round(1)
        vote(round_, 1, 3)
        old = code_of(round_, 1)
        new = register.reissue(ada, round_, 1, "Lost in the rain.")
        assert new != old
        with pytest.raises(NotAdmitted, match="replaced"):
            admission.admit(old)
        assert cast.look(admission.admit(new)).choices.numbers == [3]

    def test_what_officers_do_is_written_down_with_its_reason(
        self, open_round: MakeRound, ada: User
    ) -> None:
        round_ = open_round(2)
        register.reissue(ada, round_, 1, "Lost.")
        register.void_card(ada, round_, 2, "Torn.")
        told = RegisterEvent.objects.filter(round=round_).values_list("kind", "reason", "number")
        assert set(told) == {
            ("made", "", 2),
            ("handed_out", "", 2),
            ("reissued", "Lost.", 1),
            ("voided", "Torn.", 1),
        }

    @pytest.mark.parametrize("deed", [register.void_card, register.reissue])
    def test_not_without_a_reason(self, open_round: MakeRound, ada: User, deed: Any) -> None:
        with pytest.raises(Invalid, match="Say why"):
            deed(ada, open_round(1), 1, "  ")


def test_everything_printed_is_accounted_for(open_round: MakeRound, vote: Vote, ada: User) -> None:
    round_ = open_round(6)
    register.make_cards(ada, round_, 4)
    vote(round_, 1, 3)
    save_marks(voter_of(round_, 2), {}, blank=True)
    register.void_card(ada, round_, 3, "Torn.")
    register.void_spares(ada, round_, 7, 8)
    Elector.objects.filter(round=round_, serial=4).update(state="paper")
    close.stop_voting(round_.pk)
    closing = close.open_box(round_.pk)
    told = {
        name: getattr(closing, name)
        for name in ("electors", "handed_out", "spare_void", "used", "unused", "called_in", "paper")
    }
    assert told == {
        "electors": 10,
        "handed_out": 6,
        "spare_void": 4,
        "used": 2,
        "unused": 2,
        "called_in": 1,
        "paper": 1,
    }
    assert (closing.ballots, closing.blank) == (2, 1)


class TestAdmission:
    def test_slips_of_the_finger_are_told_without_a_look_at_the_register(
        self, open_round: MakeRound, django_assert_num_queries: Any
    ) -> None:
        open_round(1)
        with django_assert_num_queries(0), pytest.raises(NotAdmitted) as told:
            admission.admit("0000 0000 00001")
        assert not told.value.is_miss

    def test_a_right_code_is_admitted_whatever_others_do(self, open_round: MakeRound) -> None:
        round_ = open_round(1)
        wrong = codes.with_check("0" * codes.USUAL)
        for _ in range(50):
            with pytest.raises(NotAdmitted) as told:
                admission.admit(wrong)
            assert told.value.is_miss
            admission.missed(Tries())
        assert admission.admit(code_of(round_, 1)) == voter_of(round_, 1)

    def test_misses_wait_longer_each_time_up_to_eight_seconds(self) -> None:
        waits = [admission.missed(Tries(misses, known=True)).seconds for misses in range(8)]
        assert waits == [0.25, 0.5, 1, 2, 4, 8, 8, 8]

    def test_who_sends_no_cookie_waits_with_all_who_send_none(self) -> None:
        waits = [admission.missed(Tries()).seconds for _ in range(7)]
        assert waits == [0.25, 0.5, 1, 2, 4, 8, 8]

    def test_without_redis_people_are_still_admitted(
        self, open_round: MakeRound, settings: Any
    ) -> None:
        settings.CACHES = {
            "default": {
                "BACKEND": "django.core.cache.backends.redis.RedisCache",
                "LOCATION": "redis://127.0.0.1:1/0",
            }
        }
        round_ = open_round(1)
        assert admission.admit(code_of(round_, 1)) == voter_of(round_, 1)
        assert admission.missed(Tries()).seconds == 0.25

    def test_a_code_of_another_round_opens_that_rounds_ballot_only(
        self, open_round: MakeRound
    ) -> None:
        one, other = open_round(1), open_round(1)
        assert admission.admit(code_of(other, 1)).round_id == other.pk != one.pk

    def test_a_stolen_id_in_another_rounds_cookie_does_not_vote(
        self, open_round: MakeRound
    ) -> None:
        one, other = open_round(1), open_round(1)
        with pytest.raises(NotNow, match="not known"):
            save_marks(replace(voter_of(one, 1), round_id=other.pk), {1: 1})

    def test_after_the_close_a_code_tells_only_whether_it_was_counted(
        self, open_round: MakeRound, vote: Vote
    ) -> None:
        round_ = open_round(2)
        vote(round_, 1, 3)
        used, unused = code_of(round_, 1), code_of(round_, 2)
        assert was_counted(used).title == "Not closed yet"
        close.stop_voting(round_.pk)
        close.open_box(round_.pk)
        assert was_counted(used).title == "Yes"
        assert was_counted(unused).title == "No"
        assert "idea" not in was_counted(used).words


class TestTheDatabaseRefuses:
    """Each of these by somebody with the application's own database role."""

    def refused(self, statement: str, *values: Any) -> str:
        with pytest.raises(Error) as error, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
        return guard_of(error.value) or str(getattr(error.value.__cause__, "sqlstate", ""))

    @pytest.fixture
    def voted(self, open_round: MakeRound, vote: Vote) -> Round:
        round_ = open_round(2)
        vote(round_, 1, 3)
        return round_

    def test_while_voting_is_open(self, voted: Round) -> None:
        refusals = {
            "UPDATE budgeting_round SET budget = 1": "round_is_frozen",
            "UPDATE budgeting_round SET config = '{}'": "round_is_frozen",
            "UPDATE budgeting_round SET status = 'counted'": "round_status_moves_on",
            "UPDATE budgeting_round SET status = 'draft'": "round_status_moves_on",
            "UPDATE budgeting_round SET closes_at = closes_at + interval '1 hour'": (
                "round_closes_later_with_a_reason"
            ),
            "UPDATE budgeting_round SET closes_at = closes_at - interval '1 hour'": (
                "round_closes_later_with_a_reason"
            ),
            "DELETE FROM budgeting_round": "round_stays",
            "UPDATE budgeting_elector SET used = true": "used_is_set_at_the_close",
            "DELETE FROM budgeting_elector": "register_stays",
            "UPDATE budgeting_credential SET lookup = ''": "register_stays",
            "DELETE FROM budgeting_sealed": "sealed_stays",
            "UPDATE budgeting_sealed SET counted = NULL, rev = rev + 1": "counted_stays_counted",
            "UPDATE budgeting_sealed SET draft = draft": "sealed_revisions_count",
            "UPDATE budgeting_sealed SET draft = ''::bytea, rev = rev + 1": (
                "sealed_ballots_look_alike"
            ),
            f"{ADD} SELECT id, 1, '[]' FROM budgeting_round": ("ballots_only_at_the_close"),
        }
        for statement, guard in refusals.items():
            assert self.refused(statement) == guard, statement
        # TRUNCATE is not even granted to the application.
        assert self.refused("TRUNCATE budgeting_sealed CASCADE") == "42501"

    def test_after_the_close(self, voted: Round) -> None:
        close.stop_voting(voted.pk)
        close.open_box(voted.pk)
        refusals = {
            "UPDATE budgeting_ballot SET choices = '[]'": "ballots_stay",
            "DELETE FROM budgeting_ballot": "ballots_stay",
            f"{ADD} SELECT id, 2, '[]' FROM budgeting_round": ("ballots_only_at_the_close"),
            "UPDATE budgeting_closing SET ballots = 2": "closing_stays",
            "DELETE FROM budgeting_closing": "closing_stays",
            "UPDATE budgeting_elector SET used = false": "used_is_set_at_the_close",
            "UPDATE budgeting_elector SET state = 'void'": "register_is_closed",
            "UPDATE budgeting_round SET status = 'sealed'": "round_sealed_after_backup",
            "DELETE FROM budgeting_sealed": "sealed_stays",
        }
        for statement, guard in refusals.items():
            assert self.refused(statement) == guard, statement
        assert Ballot.objects.count() == Closing.objects.get().ballots == 1

    @pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
    def test_ballots_in_any_other_isolation_level(self, voted: Round, level: str) -> None:
        voter = voter_of(voted, 2)

        def cast_in_that_level() -> None:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"SET TRANSACTION ISOLATION LEVEL {level}")
                cursor.execute(
                    "INSERT INTO budgeting_sealed (elector_id, rev, draft, last_op)"
                    " VALUES (%s, 1, '', gen_random_uuid())",
                    [voter.elector_id],
                )

        with pytest.raises(IntegrityError) as error:
            cast_in_that_level()
        assert guard_of(error.value) == "sealed_in_read_committed"

    def test_a_credential_of_another_rounds_elector(
        self, voted: Round, open_round: MakeRound
    ) -> None:
        other = open_round(0)
        elector = Elector.objects.filter(round=voted).first()
        assert elector is not None
        with pytest.raises(IntegrityError), transaction.atomic():
            Credential.objects.create(
                round=other, elector=elector, issue_no=9, lookup=b"x" * 32, active=False
            )

    def test_a_batch_that_changes_its_numbers(self, voted: Round) -> None:
        assert self.refused("UPDATE budgeting_batch SET last_serial = 999") == "never_emptied"
        assert Batch.objects.get().last_serial == 2
        assert Sealed.objects.count() == 1
