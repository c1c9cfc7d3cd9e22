"""The rules that can count a round, and what may be declared about each."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final, Literal, get_args

Rule = Literal["greedy", "greedy-no-skip", "greedy-per-cost", "equal-shares", "phragmen"]
Utility = Literal["votes", "points", "cost", "cardinality"]
Completion = Literal["none", "add1", "add1-exhaustive"]
Start = Literal["whole", "exact"]
TopUp = Literal["none", "votes"]
Comparison = Literal["none", "projects", "money"]
PartFit = Literal["skip", "stop", "offer"]
TieStep = Literal["cost", "votes", "lot"]

GREEDY: Final[tuple[Rule, ...]] = ("greedy", "greedy-no-skip", "greedy-per-cost")
UTILITIES: Final[dict[Rule, tuple[Utility, ...]]] = {
    "greedy": ("votes", "points"),
    "greedy-no-skip": ("votes", "points"),
    "greedy-per-cost": ("votes", "points"),
    "equal-shares": ("cost", "cardinality", "points"),
    "phragmen": ("votes",),
}
"""What each rule can count; the first is what it counts unless told otherwise."""


class OptionError(ValueError):
    """Options that do not go together; says why in one sentence."""


@dataclass(frozen=True, slots=True)
class Options:
    """A counting rule and everything that has to be declared about it before a vote opens.

    utility: what a vote is worth. None stands for the rule's first in `UTILITIES`.
    completion, start, top_up, comparison: for equal shares (see `equal_shares`).
    part_fit: for greedy, what happens when the next project only partly fits the money left:
        it is passed over (skip), the count stops there (stop), or its owner may be offered
        the rest and the count stops there (offer). `greedy-no-skip` always stops.
    min_votes, min_points: a project with fewer is not counted. Points are whole points.
    tie_steps: how ties fall, in this order; `lot` is always the last resort.
    lot: project ids in the order that a public draw gave them; by default the declared order.
    """

    rule: Rule
    utility: Utility | None = None
    completion: Completion = "none"
    start: Start = "whole"
    top_up: TopUp = "none"
    comparison: Comparison = "none"
    part_fit: PartFit = "skip"
    min_votes: int = 0
    min_points: int = 0
    tie_steps: tuple[TieStep, ...] = ("cost", "votes", "lot")
    lot: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse options that do not go together. Raises OptionError."""
        _check_words(self)
        _check_utility(self)
        _check_belonging(self)
        if self.min_votes < 0 or self.min_points < 0:
            raise OptionError("A minimum of votes or points cannot be below zero.")

    @property
    def counts(self) -> Utility:
        """What a vote is worth, with the rule's default filled in."""
        return self.utility or UTILITIES[self.rule][0]

    def as_greedy(self) -> Options:
        """Most votes first, with the same minimums and the same way for ties to fall."""
        return Options(
            "greedy",
            min_votes=self.min_votes,
            min_points=self.min_points,
            tie_steps=self.tie_steps,
            lot=self.lot,
        )

    def as_dict(self) -> dict[str, str | int]:
        """The options that bear on this rule, as words and numbers, ready for JSON."""
        told: dict[str, str | int] = {}
        if self.rule != "phragmen":
            told["utility"] = self.counts
        if self.rule == "equal-shares":
            told |= {"completion": self.completion, "start": self.start}
            told |= {"top-up": self.top_up, "comparison": self.comparison}
        if self.rule in ("greedy", "greedy-per-cost"):
            told["part-fit"] = self.part_fit
        return told | {"min-votes": self.min_votes, "min-points": self.min_points}


def _check_words(options: Options) -> None:
    known = {
        "rule": get_args(Rule),
        "completion": get_args(Completion),
        "start": get_args(Start),
        "top_up": get_args(TopUp),
        "comparison": get_args(Comparison),
        "part_fit": get_args(PartFit),
    }
    given = asdict(options)
    for name, words in known.items():
        if given[name] not in words:
            raise OptionError(f"{name.replace('_', '-')} must be one of {', '.join(words)}.")
    if unknown := set(options.tie_steps) - set(get_args(TieStep)):
        raise OptionError(f"A tie cannot be broken by {', '.join(sorted(unknown))}.")


def _check_utility(options: Options) -> None:
    allowed = UTILITIES[options.rule]
    if options.utility is not None and options.utility not in allowed:
        raise OptionError(f"The rule {options.rule} counts {' or '.join(allowed)}.")


def _check_belonging(options: Options) -> None:
    plain = Options.__dataclass_fields__
    shares = ("completion", "start", "top_up", "comparison")
    changed = [name for name in shares if getattr(options, name) != plain[name].default]
    if options.rule != "equal-shares" and changed:
        raise OptionError(f"{changed[0].replace('_', '-')} belongs to the rule equal-shares.")
    if options.rule not in GREEDY and options.part_fit != "skip":
        raise OptionError("part-fit belongs to the greedy rules.")
