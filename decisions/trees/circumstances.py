"""What the walk that a question goes by says of its plan: who buys, the regime, the present."""

from decimal import Decimal
from typing import Final

from django.db.models import F

from decisions.questions.circumstances import NHS, Circumstances, says_circumstances
from decisions.questions.models import Question
from decisions.questions.plan.standstill import Regime
from decisions.trees.models import Appraisal

HEALTH_TREE: Final = "england-health"
BUYER, ENDING = "buyer", "ending_or_reducing"
HEALTH, IN_SCOPE = "health_services", ("yes", "mixed_mainly_health")


def walked_circumstances(question: Question) -> Circumstances | None:
    """By the walk that was locked last, else the newest; None where nobody has begun one.

    Of a walk that goes on, the latest thing said counts: it is a plan, and changes with it.
    """
    walk = (
        Appraisal.objects.filter(question=question, what_if_of__isnull=True)
        .select_related("tree", "sheet__place")
        .defer("tree__text")
        .order_by(F("locked_at").desc(nulls_last=True), "-created_at")
        .first()
    )
    if walk is None:
        return None
    said = _said(walk)
    health = question.who_buys.kind == question.who_buys.Kind.HEALTH
    content = walk.sheet.content if walk.sheet else {}
    key_sum, days = content.get("key_decision_sum"), content.get("call_in_days")
    return Circumstances(
        buyer=said.get(BUYER, NHS if health else ""),
        regime=_regime(walk.tree.tree_id, said),
        may_end=said.get(ENDING) != "no",
        decides=str(content.get("decides", "")),
        key_sum=None if key_sum in (None, "") else Decimal(str(key_sum)),
        call_in_days=None if days in (None, "") else int(days),
    )


def _said(walk: Appraisal) -> dict[str, str]:
    if walk.result is not None:
        return {step["question"]: str(step["answer"]) for step in walk.result["path"]}
    rows = walk.answers.filter(key__in=(BUYER, ENDING, HEALTH)).order_by("number")
    return {**walk.given, **dict(rows.values_list("key", "value"))}


def _regime(tree_id: str, said: dict[str, str]) -> Regime:
    """Health care that an NHS body or a council arranges, by either tree; the Act for the rest."""
    if tree_id == HEALTH_TREE:
        return Regime.HEALTH
    if HEALTH not in said:
        return Regime.NONE
    in_scope = said[HEALTH] in IN_SCOPE and said.get(BUYER) in ("council", NHS)
    return Regime.HEALTH if in_scope else Regime.ACT


def register() -> None:
    """Fill the registry; called when the application is ready."""
    says_circumstances.register("walks", walked_circumstances)
