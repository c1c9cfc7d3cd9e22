"""The same people in the same groups: for any order, any names, any seed, either file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.workshops.opinion.reading import read_conversation
from participation.workshops.opinion.report import as_dict
from participation.workshops.opinion_map import OpinionMap, opinion_map

from .rooms import Table, camps, groups_of, rooms, votes_of, write_list, write_matrix

SEEDS = st.integers(0, 2**32 - 1)


@settings(max_examples=80)
@given(room=rooms(), seed=SEEDS)
def test_people_and_statements_may_come_in_any_order(room: Table, seed: int) -> None:
    rng = np.random.default_rng(seed)
    people, statements = rng.permutation(len(room)), rng.permutation(room.shape[1])
    shuffled = votes_of(
        room[people][:, statements], people.tolist(), statements.tolist()
    )  # fmt: skip
    assert groups_of(opinion_map(shuffled)) == groups_of(opinion_map(votes_of(room)))


@settings(max_examples=80)
@given(room=rooms(), seed=SEEDS)
def test_people_and_statements_may_be_called_anything(room: Table, seed: int) -> None:
    rng = np.random.default_rng(seed)
    people = [f"person {i}" for i in rng.permutation(len(room))]
    statements = rng.permutation(room.shape[1]) + 100
    plain = opinion_map(votes_of(room))
    named = opinion_map(votes_of(room, people, statements.tolist()))
    expected = {frozenset(people[int(i)] for i in group) for group in plain.groups}
    assert groups_of(named) == expected
    assert sorted(map(len, named.groups)) == sorted(map(len, plain.groups))


@settings(max_examples=40)
@given(room=rooms(), seed=SEEDS)
def test_no_seed_moves_anybody(room: Table, seed: int) -> None:
    assert groups_of(opinion_map(votes_of(room), seed)) == groups_of(opinion_map(votes_of(room)))


@settings(max_examples=60)
@given(room=rooms(), seed=SEEDS)
def test_two_people_who_answer_alike_stand_together(room: Table, seed: int) -> None:
    person = int(np.random.default_rng(seed).integers(len(room)))
    drawn = opinion_map(votes_of(np.vstack([room, room[person]])))
    for group in drawn.groups:
        assert (person in group) == (len(room) in group)


@settings(max_examples=60)
@given(room=rooms())
def test_everybody_who_is_mapped_is_in_one_group_of_five_or_more(room: Table) -> None:
    drawn = opinion_map(votes_of(room))
    enough = (room != 2).sum(axis=1) >= min(7, room.shape[1])
    everybody = sorted(int(i) for group in drawn.groups for i in group)
    assert everybody == np.flatnonzero(enough).tolist() == drawn.mapped.tolist()
    assert len(drawn.groups) <= 5
    assert len(drawn.groups) == 1 or all(len(group) >= 5 for group in drawn.groups) or not everybody


def test_either_file_alone_gives_the_same_map(tmp_path: Path) -> None:
    room, _ = camps(60, 30, 3, seen=0.7)
    rows = np.random.default_rng(4).permutation(int((room != 2).sum()))
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    (tmp_path / "c").mkdir()
    drawn = [
        opinion_map(read_conversation(folder).votes)
        for folder in (
            write_list(tmp_path / "a", room),
            write_list(tmp_path / "b", room, rows.tolist()),
            write_matrix(tmp_path / "c", room),
        )
    ]
    assert groups_of(drawn[0]) == groups_of(drawn[1]) == groups_of(drawn[2])
    assert as_dict(drawn[0]) == as_dict(drawn[1]) == as_dict(drawn[2])


@pytest.mark.parametrize("name", ["london.youth.policing", "brexit-consensus"])
def test_real_rows_and_columns_may_come_in_any_order(real: Path, tmp_path: Path, name: str) -> None:
    rng = np.random.default_rng(7)
    lines = (real / name / "votes.csv").read_text("utf-8").splitlines(keepends=True)
    shuffled = [lines[1 + int(i)] for i in rng.permutation(len(lines) - 1)]
    (tmp_path / "votes.csv").write_text(lines[0] + "".join(shuffled), "utf-8")
    rows = [
        line.split(",")
        for line in (real / name / "participants-votes.csv").read_text("utf-8").splitlines()
    ]
    columns = rng.permutation(len(rows[0]))
    body = [rows[1 + int(i)] for i in rng.permutation(len(rows) - 1)]
    (tmp_path / "matrix").mkdir()
    (tmp_path / "matrix" / "participants-votes.csv").write_text(
        "\n".join(",".join(row[int(i)] for i in columns) for row in [rows[0], *body]), "utf-8"
    )
    plain, listed, matrix = (
        groups_of(_drawn(folder)) for folder in (real / name, tmp_path, tmp_path / "matrix")
    )
    assert plain == listed == matrix


def _drawn(folder: Path) -> OpinionMap:
    return opinion_map(read_conversation(folder).votes)
