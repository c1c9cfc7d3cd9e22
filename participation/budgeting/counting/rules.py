"""The counting rules by name. A new rule is one module and one line here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from .election import Election
from .equal_shares import equal_shares
from .greedy import greedy
from .options import Options, Rule
from .outcome import Outcome
from .phragmen import phragmen

RULES: Final[dict[Rule, Callable[[Election, Options], Outcome]]] = {
    "greedy": greedy,
    "greedy-no-skip": greedy,
    "greedy-per-cost": greedy,
    "equal-shares": equal_shares,
    "phragmen": phragmen,
}


def count(election: Election, options: Options) -> Outcome:
    """Count an election by the rule and options declared. Exact; the same answer every time.

    Raises OptionError where the options do not fit the election (see `ties.tie_ranks`).
    """
    return RULES[options.rule](election, options)
