"""Whom a way pays, and whether the price pays what it truly costs them.

What is published is of charities with contracts. It says nothing of a firm, of an NHS body or of
somebody who is not known yet: there the provider's own figures are asked for, and none is shown.
"""

from functools import cached_property
from typing import TYPE_CHECKING, Final

from decisions.costs.model.worth import Pays, TrueCost, true_cost
from decisions.questions.heading import heading_of
from decisions.questions.present import Present, present_of
from places.directory.models import Organisation

if TYPE_CHECKING:
    from decisions.costs.costed import QuestionCosts

# What the published figure was asked of.
CHARITIES: Final = frozenset(
    {
        Organisation.Kind.CHARITY,
        Organisation.Kind.COMMUNITY_GROUP,
        Organisation.Kind.INTERMEDIARY,
    }
)
# By these nobody is paid for it, so there is no price that choosing comes on top of.
BUYS_NOTHING: Final = frozenset({"no_purchase", "community_led", "steward_market"})
CHANGE_NOTHING: Final = "change_nothing"
GRANT_NAMED: Final = "grant_named"
# A grant is no price, so that a figure of contracts says nothing of it.
NO_CONTRACT: Final = frozenset({Present.GRANT, Present.IN_HOUSE, Present.OTHER})


class Paid:
    """The one check that every way has, of one question."""

    def __init__(self, costs: "QuestionCosts") -> None:
        self.costs = costs

    @cached_property
    def decided(self) -> float | None:
        """The amount that was decided on, once it was."""
        heading = heading_of(self.costs.question)
        if heading is None or heading.decided_on is None or heading.amount is None:
            return None
        return float(heading.amount)

    @property
    def price(self) -> float:
        """What is paid over the whole life: what was decided, else the question's own value."""
        return self.costs.frame.value if self.decided is None else self.decided

    def checked(self, route: str) -> TrueCost:
        """Whether the price pays the provider's true cost, by what is known of that provider."""
        content = self.costs.content.routes[route]
        if self.costs.lets_end(route):
            return TrueCost(Pays.ENDED, None, 0.0)
        if content.pays_nobody or (route == CHANGE_NOTHING and self._now is Present.OTHER):
            return TrueCost(Pays.NOBODY, None, 0.0)
        own_staff = route == CHANGE_NOTHING and self._now is Present.IN_HOUSE
        return true_cost(
            self.share(route), self.price, has_provider=content.has_provider and not own_staff
        )

    def pays_nobody(self, route: str) -> bool:
        """Whether by this way nobody, inside or outside, is paid for doing it."""
        return route in BUYS_NOTHING or self.checked(route).pays is Pays.NOBODY

    def pays_somebody(self, route: str) -> bool:
        """Whether somebody outside is paid for it by this way."""
        paid = self.checked(route).pays not in {Pays.ENDED, Pays.NOBODY, Pays.NOT_ASKED}
        return paid and route not in BUYS_NOTHING

    def share(self, route: str) -> float | None:
        """What the price pays of the true cost: as the place says, or a source that fits."""
        own = self.costs.own_price_share(route)
        if own is not None:
            return own
        return self.costs.content.routes[route].price_share if self.is_charity(route) else None

    def is_charity(self, route: str) -> bool:
        """Whether who is paid by a contract of this way is known, and is a charity."""
        return self._provider(route) is not None and self._fits

    def name_of(self, route: str) -> str:
        """Whoever is paid by this way, where it is known; "" where it is not."""
        if route == GRANT_NAMED:
            return self.costs.question.one_group
        pays = self.costs.content.routes[route].pays_present
        return self.costs.question.provides_now if pays else ""

    def _provider(self, route: str) -> Organisation | None:
        if not self.costs.content.routes[route].pays_present:
            return None
        return self.costs.question.present_provider

    @cached_property
    def _fits(self) -> bool:
        found = self.costs.question.present_provider
        known = found is not None and found.kind in CHARITIES
        return known and self._now not in NO_CONTRACT

    @property
    def _now(self) -> Present:
        return present_of(self.costs.question)
