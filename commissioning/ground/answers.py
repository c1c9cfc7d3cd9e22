"""Answers with a reason.

A rule never says a bare no: people are shown why, and what would change it.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Answer:
    """Yes or no, with the reason that a person is shown. True in a condition when it is yes.

    ``where`` is the address at which somebody can change it, where there is one.
    """

    allowed: bool
    reason: Text = ""
    where: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def __and__(self, other: "Answer") -> "Answer":
        """The first no, or yes."""
        return other if self.allowed else self


YES: Final = Answer(True)


def no(reason: Text, where: str = "") -> Answer:
    """A no, with its reason in words that end in a full stop, and where it can be changed."""
    return Answer(False, reason, where)


class Refused(Exception):
    """A rule said no. The middleware shows the reason on a page with status 403."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(str(answer.reason))
        self.answer = answer


class Invalid(Exception):
    """What was asked cannot be done as things stand (too late, already done, does not add up).

    ``field`` names the form field to show the sentence beside, where there is one.
    """

    def __init__(self, reason: Text, field: str | None = None) -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.field = field


def require(answer: Answer) -> None:
    """Go on if yes; raise :class:`Refused` if no."""
    if not answer:
        raise Refused(answer)
