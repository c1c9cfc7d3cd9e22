"""Whether a closed way is for things of this kind at all, by what the walk was answered.

A way that could have been is costed beside the others though it is closed; one for another kind of
thing (a competition of the light-touch regime, for a footpath) says nothing by its figures.
"""

from collections.abc import Mapping
from typing import Final

from decisions.records.models import Decision
from decisions.records.sections.walk import answer_in_walk

# The question that tells of which kind it is, and the answers under which a way is for that kind.
KINDS: Final[Mapping[str, tuple[str, frozenset[str]]]] = {
    "health_regime": (
        "health_services",
        frozenset({"yes", "mixed_mainly_health", "mixed_mainly_other", "mixed_separable"}),
    ),
    "light_touch_competition": ("contract_type", frozenset({"light_touch"})),
    "direct_payments": ("individual_budgets", frozenset({"yes", "not_sure"})),
    "reserved_supported_employment": ("reserved_to", frozenset({"supported_employment"})),
    "reserved_mutual": ("reserved_to", frozenset({"mutual"})),
}


def is_of_the_kind(decision: Decision, route: str) -> bool:
    """Whether a way could be for this thing. Asked of closed ways alone: an open one is."""
    if route not in KINDS:
        return True
    question, answers = KINDS[route]
    return answer_in_walk(decision, question) in answers
