"""Small amounts of assistance: within their limit only as each recipient confirms, on the day."""

from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commissioning.design.when import day
from decisions.records.models import Decision, DutyAnswer
from decisions.records.route_plans import counted_back
from decisions.records.sections.walk import answer_in_walk, regime_of_decision, rests_on
from decisions.trees.regime import Regime

SMALL_BASES: Final = frozenset({"minimal_financial_assistance", "public_economic_services"})
# The financial year of the Subsidy Control Act 2022, section 36, begins on 1 April.
APRIL: Final = 4


# What is filled in says it, whatever is written behind it.
_KNOWN_ONLY_THEN: Final = gettext_lazy(
    "Whether it is within the limit is known only when each recipient has confirmed in writing, "
    "before its award, what it had in the financial year of that day so far and in the two before. "
    "Before that nothing is signed."
)


def met_before_it_is_known(decision: Decision) -> str:
    """Where the duty is said to be met by the words that say when that will be known."""
    filled_in = within_only_if(decision, "")
    met = (
        one.words.replace("\r\n", "\n").strip()
        for one in decision.duties.all()
        if one.key == "subsidy" and one.standing == DutyAnswer.Standing.MET
    )
    if not any(words.endswith(filled_in) for words in met):
        return ""
    return _(
        "The duty on subsidy is said to be met, by words that say when that will be known. Write "
        "what was confirmed, or that it is still to be done."
    )


def within_only_if(decision: Decision, quoted: str) -> str:
    """What the limit rests on, and over which years it is counted."""
    said = (quoted, str(_KNOWN_ONLY_THEN), other_year(decision))
    return " ".join(one for one in said if one)


def other_year(decision: Decision) -> str:
    """Where it is given in another financial year than the walk was worked out for; else ""."""
    if answer_in_walk(decision, "subsidy_basis") not in SMALL_BASES:
        return ""
    if regime_of_decision(decision) != Regime.GRANT:
        return ""
    found, given = rests_on(decision.question), _given_on(decision)
    if found is None or given is None or year_of(found.begins_on) == year_of(given):
        return ""
    return _(
        "The walk is as of %(walked)s, and by the plan the agreement is signed on %(given)s, in "
        "another financial year: the years that count are then 1 April %(first)d to that day, and "
        "what was said of earlier assistance is asked anew."
    ) % {"walked": day(found.begins_on), "given": day(given), "first": year_of(given) - 2}


def year_of(when: date) -> int:
    """The year in which a day's financial year begins."""
    return when.year if when.month >= APRIL else when.year - 1


def _given_on(decision: Decision) -> date | None:
    plan = counted_back(decision)
    steps = plan.steps if plan else ()
    return next((one.ends for one in steps if one.key == "sign"), None)
