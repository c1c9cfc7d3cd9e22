"""Rooms of people who vote, made up: camps, clouds, and whatever hypothesis thinks of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from participation.workshops.opinion.votes import Id, Votes
from participation.workshops.opinion_map import OpinionMap

UNSEEN = 2
Table = NDArray[np.int8]


def votes_of(
    table: Table, people: Sequence[Id] | None = None, statements: Sequence[Id] | None = None
) -> Votes:
    """Votes from a table of 1, -1, 0 and 2 (unseen)."""
    return Votes(
        people=tuple(people if people is not None else range(len(table))),
        statements=tuple(statements if statements is not None else range(table.shape[1])),
        said=np.where(table == UNSEEN, 0, table).astype(np.int8),
        seen=table != UNSEEN,
    )


def camps(
    people: int,
    statements: int,
    camps: int,
    *,
    noise: float = 0.2,
    seen: float = 1.0,
    seed: int = 1,
) -> tuple[Table, NDArray[np.int64]]:
    """People in camps that lean differently on half of the statements, and their camps."""
    rng = np.random.default_rng(seed)
    camp = np.arange(people) % camps
    alike, own = rng.choice([-1, 1], statements), rng.choice([-1, 1], (camps, statements))
    lean = np.where(rng.random(statements) < 0.5, own, alike)[camp]
    rest = rng.choice([-1, 0, 1], (people, statements))
    table = np.where(rng.random((people, statements)) < noise, rest, lean)
    return np.where(rng.random(table.shape) < seen, table, UNSEEN).astype(np.int8), camp


def one_view(people: int, statements: int, seed: int = 1) -> Table:
    """People who answer each statement by itself, with the same chances."""
    rng = np.random.default_rng(seed)
    chance = rng.beta(2, 2, statements)
    return np.where(rng.random((people, statements)) < chance, 1, -1).astype(np.int8)


@st.composite
def rooms(draw: st.DrawFn) -> Table:
    """Small rooms of every kind: camps with noise, or anything at all."""
    people, statements = draw(st.integers(1, 40)), draw(st.integers(1, 14))
    seed, kind = draw(st.integers(0, 2**32 - 1)), draw(st.integers(1, 4))
    if kind == 1:
        rng = np.random.default_rng(seed)
        return rng.choice(
            np.array([-1, 0, 1, 2], dtype=np.int8), (people, statements), p=[0.3, 0.2, 0.3, 0.2]
        )
    noise, seen = draw(st.sampled_from([0.0, 0.1, 0.5])), draw(st.sampled_from([1.0, 0.8]))
    return camps(people, statements, kind, noise=noise, seen=seen, seed=seed)[0]


def groups_of(drawn: OpinionMap) -> set[frozenset[Id]]:
    """Who stands with whom, whatever the groups are called."""
    return {frozenset(drawn.votes.people[i] for i in people) for people in drawn.groups}


def write_list(folder: Path, table: Table, order: Sequence[int] | None = None) -> Path:
    """The table as `votes.csv`, its rows in this order."""
    rows = [
        f"{1_500_000_000_000 + 1000 * i},Mon Jul 17,{j},{i},{table[i, j]}\n"
        for i in range(len(table))
        for j in range(table.shape[1])
        if table[i, j] != UNSEEN
    ]
    rows = [rows[i] for i in order] if order is not None else rows
    text = "timestamp,datetime,comment-id,voter-id,vote\n" + "".join(rows)
    (folder / "votes.csv").write_text(text, "utf-8")
    return folder


def write_matrix(folder: Path, table: Table, theirs: Sequence[object] | None = None) -> Path:
    """The table as `participants-votes.csv`."""
    names = ["participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"]
    lines = [",".join([*names, *map(str, range(table.shape[1]))])]
    for i, row in enumerate(table):
        cells = ["" if vote == UNSEEN else str(vote) for vote in row]
        group = "" if theirs is None else str(theirs[i])
        lines.append(",".join([str(i), group, "0", "0", "0", "0", *cells]))
    (folder / "participants-votes.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return folder
