"""Which dated facts a walk compared with, each with the days between which it holds."""

from typing import Any

from commissioning.ground.money import money_text
from decisions.trees.engine import Walk
from decisions.trees.engine.answers import plain
from decisions.trees.engine.conditions import Case, Compare, everything_in
from decisions.trees.engine.tree import Need, Option
from decisions.trees.engine.walk import next_question, stop_of
from decisions.trees.engine.words import day_text


def facts_relied_on(walked: Walk) -> list[dict[str, Any]]:
    """Every fact that the path or a route rests on, in force on the day it begins.

    Figures and rules alike: a route may rest on a rule that has no amount, only a first day.
    """
    case = Case(walked.tree, walked.begins, walked.tree.facts.on(walked.begins))
    case.visible.update({step.question: step.answer for step in walked.path})
    keys: dict[str, None] = {}
    stop_of(case)
    for step in walked.path:
        next_question(walked.tree.questions[step.question], case)
    probe = Case(walked.tree, walked.begins, case.facts)
    probe.visible.update(case.visible)
    for option in walked.tree.options.values():
        for need in _decisive(option, probe):
            need.when.holds(case)
            need.that.holds(case)
            _whole(need, case)
    keys.update(case.facts_used)
    keys.update(dict.fromkeys(_of_notices(walked)))
    rows = []
    for key in keys:
        fact = case.facts.get(key)
        if fact is None:
            continue
        rows.append(
            {
                "key": key,
                "title": fact.title,
                "amount": amount_of(fact),
                "from": day_text(fact.starts) if fact.starts else "",
                "to": day_text(fact.ends) if fact.ends else "",
                "source": fact.source,
                "check": fact.seen != "true",
            }
        )
    return rows


def _decisive(option: Option, case: Case) -> list[Need]:
    """What a route stands by: all that the law needs of an open one; what fails of a closed one.

    A closed route's other needs decide nothing, so no reader looks for why they are listed.
    """
    spoken = [need for need in option.needs if need.when.holds(case)]
    return [need for need in spoken if not need.that.holds(case)] or spoken


def _whole(need: Need, case: Case) -> None:
    """Every limb of a limit, also where the first one decided it already."""
    for one in everything_in(need.that):
        if isinstance(one, Compare) and case.number(one.left) is not None:
            one.bound(case)


def _of_notices(walked: Walk) -> list[str]:
    """The facts that the notices of the walk rest on: a notice is due from a sum up."""
    shown = {note.id for note in walked.notices}
    found: list[str] = []
    for rule in walked.tree.notes:
        if rule.id not in shown or rule.kind != "notice":
            continue
        case = Case(walked.tree, walked.begins, walked.tree.facts.on(walked.begins))
        case.visible.update({step.question: step.answer for step in walked.path})
        if rule.when.holds(case):
            found += case.facts_used
    return found


def amount_of(fact: Any) -> str:
    """The amount of a fact as people read it; nothing for a rule without one."""
    if fact.amount is None:
        return ""
    if fact.unit == "GBP":
        return money_text(fact.amount)
    return f"{plain(fact.amount)}%" if fact.unit == "percent" else plain(fact.amount)
