"""The step to a record that criteria are: where the route chooses somebody by judging."""

from django.urls import reverse
from django.utils.translation import gettext as _

from commissioning.programmes.rules import Person
from decisions.criteria.base import fit_of, judges
from decisions.criteria.models import WITHOUT_BIDS, CriteriaSet
from decisions.criteria.panels import sets_of
from decisions.questions.left import Left, RoomsSteps, left_steps
from decisions.questions.models import Question


def criteria_steps(question: Question, user: Person) -> list[Left]:
    """Nothing until a walk leads to a way by which offers or applications are judged."""
    fit = fit_of(question)
    if not judges(fit):
        return []
    where = [question.programme.slug, question.pk]
    newest = max(sets_of(question), key=lambda one: one.version, default=None)
    final = newest is not None and newest.is_final
    url = (
        reverse("criteria:criteria", args=[*where, newest.pk])
        if newest
        else reverse("criteria:begin", args=where)
    )
    return [Left(_named(set(fit.own)), url, done=final, needed=False)]


def _named(own: set[str]) -> str:
    if own == {CriteriaSet.For.GRANT}:
        return _("Write the criteria, where applications are compared")
    if own & WITHOUT_BIDS:
        return _("Write the criteria that providers are weighed by")
    return _("Write the criteria, where offers are compared")


def register() -> None:
    """Fill the registry; called when the application is ready."""
    left_steps.register("criteria", RoomsSteps(criteria_steps, order=40))
