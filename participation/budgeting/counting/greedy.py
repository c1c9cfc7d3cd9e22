"""Most votes first, in three forms, and the reserve list that follows from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from .election import Election
from .options import Options
from .outcome import Outcome, PartOffer
from .ties import eligible, tie_key

Place = Callable[[int, int], tuple[int, Fraction, tuple[int, ...]]]
"""From a position and further votes (or points) to its place in line; the lowest comes first."""


def place_in_line(election: Election, options: Options) -> Place:
    """How a greedy rule ranks: by votes or points, for `greedy-per-cost` divided by cost.

    There a supported project of cost 0 comes first of all. Ties fall as declared. Exact: shares
    are compared as fractions. The second argument adds to what the project really got.
    """
    by_points = options.counts == "points"
    tallies = election.scores if by_points else election.votes
    key = tie_key(election, options)

    def place(position: int, more: int) -> tuple[int, Fraction, tuple[int, ...]]:
        tally, cost = tallies[position] + more, election.costs[position]
        tie = key(position, election.votes[position] + (0 if by_points else more))
        if options.rule != "greedy-per-cost":
            return 0, Fraction(-tally), tie
        if cost == 0:
            return (-1 if tally > 0 else 0), Fraction(0), tie
        return 0, Fraction(-tally, cost), tie

    return place


def ranking(election: Election, options: Options) -> list[int]:
    """The eligible positions from first to last in line."""
    place = place_in_line(election, options)
    return sorted(eligible(election, options), key=lambda position: place(position, 0))


def stops(options: Options) -> bool:
    """Does the count end at the first project that does not fit?"""
    return options.rule == "greedy-no-skip" or options.part_fit != "skip"


def greedy(election: Election, options: Options) -> Outcome:
    """Fund down the ranking what fits the money left; see `Options.part_fit` for what does not."""
    line = ranking(election, options)
    purse = _Purse(election, election.budget)
    stopped = purse.fund(line, skip=not stops(options))
    offer = None
    if options.part_fit == "offer" and stopped is not None and purse.left > 0:
        offer = PartOffer(stopped, purse.left)
    funded = set(purse.funded)
    return Outcome(
        options=options,
        winners=tuple(purse.funded),
        spent=election.cost_of(purse.funded),
        eligible=tuple(eligible(election, options)),
        part_offer=offer,
        reserve=tuple(position for position in line if position not in funded),
    )


def top_up(election: Election, options: Options, winners: Iterable[int]) -> tuple[int, ...]:
    """What else fits after the winners, most votes first: the positions that are added."""
    already = tuple(winners)
    purse = _Purse(election, election.budget - election.cost_of(already))
    held = set(already)
    purse.fund((p for p in ranking(election, options.as_greedy()) if p not in held), skip=True)
    return tuple(purse.funded)


@dataclass
class _Purse:
    election: Election
    left: int
    funded: list[int] = field(default_factory=list)

    def fund(self, line: Iterable[int], *, skip: bool) -> int | None:
        """Fund down the line; give back the project at which it stopped, if it did."""
        for position in line:
            cost = self.election.costs[position]
            if cost <= self.left:
                self.funded.append(position)
                self.left -= cost
            elif not skip:
                return position
        return None
