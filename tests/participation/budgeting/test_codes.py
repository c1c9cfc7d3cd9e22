"""Codes on cards: hard to misread, and every slip of one symbol or one swap is noticed."""

import hashlib
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.budgeting import codes
from participation.budgeting.codes import ALPHABET, LENGTHS, NotACode

symbols = st.sampled_from(ALPHABET)
bodies = st.sampled_from(LENGTHS).flatmap(
    lambda length: st.text(alphabet=ALPHABET, min_size=length, max_size=length)
)


def test_the_alphabet_has_32_symbols_and_none_of_a_pair_that_looks_alike() -> None:
    assert len(set(ALPHABET)) == 32
    assert not set("ILOU") & set(ALPHABET)


def test_every_wrong_symbol_at_every_place_is_noticed() -> None:
    """Exhaustive, not sampled: the check is linear, so one code stands for all of its length."""
    for length in LENGTHS:
        code = codes.with_check("0" * length)
        for place in range(length + 1):
            for wrong in ALPHABET:
                changed = code[:place] + wrong + code[place + 1 :]
                assert codes.is_code(changed) == (changed == code)


def test_every_swap_of_any_two_places_is_noticed() -> None:
    """Exhaustive over both places and both symbols; by linearity the other places do not matter."""
    for length in LENGTHS:
        for one, other in combinations(range(length + 1), 2):
            for difference in range(1, 32):
                values = [0] * (length + 1)
                values[one] = values[other] = difference
                # Swapping a and b adds (a xor b) at both places; unnoticed only if that sums to 0.
                assert codes._sum(values) != 0


@given(bodies, st.data())
def test_a_slip_is_never_taken_for_another_code(body: str, data: st.DataObject) -> None:
    code = codes.with_check(body)
    place = data.draw(st.integers(0, len(code) - 1))
    wrong = data.draw(symbols.filter(lambda symbol: symbol != code[place]))
    assert not codes.is_code(code[:place] + wrong + code[place + 1 :])
    if place and code[place] != code[place - 1]:
        swapped = code[: place - 1] + code[place] + code[place - 1] + code[place + 1 :]
        assert not codes.is_code(swapped)


@given(bodies, st.sampled_from([" ", "-", "  ", " - ", ".", "\u00a0"]), st.booleans())
def test_however_it_is_typed_it_is_the_same_code(body: str, between: str, lower: bool) -> None:
    code = codes.with_check(body)
    typed = between.join(codes.grouped(code).split())
    typed = typed.replace("0", "O").replace("1", "l").replace("V", "U")
    assert codes.normalise(typed.lower() if lower else typed) == code


@pytest.mark.parametrize(
    "typed",
    ["", " ", "0", "0000", "héllo", "0" * 10_000, "000000000000!", "<script>", "\0" * 13],
)
def test_what_cannot_be_a_code_is_refused(typed: str) -> None:
    with pytest.raises(NotACode):
        codes.normalise(typed)


@given(st.binary(min_size=32, max_size=32), st.sampled_from(LENGTHS))
def test_a_code_has_all_the_bits_it_should(digest: bytes, length: int) -> None:
    code = codes.from_digest(digest, length)
    assert codes.is_code(code)
    number = 0
    for symbol in code[:-1]:
        number = number * 32 + ALPHABET.index(symbol)
    assert number == int.from_bytes(digest) >> (256 - 5 * length)


def test_codes_of_different_digests_do_not_clash() -> None:
    made = {
        codes.from_digest(hashlib.sha256(str(n).encode()).digest(), codes.USUAL)
        for n in range(20_000)
    }
    assert len(made) == 20_000


@pytest.mark.parametrize(
    ("cards", "in_a_hall", "length"),
    [(500, True, 8), (2_000, True, 8), (2_001, True, 12), (500, False, 12), (20_001, False, 15)],
)
def test_short_codes_only_for_one_day_in_one_hall(cards: int, in_a_hall: bool, length: int) -> None:
    assert codes.length_for(cards, one_day_in_a_hall=in_a_hall) == length
