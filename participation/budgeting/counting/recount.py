"""Recount a published file: what `manage.py recount` and `python -m ...counting` share."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Final, get_args

from .election import Election
from .options import Comparison, Completion, Options, PartFit, Rule, Start, TopUp, Utility
from .outcome import Outcome
from .pb import PbFile, read_pb
from .pb_election import PbElection, election_from
from .pb_text import PbError
from .rules import count

Number = int | float

_CHOICES: Final[dict[str, tuple[object, str, str]]] = {
    "utility": (Utility, "", "what a vote is worth: votes or points for the greedy rules (votes "
                "unless told otherwise), cost, cardinality or points for equal-shares (cost)"),
    "completion": (Completion, "none", "how equal-shares uses what one run leaves"),
    "start": (Start, "whole", "where add1 begins: budget/voters rounded down, or exactly"),
    "top-up": (TopUp, "none", "what equal-shares adds at the end"),
    "comparison": (Comparison, "none", "keep equal-shares only if no more voters prefer greedy"),
    "part-fit": (PartFit, "skip", "what greedy does with a project that only partly fits"),
}  # fmt: skip


@dataclass(frozen=True)
class Recount:
    """A file, its election, the outcome, and how long the count took, reading left out."""

    file: PbFile
    read: PbElection
    outcome: Outcome
    seconds: float

    def as_dict(self) -> dict[str, Any]:
        """The result as the command's JSON; money in the file's own unit of currency."""
        election, outcome = self.read.election, self.outcome
        return {
            "rule": outcome.options.rule,
            "options": outcome.options.as_dict(),
            "winners": outcome.winner_ids(election),
            "spent": as_number(election.money(outcome.spent)),
            "budget": as_number(election.money(election.budget)),
            "voters": election.voters,
            "seconds": round(self.seconds, 3),
        }

    def as_text(self) -> str:
        """The result for a reader: the winners as a table, then the sums."""
        election, outcome = self.read.election, self.outcome
        told = " ".join(f"--{key} {value}" for key, value in outcome.options.as_dict().items())
        names = self.file.projects.cells("name")
        lines = [f"{outcome.options.rule} {told}", ""]
        lines += [_winner_line(election, names, *place) for place in enumerate(outcome.winners, 1)]
        lines += [
            "",
            f"{len(outcome.winners)} of {len(election.projects)} projects funded by "
            f"{election.voters} voters",
            f"{_plain(election, outcome.spent)} spent of {_plain(election, election.budget)}",
            f"counted in {self.seconds:.3f} seconds",
        ]
        return "\n".join(lines)


def recount(path: Path, options: Options) -> Recount:
    """Read a file and count it. Raises PbError with one sentence for whatever is wrong with it."""
    try:
        file = read_pb(path)
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise PbError(None, f"The file {path} cannot be opened: {reason}.") from None
    read = election_from(file)
    begun = time.perf_counter()
    outcome = count(read.election, options)
    return Recount(file, read, outcome, time.perf_counter() - begun)


def add_arguments(parser: ArgumentParser, *, rule_required: bool = True) -> None:
    """The command's arguments, each with its default."""
    parser.add_argument("file", type=Path, help="a Pabulib .pb file")
    parser.add_argument("--rule", required=rule_required, choices=get_args(Rule))
    for name, (words, default, text) in _CHOICES.items():
        about = f"{text} (default: {default})" if default else text
        parser.add_argument(
            f"--{name}", choices=get_args(words), default=default or None, help=about
        )
    for what in ("votes", "points"):
        parser.add_argument(
            f"--min-{what}", type=int, default=0, help=f"leave out projects with fewer {what}"
        )
    parser.add_argument("--json", action="store_true", help="print the result as JSON")


def options_from(given: Mapping[str, Any]) -> Options:
    """Options out of parsed arguments. Raises OptionError where they do not go together."""
    names = [name.replace("-", "_") for name in _CHOICES]
    return Options(
        given["rule"],
        min_votes=given["min_votes"],
        min_points=given["min_points"],
        **{name: given[name] for name in names},
    )


def as_number(amount: Fraction) -> Number:
    """A whole amount as a whole number, any other as the nearest decimal number."""
    return amount.numerator if amount.denominator == 1 else float(amount)


def _winner_line(election: Election, names: list[str], place: int, position: int) -> str:
    cost = _plain(election, election.costs[position])
    votes = election.votes[position]
    return f"{place:4} {election.ids[position]:>10} {cost:>14} {votes:>8} {names[position][:60]}"


def _plain(election: Election, amount: int) -> str:
    return f"{as_number(election.money(amount)):,}"
