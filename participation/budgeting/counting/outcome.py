"""What a count gives: the winners in the order funded, and how it went."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from .election import Election
from .options import Options


@dataclass(frozen=True, slots=True)
class PartOffer:
    """The next project in line only partly fits: its owner may be offered the rest."""

    project: int
    offered: int
    """Smallest units of money."""


@dataclass(frozen=True, slots=True)
class Preference:
    """How many voters have more of what they chose in one outcome than in the other.

    Everybody is counted, also who has no winner on one side; ties count for neither.
    """

    equal_shares: int
    greedy: int
    neither: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one count. Projects are positions in `election.projects`.

    winners: in the order funded.
    eligible: the positions that reached the declared minimum.
    part_offer, reserve: for greedy rules; the reserve list is in rank order and holds the
        eligible projects that were not funded (an offer's project first).
    endowment: for equal shares, what each voter had to spend in the end (smallest units).
    bought: for equal shares, what was bought in the end, in order, whoever won the comparison.
    topped_up: the winners that were added by most votes afterwards.
    preference: the comparison step, where it was asked for; if more voters preferred greedy,
        `winners` are greedy's.
    """

    options: Options
    winners: tuple[int, ...]
    spent: int
    eligible: tuple[int, ...]
    part_offer: PartOffer | None = None
    reserve: tuple[int, ...] = ()
    endowment: Fraction | None = None
    bought: tuple[int, ...] = ()
    topped_up: tuple[int, ...] = ()
    preference: Preference | None = None

    def winner_ids(self, election: Election) -> list[str]:
        """The ids of the winners in the order funded."""
        return [election.ids[position] for position in self.winners]
