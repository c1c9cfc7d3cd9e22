"""The figures of one walk worked out again by hand: from costs.yaml and a pocket calculator.

Nothing here uses the model's lines or draws. An open competition for services of 400,000 pounds
over 3 years, every input at its likely value: 22 person-days of the authority and 16 of each of
5.4 bidders, as `costs.yaml` has them (7.4 hours a day), and our own judgement for the rest.
"""

import random
from dataclasses import dataclass

import pytest

from decisions.costs.model.content import content
from decisions.costs.model.costing import cost
from decisions.costs.model.estimates import Estimate
from decisions.costs.model.inputs import Frame
from decisions.costs.model.rounding import Three, round_down, round_figure
from decisions.costs.model.worth import chance, would_also_pay_for
from decisions.costs.templatetags.costs import who_get_it, whole_percent

FRAME = Frame(value=400_000, years=3)
KNOWN = content()
DEFAULTS = {
    **KNOWN.routes["open_competition"].estimates,
    **{key: default.estimate for key, default in KNOWN.shared.items()},
}
LIKELY = {key: Estimate.exactly(one.likely) for key, one in DEFAULTS.items()}


def test_the_hours_are_the_published_person_days_to_the_hour() -> None:
    at = {key: one.likely for key, one in DEFAULTS.items()}
    for_all_bids = at["assess_hours"] + 5.4 * at["assess_hours_each"]
    authority = at["prepare_hours"] + at["prepare_specialist_hours"] + for_all_bids
    authority += at["award_hours"] + at["award_specialist_hours"]
    assert authority == pytest.approx(22 * 7.4)
    assert at["apply_hours_each"] == pytest.approx(16 * 7.4)
    assert at["applicants"] == 5.4


def test_what_the_council_pays_is_what_a_pocket_calculator_says() -> None:
    figures = cost(LIKELY, FRAME).figures
    # Officers at 34 pounds: prepare 50 h, read 16.4 h and 6 h for each of 5.4 bids, award 26 h,
    # half a chance of 60 h to change over, and 60 h a year to look after it. Specialists at 52.
    staff = 34 * (50 + 16.4 + 6 * 5.4 + 26 + 0.5 * 60 + 60 * 3) + 52 * (22 + 16)
    cash = 1_500 + 400 + 0.02 * 30_000
    assert staff == pytest.approx(13_359.2)
    assert cash == 2_500
    assert figures.staff == Three(13_000, 13_000, 13_000)
    assert figures.cash == Three(2_500, 2_500, 2_500)
    assert figures.authority.middle == round_figure(staff + cash) == 16_000
    assert figures.authority_share is not None
    assert figures.authority_share.middle == 4.0  # 15,859 of 400,000 is 3.96%, to two figures


def test_what_those_who_get_nothing_bear_is_what_a_pocket_calculator_says() -> None:
    figures = cost(LIKELY, FRAME).figures
    # 16 days of 7.4 hours, a fifth more for posts kept all year, at 26 pounds; 300 of outlay.
    hours = 16 * 7.4 * 1.2
    each = hours * 26 + 300
    assert each == pytest.approx(3_994.08)
    losers = (5.4 - 1) * each
    assert losers == pytest.approx(17_573.95, abs=0.01)
    assert figures.losers.middle == round_figure(losers) == 18_000
    assert figures.losers_hours.middle == round_figure(4.4 * hours, 5) == 630
    # The winner's own bid and first months, half a chance of the incumbent's, reports for 3 years.
    others = losers + each + 150 * 26 + 0.5 * 120 * 26 + 60 * 3 * 26
    assert others == pytest.approx(31_708.03, abs=0.01)
    assert figures.others.middle == round_figure(others) == 32_000


