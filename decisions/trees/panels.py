"""What walks show on a question's page."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commissioning.programmes.rules import Person, is_member, money_gate
from decisions.questions.closed import says_walked
from decisions.questions.models import Question
from decisions.questions.panels import Panel, PanelRow, QuestionPanel, question_panels
from decisions.trees import rules
from decisions.trees.models import Appraisal


def walks_panel(question: Question, user: Person) -> Panel | None:
    """The walks of the question, and what to do next."""
    gate = money_gate(question.programme)
    if not gate:
        return Panel(locked=gate.reason)
    where = [question.programme.slug, question.pk]
    found = walks_of(question)
    if not is_member(user, question.programme):
        found = [walk for walk in found if walk.is_locked]
    rows = [_row(walk, where) for walk in found]
    actions = []
    may_begin = rules.may_begin(user, question)
    if may_begin and not rows:
        actions.append((_("Begin a walk"), reverse("trees:begin", args=where)))
    if rows:
        actions.append((_("All walks"), reverse("trees:walks", args=where)))
    lead = "" if rows else _("Nobody has walked a decision tree for this question yet.")
    return Panel(lead=lead, rows=rows, actions=actions)


def walks_of(question: Question) -> list[Appraisal]:
    """Its walks without what-ifs, oldest first; asked of the database once for a page."""
    kept: dict[str, list[Appraisal]] = question.__dict__
    if "_walks" not in kept:
        found = Appraisal.objects.filter(question=question, what_if_of__isnull=True)
        kept["_walks"] = list(found.only("pk", "title", "locked_at", "question_id"))
    return kept["_walks"]


def _row(walk: Appraisal, where: list[object]) -> PanelRow:
    name = "trees:result" if walk.is_locked else "trees:walk"
    return PanelRow(
        text=walk.title,
        url=reverse(name, args=[*where, walk.pk]),
        tag=_("Locked") if walk.is_locked else _("Being answered"),
        kind="" if walk.is_locked else "talk",
    )


def being_walked(question: Question) -> bool:
    """Whether one of its walks is still answered; of the rows that its panel shows too."""
    return any(not walk.is_locked for walk in walks_of(question))


def register() -> None:
    """Fill the registries; called when the application is ready."""
    says_walked.register("walks", being_walked)
    question_panels.register(
        "walks", QuestionPanel(_("How it could be done"), show=walks_panel, order=10)
    )
