"""The cost model: every route alike, three purses, the same figures each time."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decisions.costs.model.content import content
from decisions.costs.model.costing import breakdown, cost, drawn, purses_of
from decisions.costs.model.estimates import Estimate, InvalidEstimate
from decisions.costs.model.inputs import Frame, InvalidInputs, complete
from decisions.costs.model.lines import Pocket, When, cost_of_each, losing
from decisions.costs.model.purses import Authority, Delay, Others, PursesDiffer, together
from decisions.costs.model.rounding import Three, round_figure

FRAME = Frame(value=400_000, years=3)
KNOWN = content()
SHARED = {key: default.estimate for key, default in KNOWN.shared.items()}
MORE = st.floats(1, 20, allow_nan=False)


def inputs_of(route: str, **changed: Estimate) -> dict[str, Estimate]:
    """A route's defaults, with some of them changed."""
    return {**KNOWN.routes[route].estimates, **SHARED, **changed}


def raised(estimate: Estimate, factor: float) -> Estimate:
    return estimate.scaled(factor)


def test_the_same_seed_gives_the_same_figures_and_another_gives_others() -> None:
    first, again = (cost(inputs_of("open_competition"), FRAME) for _ in range(2))
    assert first == again
    values = [drawn(inputs_of("grant"), seed)["applicants"] for seed in (1, 1, 2)]
    assert (values[0] == values[1]).all()
    assert (values[0] != values[2]).any()


def test_the_draws_are_pinned_so_that_another_machine_gives_them_too() -> None:
    hours = drawn(inputs_of("open_competition"))["apply_hours_each"]
    assert [round(float(value), 3) for value in hours[:3]] == PINNED


PINNED = [154.15, 90.682, 96.84]


def test_a_draw_is_the_triangular_distribution_it_says() -> None:
    estimate = Estimate(10, 20, 60)
    values = drawn(complete({"apply_hours_each": estimate}))["apply_hours_each"]
    assert values.min() >= 10
    assert values.max() <= 60
    assert values.mean() == pytest.approx(estimate.mean, abs=0.05)
    # The mode splits the distribution at (likely - low) / (high - low).
    assert (values < 20).mean() == pytest.approx(0.2, abs=0.001)


@pytest.mark.parametrize("route", sorted(KNOWN.routes))
def test_every_route_is_costed_by_every_line(route: str) -> None:
    found = KNOWN.routes[route]
    costed = cost(inputs_of(route), FRAME, is_grant=found.is_grant)
    assert costed.figures.authority.middle > 0
    assert costed.figures.others.middle > 0
    lines = breakdown(inputs_of(route), FRAME)
    assert len({cell.key for cell in lines}) == len(lines) == 17


@pytest.mark.parametrize("route", sorted(KNOWN.routes))
@pytest.mark.parametrize(
    "key",
    [
        "apply_hours_each",
        "applicants",
        "prepare_hours",
        "assess_hours_each",
        "monitor_hours_year",
        "rate_officer",
        "rate_provider",
        "mobilise_hours_each",
        "months",
    ],
)
@settings(max_examples=5)
@given(factor=MORE)
def test_more_hours_bidders_or_pay_never_cost_less(route: str, key: str, factor: float) -> None:
    if key == "months":
        factor = min(factor, 3)
    before = purses_of(drawn(inputs_of(route)), FRAME)
    after = purses_of(
        drawn(inputs_of(route, **{key: raised(inputs_of(route)[key], factor)})), FRAME
    )
    assert (after.authority.total >= before.authority.total - 1e-6).all()
    assert (after.others.worth >= before.others.worth - 1e-6).all()
    assert (after.losers.worth >= before.losers.worth - 1e-6).all()
    assert (after.delay.months >= before.delay.months).all()


@settings(max_examples=40)
@given(bidders=st.integers(1, 60), winners=st.integers(1, 60), hours=st.floats(1, 300), pay=MORE)
def test_what_losers_bear_is_their_number_times_what_each_bears(
    bidders: int, winners: int, hours: float, pay: float
) -> None:
    winners = min(winners, bidders)
    known = {
        "applicants": Estimate.exactly(bidders),
        "winners": Estimate.exactly(winners),
        "apply_hours_each": Estimate.exactly(hours),
        "rate_provider": Estimate.exactly(pay),
    }
    values = drawn(inputs_of("open_competition", **known))
    purses = purses_of(values, FRAME)
    assert purses.losers.worth == pytest.approx((bidders - winners) * cost_of_each(values))
    assert (losing(values) == bidders - winners).all()


