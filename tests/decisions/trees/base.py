"""Answers that say as little as possible, to be changed one at a time."""

from datetime import date
from typing import Any

from decisions.trees.engine import Tree, Walk, shipped_trees, walk

SPRING = date(2026, 3, 1)
GENERAL = {
    "label": "not_named",
    "payment_for": "service_we_specify",
    "present": "nothing",
    "public_partner": "none",
    "individual_budgets": "no",
    "buyer": "council",
    "reorganisation": "no",
    "health_services": "no",
    "contract_type": "services",
    "net_value": 100_000,
    "options_value": 0,
    "vat": "none",
    "area": "none",
    "providers_took_part": "no",
    "direct_award_ground": "none",
    "reserved_to": "none",
}
HEALTH = {
    "label": "not_named",
    "payment_for": "service_we_specify",
    "present": "contract",
    "extension": "none",
    "ending_or_reducing": "no",
    "public_partner": "none",
    "individual_budgets": "no",
    "buyer": "council",
    "reorganisation": "no",
    "health_services": "yes",
    "concluding_framework": "no",
    "only_existing_capable": "no",
    "unrestricted_choice": "no",
    "new_service": "no",
    "existing_satisfying": "yes",
    "change_in_character": "no",
    "change_by_authority": "no",
    "present_lifetime_value": 1_000_000,
    "proposed_lifetime_value": 1_000_000,
    "urgent": "no",
}


def place_not_known(tree: Tree) -> dict[str, Any]:
    """Every place question answered with not_known."""
    return {name: "not_known" for name, each in tree.questions.items() if each.group == "place"}


def general(begins: date = SPRING, **changes: Any) -> Walk:
    """A walk of England, general, with these answers changed."""
    tree = shipped_trees()["england-general"]
    return walk(tree, {**place_not_known(tree), **GENERAL, **changes}, begins)


def health(begins: date = SPRING, **changes: Any) -> Walk:
    """A walk of England, health services, with these answers changed."""
    tree = shipped_trees()["england-health"]
    return walk(tree, {**place_not_known(tree), **HEALTH, **changes}, begins)


def open_routes(walked: Walk) -> set[str]:
    """The routes that are not excluded."""
    assert walked.complete, walked.next_question
    return {each.option for each in walked.ranked if each.standing != "excluded"}
