"""What members recommended, and which answers have become others since.

A recommendation is never taken away by somebody else's move: whatever is said after it, it stays
with what it was made on. It stands while the walk goes by the same answers as then.
"""

from dataclasses import dataclass

from decisions.trees.engine.answers import answer_text
from decisions.trees.models import Recommendation
from decisions.trees.seats import Working
from decisions.trees.standpoint import Standing


@dataclass(frozen=True, slots=True)
class Changed:
    """A question whose answer was another when somebody recommended; "" where it was not asked."""

    question: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Recommended:
    """The latest recommendation of a member, and what has changed since it was made."""

    row: Recommendation
    changed: tuple[Changed, ...]

    @property
    def stands(self) -> bool:
        """Whether it was made on the answers that the walk goes by."""
        return not self.changed


def recommended_in(standing: Standing) -> list[Recommended]:
    """Everybody's latest, in the order of the members who came first; one query."""
    latest: dict[object, Recommendation] = {}
    rows = standing.walk.recommendations.select_related("membership__user", "membership__programme")
    for row in rows:
        latest[row.membership_id] = row
    return [Recommended(row, changed_since(standing, row.number)) for row in latest.values()]


def changed_since(standing: Standing, number: int) -> tuple[Changed, ...]:
    """The questions that the walk answers otherwise than after the move of that number."""
    if number > standing.last_change:
        return ()
    then, now = (_answers(one) for one in (standing.as_it_was(number).working, standing.working))
    return tuple(
        Changed(key, then.get(key, ""), now.get(key, ""))
        for key in dict.fromkeys([*then, *now])
        if then.get(key) != now.get(key)
    )


def _answers(working: Working) -> dict[str, str]:
    return {step.question: answer_text(step.answer) for step in working.walked.path}
