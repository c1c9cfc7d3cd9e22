"""How a plan stands on a day: what has passed, whether it is too late, what can bridge the gap."""

from datetime import date, timedelta
from typing import Any

from decisions.questions.circumstances import circumstances_of
from decisions.questions.heading import heading_of
from decisions.questions.models import BackwardPlan, Question
from decisions.questions.panels import standings_of
from decisions.questions.plan.backward import Plan, earliest_end
from decisions.questions.plan.bridges import bridges_for
from decisions.questions.plan.picture import draw
from decisions.questions.plan.standstill import Regime
from decisions.questions.plan.ways import CALL_IN
from decisions.questions.planned import is_key


def when_of(
    question: Question, found: Plan, kept: BackwardPlan | None, today: date
) -> dict[str, Any]:
    """Its picture and steps; whether it waits, is too late or says another day; and bridges."""
    # A decision that was made and is in call-in, or was called in, waits: that is no lateness.
    waits = standings_of([question]).get(question.pk)
    chosen = question.state == Question.State.DECIDED
    passed = frozenset() if waits else found.passed(today, chosen=chosen)
    context: dict[str, Any] = {
        "waits": waits[0] if waits else "",
        "sooner_than_it_counts": bool(waits) and _is_in_call_in(question, found),
        "picture": draw(found, today, passed),
        "rows": [(step, step in passed) for step in found.steps],
        "too_late": found.is_too_late(today) and not chosen and not waits,
        "begins_later": _begins(question, found) > 0,
        "begins_sooner": _begins(question, found) < 0,
    }
    if context["too_late"] and not found.is_new:
        known = circumstances_of(question)
        # A way of the health regime that somebody picks has that regime's bridges at once.
        regime = Regime.HEALTH if found.way.regime == Regime.HEALTH else known.regime
        ready = earliest_end(
            found.way.key,
            today,
            {**known.lengths, **(kept.lengths if kept else {})},
            key_decision=is_key(question, kept),
            notice=known.notice,
            papers=known.papers(),
        )
        context |= {
            # What comes after begins on the day after the last of the present arrangement.
            "ready": ready + timedelta(days=1),
            "gap_weeks": max(1, round((ready - found.ends_on).days / 7)),
            "bridges": bridges_for(regime),
            "depends": regime == Regime.NONE,
        }
    return context


def _is_in_call_in(question: Question, found: Plan) -> bool:
    """Whether what is left begins while the decision can still be called in."""
    heading = heading_of(question)
    until = heading.call_in_until if heading is not None else None
    left = [one.starts for one in found.steps if not one.done and one.key != CALL_IN.key]
    return until is not None and any(starts <= until for starts in left)


def _begins(question: Question, found: Plan) -> int:
    """How many days after the last of the plan the question says that it begins; 0 where it says
    nothing else."""
    if found.is_new or question.begins_on is None:
        return 0
    return (question.begins_on - found.procurement_begins.starts).days
