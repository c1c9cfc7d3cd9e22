"""What is left of a plan once a body decided: what led up to it is done, the rest is still to do.

A decision on who gets it leaves only what follows it. A decision on the way of choosing leaves the
choice itself, which a second decision makes: its papers and its call-in are never this one's.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from decisions.questions.plan.backward import Plan, Step, first_end
from decisions.questions.plan.ways import APPRAISE, CALL_IN, DECISION_NOTICE, PAPERS, REPORT
from decisions.questions.plan.working_days import ONE

_PUT_FORWARD: Final = ("recommended", "A way was recommended, without a walk")
# Steps of the second decision. Each is said to be of it, wherever it is read.
_OF_THE_AWARD: Final = {
    DECISION_NOTICE.key: "publish the notice of a key decision",
    CALL_IN.key: "call-in; it is not effective until this has passed",
}


def appraised(plan: Plan, on: date, *, by_a_walk: bool) -> Plan:
    """The plan once a way is put forward: none of the appraising is still to begin.

    Without a locked walk nobody says that the ways were appraised.
    """
    left = [step for step in plan.steps if step.key != APPRAISE.key]
    if len(left) == len(plan.steps):
        return plan
    key, said = ("appraised", "The ways were appraised") if by_a_walk else _PUT_FORWARD
    made = Step(key, f"{said}: done", on, on, done=True)
    return _ordered(plan, [made, *left])


def since_decided(plan: Plan, decided_on: date, call_in_until: date | None = None) -> Plan:
    """What is left of a plan from a decision on. ``call_in_until``: the last day on which this
    decision can be called in, where it can be."""
    if plan.way.decides_who:
        return as_decided(plan, decided_on, call_in_until)
    return as_chosen(plan, decided_on)


def as_decided(plan: Plan, decided_on: date, call_in_until: date | None = None) -> Plan:
    """The plan once the decision on who gets it was made.

    Only for a way by which that decision leaves nobody to be chosen. Its call-in is no assumption
    any more: it runs on the days that were written down, or there is none.
    """
    before = {one.key for one in plan.way.until_decision}
    before |= {DECISION_NOTICE.key, PAPERS.key, "decide", CALL_IN.key}
    said = f"{plan.step('decide').title.removesuffix('decides')}decided"
    made = Step("decide", said, decided_on, decided_on, done=True)
    left = [made, *(step for step in plan.steps if step.key not in before)]
    if call_in_until is not None and call_in_until > decided_on:
        left.append(_own_call_in(decided_on, call_in_until))
    return _ordered(plan, left)


def as_chosen(plan: Plan, decided_on: date) -> Plan:
    """The plan once the way of choosing was decided: appraising is done, the rest is still to do.

    For a way by which somebody is still to be chosen, by a second decision.
    """
    made = Step(
        "chosen", "The way of choosing was decided: done", decided_on, decided_on, done=True
    )
    left = [made, *(step for step in plan.steps if step.key != APPRAISE.key)]
    return of_the_award(_ordered(plan, left))


def of_the_award(plan: Plan) -> Plan:
    """The same, where somebody is still to be chosen: the steps of that decision named as its."""
    if plan.way.decides_who:
        return plan
    return replace(plan, steps=tuple(_of_the_award(step) for step in plan.steps))


def by_an_officer(plan: Plan) -> Plan:
    """The same, where an officer decides: there is no agenda, and no body."""
    return _named(
        plan,
        {
            REPORT.key: "Write the report and put it before the officer who decides",
            "decide": "The officer with the power decides",
        },
    )


def of_what_is_made(plan: Plan) -> Plan:
    """The same, of works and goods: what can begin is the making, which takes time of its own."""
    return _named(
        plan,
        {
            "mobilise": "Whoever gets it gets ready to make it",
            "begins": "The works can begin, or what is ordered be made: that takes time of its own",
        },
    )


def _named(plan: Plan, titles: Mapping[str, str]) -> Plan:
    """The same steps, those that are named by another title."""
    steps = tuple(replace(one, title=titles.get(one.key, one.title)) for one in plan.steps)
    return replace(plan, steps=steps)


def soonest(
    counted: Callable[[date], Plan],
    decided_on: date,
    call_in_until: date | None = None,
    from_day: date | None = None,
) -> Plan:
    """The plan by which every step that a decision leaves follows it, as soon as it can.

    ``counted`` is the plan by its end. A procurement or award that is still to begin does not
    begin before ``from_day``.
    """
    free = max(decided_on, call_in_until or decided_on)

    def fits(end: date) -> bool:
        left = since_decided(counted(end), decided_on)
        begins = next((one for one in left.steps if one.key == left.way.begins_with), None)
        waits = begins is not None and from_day is not None and begins.starts < from_day
        return left.begin_by > free and not waits

    found = since_decided(counted(first_end(decided_on, fits)), decided_on, call_in_until)
    return replace(found, counted_from=decided_on)


def _own_call_in(decided_on: date, until: date) -> Step:
    days = (until - decided_on).days
    return Step(
        CALL_IN.key,
        "Call-in of this decision: it is not effective until this has passed",
        decided_on + ONE,
        until,
        f"until the day that was written down, {days} {'day' if days == 1 else 'days'} in all",
        "Written down when it was decided",
        given=True,
    )


def _of_the_award(step: Step) -> Step:
    if step.key in {PAPERS.key, REPORT.key, "decide"}:
        said = f"{step.title[:1].lower()}{step.title[1:]}"
    elif step.key in _OF_THE_AWARD:
        said = _OF_THE_AWARD[step.key]
    else:
        return step
    return replace(step, title=f"The decision of who gets it: {said}")


def _ordered(plan: Plan, steps: Iterable[Step]) -> Plan:
    return replace(plan, steps=tuple(sorted(steps, key=lambda step: (step.starts, step.ends))))
