"""Most votes first, in three forms, and the reserve list that follows from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from .election import Election
from .options import Options
from .outcome import Outcome, PartOffer
from .ties import eligible, tie_ranks


def ranking(election: Election, options: Options) -> list[int]:
    """The eligible positions from first to last in line.

    By votes or points, for `greedy-per-cost` divided by cost (a supported project of cost 0
    comes first of all); ties fall as declared. Exact: shares are compared as fractions.
    """
    tallies = election.scores if options.counts == "points" else election.votes
    ranks = tie_ranks(election, options)

    def place(position: int) -> tuple[int, Fraction, int]:
        tally, cost = tallies[position], election.costs[position]
        if options.rule != "greedy-per-cost":
            return 0, Fraction(-tally), ranks[position]
        if cost == 0:
            return (-1 if tally > 0 else 0), Fraction(0), ranks[position]
        return 0, Fraction(-tally, cost), ranks[position]

    return sorted(eligible(election, options), key=place)


def greedy(election: Election, options: Options) -> Outcome:
    """Fund down the ranking what fits the money left; see `Options.part_fit` for what does not."""
    line = ranking(election, options)
    purse = _Purse(election, election.budget)
    stopped = purse.fund(line, skip=options.rule != "greedy-no-skip" and options.part_fit == "skip")
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
    by_votes = Options(
        "greedy",
        min_votes=options.min_votes,
        min_points=options.min_points,
        tie_steps=options.tie_steps,
        lot=options.lot,
    )
    purse = _Purse(election, election.budget - election.cost_of(already))
    held = set(already)
    purse.fund((p for p in ranking(election, by_votes) if p not in held), skip=True)
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
