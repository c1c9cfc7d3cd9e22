"""How many are likely to bid, by what a walk answered on how many could do it well."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Text
from decisions.questions.heading import answers_so_far
from decisions.questions.models import Question

ANSWER: Final = "capable_providers"


@dataclass(frozen=True, slots=True)
class Bidders:
    """Low, likely and high, with where that is from."""

    low: int
    likely: int
    high: int
    source: Text


_SAID: Final = {
    "one": Bidders(1, 1, 2, _("By the walk's answer on how many providers could do it well: one.")),
    "few": Bidders(
        2, 3, 4, _("By the walk's answer on how many providers could do it well: two to four.")
    ),
    "many": Bidders(
        5, 6, 9, _("By the walk's answer on how many providers could do it well: five or more.")
    ),
}


def bidders_of(question: Question) -> Bidders | None:
    """By the walk that the question goes by; None where it did not count them."""
    return _SAID.get(answers_so_far(question).get(ANSWER, ""))
