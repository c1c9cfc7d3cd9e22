"""What the walk that a question goes by was told of the present, and which routes it closed."""

from collections.abc import Collection

from django.db.models import F

from decisions.questions.closed import says_closed
from decisions.questions.models import Question
from decisions.questions.present import says_nothing_now
from decisions.trees.models import Appraisal
from decisions.trees.standpoint import Standing

ASKED, NOTHING = "present_works", "nothing_there"


def walked_to_nothing(question: Question) -> bool:
    """The walk that was locked last, else the newest: whether it goes by "there is nothing now"."""
    walk = (
        Appraisal.objects.filter(question=question, what_if_of__isnull=True)
        .select_related("tree", "sheet__place")
        .order_by(F("locked_at").desc(nulls_last=True), "-created_at")
        .first()
    )
    if walk is None:
        return False
    if walk.result is not None:
        said = {row["question"]: row["answer"] for row in walk.result["path"]}
        return said.get(ASKED) == NOTHING
    # Most walks never said so: one small query, before everything said is loaded.
    if not walk.answers.filter(key=ASKED, value=NOTHING).exists():
        return False
    walk.question = question
    return Standing(walk).working.answers.get(ASKED) == NOTHING


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
    says_nothing_now.register("walks", walked_to_nothing)
