"""Small counts are told to nobody, and nobody works them out from what is told."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as some

from participation.workshops.suppression import LEAST, Told, people, told

NAMES = ("agree", "disagree", "pass", "unseen")
Table = tuple[int, ...]


def published(table: Table, *, noughts: bool = False) -> Told:
    return told(dict(zip(NAMES, table, strict=False)), noughts=noughts)


def seen(table: Table, noughts: bool) -> object:
    """All that an outsider has before them."""
    said = published(table, noughts=noughts)
    return tuple(sorted(said.shown.items())), said.few, said.others, said.total


@cache
def worlds(width: int, most: int, noughts: bool) -> dict[object, list[Table]]:
    """Every table there could be, by what it looks like from outside: all that one can work out."""
    found: defaultdict[object, list[Table]] = defaultdict(list)
    for table in product(range(most + 1), repeat=width):
        found[seen(table, noughts)].append(table)
    return found


def small_ones(table: Table, noughts: bool) -> Iterator[int]:
    low = 1 if noughts else 0
    return (place for place, number in enumerate(table) if low <= number < LEAST)


@pytest.mark.parametrize("noughts", [False, True])
@pytest.mark.parametrize(("width", "most"), [(2, 24), (3, 20), (4, 12)])
def test_whoever_knows_the_rule_and_every_total_still_cannot_tell_a_small_count(
    width: int, most: int, noughts: bool
) -> None:
    for alike in worlds(width, most, noughts).values():
        # At the rim of what was tried the look-alikes are beyond it.
        if max(map(max, alike)) > most - LEAST:
            continue
        for place in small_ones(alike[0], noughts):
            assert len({table[place] for table in alike}) >= 3, alike


@given(some.lists(some.integers(0, 60), min_size=2, max_size=8), some.booleans())
def test_what_is_left_out_is_never_one_count_and_never_a_small_sum(
    numbers: list[int], noughts: bool
) -> None:
    counts = {f"choice {place}": number for place, number in enumerate(numbers)}
    said = told(counts, noughts=noughts)
    low = 1 if noughts else 0
    assert not [number for number in said.shown.values() if low <= number < LEAST]
    if said.few and said.total is not None:
        assert len(said.few) + len(said.others) >= 2
        assert said.rest is not None
        assert said.rest >= 2 * LEAST - 1
    assert {*said.shown, *said.few, *said.others} == set(counts)


def test_what_is_left_out_beside_a_small_count_does_not_depend_on_sizes() -> None:
    one = told({"a": 9, "b": 30, "c": 2, "d": 12})
    other = told({"a": 30, "b": 9, "c": 2, "d": 12})
    assert one.others == other.others == ("a",)


def test_nobody_objects_may_be_said() -> None:
    said = told({"support": 14, "live": 9, "talk": 6, "object": 0}, noughts=True)
    assert said.shown["object"] == 0


def test_with_nothing_to_hide_behind_even_the_total_is_left_out() -> None:
    said = told({"agree": 3, "disagree": 1})
    assert (said.shown, said.total, said.rest) == ({}, None, None)


def test_a_handful_of_people_is_no_number() -> None:
    assert (people(4), people(5)) == (None, 5)
