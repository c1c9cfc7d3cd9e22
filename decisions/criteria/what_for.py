"""What a question's criteria are for, by the route that it is heading for."""

from typing import Final

from decisions.criteria.models import CriteriaSet
from decisions.questions.heading import heading_of
from decisions.questions.models import Question

BELOW: Final = ("below_threshold_", "quotes_")
GRANTS: Final = frozenset({"grant", "devolved_grants", "participatory_budget"})
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
