"""Which backward plan is a route's own, counted by the rule of its own regime."""

from collections.abc import Mapping
from typing import Any

from commissioning.people.models import User
from decisions.questions.actions import set_plan
from decisions.questions.models import BackwardPlan
from decisions.questions.plan.backward import Plan
from decisions.questions.plan.routes import way_key
from decisions.questions.plan.since import of_the_award
from decisions.questions.plan.ways import WAYS, Way, assumptions_of
from decisions.questions.planned import Counting, counting, has_a_day, is_key, kept_plan
from decisions.records.models import Decision
from decisions.records.rules import CAN_BE_CALLED_IN, KEY_BODIES
from decisions.records.sections.walk import own_rules_bind, rests_on


def way_of(decision: Decision) -> Way | None:
    """The way that the chosen route is planned by; None for one that buys and gives nothing."""
    key = way_key(decision.way_chosen, _answers(decision))
    return WAYS[key] if key else None


def plan_of(decision: Decision) -> Plan | None:
    """The plan of the chosen route; None where it has none, or nobody said a day to count from.

    What was done by the day of the decision is done, and no longer ordered. Where somebody is
    still to be chosen, the decision on that is named as another than this one.
    """
    counted = counting_of(decision)
    if counted is None:
        return None
    if decision.decided_on is None:
        return of_the_award(counted.as_planned())
    return counted.since(decision.decided_on, decision.call_in_until)


def counted_back(decision: Decision) -> Plan | None:
    """The same as it is counted, whatever was done already."""
    counted = counting_of(decision)
    return counted.as_planned() if counted else None


def counting_of(decision: Decision) -> Counting | None:
    """How the plan of the chosen route is counted."""
    way = way_of(decision)
    if way is None:
        return None
    return counting(
        decision.question,
        way.key,
        _lengths(decision, way),
        key_decision=_is_key(decision),
        body=decision.body_kind,
    )


def keep_plan(user: User, decision: Decision) -> None:
    """Let the question's own plan be that of the route that is recommended, from here on."""
    way = way_of(decision)
    if way is not None and has_a_day(decision.question):
        set_plan(
            user,
            decision.question,
            way.key,
            key_decision=_is_key(decision),
            lengths=_lengths(decision, way),
        )


def _is_key(decision: Decision) -> bool:
    if not decision.body_kind:
        return is_key(decision.question, None)
    return bool(decision.is_key) and decision.body_kind in KEY_BODIES


def _lengths(decision: Decision, way: Way) -> dict[str, int]:
    """The place's own lengths and call-in; nobody waits for it where nobody can call in."""
    own = _own_lengths(way, kept_plan(decision.question))
    if not decision.body_kind:
        # Who decides is not known yet: what the walk and the sheet say of it, the plan asks itself.
        return own
    if decision.body_kind not in CAN_BE_CALLED_IN:
        return {**own, "call_in": 0}
    return {**_of_the_sheet(decision), **own}


def call_in_of(decision: Decision) -> tuple[int, str] | None:
    """The working days of call-in, and who may call in, by the rules sheet that the walk cites."""
    found = rests_on(decision.question)
    if found is None or found.sheet is None or not own_rules_bind(decision):
        return None
    content: Mapping[str, Any] = found.sheet.content
    days = content.get("call_in_days")
    return (int(days), str(content.get("call_in_who", ""))) if days else None


def _of_the_sheet(decision: Decision) -> dict[str, int]:
    known = call_in_of(decision)
    return {"call_in": known[0]} if known else {}


def _own_lengths(way: Way, kept: BackwardPlan | None) -> dict[str, int]:
    """The place's own lengths, of those steps that the way shares with the one it planned by."""
    if kept is None or kept.way not in WAYS:
        return {}
    shared = {one.key for one in assumptions_of(way) if one in assumptions_of(WAYS[kept.way])}
    return {key: length for key, length in kept.lengths.items() if key in shared}


def _answers(decision: Decision) -> dict[str, str]:
    found = rests_on(decision.question)
    path: list[Mapping[str, Any]] = (found.result or {}).get("path", []) if found else []
    return {step["question"]: step["answer"] for step in path}
