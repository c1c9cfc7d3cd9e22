"""Sequential Phragmén: money flows to all voters at one speed; who can buy first, buys.

Every voter carries a load, what they have paid for so far. The next winner is the project that
leaves its backers with the least equal load: (its cost + their loads) / their number. A backer's
load is then the load of their latest winner, so a sum of loads is a short sum of whole counts
times the loads of winners, which are whole numbers over one common denominator: all exact.
Source: Brill, Freeman, Janson, Lackner, "Phragmén's voting methods and justified representation"
(2017), with costs as in Los, Christoff, Grossi (2022).
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import gcd

import numpy as np

from .election import Election, IntArray
from .options import Options
from .outcome import Outcome
from .ties import eligible, tie_ranks

NOBODY = -1


@dataclass(frozen=True, slots=True)
class LoadReason:
    """One project under sequential Phragmén. Amounts in units of currency.

    turn: 1 for the first that was bought; None if it was not. load: what each backer had paid for,
    with an even share of this cost, when it was bought, or as it would be in the end; None if
    nobody backed it. left: what was left of the budget when its turn came, or in the end. first:
    whether in the end no other backed project would have left its backers with a smaller load,
    so that it was this one, or one level with it, that did not fit.
    """

    project: int
    cost: Fraction
    votes: int
    turn: int | None
    load: Fraction | None
    left: Fraction
    first: bool = False


def explain_phragmen(election: Election, outcome: Outcome) -> list[LoadReason]:
    """Every eligible project: the winners in the order they were bought, then the others."""
    loads, left = _Loads(election), election.budget
    reasons = []
    for turn, winner in enumerate(outcome.winners, 1):
        reasons.append(_reason(election, loads, winner, left, turn))
        loads.add(winner)
        left -= election.costs[winner]
    rest = [
        _reason(election, loads, position, left, None)
        for position in outcome.eligible
        if position not in outcome.winners
    ]
    in_line = [reason.load for reason in rest if _was_in_line(election, reason)]
    least = min((load for load in in_line if load is not None), default=None)
    for reason in rest:
        is_first = _was_in_line(election, reason) and reason.load == least
        reasons.append(replace(reason, first=is_first))
    return reasons


def _reason(
    election: Election, loads: _Loads, position: int, left: int, turn: int | None
) -> LoadReason:
    votes = election.votes[position]
    load = loads.load_with(position) / election.unit if votes else None
    cost = election.money(election.costs[position])
    return LoadReason(position, cost, votes, turn, load, election.money(left))


def _was_in_line(election: Election, reason: LoadReason) -> bool:
    return reason.votes > 0 and election.costs[reason.project] <= election.budget


def phragmen(election: Election, options: Options) -> Outcome:
    """Fund by least load; stop as soon as any project of least load does not fit the budget.

    Projects dearer than the budget and projects without votes are left out first.
    """
    chosen = eligible(election, options)
    loads = _Loads(election)
    ranks = tie_ranks(election, options)
    left = election.budget
    line = [
        (Fraction(election.costs[p], election.votes[p]), p)
        for p in chosen
        if election.votes[p] and election.costs[p] <= election.budget
    ]
    heapq.heapify(line)
    winners: list[int] = []
    while least := _least(loads, line):
        if any(election.costs[position] > left for position in least):
            break
        winner = min(least, key=lambda position: ranks[position])
        for position in least:
            if position != winner:
                heapq.heappush(line, (loads.load_with(position), position))
        loads.add(winner)
        winners.append(winner)
        left -= election.costs[winner]
    return Outcome(
        options=options,
        winners=tuple(winners),
        spent=election.cost_of(winners),
        eligible=tuple(chosen),
    )


def _least(loads: _Loads, line: list[tuple[Fraction, int]]) -> list[int]:
    """Take the projects of least load out of the line. Loads only grow: old ones are bounds."""
    least: list[tuple[Fraction, int]] = []
    while line and (not least or line[0][0] <= least[0][0]):
        position = heapq.heappop(line)[1]
        load = loads.load_with(position)
        if least and load >= least[0][0]:
            if load == least[0][0]:
                least.append((load, position))
            else:
                heapq.heappush(line, (load, position))
            continue
        for entry in least:
            heapq.heappush(line, entry)
        least = [(load, position)]
    return [position for _, position in least]


@dataclass
class _Loads:
    """The load of every winner, a whole number over `denominator`; `latest` winner per voter."""

    election: Election
    denominator: int = 1
    loads: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.latest: IntArray = np.full(self.election.voters, NOBODY, dtype=np.int64)
        by_project = np.argsort(self.election.choices, kind="stable")
        self.voters = self.election.voter_of_mark[by_project]
        positions = np.arange(len(self.election.projects) + 1)
        self.bounds = np.searchsorted(self.election.choices[by_project], positions)

    def backers(self, position: int) -> IntArray:
        return self.voters[self.bounds[position] : self.bounds[position + 1]]

    def load_with(self, position: int) -> Fraction:
        """The load that the backers of this project would share if it were bought next."""
        backers = self.backers(position)
        counts = np.bincount(self.latest[backers] + 1, minlength=len(self.loads) + 1)[1:]
        carried = sum(
            count * load for count, load in zip(counts.tolist(), self.loads, strict=True) if count
        )
        total = self.election.costs[position] * self.denominator + carried
        return Fraction(total, len(backers) * self.denominator)

    def add(self, winner: int) -> None:
        load = self.load_with(winner)
        factor = load.denominator // gcd(load.denominator, self.denominator)
        self.denominator *= factor
        self.loads = [other * factor for other in self.loads]
        self.loads.append(load.numerator * (self.denominator // load.denominator))
        self.latest[self.backers(winner)] = len(self.loads) - 1
