"""The plan of a question: counted back from an end, or for a new thing from its own beginning."""

from collections.abc import Mapping

from decisions.questions.circumstances import circumstances_of
from decisions.questions.models import BackwardPlan, Question
from decisions.questions.plan.backward import Plan, plan_back, plan_new


def has_a_day(question: Question) -> bool:
    """Whether there is a day to count from."""
    return question.present_ends_on is not None or question.begins_on is not None


def is_key(question: Question, kept: BackwardPlan | None) -> bool:
    """Whether to plan for a key decision: as the place said, where its body can take one at all."""
    known = circumstances_of(question)
    if kept is not None and known.has_executive:
        return kept.key_decision
    return known.is_key(question.estimated_value)


def plan_for(
    question: Question, way: str, lengths: Mapping[str, int], *, key_decision: bool
) -> Plan | None:
    """The plan by that way; None while nobody has said a day to count from."""
    known = circumstances_of(question)
    own = {**known.lengths, **lengths}
    notice = known.notice
    if question.present_ends_on is not None:
        return plan_back(
            way, question.present_ends_on, own, key_decision=key_decision, notice=notice
        )
    if question.begins_on is not None:
        return plan_new(way, question.begins_on, own, key_decision=key_decision)
    return None
