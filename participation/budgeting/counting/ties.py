"""How ties fall: by what was declared before the vote opened, never by accident."""

from __future__ import annotations

from collections.abc import Sequence

from .election import Election
from .options import OptionError, Options


def tie_ranks(election: Election, options: Options) -> tuple[int, ...]:
    """For each position its rank among all projects; the lower rank wins a tie.

    Every step of `options.tie_steps` orders what the steps before left equal: `cost` puts the
    cheaper first, `votes` the more voted for, `lot` the one drawn first. The lot comes last
    even if it was not named, so no two projects share a rank. Raises OptionError if a lot was
    given that does not name every project once.
    """
    drawn = _lot_places(election, options)
    keys: dict[str, Sequence[int]] = {
        "cost": election.costs,
        "votes": [-votes for votes in election.votes],
        "lot": drawn,
    }
    steps = [keys[step] for step in options.tie_steps] + [drawn]
    order = sorted(range(len(drawn)), key=lambda position: tuple(step[position] for step in steps))
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
