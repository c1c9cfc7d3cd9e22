"""Who may answer an invitation: a room above knows the route that was chosen, rooms below print it.

A room registers in its ``AppConfig.ready`` a function that answers a sentence, or "" where it
knows of none.
"""

from collections.abc import Callable
from typing import Final

from commissioning.ground.registries import Registry
from decisions.questions.models import Question

who_may: Final[Registry[Callable[[Question], str]]] = Registry("who may answer an invitation")


def who_may_answer(question: Question) -> str:
    """The first sentence that somebody knows; "" where nobody does."""
    return next((said for knows in who_may if (said := knows(question))), "")
