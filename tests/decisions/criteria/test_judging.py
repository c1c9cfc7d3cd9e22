"""Judging, worked out: points, minimums, what weights decide, how long a bid takes, whereabouts."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decisions.criteria.judging.health import health_library, spread, suggestions_for
from decisions.criteria.judging.library import Standing, library
from decisions.criteria.judging.proportion import Asked, Warn, hours_of, warnings
from decisions.criteria.judging.weighing import (
    Bid,
    PriceMethod,
    Weighed,
    made_up,
    rank,
    reweighed,
    stretches,
    winners,
)
from decisions.criteria.judging.whereabouts import Kind, find

LOCAL = Weighed("local", "Local knowledge", Decimal(60))
PRICE = Weighed("price", "Price", Decimal(40), is_price=True)
BOTH = [LOCAL, PRICE]


def bid(name: str, price: int, local: int) -> Bid:
    return Bid(name, Decimal(price), {"local": local})


def points(method: PriceMethod, *prices: int) -> list[Decimal]:
    placed = rank(BOTH, [bid(str(price), price, 5) for price in prices], 5, method)
    return [one.price for one in sorted(placed, key=lambda one: one.bid.price)]


def test_points_for_quality_and_price_are_what_anybody_can_reckon() -> None:
    (first, second) = rank(BOTH, [bid("A", 100, 5), bid("B", 80, 3)], 5, PriceMethod.LOWEST_OVER)
    assert (first.bid.name, first.place, second.place) == ("A", 1, 2)
    assert [str(first.quality), str(first.price)] == ["60.00", "32.00"]
    assert [str(second.quality), str(second.price), str(second.total)] == [
        "36.00",
        "40.00",
        "76.00",
    ]


def test_price_methods() -> None:
    assert points(PriceMethod.LOWEST_OVER, 100, 160, 200) == [40, 25, 20]
    assert points(PriceMethod.LINEAR, 100, 150, 200, 300) == [40, 20, 0, 0]
    assert points(PriceMethod.FIXED, 100, 200) == [0, 0]


def test_a_bid_below_the_minimum_is_out_and_its_price_sets_no_mark() -> None:
    criteria = [Weighed("local", "Local knowledge", Decimal(60), minimum=3), PRICE]
    placed = rank(criteria, [bid("A", 100, 3), bid("B", 10, 2)], 5, PriceMethod.LOWEST_OVER)
    assert [(one.bid.name, one.place, one.missed) for one in placed] == [
        ("A", 1, ()),
        ("B", None, ("Local knowledge",)),
    ]
    assert placed[0].price == 40


def test_equal_points_are_an_equal_place() -> None:
    placed = rank(
        BOTH, [bid("A", 100, 3), bid("B", 100, 3), bid("C", 100, 1)], 5, PriceMethod.LOWEST_OVER
    )
    assert [one.place for one in placed] == [1, 1, 3]
    assert winners(placed) == ["A", "B"]
    assert winners([]) == []


SCORES = st.integers(0, 5)
PRICES = st.integers(1, 10_000)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(PRICES, SCORES), min_size=1, max_size=6),
    st.sampled_from(list(PriceMethod)),
)
def test_points_stay_within_their_weights_and_somebody_stands_first(
    said: list[tuple[int, int]], method: PriceMethod
) -> None:
    bids = [bid(f"Bid {place}", price, score) for place, (price, score) in enumerate(said)]
    placed = rank(BOTH, bids, 5, method)
    assert all(0 <= one.quality <= 60 and 0 <= one.price <= 40 for one in placed)
    assert winners(placed)
    assert [one.total for one in placed] == sorted((one.total for one in placed), reverse=True)


@given(st.integers(0, 100))
def test_weights_make_100_whatever_one_of_them_becomes(weight: int) -> None:
    total = sum(one.weight for one in reweighed(BOTH, "price", Decimal(weight)))
    assert float(total) == pytest.approx(100)


def test_at_which_weights_another_would_stand_first() -> None:
    bids = [bid("Known here", 120, 5), bid("Cheap", 80, 3)]
    found = stretches(BOTH, bids, 5, PriceMethod.LOWEST_OVER, "price")
    assert found[0].first == ("Known here",)
    assert found[-1].first == ("Cheap",)
    assert (found[0].low, found[-1].high) == (0, 100)
    assert all(one.high + 1 == two.low for one, two in pairwise(found))


def test_made_up_bids_are_told_apart_by_local_knowledge() -> None:
    criteria = [
        LOCAL,
        Weighed("how", "How", Decimal(10)),
        Weighed("price", "Price", Decimal(30), is_price=True),
    ]
    bids = made_up(criteria, 5, "local")
    assert winners(rank(criteria, bids, 5, PriceMethod.LOWEST_OVER)) == ["The one people know"]
    cheap = reweighed(criteria, "price", Decimal(100))
    assert winners(rank(cheap, bids, 5, PriceMethod.LOWEST_OVER)) == ["The cheap one"]


def test_made_up_bids_are_priced_by_what_the_question_is_worth() -> None:
    criteria = [LOCAL, Weighed("price", "Price", Decimal(30), is_price=True)]
    bids = made_up(criteria, 5, "local", Decimal(288_000))
    assert [bid.price for bid in bids] == [Decimal(230_400), Decimal(282_240), Decimal(264_960)]
    assert [bid.price for bid in made_up(criteria, 5)] == [80_000, 98_000, 92_000]


# Proportion ----------------------------------------------------------------------------------


def test_more_asked_is_never_less_work() -> None:
    little = Asked(words=500)
    for more in (
        Asked(words=2000),
        Asked(words=500, pages=10),
        Asked(words=500, documents=5),
        Asked(words=500, presentation=True),
        Asked(words=500, accounts_years=3),
    ):
        assert hours_of(more).likely > hours_of(little).likely
        assert hours_of(more).low <= hours_of(more).likely <= hours_of(more).high


def test_the_published_tender_is_told_to_be_too_much() -> None:
    """44 questions of 500 to 2,000 words for £350,000 a year (Lloyds Bank Foundation, 2016)."""
    asked = Asked(words=44 * 1000, value=350_000, months=12, bidders=6)
    assert hours_of(asked).likely > 200
    assert {Warn.COSTS_MUCH_OF_ITS_VALUE, Warn.ALL_BIDS_COST_MUCH, Warn.SHORT_FOR_THE_WORK} <= set(
        warnings(asked)
    )


def test_a_short_form_for_a_fair_sum_is_left_alone() -> None:
    assert warnings(Asked(words=1500, value=300_000, months=36, bidders=5)) == []


@pytest.mark.parametrize(
    ("asked", "warn"),
    [
        (Asked(words=100, insurance_before_award=True), Warn.INSURANCE_BEFORE_AWARD),
        (Asked(words=100, audited_accounts=True), Warn.AUDITED_ACCOUNTS),
        (Asked(words=100, accounts_years=3), Warn.MANY_ACCOUNTS),
        (Asked(words=100, documents=7), Warn.MANY_DOCUMENTS),
        (Asked(), Warn.NO_LIMIT),
        (Asked(words=1500, value=20_000), Warn.LONG_FOR_ITS_VALUE),
        (Asked(words=4000, value=60_000), Warn.LONG_FOR_ITS_VALUE),
    ],
)
def test_what_is_out_of_proportion_is_said(asked: Asked, warn: Warn) -> None:
    assert warn in warnings(asked)


@pytest.mark.parametrize(
    ("asked", "warn"),
    [
        # 5 to read, 1,000 words at 200 an hour, 5 for the price: 15 hours, or 390 pounds of 39,000.
        (Asked(words=1_000, value=39_000), Warn.COSTS_MUCH_OF_ITS_VALUE),
        (Asked(words=1_000, value=24_999), None),
        (Asked(words=3_000, value=99_999, bidders=1), None),
        (Asked(words=3_000, value=100_000, bidders=1), None),
        (Asked(words=100, accounts_years=2, documents=6), None),
        (Asked(words=100, value=0), None),
    ],
)
def test_exactly_at_an_edge_nothing_is_said_yet(asked: Asked, warn: Warn | None) -> None:
    edges = {Warn.LONG_FOR_ITS_VALUE, Warn.MANY_ACCOUNTS, Warn.MANY_DOCUMENTS}
    assert not edges & set(warnings(asked))
    if warn is not None:
        assert warn not in warnings(asked), "exactly a hundredth"
        assert warn in warnings(replace(asked, value=38_999))


# Whereabouts ---------------------------------------------------------------------------------

AREAS = ["The Lanes", "Northbank"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Bidders must be based in Rivermead", Kind.ADDRESS),
        ("The organisation has an office in the borough", Kind.ADDRESS),
        ("A registered office in Kent scores 10", Kind.ADDRESS),
        ("Premises at 12 Mill Road", Kind.ADDRESS),
        ("Local suppliers score 10", Kind.ADDRESS),
        ("A physical presence in the town", Kind.ADDRESS),
        ("Give your address", Kind.ADDRESS),
        ("A postcode that begins with RM", Kind.POSTCODE),
        ("Near SW1A 1AA", Kind.POSTCODE),
        ("Known in Northbank ward", Kind.WARD),
        ("Staff who live in the ward", Kind.WARD),
        ("Within five miles of the town hall", Kind.RADIUS),
        ("A ten-mile radius", Kind.RADIUS),
        ("30 minutes' drive", Kind.RADIUS),
        ("WITHIN 8 KM", Kind.RADIUS),
    ],
)
def test_a_criterion_that_asks_where_somebody_sits_is_found(text: str, kind: Kind) -> None:
    assert kind in {flag.kind for flag in find(text, AREAS)}
    assert any(flag.stops for flag in find(text, AREAS))


@pytest.mark.parametrize(
    "text",
    [
        "What do you understand of these communities, and how do you know?",
        "How will your plan address loneliness? How it addresses inequality counts most.",
        "Say how you will reach people who do not come, and reward those who help.",
        "How you move towards outcomes, forward and afterwards.",
        "Give an e-mail address for questions.",
        "Local knowledge of the people, their languages and what has been tried.",
    ],
)
def test_asking_what_people_know_is_left_alone(text: str) -> None:
    assert find(text, AREAS) == []


def test_naming_an_area_is_looked_at_and_does_not_stop() -> None:
    (flag,) = find("What do you know of the lives of people in The Lanes?", AREAS)
    assert (flag.kind, flag.stops) == (Kind.AREA, False)


# The library ---------------------------------------------------------------------------------


def test_local_knowledge_stands_first_and_the_library_makes_sense() -> None:
    found = list(library().suggestions.values())
    assert found[0].group == "local_knowledge"
    assert {one.group for one in found} >= {
        "local_knowledge",
        "lived_experience",
        "collaboration",
        "social_value",
        "sustainability",
        "price",
    }
    assert all(one.why and all(one.sources.values()) and one.judged for one in found)
    assert [one.score for one in library().scale] == list(range(6))


@pytest.mark.parametrize("standing", list(Standing))
def test_no_wording_of_the_library_asks_where_somebody_sits(standing: Standing) -> None:
    for one in suggestions_for(standing).values():
        assert find(f"{one.title}. {one.asked(standing)}. {one.judged}", AREAS) == []


def test_the_health_library_has_the_five_and_a_part_of_each_where_nobody_bids_none_is_a_price() -> (
    None
):
    five = [one.key for one in health_library().key_criteria]
    assert five == ["quality", "value", "integration", "access", "social_value"]
    assert sum(one.weight for one in health_library().key_criteria) == 100
    assert {one.part_of for one in health_library().suggestions.values()} == set(five)
    assert "price" in suggestions_for(Standing.HEALTH_COMPETE)
    for standing in (Standing.HEALTH_SUITABLE, Standing.HEALTH_EXISTING):
        assert not any(one.is_price for one in suggestions_for(standing).values())


@given(st.dictionaries(st.text(min_size=1), st.integers(1, 40), min_size=1, max_size=8), st.data())
def test_a_weight_is_spread_to_the_last_point(shares: dict[str, int], data: st.DataObject) -> None:
    weight = data.draw(st.integers(len(shares), 100))
    parts = spread(weight, shares)
    assert sum(parts.values()) == weight
    assert min(parts.values()) >= 1
