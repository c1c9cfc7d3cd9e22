"""Who may do what with questions, each answer with the reason that people are shown."""

from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import YES, Answer, no
from commissioning.programmes.models import Programme
from commissioning.programmes.rules import Person, is_member, may_run, money_gate
from decisions.questions.models import Question


def may_ask(user: Person, programme: Programme) -> Answer:
    """Leads and commissioners put questions, at any stage: in words only until the gate opens."""
    return may_run(user, programme)


def is_open(question: Question) -> Answer:
    """A question that stands before the body that decides is not changed under it."""
    if question.is_open:
        return YES
    if question.state == Question.State.DECIDED:
        return no(_("This question is decided. A change of mind begins with a new question."))
    return no(_("This question is before the body that decides, or decided, so it stays as it is."))


def may_write(user: Person, question: Question) -> Answer:
    """Say the question in other words, or change its dates."""
    return may_ask(user, question.programme) & is_open(question)


def may_choose_lines(user: Person, question: Question) -> Answer:
    """Which lines of the level-playing-field file are about it: also while a body decides."""
    if question.state == Question.State.DECIDED:
        return no(_("This question is decided, so what belongs to it stays as it is."))
    return may_ask(user, question.programme)


def may_declare(user: Person, question: Question) -> Answer:
    """Every member, about a question that was put."""
    if question.state == Question.State.DRAFT:
        return no(_("This question is a draft."))
    return is_member(user, question.programme)


def may_value(user: Person, question: Question) -> Answer:
    """Say what it is worth: never before the vision is agreed."""
    return money_gate(question.programme) & may_write(user, question)


def may_show(user: Person, question: Question) -> Answer:
    """Drafts are read by those who run the programme; the rest by everyone who sees it."""
    if question.state != Question.State.DRAFT or may_run(user, question.programme):
        return YES
    return no(_("This question is a draft."))
