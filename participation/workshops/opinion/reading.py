"""Reads an exported Polis conversation: a folder with `votes.csv` or `participants-votes.csv`.

- `votes.csv`: one row a vote (`timestamp`, `comment-id`, `voter-id`, `vote`). Of several votes of
  one person on one statement the one with the latest timestamp counts; of several with the same
  timestamp that differ none can be said to be the last, so they count as a pass, whatever the
  order of the rows.
- `participants-votes.csv`: one row a person, one column a statement; with it Polis's own `group-id`
  for each person. It is read where both are there, since it carries the groups.
- `comments.csv`, if it is there: the words of statements, and which were moderated out
  (`moderated` = -1): those are left out of the map, as Polis leaves them out.

1 is agree, -1 disagree, 0 pass, blank unseen. A statement that nobody answered is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .table import Table, Unreadable, read_table
from .votes import PASS, UNSEEN, Cells, Id, Votes, Whole, as_id, positions

MATRIX: Final = "participants-votes.csv"
LIST: Final = "votes.csv"
COMMENTS: Final = "comments.csv"

# What stands before the statements in participants-votes.csv.
ABOUT_PEOPLE: Final = ("participant", "xid", "group-id")


@dataclass(frozen=True)
class Conversation:
    """The votes of a folder, and the file that they came from."""

    votes: Votes
    source: str


def read_conversation(folder: Path) -> Conversation:
    """Read a folder. Raises Unreadable, with one sentence, for whatever is wrong with it."""
    if not folder.is_dir():
        raise Unreadable(f"There is no folder {folder}.")
    if (folder / MATRIX).is_file():
        votes, source = _from_matrix(read_table(folder / MATRIX)), MATRIX
    elif (folder / LIST).is_file():
        votes, source = _from_list(read_table(folder / LIST)), LIST
    else:
        raise Unreadable(f"There is neither {LIST} nor {MATRIX} in {folder}.")
    if not votes.people:
        raise Unreadable(f"{source} holds no votes.")
    if (folder / COMMENTS).is_file():
        votes = _with_comments(votes, read_table(folder / COMMENTS))
    answered = _answered(votes)
    if not answered.statements:
        gone = bool(votes.left_out)
        raise Unreadable(
            "Every statement was moderated out." if gone else f"{source} holds no votes."
        )
    return Conversation(answered, source)


def _from_matrix(table: Table) -> Votes:
    names = [
        name
        for name in table.names
        if name and name not in ABOUT_PEOPLE and not name.startswith("n-")
    ]
    if not names:
        raise Unreadable(f"{table.file} has no columns of statements.")
    people = table.ids("participant")
    twice = _twice(people)
    if twice is not None:
        raise Unreadable(f"{table.file} has two rows for participant {twice}.")
    said = table.votes(names)
    return Votes(
        people=tuple(people),
        statements=tuple(as_id(name) for name in names),
        said=np.where(said == UNSEEN, 0, said).astype(np.int8),
        seen=said != UNSEEN,
        theirs=tuple(table.texts("group-id")) if "group-id" in table.names else None,
    )


def _from_list(table: Table) -> Votes:
    people, row = _numbered(table, "voter-id")
    columns, column = _numbered(table, "comment-id")
    said = table.votes(["vote"])[:, 0]
    cast = said != UNSEEN
    cell = row * len(columns) + column
    flat = np.full(len(people) * len(columns), UNSEEN, dtype=np.int8)
    cell, said = cell[cast], said[cast]
    flat[cell] = said
    counts = np.bincount(cell, minlength=len(flat))
    again = counts[cell] > 1
    if again.any():
        when = _when(table)[cast]
        _latest(flat, cell[again], said[again], when[again])
    matrix = flat.reshape(len(people), len(columns))
    return Votes(
        people=people,
        statements=columns,
        said=np.where(matrix == UNSEEN, 0, matrix).astype(np.int8),
        seen=matrix != UNSEEN,
    )


def _latest(flat: Cells, cell: Whole, said: Cells, when: NDArray[np.float64]) -> None:
    """Where somebody voted again, the latest vote; a pass where the latest ones contradict."""
    last: dict[int, tuple[float, int]] = {}
    for place, vote, moment in zip(cell.tolist(), said.tolist(), when.tolist(), strict=True):
        before = last.get(place)
        if before is None or moment > before[0]:
            last[place] = (moment, vote)
        elif moment == before[0] and vote != before[1]:
            last[place] = (moment, PASS)
    for place, (_, vote) in last.items():
        flat[place] = vote


def _when(table: Table) -> NDArray[np.float64]:
    """Timestamps as numbers; what is none is earlier than all."""
    if "timestamp" not in table.names:
        return np.full(table.body.rows, -np.inf)
    numbers = table.whole("timestamp")
    if numbers is not None:
        return numbers.astype(np.float64)
    return np.array([_moment(text) for text in table.texts("timestamp")])


def _moment(text: str) -> float:
    try:
        moment = float(text)
    except ValueError:
        return -np.inf
    return moment if np.isfinite(moment) else -np.inf


def _numbered(table: Table, name: str) -> tuple[tuple[Id, ...], Whole]:
    """The different ids of a column in order, and for each cell its id's position among them."""
    numbers = table.whole(name)
    if numbers is not None:
        different, place = np.unique(numbers, return_inverse=True)
        return tuple(different.tolist()), place.reshape(-1).astype(np.int64)
    ids = table.ids(name)
    seen = list(dict.fromkeys(ids))
    ordered = tuple(seen[i] for i in positions(seen))
    places = {one: i for i, one in enumerate(ordered)}
    return ordered, np.array([places[one] for one in ids], dtype=np.int64)


def _twice(ids: Sequence[Id]) -> Id | None:
    seen: set[Id] = set()
    for one in ids:
        if one in seen:
            return one
        seen.add(one)
    return None


def _with_comments(votes: Votes, table: Table) -> Votes:
    """Leave out what was moderated out; keep the words of the rest."""
    ids = table.ids("comment-id")
    words = table.texts("comment-body") if "comment-body" in table.names else [""] * len(ids)
    states = table.texts("moderated") if "moderated" in table.names else [""] * len(ids)
    gone = {one for one, state in zip(ids, states, strict=True) if state in {"-1", "-1.0"}}
    keep = [i for i, one in enumerate(votes.statements) if one not in gone]
    return replace(
        _columns(votes, keep),
        texts=dict(zip(ids, words, strict=True)),
        left_out=tuple(one for one in votes.statements if one in gone),
    )


def _answered(votes: Votes) -> Votes:
    """Only statements that somebody answered, in the order of their ids."""
    some = np.asarray(votes.seen.any(axis=0))
    return _columns(votes, [int(i) for i in positions(votes.statements) if some[i]])


def _columns(votes: Votes, keep: Sequence[int]) -> Votes:
    return replace(
        votes,
        statements=tuple(votes.statements[i] for i in keep),
        said=votes.said[:, keep],
        seen=votes.seen[:, keep],
    )
