"""The plan of a question: counted back from an end, or for a new thing from its own beginning."""

from collections.abc import Mapping
from dataclasses import replace

from decisions.questions.circumstances import circumstances_of
from decisions.questions.heading import heading_of
from decisions.questions.models import BackwardPlan, Question
from decisions.questions.plan.backward import Plan, plan_back, plan_new, since_decided
from decisions.questions.plan.ways import OWN_SHEET, WAYS


def kept_plan(question: Question) -> BackwardPlan | None:
    """How the place has planned the question, if it has."""
    return BackwardPlan.objects.filter(question=question).first()


def planned(question: Question, kept: BackwardPlan | None, way: str) -> Plan | None:
    """The plan by that way, without what is done; None where nobody has said a day to count from.

    Every page, panel and cost that names a latest day takes it from here, so that all name one.
    """
    heading = heading_of(question)
    is_headed = heading is not None and heading.way is not None and heading.way.key == way
    found = plan_for(
        question,
        way,
        kept.lengths if kept else {},
        key_decision=is_key(question, kept),
        body=heading.body if heading is not None and is_headed else "",
    )
    if found is None or heading is None or not is_headed or heading.decided_on is None:
        return found
    return since_decided(found, heading.decided_on)


def has_a_day(question: Question) -> bool:
    """Whether there is a day to count from."""
    return question.present_ends_on is not None or question.begins_on is not None


def is_key(question: Question, kept: BackwardPlan | None) -> bool:
    """Whether to plan for a key decision: as the place said, where its body can take one at all."""
    known = circumstances_of(question)
    if kept is not None and known.has_executive:
        return kept.key_decision
    return known.is_key(question.estimated_value)


def way_to_plan(question: Question, kept: BackwardPlan | None) -> str | None:
    """The way that the question is planned by: that of the route that was chosen or that a locked
    walk recommends, unless the place chose another since; None while there is none."""
    heading = heading_of(question)
    if heading is not None and (
        kept is None or heading.is_chosen or kept.changed_at < heading.since
    ):
        return heading.way.key if heading.way else None
    return kept.way if kept is not None and kept.way in WAYS else None


def plan_for(
    question: Question,
    way: str,
    lengths: Mapping[str, int],
    *,
    key_decision: bool,
    body: str = "",
) -> Plan | None:
    """The plan by that way; None while nobody has said a day to count from.

    ``body``: the kind of body that decides, where a decision says so.
    """
    known = circumstances_of(question)
    own = {**known.lengths, **lengths}
    notice, papers = known.notice, known.papers(body)
    if question.present_ends_on is not None:
        found = plan_back(
            way,
            question.present_ends_on,
            own,
            key_decision=key_decision,
            notice=notice,
            papers=papers,
        )
    elif question.begins_on is not None:
        found = plan_new(way, question.begins_on, own, key_decision=key_decision, papers=papers)
    else:
        return None
    if known.call_in_days is not None and own.get("call_in") == known.call_in_days:
        return told_by_the_sheet(found)
    return found


def told_by_the_sheet(plan: Plan) -> Plan:
    """The same, its call-in with the source it has: the place's own rules, whoever reads it."""
    steps = (
        replace(one, source=OWN_SHEET, seen=True) if one.key == "call_in" else one
        for one in plan.steps
    )
    return replace(plan, steps=tuple(steps))
