"""The plan of a question: counted back from an end, or for a new thing from its own beginning."""

from collections.abc import Mapping

from decisions.questions.models import Question
from decisions.questions.plan.backward import Plan, plan_back, plan_new


def has_a_day(question: Question) -> bool:
    """Whether there is a day to count from."""
    return question.present_ends_on is not None or question.begins_on is not None


def plan_for(
    question: Question, way: str, lengths: Mapping[str, int], *, key_decision: bool
) -> Plan | None:
    """The plan by that way; None while nobody has said a day to count from."""
    if question.present_ends_on is not None:
        return plan_back(way, question.present_ends_on, lengths, key_decision=key_decision)
    if question.begins_on is not None:
        return plan_new(way, question.begins_on, lengths, key_decision=key_decision)
    return None
