"""The market view: the formulas, held to their properties."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from places.spending.market import Payment, hhi, market_of

# On a busy machine making the examples takes its time.


def paid(provider: str, amount: int, payer: str = "council", **more: bool | None) -> Payment:
    return Payment(payer, provider, Decimal(amount), **more)  # type: ignore[arg-type]


payments = st.lists(
    st.builds(
        Payment,
        payer=st.sampled_from(["council", "nhs", "lottery"]),
        provider=st.sampled_from("abcdefghij"),
        amount=st.decimals(-1000, 10**6, places=2, allow_nan=False),
        in_market=st.booleans(),
        held_back=st.just(False),
        local=st.just(None),
        small=st.just(None),
    ),
    max_size=40,
)


def test_shares_are_of_the_named_providers_net_money() -> None:
    found = market_of([paid("a", 80), paid("a", -5), paid("b", 25)])
    assert (found.number, found.total, found.largest) == (2, Decimal(100), Fraction(3, 4))


def test_names_held_back_are_no_provider_and_their_money_is_said() -> None:
    found = market_of([paid("a", 80), paid("REDACTED", 5000, held_back=True)])
    assert (found.number, found.total, found.held_back) == (1, Decimal(80), Decimal(5000))


@given(payments)
def test_what_is_said_beside_the_market_adds_up_to_all_its_lines(some: list[Payment]) -> None:
    everything = sum((one.amount for one in some if one.in_market), Decimal(0))
    assert market_of(some).everything == everything


def test_who_gave_back_as_much_as_it_got_is_no_provider() -> None:
    found = market_of([paid("a", 80), paid("b", 10), paid("b", -10)])
    assert (found.number, found.credited, found.returned) == (1, 1, Decimal(0))
    found = market_of([paid("a", 80), paid("b", 10), paid("b", -25)])
    assert (found.number, found.credited, found.returned) == (1, 1, Decimal(15))


@pytest.mark.parametrize(("number", "says"), [(4, False), (5, True)])
def test_hhi_is_said_with_five_providers_or_more(number: int, says: bool) -> None:
    found = market_of([paid(f"p{n}", 10) for n in range(number)])
    assert (found.hhi is not None) is says


@pytest.mark.parametrize(
    ("amounts", "word"),
    [([10] * 20, "low"), ([10] * 8, "concentrated"), ([100, 1, 1, 1, 1], "high")],
)
def test_concentration_in_words(amounts: list[int], word: str) -> None:
    assert market_of([paid(f"p{n}", one) for n, one in enumerate(amounts)]).concentration == word


def test_what_is_not_known_to_be_local_is_not_counted_as_far_away() -> None:
    found = market_of([paid("a", 30, local=True), paid("b", 10, local=False), paid("c", 60)])
    assert found.local.share == Fraction(3, 4)
    assert found.local.known == Fraction(2, 5)
    assert found.small.share is None


def test_dependence_is_on_the_largest_payer_in_any_service() -> None:
    found = market_of([paid("a", 30), paid("a", 10, "nhs"), paid("a", 60, "nhs", in_market=False)])
    only = found.providers[0]
    assert (only.largest_payer, only.dependence, only.at_risk) == ("nhs", Fraction(7, 10), False)


def test_who_lives_by_this_market_alone_is_at_risk() -> None:
    found = market_of([paid("a", 90), paid("a", 10, "nhs"), paid("b", 5, "nhs")])
    assert {one.key for one in found.at_risk} == {"a", "b"}


def test_with_one_payers_file_dependence_is_not_said() -> None:
    found = market_of([paid("a", 90), paid("b", 10)])
    assert [one.dependence for one in found.providers] == [None, None]
    assert not found.at_risk


def test_an_empty_market_says_nothing() -> None:
    found = market_of([])
    assert (found.number, found.largest, found.hhi, found.concentration) == (0, None, None, "")


@given(payments)
def test_shares_add_up_to_one(some: list[Payment]) -> None:
    found = market_of(some)
    assert sum(one.share for one in found.providers) == (1 if found.providers else 0)
    assert all(0 < one.share <= 1 for one in found.providers)


@given(payments)
def test_hhi_lies_between_equal_shares_and_one_provider(some: list[Payment]) -> None:
    found = market_of(some)
    if found.hhi is not None:
        assert Fraction(10000, found.number) <= found.hhi < 10000


@given(payments, st.integers(2, 50))
def test_ten_times_the_money_is_the_same_market(some: list[Payment], times: int) -> None:
    more = [replace(one, amount=one.amount * times) for one in some]
    one, other = market_of(some), market_of(more)
    assert [(p.key, p.share, p.dependence) for p in one.providers] == [
        (p.key, p.share, p.dependence) for p in other.providers
    ]
    assert one.hhi == other.hhi


@given(payments)
def test_the_order_of_payments_changes_nothing(some: list[Payment]) -> None:
    assert market_of(some) == market_of(list(reversed(some)))


@given(st.lists(st.integers(1, 1000), min_size=6, max_size=12))
def test_two_providers_who_become_one_never_lower_the_index(amounts: list[int]) -> None:
    total = sum(amounts)
    assume(total)
    shares = [Fraction(one, total) for one in amounts]
    merged = [shares[0] + shares[1], *shares[2:]]
    before, after = hhi(shares), hhi(merged)
    assert before is not None
    assert after is not None
    assert after > before


def test_people_are_one_line_beside_the_market_and_no_provider_in_it() -> None:
    """Two foster carers are paid: nobody is named, and the market has one provider."""
    found = market_of(
        [
            paid("Weir Care Ltd", 60),
            paid("Mrs P", 30, is_person=True),
            paid("Mr Q", 10, is_person=True),
        ]
    )
    assert (found.number, found.total, found.largest) == (1, Decimal(60), Fraction(1))
    assert (found.people, found.people_number) == (Decimal(40), 2)


def test_one_payers_files_say_nothing_of_who_depends_on_it_though_a_fund_gave_two_grants() -> None:
    council = [paid(f"provider {at}", 100, "council") for at in range(40)]
    found = market_of([*council, paid("provider 1", 900, "fund"), paid("choir", 50, "fund")])
    assert found.only_payer == "council"
    # Only whom both are known to pay is looked at: the fund is nine tenths of what it receives.
    assert [one.key for one in found.at_risk] == ["provider 1"]
    assert sum(one.dependence is not None for one in found.providers) == 1
    alone = market_of(council)
    assert (alone.only_payer, alone.at_risk) == ("council", [])
    both = market_of([*council, *(paid(f"provider {at}", 10, "nhs") for at in range(5))])
    assert both.only_payer == ""
    assert len(both.at_risk) == 40
