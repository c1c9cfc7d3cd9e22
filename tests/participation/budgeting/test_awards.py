"""What may be awarded: never more than the purse holds, and nothing to what was withdrawn."""

from datetime import date
from decimal import Decimal

import pytest

from commissioning.ground.answers import Invalid
from commissioning.people.models import User
from participation.budgeting import actions, register, results
from participation.budgeting.models import Adoption, Award
from participation.budgeting.results import Ruling
from places.directory.models import Area, Place
from tests.participation.budgeting.conftest import MakeRound, Vote
from tests.participation.budgeting.test_count import finish, published_round

pytestmark = pytest.mark.django_db(transaction=True)
ADOPTED = Adoption.Decision.ADOPTED
TODAY = date(2027, 6, 3)


def test_an_area_is_awarded_no_more_than_its_own_money(
    prepared: MakeRound, place: Place, ada: User, vote: Vote
) -> None:
    round_ = prepared()
    north = Area.objects.get(name="Northbank")
    for number in (1, 2):
        actions.change_project(ada, round_.projects.get(number=number), {"area": north})
    actions.set_area_budgets(ada, round_, {north: Decimal(5000)})
    register.make_cards(ada, round_, 2)
    register.hand_out(ada, round_, 1, 2)
    round_ = actions.open_round(ada, round_)
    vote(round_, 1, 1, 8)
    vote(round_, 2, 1, 3)
    round_ = published_round(finish(round_, ada), ada)
    first, second, third = (round_.projects.get(number=number) for number in (1, 2, 3))
    results.decide(ada, first, Ruling(ADOPTED, "Clear.", TODAY, Decimal(4800)))
    called = Ruling(Adoption.Decision.RESERVE_CALLED, "Too.", TODAY, Decimal(3900))
    with pytest.raises(Invalid, match="left of the budget"):
        results.decide(ada, second, called)
    results.decide(ada, third, Ruling(ADOPTED, "From the other purse.", TODAY, Decimal(2150)))
    assert Award.objects.filter(project__round=round_).count() == 2


def test_a_withdrawn_idea_is_awarded_nothing(open_round: MakeRound, ada: User, vote: Vote) -> None:
    round_ = open_round(2)
    vote(round_, 1, 1, 2)
    actions.withdraw_project(ada, round_.projects.get(number=1), "The group closed down.")
    round_ = published_round(finish(round_, ada), ada)
    gone = round_.projects.get(number=1)
    with pytest.raises(Invalid, match="withdrawn"):
        results.decide(ada, gone, Ruling(ADOPTED, "All the same.", TODAY, Decimal(4800)))
    said = Ruling(Adoption.Decision.WITHDRAWN, "The group closed down.", TODAY)
    results.decide(ada, gone, said)
    assert not Award.objects.filter(project=gone).exists()
