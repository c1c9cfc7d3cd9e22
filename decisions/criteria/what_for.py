"""What a question's criteria are for, and how many may bid, by the route it is heading for."""

from typing import Final

from decisions.criteria.models import CriteriaSet
from decisions.questions.heading import heading_of
from decisions.questions.models import Question

BELOW: Final = ("below_threshold_", "quotes_")
GRANTS: Final = frozenset({"grant", "devolved_grants", "participatory_budget"})
# Of the walk's own answer on who could do it well: “two to four”, “five or more”.
BIDDERS: Final = {"one": 1, "few": 3, "many": 6}
ABOVE: Final = frozenset({"light_touch_competition", "open_competition", "framework"})


def what_for(question: Question) -> str:
    """One of the set's own kinds; "" before there is a route, or where it compares no offers."""
    heading = heading_of(question)
    route = heading.route if heading else ""
    if route.startswith(BELOW):
        return CriteriaSet.For.BELOW
    if route in GRANTS:
        return CriteriaSet.For.GRANT
    return CriteriaSet.For.ABOVE if route in ABOVE else ""


def bidders_known(question: Question) -> int | None:
    """About how many may bid, by the walk's answer on how many could do it well."""
    heading = heading_of(question)
    return BIDDERS.get(heading.answers.get("capable_providers", "")) if heading else None
