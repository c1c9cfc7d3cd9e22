"""How decisions show themselves on a programme's map and on a question's page."""

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commissioning.design.when import day
from commissioning.ground.answers import Text
from commissioning.programmes.journey import NextStep, PartSummary, StagePart, stage_parts
from commissioning.programmes.models import Programme, Stage
from commissioning.programmes.rules import Person, may_run, money_gate
from decisions.questions.models import Question
from decisions.questions.panels import (
    Panel,
    PanelRow,
    QuestionPanel,
    question_panels,
    question_standings,
)
from decisions.records.models import Decision
from decisions.records.rules import may_begin, may_show

Status = Decision.Status
_OUT = (Status.CONSULTING, Status.RECOMMENDED, Status.DECIDED, Status.CALLED_IN, Status.EFFECTIVE)


def decisions_page(programme: Programme) -> str:
    """The page of a programme's decisions."""
    return reverse("records:decisions", args=[programme.slug])


def summary(programme: Programme, user: Person) -> PartSummary:
    """How many decisions there are, and how the latest stands. One query."""
    found = Decision.objects.filter(question__programme=programme, status__in=_OUT)
    latest = list(found.only("status", "title", "consult_until", "call_in_until", "outcome"))
    if not latest:
        return PartSummary(_("No decision is out yet."))
    said = ngettext("%d decision.", "%d decisions.", len(latest)) % len(latest)
    kinds = {Status.CONSULTING: "talk", Status.RECOMMENDED: "wait", Status.CALLED_IN: "wait"}
    return PartSummary(said, said_of_call_in(latest[0]), kinds.get(Status(latest[0].status), ""))


def next_step(programme: Programme, user: Person) -> NextStep | None:
    """What waits: a draft to go on with, or a draft to comment on."""
    found = Decision.objects.filter(question__programme=programme).select_related("question")
    runs = bool(may_run(user, programme))
    for decision in found:
        decision.question.programme = programme
        if decision.status == Status.CONSULTING and not runs:
            return NextStep(
                _("Say what you think of “%s”") % decision.title,
                _("The draft decision is open for comment until %s. Every comment gets an answer.")
                % day(decision.consult_until),
                _("Read the draft"),
                decision.get_absolute_url(),
            )
        if decision.is_open_to_change and runs:
            return NextStep(
                _("Go on with the decision “%s”") % decision.title,
                _("Its page says what is still missing before it can be recommended."),
                _("Go on with it"),
                decision.get_absolute_url(),
            )
    return None


def panel(question: Question, user: Person) -> Panel | None:
    """The decision on a question, or the way to begin one."""
    rows = [
        PanelRow(
            text=decision.title,
            url=decision.get_absolute_url(),
            note=decision.body_name,
            tag=said_of_call_in(decision),
            kind="" if decision.status == Status.EFFECTIVE else "wait",
        )
        for decision in question.decisions.all()
        if may_show(user, _known(decision, question))
    ]
    begin = reverse("records:begin", args=[question.programme.slug, question.pk])
    free = may_begin(user, question) and not any(
        decision.status not in {Status.WITHDRAWN} and decision.outcome != Decision.Outcome.REFUSED
        for decision in question.decisions.all()
    )
    if not rows and not free:
        return None
    return Panel(
        lead=_("A tree advises. Somebody with the power decides, and the record says who and why."),
        rows=rows,
        actions=[(_("Draft the decision"), begin)] if free else [],
    )


def standings(questions: Sequence[Question]) -> dict[UUID, tuple[Text, str]]:
    """A question whose decision waits for call-in is decided, and no longer before the body."""
    found = Decision.objects.filter(
        question__in=questions, status__in=(Status.DECIDED, Status.CALLED_IN)
    ).exclude(outcome=Decision.Outcome.REFUSED)
    return {one.question_id: (said_of_call_in(one), "wait") for one in found}


def said_of_call_in(decision: Decision) -> Text:
    """How a decision stands that is made and not yet in effect."""
    if decision.status == Status.CALLED_IN:
        return _("Decided, and called in")
    if decision.status == Status.DECIDED and decision.call_in_until:
        return _("Decided, in call-in until %s") % day(decision.call_in_until)
    return decision.get_status_display()


def _known(decision: Decision, question: Question) -> Decision:
    """The decision with the question that was loaded already."""
    decision.question = question
    return decision


def register() -> None:
    """Fill the registries; called when the application is ready."""
    stage_parts.register(
        "records",
        StagePart(
            stage=Stage.OPTIONS,
            title=gettext_lazy("Decisions"),
            url=decisions_page,
            summary=summary,
            gate=money_gate,
            next_step=next_step,
        ),
    )
    question_standings.register("records", standings)
    question_panels.register(
        "records", QuestionPanel(gettext_lazy("The decision"), show=panel, order=90)
    )
