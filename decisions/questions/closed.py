"""Which routes are closed to a question: a finished walk knows, and rooms below it may ask."""

from collections.abc import Callable, Collection
from typing import Final

from commissioning.ground.registries import Registry
from decisions.questions.models import Question

# The ids of the closed routes, in one query; none where nothing is settled yet.
SaysClosed = Callable[[Question], Collection[str]]

# A form of a route that is planned and costed by itself is closed where its route is.
FORMS: Final = {"grant_named": "grant"}
# The same by the form's own name in a tree.
BY_FORM: Final = {"named_recipient": "grant_named"}


def with_forms(routes: Collection[str]) -> list[str]:
    """Routes, and the forms of theirs that are planned and costed by themselves."""
    return [*routes, *(form for form, route in FORMS.items() if route in routes)]


# Whether a walk is being answered; none beside it need be finished.
SaysWalked = Callable[[Question], bool]
says_walked: Final[Registry[SaysWalked]] = Registry("whether a walk is being answered")


def is_being_walked(question: Question) -> bool:
    """Whether somebody still answers: what is open, and what it costs, is not known yet."""
    return any(says(question) for says in says_walked)


says_closed: Final[Registry[SaysClosed]] = Registry("which routes are closed")


def closed_here(question: Question) -> frozenset[str]:
    """The routes that nobody may choose here, though they may be costed to compare."""
    closed = {route for says in says_closed for route in says(question)}
    return frozenset(closed | {form for form, route in FORMS.items() if route in closed})
