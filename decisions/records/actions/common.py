"""What every action on a decision does first."""

from decisions.questions.actions import lock_question, move_question
from decisions.questions.models import Question
from decisions.records.models import Decision


def locked(decision: Decision) -> Decision:
    """The decision as it is once nobody else is changing it or its question.

    The lock order is the question's: question, then decision.
    """
    lock_question(decision.question_id)
    return (
        Decision.objects.select_for_update(of=("self",))
        .select_related("question__programme__place", "question__programme__led_by")
        .get(pk=decision.pk)
    )


def move(decision: Decision, state: Question.State) -> None:
    """Let the question go along with its decision."""
    decision.question = move_question(decision.question, state)
