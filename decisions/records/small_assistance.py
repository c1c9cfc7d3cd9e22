"""Small amounts of assistance: within their limit only as each recipient confirms, on the day."""

from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from commissioning.design.when import day
from decisions.records.models import Decision
from decisions.records.route_plans import counted_back
from decisions.records.sections.walk import answer_in_walk, regime_of_decision, rests_on
from decisions.trees.regime import Regime

SMALL_BASES: Final = frozenset({"minimal_financial_assistance", "public_economic_services"})
# The financial year of the Subsidy Control Act 2022, section 36, begins on 1 April.
APRIL: Final = 4


def within_only_if(decision: Decision, quoted: str) -> str:
    """What the limit rests on, and over which years it is counted."""
    said = _(
        "Whether it is within the limit is known only when each recipient has confirmed in "
        "writing, before its award, what it had in the financial year of that day so far and in "
        "the two before. Before that nothing is signed."
    )
    return " ".join(one for one in (quoted, said, other_year(decision)) if one)


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
