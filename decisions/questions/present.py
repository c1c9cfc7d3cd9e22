"""What there is now that does what a question asks for, if anything.

A question alone knows only on which day a present arrangement ends. Rooms that were told more
(a walk asks what there is now, and how well it works) register what they know; a query each.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Final

from commissioning.ground.registries import Registry
from decisions.questions.models import Question


class Present(StrEnum):
    """What there is now. ``OTHER``: neither bought, nor given, nor done by the buyer's own."""

    UNKNOWN = ""
    NOTHING = "nothing"
    CONTRACT = "contract"
    GRANT = "grant"
    IN_HOUSE = "in_house"
    OTHER = "other"


SaysPresent = Callable[[Question], Present]

says_present: Final[Registry[SaysPresent]] = Registry("what there is now")


def present_of(question: Question) -> Present:
    """What somebody has said that there is now; asked once."""
    kept: dict[str, Present] = question.__dict__
    if "_present" not in kept:
        told = (says(question) for says in says_present)
        kept["_present"] = next((one for one in told if one), Present.UNKNOWN)
    return kept["_present"]


def nothing_now(question: Question) -> bool:
    """True where it was said that there is nothing now, and no present arrangement has an end."""
    return question.present_ends_on is None and present_of(question) is Present.NOTHING
