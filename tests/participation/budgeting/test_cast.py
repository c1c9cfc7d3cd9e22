"""Casting a ballot: saved, counted as soon as it is whole, changeable until the close."""

import pytest

from commissioning.people.models import User
from participation.budgeting import cast, close
from participation.budgeting.models import Ballot, Round, Sealed
from tests.participation.budgeting.conftest import MakeRound, Vote, voter_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_vote_is_in_as_soon_as_it_is_whole(open_round: MakeRound, vote: Vote) -> None:
    round_ = open_round()
    recorded = vote(round_, 1, 2, 5)
    assert recorded.is_in
    assert recorded.missing == ""
    assert cast.look(voter_of(round_, 1)) == recorded


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
    close.confirm_backup(ada, round_, "Nightly backup of 22 May, restored and checked.")
    close.seal_round(round_.pk)
    round_.refresh_from_db()
    assert round_.status == Round.Status.SEALED
    assert not Sealed.objects.exists()
