"""The dates of a round that would make it void, or its cards too easy to guess."""

from datetime import timedelta

import pytest
from django.utils import timezone

from commissioning.ground.answers import Invalid
from commissioning.people.models import User
from participation.budgeting import actions, codes, register
from tests.participation.budgeting.conftest import MakeRound

pytestmark = pytest.mark.django_db


def test_a_round_whose_close_is_past_does_not_open(prepared: MakeRound, ada: User) -> None:
    yesterday = timezone.now() - timedelta(days=1)
    round_ = prepared(opens_at=yesterday - timedelta(days=1), closes_at=yesterday)
    with pytest.raises(Invalid, match="close before it opened"):
        actions.open_round(ada, round_)
    round_.refresh_from_db()
    assert round_.is_draft


def test_cards_for_one_day_in_a_hall_never_stand_for_longer(prepared: MakeRound, ada: User) -> None:
    morning = timezone.now().replace(hour=0, minute=0) + timedelta(days=1)
    evening = morning + timedelta(hours=20)
    day = {"opens_at": morning, "closes_at": evening}
    round_ = prepared(hall="The Corn Exchange", expected_cards=200, **day)
    register.make_cards(ada, round_, 5)
    round_.refresh_from_db()
    assert round_.code_symbols == codes.SHORT
    fortnight = {"closes_at": evening + timedelta(days=14)}
    with pytest.raises(Invalid, match="one day in a hall"):
        actions.change_round(ada, round_, fortnight)
    opened = actions.open_round(ada, round_)
    with pytest.raises(Invalid, match="one day in a hall"):
        actions.move_close(ada, opened, fortnight["closes_at"], "More people want to come.")
