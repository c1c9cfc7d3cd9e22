"""How a question's criteria show themselves on its page."""

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commissioning.programmes.rules import Person, money_gate
from decisions.criteria import rules
from decisions.criteria.models import CriteriaSet
from decisions.questions.models import Question
from decisions.questions.panels import Panel, PanelRow, QuestionPanel, question_panels


def sets_of(question: Question) -> list[CriteriaSet]:
    """Its criteria in every version; asked of the database once for a page."""
    prefetch_related_objects([question], "criteria_sets")
    return list(question.criteria_sets.all())


def on_question(question: Question, user: Person) -> Panel | None:
    """The versions that this person may read; nothing where there is nothing to do. Two queries."""
    gate = money_gate(question.programme)
    if not gate:
        return Panel(locked=gate.reason)
    runs = rules.may_begin(user, question)
    sets = [one for one in sets_of(question) if one.is_final or runs]
    if not sets and not runs:
        return None
    where = reverse("criteria:all", args=[question.programme.slug, question.pk])
    return Panel(
        lead=_("Where somebody is chosen by judging: what counts, and who judges."),
        rows=[
            PanelRow(
                str(one),
                reverse("criteria:criteria", args=[question.programme.slug, question.pk, one.pk]),
                tag=_("Final") if one.is_final else _("Draft"),
                kind="" if one.is_final else "wait",
            )
            for one in sets
        ],
        actions=[(_("Criteria"), where)],
    )


def register() -> None:
    """Fill the registry; called when the application is ready."""
    question_panels.register("criteria", QuestionPanel(_("Criteria"), on_question, order=60))
