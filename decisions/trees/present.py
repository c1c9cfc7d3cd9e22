"""What the walk that a question goes by was told of the present, and which routes it closed."""

from collections.abc import Collection, Mapping

from django.db.models import F

from decisions.questions.closed import says_closed
from decisions.questions.models import Question
from decisions.questions.present import Present, says_present
from decisions.trees.models import Appraisal
from decisions.trees.standpoint import Standing

WORKS, NOTHING_THERE = "present_works", "nothing_there"
WHAT = "present"


def walked_to_present(question: Question) -> Present:
    """What the walk that was locked last, else the newest, says that there is now."""
    walk = (
        Appraisal.objects.filter(question=question, what_if_of__isnull=True)
        .select_related("tree", "sheet__place")
        .order_by(F("locked_at").desc(nulls_last=True), "-created_at")
        .first()
    )
    if walk is None:
        return Present.UNKNOWN
    if walk.result is not None:
        return _present({row["question"]: row["answer"] for row in walk.result["path"]})
    rows = list(
        walk.answers.filter(key__in=(WORKS, WHAT)).order_by("number").values_list("key", "value")
    )
    said = {**walk.given, **dict(rows)}
    # Most walks never said so: one small query, before everything said is loaded.
    if (WORKS, NOTHING_THERE) in rows:
        walk.question = question
        said[WORKS] = Standing(walk).working.answers.get(WORKS, "")
    return _present(said)


def _present(said: Mapping[str, object]) -> Present:
    """Of two answers that contradict each other, the one that says how well it works counts."""
    if said.get(WORKS) == NOTHING_THERE:
        return Present.NOTHING
    what = str(said.get(WHAT, ""))
    known = Present(what) if what in set(Present) else Present.UNKNOWN
    works = said.get(WORKS) in {"well", "partly", "badly"}
    return Present.UNKNOWN if works and known is Present.NOTHING else known


def closed_by_walk(question: Question) -> Collection[str]:
    """The routes that the walk locked last excluded; one that goes on has closed nothing yet."""
    ranked = (
        Appraisal.objects.filter(question=question, locked_at__isnull=False)
        .order_by("-locked_at")
        .values_list("result__ranked", flat=True)
        .first()
    )
    return [row["option"] for row in ranked or () if row["standing"] == "excluded"]


def register() -> None:
    """Fill the registries; called when the application is ready."""
    says_closed.register("walks", closed_by_walk)
    says_present.register("walks", walked_to_present)
