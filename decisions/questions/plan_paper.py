"""The backward plan on paper: the question's own way, each step with its day and its source."""

from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commissioning.design.when import day
from commissioning.documents.types import DocumentType, Person, document_types
from commissioning.ground.answers import Answer
from commissioning.programmes.rules import is_member
from decisions.questions.heading import heading_of
from decisions.questions.issuer import Issuer, issuer_of
from decisions.questions.models import Question
from decisions.questions.plan.backward import Plan
from decisions.questions.plan.bridges import Standing
from decisions.questions.plan_drawn import drawn_as_json
from decisions.questions.plan_when import when_of
from decisions.questions.planned import kept_plan, planned, way_to_plan

PAPER: Final = "questions.plan"
TEMPLATE: Final = "decisions/questions/documents/plan.html"
STANDINGS: Final = {
    Standing.LAWFUL: gettext_lazy("Can be lawful"),
    Standing.CHECK: gettext_lazy("Check first"),
    Standing.UNLAWFUL: gettext_lazy("Not lawful"),
}


def _question(question_id: UUID) -> Question:
    return Question.objects.select_related("programme__place", "who_buys").get(pk=question_id)


def data(question_id: UUID) -> dict[str, Any]:
    """What the paper says; an allow list. Whoever prints it made sure that there is a plan."""
    question = _question(question_id)
    kept, heading = kept_plan(question), heading_of(question)
    way = way_to_plan(question, kept)
    found = planned(question, kept, way) if way else None
    assert found is not None
    today = timezone.localdate()
    told = when_of(question, found, kept, today)
    headed = heading is not None and heading.way is not None and heading.way.key == way
    return {
        "question": question.title,
        "programme": question.programme.title,
        "buyer": question.who_buys.name,
        "route": str(heading.title) if heading is not None and headed else "",
        "chosen": heading is not None and headed and heading.is_chosen,
        "way": found.way.title,
        "counted": _counted(question, found),
        "begin_by": day(found.begin_by),
        "begins": day(found.procurement_begins.starts),
        "waits": told["waits"],
        "too_late": told["too_late"],
        "ready": day(told["ready"]) if "ready" in told else "",
        "weeks": told.get("gap_weeks", 0),
        "bridges": [
            [one.title, str(STANDINGS[one.standing]), one.when, one.source]
            for one in told.get("bridges", ())
        ],
        "depends": told.get("depends", False),
        "picture": drawn_as_json(told["picture"]),
        "steps": [
            {
                "title": step.title,
                "starts": day(step.starts),
                "ends": "" if step.is_milestone else day(step.ends),
                "length": step.length,
                "source": step.source,
                "check": not step.seen and bool(step.source),
                "passed": late,
            }
            for step, late in told["rows"]
        ],
    }


def _counted(question: Question, found: Plan) -> str:
    """By which end the days are counted."""
    if found.counted_from is not None:
        return _(
            "Nothing ends for this: it is new, and it is settled who gets it. What follows is "
            "counted from the decision of %s, as soon as it can be."
        ) % day(found.counted_from)
    if question.begins_on is not None and found.is_new:
        return _(
            "Nothing ends for this: it is new. What comes before is counted back from %s, the day "
            "that its procurement or award begins, and what follows from there."
        ) % day(question.begins_on)
    return _(
        "Counted back from %s, the day the present arrangement ends, each step as late as it "
        "can be."
    ) % day(found.ends_on)


def may_print(user: Person, question_id: UUID) -> Answer:
    """The members of the programme, as of the other working papers of a question."""
    return is_member(user, _question(question_id).programme)


def _issuer(question_id: UUID) -> Issuer:
    return issuer_of(_question(question_id))


def _page(question_id: UUID) -> str:
    question = _question(question_id)
    return reverse("questions:plan", args=[question.programme.slug, question.pk])


def register() -> None:
    """Fill the registry; called when the application is ready."""
    document_types.register(
        PAPER,
        DocumentType(
            name=PAPER,
            label=gettext_lazy("Backward plan"),
            template=TEMPLATE,
            data=data,
            rule=may_print,
            place=_issuer,
            title=lambda said: str(_("Backward plan: %s") % said["question"]),
            page=_page,
            mark=gettext_lazy("Working paper"),
        ),
    )
