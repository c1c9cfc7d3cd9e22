"""Which routes are closed to a question: a finished walk knows, and rooms below it may ask."""

from collections.abc import Callable, Collection
from typing import Final

from commissioning.ground.registries import Registry
from decisions.questions.models import Question

# The ids of the closed routes, in one query; none where nothing is settled yet.
SaysClosed = Callable[[Question], Collection[str]]

# A form of a route that is planned and costed by itself is closed where its route is.
FORMS: Final = {"grant_named": "grant"}

says_closed: Final[Registry[SaysClosed]] = Registry("which routes are closed")


def closed_here(question: Question) -> frozenset[str]:
    """The routes that nobody may choose here, though they may be costed to compare."""
    closed = {route for says in says_closed for route in says(question)}
    return frozenset(closed | {form for form, route in FORMS.items() if route in closed})
