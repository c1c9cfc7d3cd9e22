"""The figures that were worked out by hand, and the edges of each formula."""

from __future__ import annotations

import numpy as np
import pytest

from participation.workshops.opinion.findings import Counts, held, shared
from participation.workshops.opinion.measures import (
    mean_consensus,
    one_proportion_z,
    product_consensus,
    ratio,
    share,
    two_proportion_z,
)


def test_eight_of_ten_against_three_of_ten() -> None:
    assert one_proportion_z(8, 10) == pytest.approx(2.1106, abs=5e-5)
    assert two_proportion_z(8, 10, 3, 10) == pytest.approx(2.1681, abs=5e-5)
    assert ratio(8, 10, 3, 10) == pytest.approx(2.25)
    assert product_consensus([8, 3], [10, 10]) == pytest.approx(0.25)
    assert mean_consensus([8, 3], [10, 10]) == pytest.approx(0.5)


def test_nobody_who_answered_is_a_half_and_not_a_certainty() -> None:
    assert share(0, 0) == 0.5
    assert share(1, 1) == pytest.approx(2 / 3)


def test_everybody_everywhere_saying_yes_is_no_difference() -> None:
    assert two_proportion_z(10, 10, 10, 10) == 0


def test_formulas_take_whole_tables() -> None:
    yes, seen = np.array([[8, 0], [3, 5]]), np.array([[10, 0], [10, 5]])
    assert product_consensus(yes, seen) == pytest.approx([0.25, 0.5 * 6 / 7])
    assert one_proportion_z(yes, seen).shape == (2, 2)


def test_the_map_uses_them() -> None:
    counts = Counts(
        agreed=np.array([[8], [3]]), disagreed=np.array([[2], [7]]), seen=np.array([[10], [10]])
    )
    (only,) = shared(counts, "agree")
    assert only.product == pytest.approx(0.25)
    assert only.mean == pytest.approx(0.5)
    assert not only.holds
    (first,) = held(counts, 0)
    assert (first.side, first.yes, first.seen) == ("agree", 8, 10)
    assert first.z == pytest.approx(2.1106, abs=5e-5)
    assert first.z_rest == pytest.approx(2.1681, abs=5e-5)
    assert first.ratio == pytest.approx(2.25)
    assert [one.side for one in held(counts, 1)] == ["disagree"]


def test_four_who_answered_are_too_few_to_speak_for_a_group() -> None:
    counts = Counts(
        agreed=np.array([[4, 5], [0, 0]]),
        disagreed=np.array([[0, 0], [20, 20]]),
        seen=np.array([[4, 5], [20, 20]]),
    )
    assert [one.statement for one in held(counts, 0)] == [1]
    assert [one.statement for one in held(counts, 1)] == [1]


def test_what_every_group_holds_sets_none_apart() -> None:
    counts = Counts(
        agreed=np.array([[40], [30]]), disagreed=np.array([[0], [10]]), seen=np.array([[40], [40]])
    )
    assert [one.holds for one in shared(counts, "agree")] == [True]
    assert held(counts, 0) == []
