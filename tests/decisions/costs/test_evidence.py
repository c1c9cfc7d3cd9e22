"""Published evidence, indices, a place's own reports, and what the money could have been."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from decisions.costs.model.content import content
from decisions.costs.model.estimates import Estimate
from decisions.costs.model.inputs import INPUTS
from decisions.costs.model.prices import NoFigure
from decisions.costs.model.published import (
    Measure,
    MeasuresDiffer,
    Verdict,
    check,
    one_measure,
    span,
)
from decisions.costs.model.reports import blend, used_of
from decisions.costs.model.rounding import Three
from decisions.costs.model.worth import (
    GoodUses,
    Pays,
    price_must_fall,
    true_cost,
    would_also_pay_for,
)
from tests.decisions.costs.conftest import SHARED_FACTS

KNOWN = content()


def test_every_fact_that_was_found_is_carried_over_as_it_was_found() -> None:
    if not SHARED_FACTS.exists():
        pytest.skip(f"{SHARED_FACTS} is absent")
    given_ = yaml.safe_load(SHARED_FACTS.read_text())
    groups = ("per_competition", "grant_applications", "contract_income", "burden_example")
    for row in (row for group in groups for row in given_[group]):
        ours = KNOWN.rows[row["key"]]
        assert ours.seen == row["seen"], row["key"]
        said = {**row, **row.get("split", {})}
        numbers = {
            key: value
            for key, value in said.items()
            if isinstance(value, int | float) and key not in {"year", "seen"}
        }
        assert numbers.items() <= dict(ours.figures).items(), row["key"]
        assert ours.year == row.get("year", ours.year)


def test_the_published_totals_are_reproduced_from_the_published_parts() -> None:
    found = {finding.key: finding for finding in check(KNOWN.rows)}
    assert found["uk_total"].reproduced == 45_200
    assert found["uk_total"].verdict is Verdict.ADDS_UP
    assert found["eu_bidders_share"].reproduced == pytest.approx(0.797, abs=0.001)
    assert found["eu_bidders_share"].verdict is Verdict.DOES_NOT
    assert found["eu_duration_days"].reproduced == 108.4
    assert found["eu_duration_days"].verdict is Verdict.OTHER_MEANING
    assert found["eu_bids_per_procedure"].verdict is Verdict.ADDS_UP
    assert found["uk_bids_implied"].reproduced == 5.4
    assert found["uk_bids_implied"].published == pytest.approx(6.35)


def test_rows_that_measure_different_things_are_never_mixed() -> None:
    rows = KNOWN.rows
    alike = [rows["cost_share_of_raised_all"], rows["cost_share_of_raised_small"]]
    assert one_measure(alike) is Measure.SHARE_OF_RAISED
    assert span(alike, "at_least") == (0.056, 0.175)
    with pytest.raises(MeasuresDiffer):
        span([*alike, rows["cost_share_by_income"]], "at_least")
    with pytest.raises(MeasuresDiffer):
        one_measure([rows["charities_cross_subsidising"], rows["never_covers_true_cost"]])


def test_every_default_has_a_source_a_year_where_there_is_one_and_a_caveat() -> None:
    for route in KNOWN.routes.values():
        for key, default in route.defaults.items():
            row = KNOWN.rows[default.row]
            assert key in INPUTS
            assert row.source
            assert row.caveat, f"{route.key} {key}"
    assert not KNOWN.rows["indicative"].seen


def test_no_month_rests_on_days_that_may_be_days_of_work() -> None:
    assert {route.defaults["months"].row for route in KNOWN.routes.values()} == {"indicative"}


# Old money -----------------------------------------------------------------------------------


@given(amount=st.floats(0, 1e9), year=st.sampled_from(sorted(KNOWN.index.figures)))
def test_money_of_the_same_year_stays_as_it_is(amount: float, year: int) -> None:
    assert KNOWN.index.uplift(amount, year, year) == pytest.approx(amount)


def test_old_money_is_lifted_and_euros_are_converted_by_what_is_stated() -> None:
    assert KNOWN.index.uplift(45_200, 2013) == pytest.approx(45_200 * 133.9 / 98.5)
    assert KNOWN.rate.pounds(28_000, 2011) == pytest.approx(24_304)
    assert "Check before relying on it" in KNOWN.index.source
    assert not KNOWN.index.seen
    with pytest.raises(NoFigure, match="1999"):
        KNOWN.index.uplift(1, 1999)
    with pytest.raises(NoFigure, match="2020"):
        KNOWN.rate.pounds(1, 2020)


# A place's own reports -----------------------------------------------------------------------


DEFAULT = Estimate(6, 18, 45)


@pytest.mark.parametrize("count", range(5))
def test_fewer_than_five_organisations_change_and_show_nothing(count: int) -> None:
    assert blend(DEFAULT, [400.0] * count).estimate == DEFAULT
    assert blend(DEFAULT, [400.0] * count).used == 0


def test_reports_weigh_n_in_n_and_ten() -> None:
    found = blend(DEFAULT, [30.0] * 10)
    assert (found.used, found.weight) == (10, 0.5)
    assert found.estimate.likely == pytest.approx((18 + 30) / 2)
    assert blend(DEFAULT, [30.0] * 1000).estimate.likely == pytest.approx(30, abs=0.2)


@given(st.lists(st.floats(0, 2000), min_size=5, max_size=40))
def test_one_more_report_never_moves_the_figure_by_itself(hours: list[float]) -> None:
    used = used_of(len(hours))
    assert blend(DEFAULT, hours) == blend(DEFAULT, hours[:used])
    assert used % 5 == 0


# What it could have been ---------------------------------------------------------------------


def test_only_the_authoritys_cash_would_also_pay_for_something() -> None:
    uses = GoodUses(facilitation_day=450, citizen_hour=20, small_grant=1000)
    found = would_also_pay_for(Three(2000, 4500, 9000), uses)
    assert (found.facilitation_days, found.citizen_hours, found.small_grants) == (10, 220, 4)
    nothing = would_also_pay_for(Three(0, 0, 0), uses)
    assert nothing.facilitation_days == nothing.citizen_hours == nothing.small_grants == 0


def test_one_check_for_every_route_does_the_price_pay_the_providers_true_cost() -> None:
    short = true_cost(0.65, 400_000)
    assert (short.pays, short.short) == (Pays.NO, 220_000)
    assert true_cost(1.0, 400_000).pays is Pays.YES
    assert true_cost(None, 400_000).pays is Pays.UNKNOWN
    assert true_cost(None, 400_000, has_provider=False).pays is Pays.NOT_ASKED


def test_how_far_a_tested_price_must_fall_for_competition_to_pay_for_itself() -> None:
    assert price_must_fall(Three(5_000, 10_000, 20_000), 400_000) == 2.5
    assert price_must_fall(Three(0, 0, 0), 400_000) is None
    assert price_must_fall(Three(1, 2, 3), 0) is None
