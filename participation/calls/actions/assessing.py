"""The write door of assessing: conflicts, checks, questions back, decisions, release, feedback."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.ground.answers import Invalid, require
from commissioning.notices.actions import tell
from commissioning.people.models import User
from commissioning.programmes.history import record
from participation.calls import rules
from participation.calls.actions.calls import applicants_of, lock_call
from participation.calls.clock import database_now
from participation.calls.models import (
    Call,
    CheckAnswer,
    Clarification,
    Conflict,
    Decision,
    EligibilityCheck,
    Expression,
    Feedback,
)
from places.directory.rules import acts_for

FEEDBACK_DAYS = 10


def assessed(call: Call) -> QuerySet[Expression]:
    """The expressions that count: submitted and not withdrawn."""
    return call.expressions.filter(standing__isnull=False)


def _locked(user: User, expression: Expression) -> Expression:
    """The expression, while its call can't be released, for an assessor who may judge it."""
    call = lock_call(expression.call_id, shared=True)
    own = (
        Expression.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=expression.pk)
    )
    own.call = call
    require(rules.may_judge(user, own))
    if own.standing_id is None:
        raise Invalid(_("This expression was withdrawn."))
    return own


@transaction.atomic
def declare_conflict(user: User, expression: Expression, words: str) -> Conflict:
    """Say that you can't be fair about this one. It closes to you at once, and stays closed."""
    require(rules.may_see_list(user, expression.call))
    if not words.strip():
        raise Invalid(_("Say in a few words what the conflict is."), "words")
    conflict, made = Conflict.objects.get_or_create(
        expression=expression, user=user, defaults={"words": words}
    )
    if made:
        record(
            expression.call.programme,
            user,
            _("declared a conflict of interest about one expression in “%s”")
            % expression.call.title,
        )
    return conflict


@transaction.atomic
def answer_check(
    user: User, expression: Expression, check: EligibilityCheck, *, met: bool, note: str = ""
) -> CheckAnswer:
    """Say whether an eligibility check is met."""
    own = _locked(user, expression)
    answer, _made = CheckAnswer.objects.update_or_create(
        expression=own, check_of=check, defaults={"met": met, "note": note, "by": user}
    )
    return answer


@transaction.atomic
def ask_applicant(
    user: User, expression: Expression, words: str, due_at: datetime
) -> Clarification:
    """Ask the applicant something, with a time to answer by."""
    own = _locked(user, expression)
    now = database_now()
    if not now < due_at <= now + timedelta(days=60):
        raise Invalid(_("Choose a time from now on, within two months."), "due_at")
    question = Clarification.objects.create(
        expression=own, asked_by=user, words=words, due_at=due_at
    )
    for person in applicants_of(Expression.objects.filter(pk=own.pk)):
        tell(
            "calls.asked", person, about={"question": str(question.pk)}, key=f"asked:{question.pk}"
        )
    return question


@transaction.atomic
def answer_assessors(user: User, question: Clarification, answer: str) -> Clarification:
    """Answer a question of the assessors, once, before its time is up."""
    expression = question.expression
    call = lock_call(expression.call_id, shared=True)
    require(acts_for(user, expression.organisation))
    question = Clarification.objects.select_for_update().get(pk=question.pk)
    if question.answered_at is not None:
        raise Invalid(_("This question has been answered."))
    if call.status != Call.Status.ASSESSING or database_now() >= question.due_at:
        raise Invalid(_("The time to answer this question is over."))
    question.answer, question.answered_by = answer, user
    question.answered_at = database_now()
    question.save(update_fields=["answer", "answered_by", "answered_at"])
    tell(
        "calls.answered",
        question.asked_by,
        about={"question": str(question.pk)},
        key=f"answered:{question.pk}",
    )
    return question


@transaction.atomic
def decide(user: User, expression: Expression, outcome: str, reason: str) -> Decision:
    """Approve or not, with the reason. Sealed until the release: nobody is told, nothing shows."""
    own = _locked(user, expression)
    if not reason.strip():
        raise Invalid(_("Give the reason: the applicant reads it when it is released."), "reason")
    decision, _made = Decision.objects.update_or_create(
        expression=own, defaults={"outcome": outcome, "reason": reason, "by": user}
    )
    return decision


