"""Areas where too few voted to hide in."""

from decimal import Decimal

import pytest
from django.template.loader import render_to_string

from commissioning.people.models import User
from participation.budgeting import actions, close, count, published, record, register, results
from participation.budgeting.models import Round
from participation.budgeting.result_page import result_of
from places.directory.models import Area, Place
from tests.participation.budgeting.conftest import MakeRound, save_marks, voter_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def counted(prepared: MakeRound, ada: User, place: Place) -> Round:
    """Twelve people voted for ideas of the whole place, and one for an idea of the Lanes too."""
    lanes = Area.objects.get(place=place, name="The Lanes")
    round_ = prepared(style_options={"at_most": 3})
    idea = round_.projects.get(number=1)
    actions.change_project(ada, idea, {"area": lanes})
    actions.set_area_budgets(ada, round_, {lanes: Decimal(5000)})
    register.make_cards(ada, round_, 12)
    register.hand_out(ada, round_, 1, 12)
    round_ = actions.open_round(ada, round_)
    for serial in range(1, 13):
        save_marks(voter_of(round_, serial), {1: 1, 2: 1} if serial == 1 else {3: 1})
    close.close_now(ada, round_, "Everybody had voted.")
    close.resume(round_.pk)
    count.count_round(round_.pk)
    round_.refresh_from_db()
    results.review(ada, round_)
    results.tell_owners(ada, round_)
    results.publish(ada, round_)
    round_.refresh_from_db()
    return round_


def test_no_figure_of_a_small_area_is_published_anywhere(counted: Round) -> None:
    """One person chose in the Lanes: a figure there would be their ballot."""
    totals = published.totals_csv(counted).decode()
    lunches = next(row for row in totals.splitlines() if "Front-room lunches" in row)
    assert lunches.endswith("The Lanes,,,yes")

    result = result_of(counted)
    assert result is not None
    small = next(purse for purse in result.purses if purse.area == "The Lanes")
    assert small.funded[0].figure == "figures not shown"
    assert "Fewer than 10 people" in small.funded[0].why

    told = next(p for p in record.data(counted.pk)["purses"] if p["area"] == "The Lanes")
    assert told["voters"] is None
    assert told["funded"][0]["figure"] == "figures not shown"

    lunches_project = counted.projects.get(number=1)
    mailed = results.owner_context({"project": str(lunches_project.pk)})
    assert mailed is not None
    assert mailed["figures"]["hidden"] is True
    told_by_mail = render_to_string("participation/budgeting/notices/owner_result.txt", mailed)
    assert "voters chose it" not in told_by_mail


def test_a_large_area_beside_it_keeps_its_figures(counted: Round) -> None:
    result = result_of(counted)
    assert result is not None
    rest = next(purse for purse in result.purses if purse.area == "")
    assert rest.voters == 12
    assert rest.funded[0].figure == "11 votes"
