"""How ties fall: by what was declared before the vote opened, never by accident."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .election import Election
from .options import OptionError, Options

TieKey = Callable[[int, int], tuple[int, ...]]
"""From a position and its votes to a key; of equal projects the one with the lower key wins."""


def tie_key(election: Election, options: Options) -> TieKey:
    """How ties fall: by each step of `options.tie_steps`, and by lot in the last resort.

    `cost` puts the cheaper first, `votes` the more voted for, `lot` the one drawn first, so no two
    projects ever have one key. Raises OptionError if a lot was given that does not name every
    project once.
    """
    drawn = _lot_places(election, options)

    def key(position: int, votes: int) -> tuple[int, ...]:
        steps = {"cost": election.costs[position], "votes": -votes, "lot": drawn[position]}
        return (*(steps[step] for step in options.tie_steps), drawn[position])

    return key


def tie_ranks(election: Election, options: Options) -> tuple[int, ...]:
    """For each position its rank among all projects by `tie_key`; the lower wins a tie."""
    key = tie_key(election, options)
    votes = election.votes
    order = sorted(range(len(votes)), key=lambda position: key(position, votes[position]))
    ranks = [0] * len(order)
    for rank, position in enumerate(order):
        ranks[position] = rank
    return tuple(ranks)


def _lot_places(election: Election, options: Options) -> Sequence[int]:
    if not options.lot:
        return range(len(election.projects))
    place = {identity: drawn for drawn, identity in enumerate(options.lot)}
    if len(place) != len(options.lot) or set(place) != set(election.ids):
        raise OptionError("The lot must name every project exactly once.")
    return [place[identity] for identity in election.ids]


def eligible(election: Election, options: Options) -> list[int]:
    """The positions that reach the declared minimum of votes and of points, in order.

    Without points on the ballots a vote counts as one point.
    """
    enough = options.min_points * (election.points_unit if election.points is not None else 1)
    return [
        position
        for position in range(len(election.projects))
        if election.votes[position] >= options.min_votes and election.scores[position] >= enough
    ]