def stands_against_release(call: Call, now: datetime) -> list[str]:
    """What has to happen before the decisions can be released."""
    undecided = assessed(call).filter(decision__isnull=True).count()
    running = call.late_allowances.filter(until__gt=now, used_for__isnull=True).count()
    waiting = Clarification.objects.filter(
        expression__in=assessed(call), answered_at__isnull=True, due_at__gt=now
    ).count()
    found = [
        (
            undecided,
            ngettext(
                "%d expression has no decision yet.",
                "%d expressions have no decision yet.",
                undecided,
            ),
        ),
        (
            waiting,
            ngettext(
                "%d question to an applicant still runs.",
                "%d questions to applicants still run.",
                waiting,
            ),
        ),
        (
            running,
            ngettext(
                "%d organisation may still submit late.",
                "%d organisations may still submit late.",
                running,
            ),
        ),
    ]
    return [sentence % count for count, sentence in found if count]


@transaction.atomic
def release(user: User, call: Call) -> Call:
    """Tell everybody at once. From here on every decision stands."""
    call = lock_call(call.pk)
    require(rules.may_release(user, call))
    if call.status == Call.Status.RELEASED:
        return call
    if call.status != Call.Status.ASSESSING:
        raise Invalid(_("There is nothing to release before the call has been assessed."))
    now = database_now()
    against = stands_against_release(call, now)
    if against:
        raise Invalid(" ".join(against))
    call.status = Call.Status.RELEASED
    call.released_at = now
    call.save(update_fields=["status", "released_at"])
    count = assessed(call).count()
    words = ngettext(
        "released the decision on %(count)d expression of interest in “%(title)s”",
        "released the decisions on %(count)d expressions of interest in “%(title)s”",
        count,
    )
    record(call.programme, user, words % {"count": count, "title": call.title})
    for expression in assessed(call):
        for person in applicants_of(Expression.objects.filter(pk=expression.pk)):
            tell(
                "calls.decided",
                person,
                about={"expression": str(expression.pk)},
                key=f"decided:{expression.pk}",
            )
    return call


# Feedback ------------------------------------------------------------------------------------


@transaction.atomic
def give_feedback(user: User, expression: Expression, words: str) -> Feedback:
    """Say what would have made it stronger. Written before the release, it waits for it."""
    call = lock_call(expression.call_id, shared=True)
    expression = (
        Expression.objects.select_for_update(of=("self",))
        .select_related("organisation", "call__programme")
        .get(pk=expression.pk)
    )
    require(rules.may_give_feedback(user, expression))
    if not words.strip():
        raise Invalid(_("Write the feedback: what would have made it stronger?"), "words")
    if Feedback.objects.filter(expression=expression).exists():
        raise Invalid(_("Feedback has been given on this one."))
    feedback = Feedback.objects.create(expression=expression, words=words, by=user)
    if call.status == Call.Status.RELEASED:
        _tell_feedback(expression)
    return feedback


def _tell_feedback(expression: Expression) -> None:
    for person in applicants_of(Expression.objects.filter(pk=expression.pk)):
        tell(
            "calls.feedback",
            person,
            about={"expression": str(expression.pk)},
            key=f"feedback:{expression.pk}",
        )


def feedback_due_at(call: Call) -> datetime | None:
    """When each applicant that isn't funded must have had feedback."""
    return call.released_at + timedelta(days=FEEDBACK_DAYS) if call.released_at else None


def owed_feedback(call: Call) -> QuerySet[Expression]:
    """Expressions that weren't approved and have no feedback yet."""
    return assessed(call).filter(
        decision__outcome=Decision.Outcome.NOT_APPROVED, feedback__isnull=True
    )


@transaction.atomic
def remind_of_feedback(call_id: UUID) -> int:
    """Chase the assessors: three days before the ten are over, and each day after. People told."""
    call = lock_call(call_id, shared=True)
    due = feedback_due_at(call)
    now = database_now()
    if due is None or now < due - timedelta(days=3) or not owed_feedback(call).exists():
        return 0
    days_over = max(-1, (now - due).days if now >= due else -1)
    people = {
        assessor.membership.user for assessor in call.assessors.select_related("membership__user")
    }
    for person in people:
        tell(
            "calls.feedback_owed",
            person,
            about={"call": str(call.pk)},
            key=f"feedback-owed:{call.pk}:{days_over}",
        )
    return len(people)
