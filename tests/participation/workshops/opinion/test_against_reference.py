"""Every step against a slow one that was written only to be plainly right."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.workshops.opinion.agreement import adjusted_rand_index
from participation.workshops.opinion.canonical import canonical
from participation.workshops.opinion.grouping import (
    Labels,
    groupings,
    lloyd,
    silhouettes,
    split,
    starts,
)
from participation.workshops.opinion.projection import project
from participation.workshops.opinion.votes import Numbers

from .rooms import Table, rooms, votes_of

SEEDS = st.integers(0, 2**32 - 1)


def spread(places: Numbers, labels: Labels) -> float:
    """The sum of squared distances from the mean of one's group."""
    total = 0.0
    for group in set(labels.tolist()):
        members = places[labels == group]
        total += float(((members - members.mean(axis=0)) ** 2).sum())
    return total


def tightest(places: Numbers, k: int) -> float:
    """The least spread of all ways to make ``k`` groups of five or more: all are tried."""
    ways = (np.array(way) for way in itertools.product(range(k), repeat=len(places)))
    return min(spread(places, way) for way in ways if min(np.bincount(way, minlength=k)) >= 5)


def slow_silhouette(places: Numbers, labels: Labels, person: int) -> float:
    """Rousseeuw's definition, word by word."""
    distance = [math.dist(places[person], other) for other in places]
    mean: dict[int, float] = {}
    for group in set(labels.tolist()):
        others = [i for i in range(len(places)) if labels[i] == group and i != person]
        if group == labels[person] and not others:
            return 0.0
        mean[group] = sum(distance[i] for i in others) / len(others)
    own = mean.pop(int(labels[person]))
    other = min(mean.values())
    return (other - own) / max(own, other) if max(own, other) > 0 else 0.0


@settings(max_examples=40)
@given(seed=SEEDS)
def test_two_clear_camps_are_the_tightest_groups_there_are(seed: int) -> None:
    rng = np.random.default_rng(seed)
    places = rng.normal(size=(12, 2)) + np.repeat([[0, 0], [9, 0]], 6, axis=0)
    labels = split(places, np.ones(12, dtype=np.int64), 2)
    assert spread(places, labels) == pytest.approx(tightest(places, 2))


@settings(max_examples=60)
@given(seed=SEEDS, k=st.integers(2, 4))
def test_when_k_means_rests_nobody_is_nearer_to_another_centre(seed: int, k: int) -> None:
    places = np.random.default_rng(seed).normal(size=(25, 2))
    weight = np.ones(25, dtype=np.int64)
    for start in starts(places, weight, k):
        labels = lloyd(places, weight, start)
        centres = {g: places[labels == g].mean(axis=0) for g in set(labels.tolist())}
        for place, group in zip(places, labels.tolist(), strict=True):
            nearest = min(math.dist(place, centre) for centre in centres.values())
            assert math.dist(place, centres[group]) <= nearest + 1e-9


@settings(max_examples=60)
@given(seed=SEEDS, k=st.integers(2, 4))
def test_silhouettes_are_as_defined(seed: int, k: int) -> None:
    rng = np.random.default_rng(seed)
    rows, weight = rng.normal(size=(9, 2)), rng.integers(1, 4, 9)
    labels = np.concatenate([np.arange(k), rng.integers(0, k, 9 - k)])
    people, their = np.repeat(rows, weight, axis=0), np.repeat(labels, weight)
    expected = [slow_silhouette(people, their, i) for i in range(len(people))]
    (found,) = silhouettes(rows, [labels], weight)
    assert np.repeat(found, weight) == pytest.approx(expected)


@settings(max_examples=30)
@given(seed=SEEDS)
def test_the_mean_silhouette_of_a_grouping_is_that_of_its_people(seed: int) -> None:
    rng = np.random.default_rng(seed)
    places = rng.normal(size=(20, 2)) + np.repeat([[0, 0], [4, 0]], 10, axis=0)
    for one in groupings(places, np.ones(20, dtype=np.int64)):
        each = [slow_silhouette(places, one.labels, i) for i in range(20)]
        assert one.silhouette == pytest.approx(np.mean(each))
        assert min(np.bincount(one.labels)) >= 5


@settings(max_examples=60)
@given(room=rooms())
def test_the_components_are_those_of_a_singular_value_decomposition(room: Table) -> None:
    rows = canonical(votes_of(room))
    found = project(rows.said, rows.seen, rows.weight)
    votes = np.where(room == 2, np.nan, room.astype(float))
    seen = ~np.isnan(votes)
    means = np.nansum(votes, axis=0) / np.maximum(seen.sum(axis=0), 1)
    filled = np.where(seen, votes - means, 0.0)
    values = np.linalg.svd(filled, compute_uv=False)
    total = float((values**2).sum())
    for i, part in enumerate(found.explained):
        expected = float(values[i] ** 2) / total if i < len(values) and total > 1e-9 else 0.0
        assert part == pytest.approx(expected, abs=1e-7)
    components = found.components[:, np.argsort(rows.columns)]
    scale = np.sqrt(room.shape[1] / np.maximum(seen.sum(axis=1), 1))
    places = filled @ components.T * scale[:, None]
    assert found.places[rows.row_of] == pytest.approx(places, abs=1e-9)


def slow_adjusted_rand(ones: list[int], others: list[int]) -> float:
    """Over all pairs of people."""
    pairs = list(itertools.combinations(range(len(ones)), 2))
    same = [(ones[i] == ones[j], others[i] == others[j]) for i, j in pairs]
    both = sum(a and b for a, b in same)
    first, second = sum(a for a, _ in same), sum(b for _, b in same)
    expected = first * second / len(pairs)
    largest = (first + second) / 2
    return 1.0 if largest == expected else (both - expected) / (largest - expected)


@given(pairs=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=20))
def test_the_adjusted_rand_index_counts_pairs(pairs: list[tuple[int, int]]) -> None:
    ones, others = [one for one, _ in pairs], [other for _, other in pairs]
    assert adjusted_rand_index(ones, others) == pytest.approx(slow_adjusted_rand(ones, others))


def test_two_groupings_that_differ_only_in_names_agree_wholly() -> None:
    assert adjusted_rand_index([0, 0, 1, 1], ["b", "b", "a", "a"]) == 1.0
    assert adjusted_rand_index([0], [0]) is None
