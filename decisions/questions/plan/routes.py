"""Which way a route is planned by, counted by the rule of its own regime. Pure."""

from collections.abc import Mapping
from typing import Final

# Route to way. A route that is not here is bought by nobody, so no plan is counted for it.
_WAYS: Final = {
    "extend_or_vary": "extend",
    "in_house": "in_house",
    "controlled_company": "in_house",
    "grant": "grant",
    # No route of its own: the form of a grant to one named group, where nobody else is asked.
    "grant_named": "grant_named",
    "devolved_grants": "devolved",
    "participatory_budget": "vote",
    "quotes_or_award": "quotes",
    "below_threshold_competition": "below_threshold",
    "below_threshold_reserved_vcse": "below_threshold",
    "below_threshold_reserved_area": "below_threshold",
    "light_touch_competition": "light_touch",
    "framework": "competition",
    "open_competition": "competition",
    "reserved_supported_employment": "competition",
    "reserved_mutual": "light_touch",
    "direct_award": "direct_award",
    "health_direct_award_a": "health_direct_ab",
    "health_direct_award_b": "health_direct_ab",
    "health_direct_award_c": "health_direct_c",
    "health_most_suitable_provider": "health_suitable",
    "health_competitive": "health_competition",
}
# The same where the walk found a light-touch contract.
_LIGHT_TOUCH: Final = {
    "framework": "light_touch",
    "open_competition": "light_touch",
    "reserved_supported_employment": "light_touch",
    "direct_award": "direct_award_light",
}


def way_key(route: str, answers: Mapping[str, str]) -> str | None:
    """The way of a route, by what the walk was told; None for one that buys and gives nothing."""
    if route == "direct_award" and answers.get("direct_award_ground") == "user_choice":
        return "user_choice"
    key = _WAYS.get(route)
    if answers.get("contract_type") == "light_touch":
        return _LIGHT_TOUCH.get(route, key)
    return key
