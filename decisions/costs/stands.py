"""What the forms of costs stand at now, by their fields: shown by them, held against by actions."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from decisions.costs.costed import PRICE_SHARE, QuestionCosts
from decisions.costs.fields import Typed
from decisions.costs.rows import SaidInput


def routes_of(costs: QuestionCosts) -> dict[str, Any]:
    """Which ways are compared."""
    return {"routes": list(costs.chosen)}


def points_of(said: Sequence[SaidInput]) -> dict[str, Any]:
    """The three points of each input, as people write them."""
    return {one.key: Typed(*(Decimal(str(point)) for point in one.shown)) for one in said}


def inputs_of(costs: QuestionCosts, route: str) -> list[SaidInput]:
    """Every input of a route; without a route, those that all ways share."""
    return costs.inputs_of(route) if route else costs.shared()


def price_of(costs: QuestionCosts, route: str) -> dict[str, Any]:
    """What the price pays of a provider's true cost, in hundredths, and how that is known."""
    share, own = costs.paid.share(route), costs.own.get((route, PRICE_SHARE))
    return {"share": round(share * 100) if share else None, "why": own.why if own else ""}


def uses_of(costs: QuestionCosts) -> dict[str, Any]:
    """What a pound of cash would buy instead."""
    uses = costs.uses
    named = (uses.facilitation_day, uses.citizen_hour, uses.small_grant)
    names = ("facilitation_day", "citizen_hour", "small_grant")
    return {name: Decimal(str(one)) for name, one in zip(names, named, strict=True)}