@pytest.mark.parametrize("route", [key for key, one in KNOWN.routes.items() if one.is_grant])
def test_a_grant_is_never_free(route: str) -> None:
    nothing = Estimate.exactly(0)
    with pytest.raises(InvalidInputs, match="Somebody applies"):
        cost(inputs_of(route, applicants=nothing, winners=nothing), FRAME, is_grant=True)
    with pytest.raises(InvalidInputs, match="no time at all"):
        cost(inputs_of(route, apply_hours_each=nothing), FRAME, is_grant=True)
    with pytest.raises(InvalidInputs, match="looks after"):
        cost(
            inputs_of(route, monitor_hours_year=nothing, intermediary_share=nothing),
            FRAME,
            is_grant=True,
        )


def test_the_defaults_of_an_open_competition_are_the_published_person_days() -> None:
    days = KNOWN.rows["eu_person_days"].figures
    values = {key: one.likely for key, one in inputs_of("open_competition").items()}
    authority = sum(
        values[key]
        for key in (
            "prepare_hours",
            "prepare_specialist_hours",
            "assess_hours",
            "award_hours",
            "award_specialist_hours",
        )
    )
    authority += values["assess_hours_each"] * values["applicants"]
    assert authority / 7.4 == pytest.approx(days["authority"], abs=0.01)
    assert values["apply_hours_each"] / 7.4 == pytest.approx(days["each_bidder"])
    assert values["applicants"] == days["bids"]


# The purses ----------------------------------------------------------------------------------


ONE = np.ones(1)
PURSES = [Authority(ONE, ONE), Others(ONE, ONE), Delay(ONE, ONE)]


@pytest.mark.parametrize("one", PURSES)
@pytest.mark.parametrize("other", [*PURSES, 5, 1.5])
def test_purses_are_never_summed(one: object, other: object) -> None:
    if type(one) is type(other):
        assert type(one + other) is type(one)  # type: ignore[operator]
        return
    with pytest.raises(PursesDiffer):
        one + other  # type: ignore[operator]
    with pytest.raises(TypeError):
        sum([one, other])  # type: ignore[list-item]


def test_two_purses_are_added_only_by_saying_so_and_waiting_never_is() -> None:
    council, others, delay = PURSES
    saying = "What it takes from the council and from everybody else, before anyone is helped."
    assert together(council, others, saying=saying).saying == saying
    with pytest.raises(ValueError, match="say what"):
        together(council, others, saying=" ")
    with pytest.raises(PursesDiffer, match="not money"):
        together(council, delay, saying=saying)


# Bad input -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "points", [(2, 1, 3), (3, 2, 1), (float("nan"), 1, 2), (0, 1, float("inf")), (0, 0, 1e13)]
)
def test_three_points_that_cannot_be_are_refused(points: tuple[float, float, float]) -> None:
    with pytest.raises(InvalidEstimate):
        Estimate(*points)


@pytest.mark.parametrize(
    ("key", "estimate"),
    [
        ("prepare_hours", Estimate(-1, 2, 3)),
        ("change_chance", Estimate(0, 0.5, 1.5)),
        ("winners", Estimate(50, 60, 70)),
        ("months", Estimate(0, 1, 500)),
    ],
)
def test_inputs_that_cannot_be_are_named(key: str, estimate: Estimate) -> None:
    with pytest.raises(InvalidInputs) as refused:
        cost(inputs_of("open_competition", **{key: estimate}), FRAME)
    assert refused.value.key == key


def test_unknown_inputs_and_impossible_frames_are_refused() -> None:
    with pytest.raises(InvalidInputs, match="no input called"):
        cost({"luck": Estimate.exactly(1)}, FRAME)
    with pytest.raises(InvalidInputs):
        replace(FRAME, years=0)
    assert cost(inputs_of("grant"), replace(FRAME, value=0)).figures.authority_share is None


# What is shown -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "shown"),
    [(27_431, 27_000), (640, 650), (0, 0), (3, 50), (1_234_567, 1_200_000), (99_600, 100_000)],
)
def test_figures_are_round(value: float, shown: float) -> None:
    assert round_figure(value) == shown


def test_three_figures_are_in_order_and_shares_are_of_the_value() -> None:
    figures = cost(inputs_of("open_competition"), FRAME).figures
    for part in (figures.authority, figures.others, figures.losers, figures.months):
        assert isinstance(part, Three)
        assert part.low <= part.middle <= part.high
    assert figures.authority_share
    share = figures.authority.middle / FRAME.value * 100
    assert figures.authority_share.middle == pytest.approx(share, abs=0.6)
    assert figures.losers.middle < figures.others.middle


