"""Whether the walk still stands on the day, the value and the facts that the decision has."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from commissioning.design.when import day
from decisions.questions.models import Question
from decisions.records.models import Decision
from decisions.records.sections.walk import rests_on
from decisions.trees.compared import BEGINS, differences
from decisions.trees.engine import shipped_trees
from decisions.trees.models import Appraisal
from decisions.trees.used_facts import amount_of


def out_of_date(decision: Decision) -> list[str]:
    """What has changed since the walk was locked; each says to walk it again. Empty: nothing."""
    walk, question = rests_on(decision.question), decision.question
    if walk is None or walk.result is None or not walk.begins_on:
        return []
    return [*_another_day(walk, question), *_another_value(walk, question), *changed_facts(walk)]


def _another_day(walk: Appraisal, question: Question) -> list[str]:
    if question.begins_on is None or question.begins_on == walk.begins_on:
        return []
    return [
        _(
            "The walk goes by the facts of %(walked)s, and the question now begins on %(begins)s: "
            "walk it again."
        )
        % {"walked": day(walk.begins_on), "begins": day(question.begins_on)}
    ]


def _another_value(walk: Appraisal, question: Question) -> list[str]:
    """What limits were compared with is not what the question says now."""
    told = differences(question, (walk.result or {})["path"], walk.begins_on)
    again = _(
        "%s Walk it again (a new walk takes over this one's answers), or change the question."
    )
    return [again % one.words for one in told if one.key != BEGINS]


def changed_facts(walk: Appraisal) -> list[str]:
    """Facts that the walk relied on and that are known otherwise now, for the day it begins."""
    tree = shipped_trees().get(walk.tree.tree_id)
    if tree is None:
        return []
    now = tree.facts.on(walk.begins_on)
    return [
        _("%(fact)s is now %(now)s; the walk went by %(then)s: walk it again.")
        % {"fact": one["title"], "now": _known(now.get(one["key"])), "then": one["amount"] or "-"}
        for one in (walk.result or {})["facts"]
        if _differs(one, now.get(one["key"]))
    ]


def _known(fact: Any) -> str:
    return (amount_of(fact) or _("without an amount")) if fact else _("not in force")


def _differs(one: Mapping[str, Any], fact: Any) -> bool:
    return bool(fact is None or amount_of(fact) != one["amount"])
