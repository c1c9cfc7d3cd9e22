"""The opinion map: who stands together, what unites them, what divides them. Pure NumPy.

From votes (agree, disagree, pass) to groups and findings, in five steps, each a module of
`opinion/` with its formulas and their sources:

1. `canonical`: one order for the same votes, so that nothing depends on who came first;
2. `projection`: two principal components, as Polis draws them;
3. `grouping`, `one_cloud`: k-means from fixed starts, silhouettes, and whether to group at all;
4. `findings`, `measures`: what unites, what each group holds, what divides;
5. `stability`: would the groups be the same had somebody else stayed at home?

Nothing here is random but step 5, whose figures depend on its seed; the groups never do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .opinion.canonical import Canonical, canonical
from .opinion.findings import Counts, Divide, Held, Shared, count, divides, held, shared
from .opinion.grouping import Grouping, Labels, best_grouping, groupings
from .opinion.one_cloud import Verdict, judge
from .opinion.projection import Projection, extremities, project
from .opinion.stability import SEED, Stability, stability
from .opinion.votes import Numbers, Votes, Whole, id_key

# Who is mapped: those who answered seven statements, or all where there are fewer (Polis's
# `in-conv`). Polis also takes in the fifteen who answered most of a smaller crowd; we do not:
# somebody who answered one statement has no place on a map.
ENOUGH_ANSWERS = 7


@dataclass(frozen=True)
class OpinionMap:
    """The map of a conversation.

    ``groups``: for each, the positions of its people in the votes; the largest first.
    ``places``: shape (people, 2), where each stands; for those who are not mapped too.
    ``extremity``: how far each statement pulls people apart (statements as in the votes).
    ``counts``: how each group answered each statement (statements as in the votes).
    """

    votes: Votes
    mapped: NDArray[np.intp]
    groups: tuple[NDArray[np.intp], ...]
    places: Numbers
    extremity: Numbers
    explained: tuple[float, float]
    silhouettes: dict[int, float]
    verdict: Verdict
    counts: Counts
    firmness: Stability | None

    def agreed(self) -> list[Shared]:
        """Every statement by how far all groups agree with it, the strongest first."""
        return shared(self.counts, "agree")

    def rejected(self) -> list[Shared]:
        """Every statement by how far all groups disagree with it, the strongest first."""
        return shared(self.counts, "disagree")

    def held(self, group: int) -> list[Held]:
        """What sets a group apart."""
        return held(self.counts, group)

    def divides(self) -> list[Divide]:
        """What one group agrees with and another does not."""
        return divides(self.counts)


def opinion_map(votes: Votes, seed: int = SEED) -> OpinionMap:
    """Draw the map. ``seed`` decides who is left out to see how firm it is, and nothing else."""
    rows = canonical(votes)
    projection = project(rows.said, rows.seen, rows.weight)
    enough = rows.seen.sum(axis=1) >= max(min(ENOUGH_ANSWERS, len(votes.statements)), 1)
    labels, verdict, tried = _grouped(rows, projection, enough)
    group_of = np.full(len(rows.weight), -1, dtype=np.intp)
    group_of[enough] = labels
    groups = _in_order(rows, group_of, votes)
    group = np.full(len(votes.people), -1, dtype=np.int64)
    for i, people in enumerate(groups):
        group[people] = i
    return OpinionMap(
        votes=votes,
        mapped=np.flatnonzero(group >= 0),
        groups=groups,
        places=projection.places[rows.row_of],
        extremity=_of_statements(rows, extremities(projection.components, projection.means)),
        explained=projection.explained,
        silhouettes=tried,
        verdict=verdict,
        counts=count(votes.said, votes.seen, group, len(groups)),
        firmness=_firmness(rows, projection, enough, group, len(groups), seed),
    )


def _of_statements(rows: Canonical, values: Numbers) -> Numbers:
    """Values of columns in canonical order, put back into the order of the votes."""
    back = np.empty_like(values)
    back[rows.columns] = values
    return back


def _grouped(
    rows: Canonical, projection: Projection, enough: NDArray[np.bool_]
) -> tuple[Labels, Verdict, dict[int, float]]:
    """The group of each mapped row, why, and the silhouettes of every number of groups tried."""
    places, weight = projection.places[enough], rows.weight[enough]
    tried = groupings(places, weight)
    best: Grouping | None = best_grouping(tried)
    verdict = judge(
        rows.said[enough], rows.seen[enough], weight, places, best.silhouette if best else None
    )
    labels = best.labels if best and verdict.groups_stand else np.zeros(len(places), dtype=np.intp)
    silhouettes: dict[int, float] = {}
    for one in tried:
        silhouettes[one.groups] = max(one.silhouette, silhouettes.get(one.groups, -1.0))
    return labels, verdict, silhouettes


def _in_order(
    rows: Canonical, group_of: NDArray[np.intp], votes: Votes
) -> tuple[NDArray[np.intp], ...]:
    """The people of each group by their ids; the largest group first, then by canonical order."""
    sizes = np.bincount(group_of[group_of >= 0], weights=rows.weight[group_of >= 0])
    first = [int(np.argmax(group_of == i)) for i in range(len(sizes))]
    order = sorted(range(len(sizes)), key=lambda i: (-sizes[i], first[i]))
    of_people = group_of[rows.row_of]
    return tuple(
        np.array(
            sorted(np.flatnonzero(of_people == i), key=lambda p: id_key(votes.people[p])),
            dtype=np.intp,
        )
        for i in order
    )


def _firmness(
    rows: Canonical,
    projection: Projection,
    enough: NDArray[np.bool_],
    group: Whole,
    groups: int,
    seed: int,
) -> Stability | None:
    """How firm the groups are; None where there is one, or none."""
    if groups < 2:
        return None
    of_rows = np.full(len(rows.weight), -1, dtype=np.intp)
    of_rows[rows.row_of] = group
    return stability(
        rows.said, rows.seen, rows.weight, enough, of_rows[enough], projection.leading, seed
    )