ROUTES = st.sampled_from(sorted(KNOWN.routes))
STRETCHED = st.dictionaries(
    st.sampled_from(
        sorted({*KNOWN.routes["grant"].estimates, *SHARED} - {"winners", "applicants"})
    ),
    st.tuples(st.floats(0.1, 1), st.floats(1, 3)),
    max_size=6,
)


def stretched(route: str, by: dict[str, tuple[float, float]]) -> dict[str, Estimate]:
    """A route's inputs, some of them lopsided: a place may type any three points in order."""
    inputs = inputs_of(route)
    for key, (down, up) in by.items():
        one = inputs[key]
        high = (
            min(one.high * up, max(one.high, 1))
            if "share" in key or "chance" in key
            else one.high * up
        )
        inputs[key] = Estimate(one.low * down, one.likely, high)
    return inputs


def rounding_of(value: float) -> float:
    """Half of the step that a figure of this size is rounded to."""
    return max(50.0, 10.0 ** (len(str(int(abs(value)))) - 2)) / 2


@settings(max_examples=60, deadline=None)
@given(route=ROUTES, by=STRETCHED, value=st.floats(1_000, 5_000_000), years=st.floats(0.5, 9))
def test_lines_come_to_the_headline_but_for_rounding(
    route: str, by: dict[str, tuple[float, float]], value: float, years: float
) -> None:
    inputs, frame = stretched(route, by), Frame(value, years)
    figures = cost(inputs, frame).figures
    lines = breakdown(inputs, frame)
    for headline, is_theirs in ((figures.authority, False), (figures.others, True)):
        mine = [c.worth.middle for c in lines if (c.pocket is Pocket.OTHERS) == is_theirs]
        # Something above nothing never becomes nothing: a line of a pound is shown as fifty.
        slack = sum(max(rounding_of(one), 50) for one in mine) + rounding_of(headline.middle)
        assert abs(sum(mine) - headline.middle) <= slack
        parts = figures.others_when if is_theirs else figures.authority_when
        told = [parts[when].middle for when in When]
        slack = sum(max(rounding_of(one), 50) for one in told) + rounding_of(headline.middle)
        assert abs(sum(told) - headline.middle) <= slack


@settings(max_examples=60, deadline=None)
@given(route=ROUTES, by=STRETCHED, value=st.floats(1_000, 5_000_000), years=st.floats(0.5, 9))
def test_every_headline_lies_in_the_range_of_each_of_its_inputs(
    route: str, by: dict[str, tuple[float, float]], value: float, years: float
) -> None:
    costed = cost(stretched(route, by), Frame(value, years))
    for purse, smallest in (("authority", 50), ("others", 50), ("months", 1)):
        shown = getattr(costed.figures, purse).middle
        for swing in costed.matters_most(purse, 50):
            low, high = sorted(round_figure(point, smallest) for point in getattr(swing, purse))
            assert low <= shown <= high, (purse, swing.key)


def test_the_strangers_headlines_lie_in_the_ranges_that_he_read() -> None:
    frame = Frame(288_000, 3)
    for route, purse in (
        ("light_touch_competition", "authority"),
        ("light_touch_competition", "others"),
        ("devolved_grants", "authority"),
    ):
        costed = cost(inputs_of(route), frame)
        shown = getattr(costed.figures, purse).middle
        for swing in costed.matters_most(purse, 50):
            low, high = sorted(round_figure(point) for point in getattr(swing, purse))
            assert low <= shown <= high, (route, swing.key)


def test_the_same_contract_is_looked_after_alike_whichever_way_it_was_let() -> None:
    """Where a route says other than the rest, it says why."""
    usual = KNOWN.routes["light_touch_competition"].defaults
    for route in KNOWN.routes.values():
        for key in ("monitor_hours_year", "report_hours_each_year"):
            given = route.defaults[key]
            assert given.estimate == usual[key].estimate or given.why, (route.key, key)
    let = ("light_touch_competition", "below_threshold_reserved_area", "extend_or_vary")
    costs = {cost(inputs_of(key), FRAME).figures.authority_when[When.RUNNING] for key in let}
    assert len(costs) == 1


def test_what_matters_most_is_what_moves_a_purse_furthest() -> None:
    costed = cost(inputs_of("open_competition"), FRAME)
    first, second, *_ = costed.matters_most("others")
    assert {first.key, second.key} == {"applicants", "apply_hours_each"}
    assert [swing.key for swing in costed.matters_most("months")] == ["months"]
    assert "months" not in [swing.key for swing in costed.matters_most("authority", 50)]
