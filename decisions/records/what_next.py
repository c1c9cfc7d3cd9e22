"""What happens next by the plan: worked out with the record, so nothing past stands as next."""

from dataclasses import dataclass
from datetime import date, datetime
from re import compile as pattern
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commissioning.design.when import day
from commissioning.ground.answers import Text
from decisions.questions.plan.backward import BEGINS, SIGNED, Plan, Step
from decisions.questions.plan.ways import (
    APPRAISE,
    CALL_IN,
    DECISION_NOTICE,
    PAPERS,
    WAYS,
    assumptions_of,
)
from decisions.questions.plan.working_days import ONE
from decisions.records.models import Decision
from decisions.records.route_plans import counted_back, counting_of, plan_of, way_of

FIRST: Final = 3  # steps on the first page; the rest stand in the section
# A day as the plan writes it.
DAY: Final = pattern(
    r"\b(\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December) \d{4})\b"
)
_SETTLES: Final[Text] = gettext_lazy(
    "With this decision it is settled who gets it, unless something in the steps below stands "
    "against it: nothing is signed before they are done. Nobody else is asked or chosen."
)
_CHOOSES: Final[Text] = gettext_lazy(
    "This decision is about how to choose. Who gets it is a later decision of its own; the "
    "steps to it stand below."
)


@dataclass(frozen=True, slots=True)
class WhatNext:
    """What a day in the list means, the list itself, and what the plan has no time for."""

    lead: str
    lines: list[str]
    late: str


def what_next(decision: Decision) -> WhatNext | None:
    """Every dated step that follows the decision; None where no plan is counted or followed."""
    plan = plan_of(decision)
    if plan is None or decision.outcome == Decision.Outcome.REFUSED:
        return None
    made = decision.decided_on
    steps = [one for one in following(plan) if made is None or one.ends >= made]
    return WhatNext(_lead(plan), [_line(one, made) for one in steps], lateness(decision))


def following(plan: Plan) -> list[Step]:
    """The steps that come after what leads up to this decision."""
    led = {APPRAISE.key}
    if plan.way.decides_who:
        led |= {one.key for one in plan.way.until_decision} | {DECISION_NOTICE.key, PAPERS.key}
    return [one for one in plan.steps if not one.done and one.key not in led]


def first_words(decision: Decision) -> str:
    """What is offered where nobody wrote anything: it names no day, so no day of it can pass."""
    way = way_of(decision)
    if way is None or plan_of(decision) is None:
        return ""
    return str(_SETTLES if way.decides_who else _CHOOSES)


def parted(decision: Decision) -> list[str]:
    """Where the words that were kept say otherwise than the plan does now; each a sentence."""
    words, today = decision.next_steps, timezone.localdate()
    past = [one for one in dict.fromkeys(DAY.findall(words)) if (at := _day(one)) and at < today]
    found = []
    if past:
        said = _("The words on what happens next name days that have passed: %s.")
        found.append(said % ", ".join(past))
    return found + _of_another_way(decision) + _of_another_plan(decision)


def lateness(decision: Decision) -> str:
    """Where the plan begins before the day of the decision: since when, and what comes of it."""
    plan, made = plan_of(decision), decision.decided_on
    if plan is None or made is None or plan.counted_from is not None:
        return ""
    counted = counted_back(decision)
    assert counted is not None
    if plan.way.decides_who and made > (last := counted.step("decide").starts):
        said = _(
            "The decision of %(day)s came after %(last)s, the last day that this plan leaves for "
            "it: %(comes)s."
        ) % {"day": day(made), "last": day(last), "comes": _comes_of_it(plan)}
    elif late := [one for one in following(plan) if one.starts < made]:
        said = _(
            "The plan begins before the day of the decision, %(day)s. Should have begun by then: "
            "%(steps)s. So %(comes)s."
        ) % {
            "comes": _comes_of_it(plan),
            "day": day(made),
            "steps": _in_a_row(late),
        }
    elif late := _before_it_counts(plan, decision):
        said = _(
            "The decision is carried out from %(day)s on, once nobody can call it in any more. The "
            "plan has these begin sooner: %(steps)s. So %(comes)s."
        ) % {
            "comes": _comes_of_it(plan),
            "day": day((decision.call_in_until or made) + ONE),
            "steps": _in_a_row(late),
        }
    else:
        return ""
    return f"{said} {_soonest(decision, plan)}".strip()