def test_what_the_cash_would_also_pay_for_can_be_paid_for_with_it() -> None:
    bought = would_also_pay_for(Three(2_500, 2_500, 2_500), KNOWN.uses)
    assert bought.facilitation_days == 5, "6 days at 450 pounds are 2,700"
    assert bought.citizen_hours == 120, "125 hours at 20 pounds, to two figures downwards"
    assert bought.small_grants == 2
    for cash in range(500, 60_000, 137):
        found = would_also_pay_for(Three(cash, cash, cash), KNOWN.uses)
        assert found.facilitation_days * 450 <= cash
        assert found.citizen_hours * 20 <= cash
        assert found.small_grants * 1_000 <= cash


@pytest.mark.parametrize(("value", "shown"), [(4.7, 4), (226, 220), (39, 39), (99.9, 99), (0.4, 0)])
def test_rounding_down_never_promises_more(value: float, shown: float) -> None:
    assert round_down(value) == shown


def test_how_many_get_something_is_said_of_how_many_apply() -> None:
    """By the likely figures in whole numbers: of 5.4 bids one wins."""
    assert chance(DEFAULTS["applicants"], DEFAULTS["winners"]) == (1, 5)
    assert chance(Estimate.exactly(18), Estimate.exactly(6)) == (6, 18)
    assert chance(Estimate.exactly(0), Estimate.exactly(0)) is None
    assert chance(Estimate.exactly(2), Estimate.exactly(4)) == (2, 2), "no more than apply"
    assert who_get_it((1, 3)) == "1 of about 3 who apply gets something"
    assert who_get_it((6, 18)) == "6 of about 18 who apply get something"


@pytest.mark.parametrize(
    ("hundredths", "said"),
    [
        (0.22, "less than 1%"),
        (3.6, "4%"),
        (8.2, "8%"),
        (99.7, "99%"),
        (100, "100%"),
        (1_250, "1,250%"),
    ],
)
def test_an_estimate_is_said_in_whole_hundredths(hundredths: float, said: str) -> None:
    assert whole_percent(hundredths) == said


@dataclass
class Moved:
    """How far one input moves other people's time, worked out again."""

    key: str
    by: float


def others_by_hand(at: dict[str, float]) -> float:
    """Other people's time in pounds, with everything where it is told."""
    chosen = min(at["winners"], at["applicants"])
    each = at["apply_hours_each"] * (1 + at["standing_share"]) * at["rate_provider"]
    each += at["apply_outlay_each"]
    afterwards = chosen * at["mobilise_hours_each"] + at["change_chance"] * at["incumbent_hours"]
    afterwards += max(chosen, 1) * at["report_hours_each_year"] * FRAME.years
    residents = at.get("residents_hours", 0) * at["rate_resident"]
    return at["applicants"] * each + afterwards * at["rate_provider"] + residents


def test_the_input_that_matters_most_is_the_one_that_moves_it_furthest_by_hand() -> None:
    average = {key: (one.low + one.likely + one.high) / 3 for key, one in DEFAULTS.items()}
    moved = [
        Moved(
            key,
            others_by_hand(average | {key: one.high}) - others_by_hand(average | {key: one.low}),
        )
        for key, one in DEFAULTS.items()
    ]
    by_hand = [one.key for one in sorted(moved, key=lambda one: -one.by)][:5]
    ours = [swing.key for swing in cost(DEFAULTS, FRAME).matters_most("others", 5)]
    assert ours == by_hand


def test_another_simulation_with_other_dice_comes_to_the_same_figures() -> None:
    dice = random.Random(7)

    def thrown(one: Estimate) -> float:
        return one.low if one.is_exact else dice.triangular(one.low, one.high, one.likely)

    drawn = sorted(
        others_by_hand({key: thrown(one) for key, one in DEFAULTS.items()}) for _ in range(10_000)
    )
    ours = cost(DEFAULTS, FRAME).figures.others
    assert ours.middle == pytest.approx(sum(drawn) / 10_000, rel=0.03)
    for share, shown in ((0.1, ours.low), (0.9, ours.high)):
        assert shown == pytest.approx(drawn[int(share * 10_000)], rel=0.04)
