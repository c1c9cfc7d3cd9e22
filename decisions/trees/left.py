"""The steps to a record that a walk has: it is begun, answered, locked."""

from django.utils.translation import gettext as _

from commissioning.programmes.rules import Person
from decisions.questions.left import Left, RoomsSteps, left_steps
from decisions.questions.models import Question
from decisions.trees import rules
from decisions.trees.panels import walks_of
from decisions.trees.views.common import question_page, walk_url


def walk_steps(question: Question, user: Person) -> list[Left]:
    """By a walk that was locked, else the newest. One query, which the panel of walks shares."""
    found = walks_of(question)
    locked = next((one for one in found if one.is_locked), None)
    newest = locked or (found[-1] if found else None)
    may_begin = rules.may_begin(user, question)
    begun = Left(
        _("Begin a walk of a decision tree"),
        question_page("begin", question) if may_begin and newest is None else "",
        done=newest is not None,
        hint="" if may_begin or newest else may_begin.reason,
    )
    if newest is None:
        return [begun]
    newest.question = question
    return [
        begun,
        Left(
            _("Answer “%s” and lock it") % newest.title,
            walk_url("result" if locked else "walk", newest),
            done=locked is not None,
        ),
    ]


def register() -> None:
    """Fill the registry; called when the application is ready."""
    left_steps.register("walks", RoomsSteps(walk_steps, order=20))
