"""The steps to a record that its decision has: drafted, recommended, decided, sealed."""

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from commissioning.programmes.rules import Person
from decisions.questions.left import Left, RoomsSteps, left_steps
from decisions.questions.models import Question
from decisions.records import rules
from decisions.records.models import Decision
from decisions.records.views.common import decision_url

Status = Decision.Status


def decision_steps(question: Question, user: Person) -> list[Left]:
    """By the decision that stands. One query; its own page lists what a draft lacks."""
    # The panel of decisions on the same page asks for no more.
    prefetch_related_objects([question], "decisions")
    standing = next(
        (
            one
            for one in question.decisions.all()
            if one.status != Status.WITHDRAWN and one.outcome != Decision.Outcome.REFUSED
        ),
        None,
    )
    if standing is None:
        may = rules.may_begin(user, question)
        begin = reverse("records:begin", args=[question.programme.slug, question.pk])
        return [
            Left(_("Draft the decision"), begin if may else "", hint="" if may else may.reason),
            Left(_("Recommend it to the body that decides")),
            Left(_("Write down what was decided")),
            Left(_("Issue the record")),
        ]
    standing.question = question
    drafted = not standing.is_open_to_change
    here = standing.get_absolute_url()
    return [
        Left(_("Draft the decision and recommend it"), here, done=drafted),
        Left(
            _("Write down what was decided"),
            decision_url("decide", standing) if standing.status == Status.RECOMMENDED else "",
            done=standing.is_decided,
        ),
        Left(
            _("Issue the record"),
            decision_url("issue", standing) if standing.is_decided else "",
            done=standing.record_id is not None,
        ),
    ]


def register() -> None:
    """Fill the registry; called when the application is ready."""
    left_steps.register("records", RoomsSteps(decision_steps, order=90))
