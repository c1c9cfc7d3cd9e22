"""Sealed ballots: all alike from outside, and none opens anywhere but in its own place."""

from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.budgeting.choices import Choices, from_line
from participation.budgeting.envelope import (
    OVERHEAD,
    Address,
    CannotOpen,
    padded,
    padded_length,
    seal,
    unseal,
)

KEY = bytes(range(32))
HERE = Address(uuid4(), uuid4(), 7, "counted")
marks = st.dictionaries(st.integers(1, 99), st.integers(0, 99), max_size=30)


@given(marks, st.booleans())
def test_what_is_sealed_opens_again(chosen: dict[int, int], blank: bool) -> None:
    choices = Choices.of(chosen, blank=blank)
    length = padded_length(400)
    value = seal(KEY, HERE, padded(choices, length))
    assert unseal(KEY, HERE, value) == choices
    assert len(value) == length + OVERHEAD


@given(marks)
def test_an_anonymous_line_is_read_back(chosen: dict[int, int]) -> None:
    choices = Choices.of(chosen, blank=not chosen)
    assert from_line(choices.line()) == choices


@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(HERE, round_id=uuid4()),
        replace(HERE, entry_id=uuid4()),
        replace(HERE, rev=8),
        replace(HERE, part="draft"),
    ],
    ids=["another round", "another card", "an older revision", "the other part"],
)
def test_a_moved_ballot_does_not_open(elsewhere: Address) -> None:
    value = seal(KEY, HERE, padded(Choices.of({3: 1}), 64))
    with pytest.raises(CannotOpen):
        unseal(KEY, elsewhere, value)


def test_a_changed_bit_anywhere_does_not_open() -> None:
    value = seal(KEY, HERE, padded(Choices.of({3: 1}), 64))
    for place in range(len(value)):
        forged = value[:place] + bytes([value[place] ^ 1]) + value[place + 1 :]
        with pytest.raises(CannotOpen):
            unseal(KEY, HERE, forged)
    with pytest.raises(CannotOpen):
        unseal(KEY, HERE, b"")


def test_two_sealings_of_one_ballot_have_nothing_in_common() -> None:
    one, other = (seal(KEY, HERE, padded(Choices.of({3: 1}), 64)) for _ in range(2))
    assert not {one[at : at + 4] for at in range(len(one) - 4)} & {
        other[at : at + 4] for at in range(len(other) - 4)
    }


def test_what_is_too_long_is_not_cut() -> None:
    with pytest.raises(ValueError, match="longest ballot"):
        padded(Choices.of(dict.fromkeys(range(1, 40), 1)), 64)
