"""What shapes a question's plan before any decision is drafted: who buys, under which regime, and
what the answers of a walk and the place's own rules say.

A question alone knows only which organisation buys. Rooms that were told more register it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from commissioning.ground.registries import Registry
from decisions.questions.models import Question
from decisions.questions.plan.standstill import Regime
from decisions.questions.plan.ways import (
    NOTICE,
    NOTICE_OF_OTHERS,
    PAPERS,
    PAPERS_OF_A_PARISH,
    Assumption,
)

# Buyers as the trees answer them. Only a council's executive takes key decisions, and only its
# decisions can be called in; the best value guidance is for best-value authorities.
COUNCIL: Final = "council"
NHS: Final = "nhs_body"
BEST_VALUE: Final = frozenset({COUNCIL, "best_value_authority"})
# Bodies of a council that are no executive, and bodies of others.
OFFICER: Final = "officer"
NO_EXECUTIVE: Final = frozenset({"committee", "parish", "nhs_board"})


@dataclass(frozen=True, slots=True)
class Circumstances:
    """``buyer`` is empty where nobody knows; ``regime`` is that of the tree that is walked.

    ``may_end``: False where it was answered that nobody loses what they have now.
    """

    buyer: str = ""
    regime: Regime = Regime.NONE
    may_end: bool = True
    # Of the place's own rules sheet: who decides, its sum of a key decision, its call-in.
    decides: str = ""
    key_sum: Decimal | None = None
    call_in_days: int | None = None

    @property
    def has_executive(self) -> bool:
        """Whether a council's executive may decide: no notice of 28 days, and no call-in, else."""
        return self.buyer in ("", COUNCIL) and self.decides not in NO_EXECUTIVE

    @property
    def notice(self) -> Assumption | None:
        """How people are told that the present arrangement ends; None where it does not."""
        if not self.may_end:
            return None
        return NOTICE if self.buyer in {"", *BEST_VALUE} else NOTICE_OF_OTHERS

    def papers(self, body: str = "") -> Assumption | None:
        """How long the papers of its meeting stand open; None where no rule of ours binds it.

        ``body``: the kind of body that decides, where a decision says so.
        """
        decides = body or self.decides
        if decides == "parish":
            return PAPERS_OF_A_PARISH
        binds = self.buyer in ("", COUNCIL) or decides in {"cabinet", "committee"}
        return PAPERS if binds and decides not in {OFFICER, "nhs_board"} else None

    def is_key(self, value: Decimal | None) -> bool:
        """Whether it is a key decision: by the place's own sum, and until that is known, yes."""
        if not self.has_executive:
            return False
        return self.key_sum is None or value is None or value >= self.key_sum

    @property
    def lengths(self) -> dict[str, int]:
        """Lengths of steps that follow from who decides."""
        if not self.has_executive:
            return {"call_in": 0}
        return {} if self.call_in_days is None else {"call_in": self.call_in_days}


# What a walk of the question said, or None: two queries at most.
SaysCircumstances = Callable[[Question], Circumstances | None]
says_circumstances: Final[Registry[SaysCircumstances]] = Registry("what shapes a plan")


def circumstances_of(question: Question) -> Circumstances:
    """What is known, the walk's answers before what the organisation's kind says; asked once."""
    kept: dict[str, Circumstances] = question.__dict__
    if "_circumstances" not in kept:
        said = (says(question) for says in says_circumstances)
        known = next((one for one in said if one is not None), None)
        health = question.who_buys.kind == question.who_buys.Kind.HEALTH
        kept["_circumstances"] = known or Circumstances(buyer=NHS if health else "")
    return kept["_circumstances"]
