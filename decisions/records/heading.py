"""Which route a question is heading for, by the decision that is before the body or made."""

from decisions.questions.heading import Heading, says_heading
from decisions.questions.models import Question
from decisions.records.models import Decision
from decisions.trees.models import Appraisal

_LIVE = (
    Decision.Status.RECOMMENDED,
    Decision.Status.DECIDED,
    Decision.Status.CALLED_IN,
    Decision.Status.EFFECTIVE,
)


def decided_for(question: Question) -> Heading | None:
    """The route of the decision that was recommended or made; a draft's may still change."""
    if question.is_open:
        return None
    found = (
        Decision.objects.filter(question=question, status__in=_LIVE)
        .exclude(route="")
        .exclude(outcome=Decision.Outcome.REFUSED)
        .order_by("-created_at")
        .only("route", "form", "route_name", "recommended_at", "created_at", "decided_on", "amount")
        .first()
    )
    if found is None:
        return None
    walked = (
        Appraisal.objects.filter(question=question, locked_at__isnull=False)
        .order_by("-locked_at")
        .values_list("result__path", flat=True)
        .first()
    )
    return Heading(
        found.way_chosen,
        found.route_name or found.route,
        found.recommended_at or found.created_at,
        is_chosen=True,
        decided_on=found.decided_on,
        amount=found.amount if found.decided_on else None,
        answers={step["question"]: step["answer"] for step in walked or ()},
    )


def register() -> None:
    """Fill the registry; called when the application is ready."""
    says_heading.register("decisions", decided_for)
