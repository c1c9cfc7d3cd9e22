"""Whether there is anything now that does what a question asks for.

A question alone knows only on which day a present arrangement ends. Rooms that were told more
(a walk asks how well what there is now works) register what they know; a query each.
"""

from collections.abc import Callable
from typing import Final

from commissioning.ground.registries import Registry
from decisions.questions.models import Question

# Whether somebody has said that nothing does it now.
SaysNothing = Callable[[Question], bool]

says_nothing_now: Final[Registry[SaysNothing]] = Registry("whether there is nothing now")


def nothing_now(question: Question) -> bool:
    """True where it was said that there is nothing now, and no present arrangement has an end."""
    if question.present_ends_on is not None:
        return False
    kept: dict[str, bool] = question.__dict__
    if "_nothing_now" not in kept:
        kept["_nothing_now"] = any(says(question) for says in says_nothing_now)
    return kept["_nothing_now"]
