"""The participation plan: who must be in the room, what is asked at the door."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Invalid
from commissioning.people.models import User
from commissioning.programmes.actions.common import refuse_money_talk
from participation.workshops.actions.common import for_facilitator
from participation.workshops.models import JoinCount, JoinQuestion, Participant, PlanLine, Workshop

MOST_LINES: Final = 30
MOST_QUESTIONS: Final = 3
Choice = dict[str, str | float | None]


@dataclass(frozen=True, slots=True)
class Who:
    """A line of the plan, as it was typed."""

    who: str
    why: str = ""
    stops: tuple[str, ...] = ()
    what_we_do: str = ""
    hours: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question for the door, as it was typed: ``choices`` are ``{"words", "percent"}``."""

    words: str
    choices: tuple[Choice, ...]
    source: str = ""


@transaction.atomic
def write_line(
    user: User, workshop: Workshop, wanted: Who, line_id: UUID | None = None
) -> PlanLine:
    """Add somebody without whom the room is not the place; or change the line."""
    workshop = _planning(user, workshop)
    refuse_money_talk(
        workshop.programme, who=wanted.who, why=wanted.why, what_we_do=wanted.what_we_do
    )
    line = _line(workshop, line_id) if line_id else PlanLine(workshop=workshop)
    if line_id is None:
        line.position = _next(workshop.plan_lines.aggregate(last=Max("position"))["last"])
        if workshop.plan_lines.count() >= MOST_LINES:
            raise Invalid(_("%d lines are more than anybody keeps in mind.") % MOST_LINES)
    line.who, line.why, line.hours = wanted.who, wanted.why, wanted.hours
    line.stops = [key for key in PlanLine.Barrier.values if key in wanted.stops]
    line.what_we_do = wanted.what_we_do
    line.save()
    return line


@transaction.atomic
def drop_line(user: User, workshop: Workshop, line_id: UUID) -> None:
    """Take a line out of the plan."""
    workshop = _planning(user, workshop)
    _line(workshop, line_id).delete()


@transaction.atomic
def write_question(
    user: User, workshop: Workshop, wanted: Question, question_id: UUID | None = None
) -> JoinQuestion:
    """Ask something at the door; or reword it, as long as nobody has answered."""
    workshop = _planning(user, workshop)
    refuse_money_talk(workshop.programme, words=wanted.words)
    question = _question(workshop, question_id) if question_id else JoinQuestion(workshop=workshop)
    if question_id is None:
        if workshop.join_questions.count() >= MOST_QUESTIONS:
            raise Invalid(
                _("%d questions are enough at a door. Take one out first.") % MOST_QUESTIONS
            )
        question.position = _next(workshop.join_questions.aggregate(last=Max("position"))["last"])
    else:
        _not_answered(question)
    question.words, question.source = wanted.words, wanted.source
    question.choices = list(wanted.choices)
    question.save()
    return question


@transaction.atomic
def drop_question(user: User, workshop: Workshop, question_id: UUID) -> None:
    """Take a question away; what was counted goes with it."""
    workshop = _planning(user, workshop)
    _question(workshop, question_id).delete()


def count_answers(participant: Participant, answers: dict[UUID, int]) -> None:
    """Count what somebody answered at the door, inside the transaction in which they come in.

    Always in the order of ids: two who come in at once wait for each other and never in a circle.
    """
    asked = participant.workshop.join_questions.in_bulk(sorted(answers))
    for question_id in sorted(asked):
        question, choice = asked[question_id], answers[question_id]
        if not 0 <= choice < len(question.choices):
            continue
        JoinCount.objects.bulk_create(
            [JoinCount(question=question, choice=choice)], ignore_conflicts=True
        )
        JoinCount.objects.filter(question=question, choice=choice).update(number=F("number") + 1)


def copy_plan(source: Workshop, copy: Workshop) -> None:
    """The plan and the questions of one session for another, without anything counted."""
    PlanLine.objects.bulk_create(
        PlanLine(
            workshop=copy,
            position=line.position,
            who=line.who,
            why=line.why,
            stops=line.stops,
            what_we_do=line.what_we_do,
            hours=line.hours,
        )
        for line in source.plan_lines.all()
    )
    JoinQuestion.objects.bulk_create(
        JoinQuestion(
            workshop=copy,
            position=question.position,
            words=question.words,
            choices=question.choices,
            source=question.source,
        )
        for question in source.join_questions.all()
    )


def _planning(user: User, workshop: Workshop) -> Workshop:
    workshop = for_facilitator(user, workshop)
    if workshop.status == Workshop.Status.CLOSED:
        raise Invalid(_("This workshop is closed, and stays as it was."))
    return workshop


def _next(last: int | None) -> int:
    return (last or 0) + 1


def _line(workshop: Workshop, line_id: UUID) -> PlanLine:
    line = workshop.plan_lines.filter(pk=line_id).first()
    if line is None:
        raise Invalid(_("That line is not in the plan any more."))
    return line


def _question(workshop: Workshop, question_id: UUID) -> JoinQuestion:
    question = workshop.join_questions.filter(pk=question_id).first()
    if question is None:
        raise Invalid(_("That question is not asked any more."))
    return question


def _not_answered(question: JoinQuestion) -> None:
    if question.counts.exists():
        raise Invalid(
            _("People have answered it already. Take it out, or leave it as it is."), "words"
        )
