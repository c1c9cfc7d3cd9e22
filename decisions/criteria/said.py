"""What a set says now, by the fields of its forms: shown by them, held against by the actions."""

from typing import Any, Final
from uuid import UUID

from decisions.criteria.models import CriteriaSet, Criterion

CRITERION: Final = (
    "title",
    "asks",
    "judged",
    "weight",
    "why_nothing",
    "is_price",
    "minimum",
    "words",
)
DEMANDS: Final = (
    "price_method",
    "tie_break",
    "expected_bidders",
    "more_pages",
    "documents",
    "presentation",
    "accounts_years",
    "audited_accounts",
    "insurance_before_award",
)

# Of the health regime alone: how much the five matter, and what is met or not met.
CONDITIONS: Final = ("suitability", "standing", "ability")
BASICS: Final = ("importance", *CONDITIONS)


def said_of(criterion: Criterion) -> dict[str, Any]:
    """What a criterion says, and of which it is a part."""
    said = {name: getattr(criterion, name) for name in CRITERION}
    return said | {"parent": criterion.parent_id}


def demands_of(held: CriteriaSet) -> dict[str, Any]:
    """What else bidders are asked for."""
    return {name: getattr(held, name) for name in DEMANDS}


def basics_of(held: CriteriaSet) -> dict[str, str]:
    """Why the five weigh what they weigh, and what is met or not met."""
    return {name: getattr(held, name) for name in BASICS}


def scale_of(held: CriteriaSet) -> dict[int, str]:
    """What each score means."""
    return {one.score: one.words for one in held.scale.all()}


def scale_fields(meanings: dict[int, str]) -> dict[str, str]:
    """The same, by the fields of its form."""
    return {f"score_{score}": words for score, words in meanings.items()}


def judges_of(held: CriteriaSet) -> list[UUID]:
    """Who judges, by membership."""
    return list(held.judges.values_list("membership_id", flat=True))
