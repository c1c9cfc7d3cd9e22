"""What a call or a vote that begins from a decision takes over from it, and from where.

Only what is known is taken over: a day of the plan that has passed, or an amount that nobody
named, is left to whoever begins it, and the page says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from commissioning.design.when import day
from commissioning.ground.answers import Text
from decisions.criteria.models import CriteriaSet, Criterion
from decisions.criteria.reading import Reading
from decisions.questions.plan.backward import Plan
from decisions.records.models import Decision
from decisions.records.route_plans import plan_of

OPENS: Final = time(9)
CLOSES: Final = time(12)  # by day, when somebody can be asked
ABOUT_WORDS: Final = 120
LONGEST_TITLE: Final = 160


@dataclass
class Taken:
    """Values by field, and in words where each comes from."""

    values: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, Text] = field(default_factory=dict)

    def take(self, name: str, value: Any, source: Text) -> None:
        """Take one over, if it is known."""
        if value:
            self.values[name] = value
            self.sources[name] = source


def for_a_call(decision: Decision) -> Taken:
    """What a call for applications, quotes or tenders takes over. Some six queries."""
    question = decision.question
    taken = _titled(decision)
    taken.take("about", _what_and_for_whom(decision), _("From the question that was decided."))
    taken.take("outcomes", list(question.outcomes.all()), _("Those of the question."))
    _amount(taken, decision, "amount_available")
    taken.take("decided_by", decision.body_name, _("Who made the decision; another body may do."))
    plan = plan_of(decision)
    _days(taken, plan, "ask", ("opens_at", "closes_at"))
    if plan is not None and "opens_at" in taken.values:
        heard = _day_of(plan, ("decide", "sign"))
        if heard is not None:
            taken.take("decision_on", heard, _("From the plan: the day of the decision to award."))
    return taken


def for_a_vote(decision: Decision) -> Taken:
    """What a participatory budget takes over. Where the plan has no vote, it has scoring."""
    taken = _titled(decision)
    about = in_few_words(_what_and_for_whom(decision), ABOUT_WORDS)
    taken.take("about", about, _("From the question that was decided."))
    _amount(taken, decision, "budget")
    plan = plan_of(decision)
    votes = plan is not None and any(step.key == "vote" for step in plan.steps)
    _days(taken, plan, "vote" if votes else "evaluate", ("opens_at", "closes_at"))
    return taken


def criteria_of(decision: Decision) -> list[Criterion]:
    """The final criteria that an answer in words is judged by, parts in place of their whole."""
    held = (
        CriteriaSet.objects.filter(question=decision.question, finalised_at__isnull=False)
        .order_by("-version")
        .first()
    )
    if held is None:
        return []
    return [leaf for leaf in Reading(held).leaves if not leaf.is_price]


def in_few_words(text: str, most: int) -> str:
    """Its first sentences, as many as fit; cut at a word where not even the first does."""
    kept: list[str] = []
    for sentence in text.replace("\n", " ").split(". "):
        if len(" ".join([*kept, sentence]).split()) > most:
            break
        kept.append(sentence)
    if not kept:
        return " ".join(text.split()[:most])
    whole = ". ".join(kept)
    return whole if whole.endswith((".", "?", "!")) else f"{whole}."


def _titled(decision: Decision) -> Taken:
    taken = Taken()
    taken.take("title", decision.title[:LONGEST_TITLE], _("The title of the decision."))
    return taken


def _what_and_for_whom(decision: Decision) -> str:
    question = decision.question
    if not question.for_whom:
        return question.what
    return "\n\n".join([question.what, _("For whom: %s") % question.for_whom])


def _amount(taken: Taken, decision: Decision, name: str) -> None:
    if decision.amount:
        source = _("The amount that was decided, for the whole length.")
        taken.take(name, _without_noughts(decision.amount), source)
        return
    source = _("The value of the question, for its whole first length, without VAT.")
    taken.take(name, _without_noughts(decision.question.net_value), source)


def _without_noughts(amount: Decimal | None) -> Decimal | None:
    """Whole pounds as people write them: 96000, and not 96000.00."""
    if amount is None or amount != amount.to_integral_value():
        return amount
    return amount.to_integral_value()


def _days(taken: Taken, plan: Plan | None, key: str, names: tuple[str, str]) -> None:
    """The beginning and the end of a step, if they are still to come; or why they are not taken."""
    steps: Mapping[str, Any] = {step.key: step for step in plan.steps} if plan else {}
    step = steps.get(key)
    opens, closes = names
    if step is None:
        taken.sources[opens] = _("The plan of this decision has no day for it.")
        return
    if step.starts <= timezone.localdate():
        taken.sources[opens] = _("The plan's day for it, %s, has passed.") % day(step.starts)
        return
    taken.take(opens, _at(step.starts, OPENS), _("From the plan: %s.") % step.title)
    taken.take(closes, _at(step.ends, CLOSES), _("From the plan: the last day of that step."))


def _day_of(plan: Plan, keys: tuple[str, ...]) -> date | None:
    return next((step.starts for key in keys for step in plan.steps if step.key == key), None)


def _at(on: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(on, hour))
