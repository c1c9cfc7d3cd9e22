"""The routes that a decision may recommend: those that the walk left open, best first."""

from commissioning.ground.answers import Text
from decisions.questions.models import Question


def route_choices(question: Question) -> list[tuple[str, Text]]:
    """Pairs of id and name. The excluded ones are not among them."""
    return []
