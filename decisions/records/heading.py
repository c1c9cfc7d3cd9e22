"""Which route a question is heading for, by the decision that is before the body or made."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Text
from decisions.costs.labels import ROUTES
from decisions.questions.heading import Heading, says_heading
from decisions.questions.models import Question
from decisions.records.models import Decision
from decisions.trees.heading import open_in
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
        .only(
            "route",
            "form",
            "route_name",
            "body_kind",
            "recommended_at",
            "created_at",
            "decided_on",
            "call_in_until",
            "amount",
        )
        .first()
    )
    if found is None:
        return None
    walked = (
        Appraisal.objects.filter(question=question, locked_at__isnull=False)
        .order_by("-locked_at")
        .values_list("result", flat=True)
        .first()
    ) or {"path": [], "ranked": []}
    return Heading(
        found.way_chosen,
        found.route_name or _title(found.route, walked),
        found.recommended_at or found.created_at,
        is_chosen=True,
        decided_on=found.decided_on,
        call_in_until=found.call_in_until,
        amount=found.amount if found.decided_on else None,
        body=found.body_kind,
        # As before it was recommended: what is compared, and in which order, stays as it was.
        open_routes=open_in(walked),
        answers={step["question"]: step["answer"] for step in walked["path"]},
    )


def _title(route: str, walked: Mapping[str, Any]) -> Text:
    """The route as the walk names it, else as the costs do: never its id."""
    titles = {row["option"]: row["title"] for row in walked["ranked"]}
    return titles.get(route) or ROUTES.get(route) or _("the route that was chosen")


def register() -> None:
    """Fill the registry; called when the application is ready."""
    says_heading.register("decisions", decided_for)
