"""A sheet of cards that nobody made in time."""

from uuid import uuid4

import pytest

from commissioning.people.models import User
from participation.budgeting import close, sheets
from participation.budgeting.models import CardSheet
from tests.participation.budgeting.conftest import MakeRound, save_marks, voter_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_cards_of_a_round_that_is_over_are_not_printed(open_round: MakeRound, ada: User) -> None:
    """The worker comes late: the key is gone, and with it every code. It says so and goes on."""
    round_ = open_round(cards=2)
    save_marks(voter_of(round_, 1), {1: 1}, op_id=uuid4())
    sheet = CardSheet.objects.get(batch__round=round_)
    close.close_now(ada, round_, "Everybody had voted.")
    close.resume(round_.pk)
    round_.refresh_from_db()
    close.confirm_backup(ada, round_, "Nightly backup, read back.")
    close.resume(round_.pk)

    sheets.make_sheet(sheet.pk)

    sheet.refresh_from_db()
    assert sheet.state == CardSheet.State.EXPIRED
