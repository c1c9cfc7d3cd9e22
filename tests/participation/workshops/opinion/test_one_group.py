"""One group is allowed, and camps are found where there are camps."""

from __future__ import annotations

import numpy as np
import pytest

from participation.workshops.opinion.agreement import adjusted_rand_index
from participation.workshops.opinion.grouping import best_grouping, groupings
from participation.workshops.opinion.one_cloud import silhouette_of_one_cloud
from participation.workshops.opinion_map import opinion_map

from .rooms import camps, one_view, votes_of


@pytest.mark.parametrize(("people", "statements"), [(15, 10), (40, 20), (150, 12), (300, 40)])
def test_people_of_one_view_are_one_group(people: int, statements: int) -> None:
    drawn = [opinion_map(votes_of(one_view(people, statements, seed))) for seed in range(20)]
    assert sum(len(one.groups) > 1 for one in drawn) <= 1
    assert all(one.verdict.reason for one in drawn if len(one.groups) == 1)


@pytest.mark.parametrize(
    ("people", "statements", "number", "seen"),
    [(20, 20, 2, 1.0), (30, 30, 2, 0.7), (60, 30, 3, 1.0), (400, 60, 3, 0.8)],
)
def test_camps_are_found(people: int, statements: int, number: int, seen: float) -> None:
    room, camp = camps(people, statements, number, noise=0.15, seen=seen, seed=3)
    drawn = opinion_map(votes_of(room))
    assert len(drawn.groups) == number
    group = np.zeros(people, dtype=int)
    for i, members in enumerate(drawn.groups):
        group[members] = i
    agreement = adjusted_rand_index(group.tolist(), camp.tolist())
    assert agreement is not None
    assert agreement > 0.9
    assert drawn.firmness is not None
    assert drawn.firmness.word == "firm"


def test_a_bell_shaped_cloud_is_taken_for_groups_one_time_in_twenty() -> None:
    rng = np.random.default_rng(1)
    for people, shape in ((30, 0.4), (60, 1.0), (150, 0.2)):
        weight, beaten = np.ones(people, dtype=np.int64), 0
        for _ in range(60):
            places = rng.normal(size=(people, 2)) * [1, shape]
            best = best_grouping(groupings(places, weight))
            beaten += best is not None and best.silhouette > silhouette_of_one_cloud(places, weight)
        assert beaten <= 9


def test_four_people_far_from_the_rest_are_not_singled_out() -> None:
    room, _ = camps(60, 30, 2, noise=0.1)
    far = np.tile(np.where(np.arange(30) % 2, 1, -1), (4, 1)).astype(np.int8)
    drawn = opinion_map(votes_of(np.vstack([room, far])))
    assert [len(group) >= 5 for group in drawn.groups] == [True, True]
    assert sum(len(group) for group in drawn.groups) == 64


@pytest.mark.parametrize(
    "room",
    [
        np.ones((1, 1)),
        np.ones((1, 9)),
        np.ones((12, 1)),
        np.ones((12, 9)),
        np.zeros((12, 9)),
        np.tile([1, -1, 0], (30, 3)),
        np.repeat([[1], [-1]], 10, axis=0),
    ],
    ids=["one person, one statement", "one person", "one statement", "all agree", "all pass",
         "everybody identical", "one statement that divides"],
)  # fmt: skip
def test_where_there_is_nothing_to_tell_apart_there_is_one_group(room: np.ndarray) -> None:
    drawn = opinion_map(votes_of(room.astype(np.int8)))
    assert [len(group) for group in drawn.groups] == [len(room)]
    assert drawn.verdict.reason
    assert drawn.firmness is None


def test_nobody_who_answered_enough_is_no_group() -> None:
    room = np.full((10, 20), 2, dtype=np.int8)
    room[:, :3] = 1
    drawn = opinion_map(votes_of(room))
    assert (drawn.groups, drawn.agreed(), drawn.divides()) == ((), [], [])


def test_another_who_agrees_never_lowers_what_everybody_agrees_on() -> None:
    room, _ = camps(40, 20, 2)
    before = opinion_map(votes_of(room))
    for group in before.groups:
        changed = room.copy()
        person = next(int(p) for p in group if room[p, 0] != 1)
        changed[person, 0] = 1
        after = opinion_map(votes_of(changed))
        if {frozenset(g.tolist()) for g in after.groups} == {
            frozenset(g.tolist()) for g in before.groups
        }:
            was, now = (
                next(one.product for one in drawn.agreed() if one.statement == 0)
                for drawn in (before, after)
            )
            assert now > was
