"""A vote that closes before its time says so wherever it is told, the record included."""

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from commissioning.people.models import User
from participation.budgeting import close
from participation.budgeting.count import count_round
from participation.budgeting.models import ClosedEarly
from participation.budgeting.record import data
from tests.participation.budgeting.conftest import MakeRound, Vote

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_record_and_the_public_page_say_when_and_why(
    ada: User, open_round: MakeRound, vote: Vote, client: Client
) -> None:
    round_ = open_round(cards=2)
    vote(round_, 1, 1)
    close.close_now(ada, round_, "Everybody in the hall had voted.")
    close.close_and_count(round_.pk)
    page = client.get(f"/votes/{round_.pk}/").content.decode()
    assert "Everybody in the hall had voted." in page
    round_.refresh_from_db()
    assert round_.closed_at < round_.closes_at
    with transaction.atomic(), pytest.raises(DatabaseError, match="update"):
        ClosedEarly.objects.filter(round=round_).update(reason="No reason.")


def test_a_vote_that_ran_its_time_has_no_such_line(open_round: MakeRound) -> None:
    round_ = open_round(cards=1)
    assert round_.closed_at == round_.closes_at


def test_the_record_carries_it(ada: User, open_round: MakeRound, vote: Vote) -> None:
    round_ = open_round(cards=1)
    vote(round_, 1, 1)
    close.close_now(ada, round_, "Everybody in the hall had voted.")
    close.close_and_count(round_.pk)
    count_round(round_.pk)
    said = data(round_.pk)
    assert said["closed_early"]["why"] == "Everybody in the hall had voted."
    assert said["closed"] != said["closed_early"]["announced"]
