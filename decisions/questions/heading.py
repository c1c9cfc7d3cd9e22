"""Where a question is heading: the route that was chosen, or that a locked walk recommends.

A question alone knows of no route. Rooms that do register what they know, the surest first; costs
and plans follow it, and suggest none before there is one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from commissioning.ground.answers import Text
from commissioning.ground.registries import Registry
from decisions.questions.models import Question
from decisions.questions.plan.routes import way_key
from decisions.questions.plan.ways import WAYS, Way


@dataclass(frozen=True, slots=True)
class Heading:
    """A route by its id, since when, and how it is known ("the walk recommends it")."""

    route: str
    title: Text
    since: datetime
    is_chosen: bool
    # The day that the body decided on it, once it has.
    decided_on: date | None = None
    # The last day on which that decision can be called in, where it can be.
    call_in_until: date | None = None
    # The amount that it decided on, if it named one.
    amount: Decimal | None = None
    # The kind of body that decides, where a decision says so.
    body: str = ""
    # Open routes, best first; answers of the walk by question.
    open_routes: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def way(self) -> Way | None:
        """The way that it is planned by; None for a route that buys and gives nothing."""
        key = way_key(self.route, self.answers)
        return WAYS[key] if key else None


# One query each; None where that room knows of no route.
SaysHeading = Callable[[Question], Heading | None]
says_heading: Final[Registry[SaysHeading]] = Registry("where a question is heading")


def go_by(question: Question, answers: Mapping[str, str]) -> None:
    """For this page, by the answers of a walk that is not locked yet: who sees it may see them."""
    question.__dict__["_answers_so_far"] = dict(answers)


def answers_so_far(question: Question) -> Mapping[str, str]:
    """The answers of the walk that the question goes by, or that this page shows the result of."""
    kept: Mapping[str, str] | None = question.__dict__.get("_answers_so_far")
    if kept is not None:
        return kept
    heading = heading_of(question)
    return heading.answers if heading else {}


def bought_once(question: Question) -> bool:
    """Works and goods: they are made or come once, and no service goes from one to another."""
    return answers_so_far(question).get("contract_type") in {"works", "goods"}


def heading_of(question: Question) -> Heading | None:
    """What was chosen, else what the walk recommends, else None; asked once."""
    kept: dict[str, Heading | None] = question.__dict__
    if "_heading" not in kept:
        found = [one for says in says_heading if (one := says(question)) is not None]
        kept["_heading"] = max(found, key=lambda one: (one.is_chosen, one.since), default=None)
    return kept["_heading"]
