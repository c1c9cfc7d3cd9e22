"""Whether what a decision says of early talks agrees: the walk, the file of talks, the duty."""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from decisions.questions.early_sessions import nobody_said, sessions_of
from decisions.questions.level_field import Line, lines_of
from decisions.questions.models import Question
from decisions.records.models import Decision, DutyAnswer
from decisions.records.sections.walk import rests_on
from decisions.trees.talks import differ, of_result

DUTY: Final = "engagement_fairness"
# Where it is put right: the file, which talks belong to the question, or the duties.
FILE, TALKS, DUTIES = "file", "talks", "duties"


def took_part(question: Question) -> bool | None:
    """Whether possible providers took part, as the walk says that the decision rests on."""
    found = rests_on(question)
    return of_result(found.result) if found else None


def contradictions(decision: Decision) -> list[tuple[str, str]]:
    """Each sentence about early talks that does not agree with another, and where to mend it."""
    took, lines = took_part(decision.question), lines_of(decision.question)
    found: list[tuple[str, str]] = []
    if words := differ(took, lines):
        found.append((FILE if took else TALKS, words))
    if words := _duty_differs(decision, took, lines):
        found.append((DUTIES, words))
    return found


def met_by_nothing_written(decision: Decision) -> str:
    """Where the duty is said to be met, nobody said that nobody took part, and the file is empty.

    Where the walk has an answer, the file is held against that.
    """
    said_met = any(
        one.key == DUTY and one.standing == DutyAnswer.Standing.MET for one in decision.duties.all()
    )
    asked = decision.question
    if not said_met or took_part(asked) is not None or any(one.belongs for one in lines_of(asked)):
        return ""
    return _(
        "The duty “Fairness of early talks” is said to be met, and the level-playing-field file "
        "has no talk about this question: write down in it who was spoken to, or say that the duty "
        "does not apply because nobody was."
    )


def sessions_nobody_judged(decision: Decision) -> str:
    """Where the duty is answered, and of earlier sessions nobody said whether they were talks."""
    answered = any(
        one.key == DUTY and one.standing != DutyAnswer.Standing.TO_DO
        for one in decision.duties.all()
    )
    asked = decision.question
    left = len(nobody_said(sessions_of(asked, lines_of(asked)))) if answered else 0
    words = ngettext(
        "The duty “Fairness of early talks” is answered, and of %d session that organisations came "
        "to nobody has said whether it was an early talk about this question.",
        "The duty “Fairness of early talks” is answered, and of %d sessions that organisations "
        "came to nobody has said whether they were early talks about this question.",
        left,
    )
    return words % left if left else ""


def _duty_differs(decision: Decision, took: bool | None, lines: list[Line]) -> str:
    """Where the duty is said not to apply, although somebody took part; or met, by nobody."""
    answer = next((one for one in decision.duties.all() if one.key == DUTY), None)
    if answer is None:
        return ""
    some = took or any(line.belongs for line in lines)
    if answer.standing == DutyAnswer.Standing.NOT_APPLY and some:
        return _(
            "The duty “Fairness of early talks” is said not to apply, although possible providers "
            "took part."
        )
    if answer.standing == DutyAnswer.Standing.MET and took is False and not some:
        return _(
            "The duty “Fairness of early talks” is said to be met, and the walk says that no "
            "possible provider took part."
        )
    return ""
