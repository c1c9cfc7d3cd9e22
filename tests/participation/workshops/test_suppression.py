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


def test_one_small_count_takes_its_whole_row_with_it_the_noughts_too() -> None:
    everybody_agreed = told({"agree": 3, "disagree": 0, "pass": 0}, noughts=True)
    two_ways = told({"agree": 30, "disagree": 2, "pass": 0}, noughts=True)
    assert everybody_agreed == two_ways
    assert (two_ways.shown, two_ways.total) == ({}, None)


@pytest.mark.parametrize(("width", "most"), [(1, 40), (2, 24), (3, 16), (4, 9)])
def test_no_filling_of_the_empty_cells_of_a_row_is_the_only_one(width: int, most: int) -> None:
    names = NAMES[:width]
    fillings: defaultdict[Table, list[Table]] = defaultdict(list)
    for table in product(range(most + 1), repeat=width):
        said = told(dict(zip(names, table, strict=True)), noughts=True)
        # An empty cell is written as -1; an export tells nothing else.
        cells = tuple(-1 if said.of(name) is None else table[i] for i, name in enumerate(names))
        fillings[cells].append(table)
    for cells, fit in fillings.items():
        for place, cell in enumerate(cells):
            possible = {table[place] for table in fit}
            assert cell == -1 or possible == {cell}
            assert not (len(possible) == 1 and possible <= set(range(1, LEAST))), (cells, fit)


@given(some.lists(some.integers(0, 4), min_size=1, max_size=6), some.booleans())
def test_where_fewer_than_five_took_part_nothing_is_counted(
    numbers: list[int], noughts: bool
) -> None:
    counts = {f"choice {place}": number for place, number in enumerate(numbers)}
    for took_part in (None, 0, 4):
        said = told(counts, noughts=noughts, took_part=took_part)
        assert (said.shown, said.few, said.total) == ({}, (), None)


def test_with_nothing_to_hide_behind_even_the_total_is_left_out() -> None:
    said = told({"agree": 3, "disagree": 1})
    assert (said.shown, said.total, said.rest) == ({}, None, None)


def test_a_handful_of_people_is_no_number() -> None:
    assert (people(4), people(5)) == (None, 5)
