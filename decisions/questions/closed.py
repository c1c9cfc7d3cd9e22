"""Which routes are closed to a question: a finished walk knows, and rooms below it may ask."""

from collections.abc import Callable, Collection
from typing import Final

from commissioning.ground.registries import Registry
from decisions.questions.models import Question

# The ids of the closed routes, in one query; none where nothing is settled yet.
SaysClosed = Callable[[Question], Collection[str]]

says_closed: Final[Registry[SaysClosed]] = Registry("which routes are closed")


def closed_here(question: Question) -> frozenset[str]:
    """The routes that nobody may choose here, though they may be costed to compare."""
    return frozenset(route for says in says_closed for route in says(question))
