"""The Method of Equal Shares, exact, with the completions that cities use.

Every voter gets the same endowment. Again and again the project with the lowest price per
utility is bought: its backers share its cost in proportion to their utility, and who has less
than asked gives all that is left. Source: Peters, Pierczyński, Skowron, "Proportional
Participatory Budgeting with Additive Utilities" (NeurIPS 2021); completions as on
equalshares.net.

Two facts make it fast. Prices only rise while money is spent, so a price from earlier in a run
is a lower bound and most projects need no look. And in a fixed order of purchases every balance
rises with the endowment, so every price falls: `still_holds` proves with one look at a higher
endowment that nothing changes in between.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, replace
from fractions import Fraction
from math import inf

from .backing import Ballots, gather
from .comparison import preference
from .election import Election
from .greedy import greedy, top_up
from .options import Options
from .outcome import Outcome
from .purses import ROUNDING, Bid, Purses
from .ties import eligible, tie_ranks


@dataclass(frozen=True, slots=True)
class Purchase:
    """One step of a run: who was bought, and a proven bound on the price per utility.

    at_base: every backer paid the same per weight, the lowest price there can be.
    """

    project: int
    high_key: float
    at_base: bool


@dataclass(frozen=True, slots=True)
class Run:
    """What was bought, in order, when every voter had this endowment (smallest units)."""

    endowment: Fraction
    purchases: tuple[Purchase, ...]

    @property
    def winners(self) -> tuple[int, ...]:
        """Positions in the order bought."""
        return tuple(purchase.project for purchase in self.purchases)


class Market:
    """Everything about an election that stays the same from run to run."""

    def __init__(self, election: Election, options: Options) -> None:
        self.election = election
        self.ballots: Ballots = gather(election, options.counts, eligible(election, options))
        self.ranks = tie_ranks(election, options)
        base = {project: backing.base for project, backing in self.ballots.backings.items()}
        order = sorted(base, key=lambda project: (base[project], self.ranks[project]))
        self.base_rank = {project: rank for rank, project in enumerate(order)}
        self.floor = {project: float(base[project]) * (1 - 2 * ROUNDING) for project in order}
        self.floors = [(floor, project) for project, floor in self.floor.items()]

    def run(self, endowment: Fraction) -> Run:
        """Equal shares from this endowment, without any completion."""
        purses = Purses(self.ballots, endowment)
        line = list(self.floors)
        purchases = []
        while (bid := self._best(purses, line)) is not None:
            purses.buy(bid)
            purchases.append(Purchase(bid.project, bid.high_key, bid.at_base))
        return Run(endowment, tuple(purchases))

    def still_holds(self, run: Run, endowment: Fraction) -> Run | None:
        """Prove that every endowment from the run's up to this one buys the same in this order.

        The same purchases are made with the higher endowment, where every price is lowest.
        If even there no other project gets below the price that the bought one had in the run,
        then nowhere in between. None if that is not proven, which does not mean it is false.
        """
        purses = Purses(self.ballots, endowment)
        line = list(self.floors)
        bought: set[int] = set()
        purchases = []
        for purchase in run.purchases:
            bought.add(purchase.project)
            if not self._unrivalled(purses, line, purchase, bought):
                return None
            bid = purses.bid(purchase.project, self.floor[purchase.project])
            if bid is None or not purses.close(bid):
                return None
            purses.buy(bid)
            purchases.append(Purchase(bid.project, bid.high_key, bid.at_base))
        rivals = (purses.bid(project, key) for key, project in line if project not in bought)
        if any(rival is not None for rival in rivals):
            return None
        return Run(endowment, tuple(purchases))

    def _best(self, purses: Purses, line: list[tuple[float, int]]) -> Bid | None:
        """Take the project with the lowest price per utility out of the line."""
        bids: list[Bid] = []
        lowest = inf
        while line and line[0][0] <= lowest:
            floor_key, project = heapq.heappop(line)
            bid = purses.bid(project, floor_key)
            if bid is None or (bid.low_key <= lowest and not purses.close(bid)):
                continue
            lowest = min(lowest, bid.high_key)
            bids.append(bid)
        chosen = self._decide(purses, [bid for bid in bids if bid.low_key <= lowest])
        for bid in bids:
            if bid is not chosen:
                heapq.heappush(line, (bid.low_key, bid.project))
        return chosen

    def _decide(self, purses: Purses, close: list[Bid]) -> Bid | None:
        """Among bids that floats cannot tell apart, the exactly lowest; ties as declared."""
        if len(close) <= 1:
            return close[0] if close else None
        return min(close, key=lambda bid: (purses.exact_key(bid), self.ranks[bid.project]))

    def _unrivalled(
        self, purses: Purses, line: list[tuple[float, int]], purchase: Purchase, bought: set[int]
    ) -> bool:
        """Is it proven that no other project was cheaper, or as cheap and first in a tie?"""
        held_back = []
        proven = True
        while proven and line and line[0][0] <= purchase.high_key:
            floor_key, project = heapq.heappop(line)
            if project in bought:
                continue
            if purchase.at_base and self.base_rank[project] > self.base_rank[purchase.project]:
                held_back.append((floor_key, project))
                continue
            bid = purses.bid(project, floor_key)
            if bid is None:
                continue
            held_back.append((bid.low_key, project))
            proven = bid.low_key > purchase.high_key
        for entry in held_back:
            heapq.heappush(line, entry)
        return proven


def equal_shares(election: Election, options: Options) -> Outcome:
    """Equal shares with its completion, top-up and comparison, as `options` say.

    completion none: one run with budget / voters each. add1: raise every endowment by one unit
    of currency until the next outcome would cost more than the budget, or everything that can
    be bought has been; not done when all projects together fit the budget. add1-exhaustive: stop
    as soon as no further project fits, too. start whole: begin at budget / voters rounded down
    to a whole unit, and exhaustive means over all projects that reached the minimum; start
    exact: begin at budget / voters, and exhaustive means over those that can be bought.
    """
    chosen = eligible(election, options)
    if election.voters == 0:
        winners: tuple[int, ...] = ()
        endowment = Fraction(0)
    else:
        run = _completed(election, options, chosen)
        winners, endowment = run.winners, run.endowment
    added = top_up(election, options, winners) if options.top_up == "votes" else ()
    outcome = Outcome(
        options=options,
        winners=winners + added,
        spent=election.cost_of(winners + added),
        eligible=tuple(chosen),
        endowment=endowment,
        bought=winners,
        topped_up=added,
    )
    return outcome if options.comparison == "none" else _compared(election, outcome)


def _completed(election: Election, options: Options, chosen: list[int]) -> Run:
    market = Market(election, options)
    share = Fraction(election.budget, election.voters)
    if options.completion == "none" or election.cost_of(chosen) <= election.budget:
        return market.run(share)
    if options.start == "whole":
        share = Fraction(share // election.unit * election.unit)
    buyable = list(market.ballots.backings)
    to_fit = chosen if options.start == "whole" else buyable
    exhaustive = options.completion == "add1-exhaustive"
    return _Completion(market, buyable, to_fit if exhaustive else []).raise_from(share)


@dataclass(frozen=True, slots=True)
class _Completion:
    """add1 in a market; `to_fit` are the projects of which one has to fit for it to go on."""

    market: Market
    buyable: list[int]
    to_fit: list[int]

    def raise_from(self, share: Fraction) -> Run:
        run = self.market.run(share)
        stride = 1
        while not self._finished(run):
            later = self._leap(run, stride) if stride > 1 else None
            if later is not None:
                run, stride = later, stride * 2
                continue
            following = self.market.run(run.endowment + self.market.election.unit)
            if self.market.election.cost_of(following.winners) > self.market.election.budget:
                break
            same = following.winners == run.winners
            stride = max(2, stride // 4) if same else 1
            run = following
        return run

    def _leap(self, run: Run, stride: int) -> Run | None:
        return self.market.still_holds(run, run.endowment + stride * self.market.election.unit)

    def _finished(self, run: Run) -> bool:
        winners = set(run.winners)
        if len(winners) == len(self.buyable):
            return True
        left = self.market.election.budget - self.market.election.cost_of(winners)
        costs = self.market.election.costs
        waiting = (position for position in self.to_fit if position not in winners)
        return bool(self.to_fit) and all(costs[position] > left for position in waiting)


def _compared(election: Election, outcome: Outcome) -> Outcome:
    """Keep equal shares unless more voters prefer what greedy would have funded."""
    options = outcome.options
    by_votes = greedy(election, options.as_greedy())
    counted = preference(
        election, outcome.winners, by_votes.winners, by_money=options.comparison == "money"
    )
    kept = counted.greedy <= counted.equal_shares
    return replace(
        outcome,
        winners=outcome.winners if kept else by_votes.winners,
        spent=outcome.spent if kept else by_votes.spent,
        topped_up=outcome.topped_up if kept else (),
        preference=counted,
    )
