"""Which route a question is heading for, by the walk that was locked last."""

from collections.abc import Mapping
from typing import Any

from decisions.questions.heading import Heading, says_heading
from decisions.questions.models import Question
from decisions.trees.models import Appraisal

Row = dict[str, Any]
STOP = "stop_and_take_advice"


def walked_to(question: Question) -> Heading | None:
    """What members recommend of it, else what its answers do; None where nothing stands out."""
    kept = (
        Appraisal.objects.filter(question=question, locked_at__isnull=False)
        .order_by("-locked_at")
        .values_list("result", "locked_at")
        .first()
    )
    if kept is None or kept[0] is None or kept[1] is None:
        return None
    result: Row = kept[0]
    titles = {row["option"]: row["title"] for row in result["ranked"]}
    route = _route(result)
    if route not in titles or route == STOP:
        return None
    return Heading(
        route,
        titles[route],
        kept[1],
        is_chosen=False,
        open_routes=open_in(result),
        answers={step["question"]: step["answer"] for step in result["path"]},
    )


def open_in(result: Mapping[str, Any]) -> tuple[str, ...]:
    """The routes that a result leaves open, best first."""
    return tuple(row["option"] for row in result["ranked"] if row["standing"] != "excluded")


def _route(result: Row) -> str:
    """Where members recommend different routes, none of them is the members'."""
    said = {one["option"] for one in result.get("recommended", ()) if one["stands"]}
    if len(said) == 1:
        return str(said.pop())
    first = (row["option"] for row in result["ranked"] if row["standing"] == "recommended")
    return str(next(first, ""))


def register() -> None:
    """Fill the registry; called when the application is ready."""
    says_heading.register("walks", walked_to)
