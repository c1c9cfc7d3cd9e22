"""The plan of a question: counted back from an end, or for a new thing from its own beginning."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from decisions.questions.circumstances import OFFICER, circumstances_of
from decisions.questions.heading import bought_once, heading_of
from decisions.questions.models import BackwardPlan, Question
from decisions.questions.plan.backward import Plan, plan_back, plan_new
from decisions.questions.plan.since import (
    appraised,
    by_an_officer,
    of_what_is_made,
    since_decided,
    soonest,
)
from decisions.questions.plan.ways import OWN_SHEET, WAYS, Way


def kept_plan(question: Question) -> BackwardPlan | None:
    """How the place has planned the question, if it has."""
    return BackwardPlan.objects.filter(question=question).first()


def planned(question: Question, kept: BackwardPlan | None, way: str) -> Plan | None:
    """The plan by that way, without what is done; None where nobody has said a day to count from.

    Every page, panel and cost that names a latest day takes it from here, so that all name one.
    """
    heading = heading_of(question)
    is_headed = heading is not None and heading.way is not None and heading.way.key == way
    counted = counting(
        question,
        way,
        kept.lengths if kept else {},
        key_decision=is_key(question, kept),
        body=heading.body if heading is not None and is_headed else "",
    )
    if counted is None:
        return None
    if heading is None:
        return counted.as_planned()
    if not is_headed or heading.decided_on is None:
        on = timezone.localdate(heading.since)
        return appraised(counted.as_planned(), on, by_a_walk=bool(heading.answers))
    return counted.since(heading.decided_on, heading.call_in_until)


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


@dataclass(frozen=True, slots=True)
class Counting:
    """How the plan of a question is counted, by whatever end it has."""

    way: Way
    by_end: Callable[[date], Plan]
    ends_on: date | None
    begins_on: date | None

    def as_planned(self) -> Plan:
        """Back from the end; for a new thing from the day that its procurement or award begins."""
        if self.ends_on is not None:
            return self.by_end(self.ends_on)
        assert self.begins_on is not None
        return plan_new(self.by_end, self.begins_on)

    def since(self, decided_on: date, call_in_until: date | None) -> Plan:
        """What a decision leaves. Where nothing ends and it is settled who gets it, no day is left
        to count back from: what follows is counted from the decision."""
        if self.ends_on is None and self.way.decides_who:
            return soonest(self.by_end, decided_on, call_in_until, self.begins_on)
        return since_decided(self.as_planned(), decided_on, call_in_until)

    def soonest(self, decided_on: date, call_in_until: date | None) -> Plan:
        """What a decision leaves, as soon as it can be, whatever ends when."""
        return soonest(self.by_end, decided_on, call_in_until)


def counting(
    question: Question,
    way: str,
    lengths: Mapping[str, int],
    *,
    key_decision: bool,
    body: str = "",
) -> Counting | None:
    """The plan by that way; None while nobody has said a day to count from.

    ``body``: the kind of body that decides, where a decision says so.
    """
    known = circumstances_of(question)
    own, made_once = {**known.lengths, **lengths}, bought_once(question)
    by_the_sheet = known.call_in_days is not None and own.get("call_in") == known.call_in_days

    def by_end(end: date) -> Plan:
        found = plan_back(
            way,
            end,
            own,
            key_decision=key_decision,
            is_new=question.present_ends_on is None,
            notice=None if _stays_with_it(question, way) else known.notice,
            papers=known.papers(body),
        )
        if (body or known.decides) == OFFICER:
            found = by_an_officer(found)
        if made_once:
            found = of_what_is_made(found)
        return told_by_the_sheet(found) if by_the_sheet else found

    if not has_a_day(question):
        return None
    return Counting(WAYS[way], by_end, question.present_ends_on, question.begins_on)


def _stays_with_it(question: Question, way: str) -> bool:
    """Whether whoever does it now is the one group that gets it again: nobody is told of an end."""
    named = question.one_group
    return way == "grant_named" and bool(named) and named == question.provides_now


def told_by_the_sheet(plan: Plan) -> Plan:
    """The same, its call-in with the source it has: the place's own rules, whoever reads it."""
    steps = (
        replace(one, source=OWN_SHEET, seen=True) if one.key == "call_in" else one
        for one in plan.steps
    )
    return replace(plan, steps=tuple(steps))
