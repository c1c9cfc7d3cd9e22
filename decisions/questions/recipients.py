"""How many are chosen, where a walk said that one gets all of it."""

from decimal import Decimal, InvalidOperation
from typing import Final

from django.utils.translation import gettext as _

from decisions.questions.heading import answers_so_far
from decisions.questions.models import Question

SHAPE, ONE_SERVICE = "shape_of_need", "one_service"
MOST, WHOLE = "award_to_one", "net_value"
_NOTHING: Final = Decimal(0)


def why_one_alone(question: Question) -> str:
    """By which answers one is chosen and no more; "" where several may be."""
    answers = answers_so_far(question)
    most, whole = (_sum(answers.get(key, "")) for key in (MOST, WHOLE))
    if most and whole and most >= whole:
        return _("By the walk's answer on how much goes to the one that gets most: all of it.")
    # Somebody who gets a part of it leaves the rest to others.
    if answers.get(SHAPE) == ONE_SERVICE and not most:
        return _("By the walk's answer that one service meets it.")
    return ""


def _sum(value: str) -> Decimal:
    try:
        return Decimal(value or "0")
    except InvalidOperation:
        return _NOTHING