def _before_it_counts(plan: Plan, decision: Decision) -> list[Step]:
    """The steps that the plan has begin while the decision can still be called in."""
    until = decision.call_in_until
    return [
        one
        for one in following(plan)
        if until is not None and one.key != CALL_IN.key and one.starts <= until
    ]


def _in_a_row(steps: list[Step]) -> str:
    return "; ".join(f"{one.title} ({_span(one)})" for one in steps)


def _comes_of_it(plan: Plan) -> str:
    """Where nothing ends, nothing has to be bridged."""
    if plan.is_new:
        return _("what follows has less time than is assumed, or it all begins later")
    return _("what follows has less time than is assumed, or needs a lawful bridge")


def _soonest(decision: Decision, plan: Plan) -> str:
    """When it would be ready with nothing cut short, where that is after the day it is needed."""
    counted, made = counting_of(decision), decision.decided_on
    if counted is None or made is None or plan.is_new:
        return ""
    ready = counted.soonest(made, decision.call_in_until).ends_on
    if ready <= plan.ends_on:
        return ""
    return _(
        "With nothing cut short it ends after the day it is needed: the present arrangement could "
        "end on %(ready)s at the earliest, and it ends on %(end)s."
    ) % {"ready": day(ready), "end": day(plan.ends_on)}


def _lead(plan: Plan) -> str:
    if plan.counted_from is not None:
        words = _("As soon as it can be, counted from the decision of %s:")
        return words % day(plan.counted_from)
    if plan.is_new:
        return _("As counted in the plan, from the day that its procurement or award begins:")
    if any(step.given for step in plan.steps):
        words = _("On the days written down for it; the rest at the latest, counted back from %s:")
    else:
        words = _("At the latest, as counted back in the plan from %s:")
    return words % day(plan.ends_on)


def _line(step: Step, made: date | None) -> str:
    if made is not None and step.starts < made:
        values = {"last": day(step.ends), "first": day(step.starts), "step": step.title}
        return _("Until %(last)s: %(step)s (it should have begun by %(first)s).") % values
    return f"{_span(step)}: {step.title}."


def _span(step: Step) -> str:
    if step.is_milestone:
        return day(step.starts)
    return _("%(first)s to %(last)s") % {"first": day(step.starts), "last": day(step.ends)}


def _of_another_way(decision: Decision) -> list[str]:
    """What was offered for another route, and kept."""
    way, words = way_of(decision), " ".join(decision.next_steps.split())
    known = {True: str(_SETTLES), False: str(_CHOOSES)}
    other = [says for decides, says in known.items() if way is None or decides != way.decides_who]
    if not any(says in words for says in other):
        return []
    return [
        _("The words on what happens next were offered for another route: they are not true of it.")
    ]


def _of_another_plan(decision: Decision) -> list[str]:
    """A step with a day of its own, which the plan has not, or has sooner."""
    plan = plan_of(decision)
    here = {one.title: one for one in following(plan)} if plan else {}
    found = []
    for line in decision.next_steps.splitlines():
        title = next((one for one in _titles() if line.startswith(f"{one}:")), "")
        days = [at for one in DAY.findall(line) if (at := _day(one))]
        if title and days and (title not in here or max(days) > here[title].ends):
            found.append(title)
    if not found:
        return []
    words = ngettext(
        "A step in the words on what happens next is not in the plan, or sooner there: %s.",
        "Steps in the words on what happens next are not in the plan, or sooner there: %s.",
        len(found),
    )
    return [words % "; ".join(found)]


def _titles() -> set[str]:
    """Of every step that any plan has."""
    told = {one.title for way in WAYS.values() for one in assumptions_of(way, papers=PAPERS)}
    return told | {SIGNED, BEGINS}


def _day(words: str) -> date | None:
    try:
        return datetime.strptime(words, "%d %B %Y").date()
    except ValueError:
        return None
