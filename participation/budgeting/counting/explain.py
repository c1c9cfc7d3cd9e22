"""Why each project was funded or not, and what two rules would have meant side by side.

Only facts in here, as numbers; `sentences` puts them into words. What backers paid is shown
rounded, so it is worked out with floats along the exact order of purchases; it decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from .backing import Backing, gather
from .election import Election, FloatArray
from .greedy import place_in_line, ranking, stops
from .options import Options
from .outcome import Outcome
from .purses import Purses

Labels = Sequence[Sequence[str]]
"""For each project, by position, the labels it carries: its areas, or its outcomes."""


@dataclass(frozen=True, slots=True)
class GreedyReason:
    """One project under most votes first. Amounts in units of currency.

    rank: place in the line, from 1. left: the money left when it was reached; None if the count
    had stopped before it. tally: its votes or points. more: the least number of further votes (or
    points) with which it would have been funded, every other tally staying as it is; None if it
    was funded or if no number would have been enough.
    """

    project: int
    funded: bool
    cost: Fraction
    votes: int
    tally: Fraction
    rank: int
    left: Fraction | None
    more: Fraction | None


@dataclass(frozen=True, slots=True)
class SharesReason:
    """One project under equal shares. Amounts in units of currency.

    bought: its backers bought it; topped_up: it was added afterwards by most votes.
    least, typical, most: what a backer paid if it was bought (typical: the median). gave_all: how
    many of them gave all they had left. left: what its backers have left, after it was bought or
    else in the end. support: how many backers paying the most would have paid for it (its
    effective votes) if it was bought, else the share of its cost that its backers have in the
    end. needed: how much more they would need to have in the end, 0 if it was bought.
    """

    project: int
    cost: Fraction
    votes: int
    bought: bool
    topped_up: bool
    least: float
    typical: float
    most: float
    gave_all: int
    left: float
    support: float
    needed: float


@dataclass(frozen=True, slots=True)
class Side:
    """One outcome as a whole, to stand beside another.

    represented: the share of voters with at least one project they chose funded. money_decided:
    over all voters, the average of what the funded projects that they chose cost together.
    by_label: for each kind of label (area, outcome) what projects of each label cost together; a
    project with several labels counts for each.
    """

    rule: str
    funded: int
    spent: Fraction
    represented: Fraction
    money_decided: Fraction
    by_label: Mapping[str, Mapping[str, Fraction]]


def explain_greedy(election: Election, outcome: Outcome) -> list[GreedyReason]:
    """Every eligible project in rank order, for an outcome of a greedy rule."""
    options = outcome.options
    by_points = options.counts == "points"
    tallies, per = (election.scores, election.points_unit) if by_points else (election.votes, 1)
    line = ranking(election, options)
    funded = set(outcome.winners)
    left: int | None = election.budget
    reasons = []
    for rank, position in enumerate(line, 1):
        more = None if position in funded else _more_needed(election, options, line, position)
        reasons.append(
            GreedyReason(
                project=position,
                funded=position in funded,
                cost=election.money(election.costs[position]),
                votes=election.votes[position],
                tally=Fraction(tallies[position], per),
                rank=rank,
                left=None if left is None else election.money(left),
                more=None if more is None else Fraction(more, per),
            )
        )
        if position in funded and left is not None:
            left -= election.costs[position]
        elif stops(options):
            left = None
    return reasons


def _more_needed(
    election: Election, options: Options, line: Sequence[int], position: int
) -> int | None:
    """The least it had to gain to stand where there was still room for it; None if nowhere.

    What is left before a place depends on who stands before it, and only falls down the line. So
    the last place with room is the easiest, and it is reached by passing who stands there.
    """
    left, passing = election.budget, None
    for other in line:
        if other == position:
            continue
        if election.costs[position] > left:
            break
        passing = other
        if election.costs[other] <= left:
            left -= election.costs[other]
        elif stops(options):
            break
    return None if passing is None else _gap(election, options, position, passing)


def _gap(election: Election, options: Options, position: int, ahead: int) -> int:
    """The least further votes (or points) with which a project stands before another."""
    place = place_in_line(election, options)
    target = place(ahead, 0)
    low, high = 0, 1
    while place(position, high) > target:
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if place(position, middle) > target else (low, middle)
    return high


def explain_shares(election: Election, outcome: Outcome) -> list[SharesReason]:
    """What was bought in order, then what was not, most votes first; for equal shares."""
    if outcome.endowment is None:
        raise ValueError("This outcome is not one of equal shares.")
    options = outcome.options
    ballots = gather(election, options.counts, list(outcome.eligible))
    purses = Purses(ballots, outcome.endowment)
    reasons = [_bought(election, purses, position) for position in outcome.bought]
    waiting = [position for position in outcome.eligible if position not in set(outcome.bought)]
    waiting.sort(key=lambda position: -election.votes[position])
    added = set(outcome.topped_up)
    return reasons + [_unbought(election, purses, one, one in added) for one in waiting]


def _bought(election: Election, purses: Purses, position: int) -> SharesReason:
    bid = purses.bid(position, 0.0)
    if bid is None or not purses.close(bid):
        raise ValueError("The outcome belongs to another election.")
    asked = (bid.low + bid.high) / 2 * bid.backing.weights
    payments = np.minimum(bid.held, asked)
    purses.buy(bid)
    each = np.sort(np.repeat(payments, bid.backing.sizes.astype(np.int64))) / election.unit
    cost = election.money(election.costs[position])
    return SharesReason(
        project=position,
        cost=cost,
        votes=election.votes[position],
        bought=True,
        topped_up=False,
        least=float(each[0]),
        typical=float(np.median(each)),
        most=float(each[-1]),
        gave_all=int(bid.backing.sizes[bid.held <= asked].sum()),
        left=_together(bid.backing, bid.held - payments, election.unit),
        support=float(cost) / float(each[-1]),
        needed=0.0,
    )


def _unbought(election: Election, purses: Purses, position: int, topped_up: bool) -> SharesReason:
    backing = purses.ballots.backings.get(position)
    cost = election.money(election.costs[position])
    left = 0.0
    if backing is not None:
        left = _together(backing, purses.balance[backing.members], election.unit)
    return SharesReason(
        project=position,
        cost=cost,
        votes=election.votes[position],
        bought=False,
        topped_up=topped_up,
        least=0.0,
        typical=0.0,
        most=0.0,
        gave_all=0,
        left=left,
        support=left / float(cost) if cost else 0.0,
        needed=max(0.0, float(cost) - left),
    )


def _together(backing: Backing, money: FloatArray, unit: int) -> float:
    return float(np.add.reduce(money * backing.sizes)) / unit


def side_by_side(
    election: Election, outcomes: Iterable[Outcome], labels: Mapping[str, Labels] | None = None
) -> list[Side]:
    """What each outcome means for the voters as a whole, and where its money goes."""
    return [_side(election, outcome, labels or {}) for outcome in outcomes]


def _side(election: Election, outcome: Outcome, labels: Mapping[str, Labels]) -> Side:
    winners = set(outcome.winners)
    places = range(len(election.projects))
    chosen = election.worth([int(position in winners) for position in places])
    money = election.worth([election.costs[p] if p in winners else 0 for p in places])
    voters = max(1, election.voters)
    return Side(
        rule=outcome.options.rule,
        funded=len(winners),
        spent=election.money(outcome.spent),
        represented=Fraction(int((chosen > 0).sum()), voters),
        money_decided=election.money(int(money.sum())) / voters,
        by_label={kind: _spread(election, winners, of) for kind, of in labels.items()},
    )


def _spread(election: Election, winners: set[int], labels: Labels) -> dict[str, Fraction]:
    spread = {label: Fraction(0) for carried in labels for label in carried}
    for position in winners:
        for label in labels[position]:
            spread[label] += election.money(election.costs[position])
    return spread
