"""Every rule once more: slow, short, with fractions, one voter at a time.

Written from the definitions, sharing no arithmetic with the rules under test.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from participation.budgeting.counting.election import Election
from participation.budgeting.counting.options import Options

Utilities = list[dict[int, Fraction]]


def ballots(election: Election) -> list[dict[int, int]]:
    """For each voter the points (or 1) of each project marked."""
    points = [1] * len(election.choices) if election.points is None else election.points.tolist()
    marks = list(zip(election.choices.tolist(), points, strict=True))
    bounds = election.starts.tolist()
    return [dict(marks[begin:end]) for begin, end in pairwise(bounds)]


def count(election: Election, options: Options) -> list[int]:
    """The winners in the order funded."""
    if options.rule == "phragmen":
        return phragmen(election, options)
    if options.rule == "equal-shares":
        return equal_shares(election, options)
    return greedy(election, options)


def votes(election: Election) -> list[int]:
    """How many voters marked each project."""
    return [sum(p in ballot for ballot in ballots(election)) for p in range(len(election.projects))]


def scores(election: Election) -> list[int]:
    """The sum of points of each project."""
    return [
        sum(ballot.get(p, 0) for ballot in ballots(election)) for p in range(len(election.projects))
    ]


def allowed(election: Election, options: Options) -> list[int]:
    """The projects with enough votes and points."""
    enough = options.min_points * (election.points_unit if election.points is not None else 1)
    tally, total = votes(election), scores(election)
    every = range(len(election.projects))
    return [p for p in every if tally[p] >= options.min_votes and total[p] >= enough]


def tie_key(election: Election, project: int) -> tuple[int, int, int]:
    """Lower cost, then more votes, then the declared order."""
    return election.costs[project], -votes(election)[project], project


def greedy(election: Election, options: Options) -> list[int]:
    """Most votes (points, votes per cost) first."""
    tally = scores(election) if options.counts == "points" else votes(election)

    def merit(project: int) -> float | Fraction:
        if options.rule != "greedy-per-cost":
            return Fraction(tally[project])
        if election.costs[project] == 0:
            return float("inf") if tally[project] > 0 else Fraction(0)
        return Fraction(tally[project], election.costs[project])

    line = sorted(allowed(election, options), key=lambda p: (-merit(p), tie_key(election, p)))
    winners: list[int] = []
    left = election.budget
    for project in line:
        if election.costs[project] <= left:
            winners.append(project)
            left -= election.costs[project]
        elif options.rule == "greedy-no-skip":
            break
    return winners


def utilities(election: Election, options: Options) -> Utilities:
    """What each voter gains from each project that can be bought."""
    chosen = [p for p in allowed(election, options) if election.costs[p] > 0]
    worth: Utilities = []
    for ballot in ballots(election):
        marked = [p for p in chosen if p in ballot]
        if options.counts == "cost":
            worth.append({p: Fraction(election.costs[p]) for p in marked})
        elif options.counts == "cardinality":
            worth.append({p: Fraction(1) for p in marked})
        else:
            worth.append({p: Fraction(ballot[p]) for p in marked if ballot[p] > 0})
    return worth


def rate(cost: int, backers: Sequence[tuple[Fraction, Fraction]]) -> Fraction | None:
    """The price per utility for backers given as (money, utility); None if they cannot pay."""
    if sum(money for money, _ in backers) < cost:
        return None
    rich = list(backers)
    needed = Fraction(cost)
    while True:
        asked = needed / sum(utility for _, utility in rich)
        poor = [one for one in rich if one[0] < asked * one[1]]
        if not poor:
            return asked
        needed -= sum(money for money, _ in poor)
        rich = [one for one in rich if one not in poor]


def once(election: Election, worth: Utilities, endowment: Fraction) -> list[int]:
    """The Method of Equal Shares from one endowment."""
    money = [endowment] * len(worth)
    waiting = sorted({p for gains in worth for p in gains})
    winners: list[int] = []
    while True:
        offers = []
        for project in waiting:
            backers = [
                (money[v], gains[project]) for v, gains in enumerate(worth) if project in gains
            ]
            price = rate(election.costs[project], backers)
            if price is not None:
                offers.append((price, tie_key(election, project), project))
        if not offers:
            return winners
        price, _, project = min(offers)
        for voter, gains in enumerate(worth):
            if project in gains:
                money[voter] -= min(money[voter], price * gains[project])
        waiting.remove(project)
        winners.append(project)


def equal_shares(election: Election, options: Options) -> list[int]:
    """With completion and top-up, one unit of currency at a time."""
    winners = _completed(election, options) if election.voters else []
    if options.top_up == "votes":
        tally = votes(election)
        rest = [p for p in allowed(election, options) if p not in winners]
        for project in sorted(rest, key=lambda p: (-tally[p], tie_key(election, p))):
            if election.cost_of([*winners, project]) <= election.budget:
                winners = [*winners, project]
    return winners


def _completed(election: Election, options: Options) -> list[int]:
    worth = utilities(election, options)
    share = Fraction(election.budget, election.voters)
    chosen = allowed(election, options)
    if options.completion == "none" or election.cost_of(chosen) <= election.budget:
        return once(election, worth, share)
    if options.start == "whole":
        share = Fraction(share // election.unit * election.unit)
    buyable = {p for gains in worth for p in gains}
    to_fit = set(chosen) if options.start == "whole" else buyable
    winners = once(election, worth, share)
    while set(winners) != buyable:
        left = election.budget - election.cost_of(winners)
        fits = [p for p in to_fit - set(winners) if election.costs[p] <= left]
        if options.completion == "add1-exhaustive" and not fits:
            break
        share += election.unit
        following = once(election, worth, share)
        if election.cost_of(following) > election.budget:
            break
        winners = following
    return winners


def phragmen(election: Election, options: Options) -> list[int]:
    """Sequential Phragmén with one load per voter."""
    cast = ballots(election)
    loads: list[Fraction] = [Fraction(0)] * len(cast)
    tally = votes(election)
    waiting = [
        p for p in allowed(election, options) if tally[p] and election.costs[p] <= election.budget
    ]
    winners: list[int] = []
    while waiting:
        reached = {
            p: sum((loads[v] for v, b in enumerate(cast) if p in b), Fraction(election.costs[p]))
            / tally[p]
            for p in waiting
        }
        least = min(reached.values())
        first = [p for p in waiting if reached[p] == least]
        left = election.budget - election.cost_of(winners)
        if any(election.costs[p] > left for p in first):
            break
        winner = min(first, key=lambda p: tie_key(election, p))
        loads = [least if winner in b else load for load, b in zip(loads, cast, strict=True)]
        winners.append(winner)
        waiting.remove(winner)
    return winners
