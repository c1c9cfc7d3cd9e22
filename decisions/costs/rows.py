"""What is said of one input, and of one route, beside its figures."""

from dataclasses import dataclass
from typing import Final

from commissioning.ground.answers import Text
from decisions.costs.labels import INPUT_NAMES, UNCOUNTED, UNITS
from decisions.costs.model.content import Default, RouteContent
from decisions.costs.model.costing import Costed
from decisions.costs.model.estimates import Estimate
from decisions.costs.model.inputs import INPUTS, Part, Unit
from decisions.costs.model.published import Row
from decisions.costs.model.reports import Blend
from decisions.costs.model.worth import Instead, Pays, TrueCost, posts
from decisions.costs.models import CostInput
from decisions.costs.waits import Waits

WHOLE: Final = 100


@dataclass(frozen=True, slots=True)
class SaidInput:
    """One input as it stands: its points, and beside them where they come from."""

    key: str
    route: str
    estimate: Estimate
    default: Default
    row: Row
    own: CostInput | None
    blend: Blend | None

    @property
    def name(self) -> Text:
        """What people call it."""
        return INPUT_NAMES[self.key]

    @property
    def unit(self) -> Unit:
        """What it counts."""
        return INPUTS[self.key].unit

    @property
    def unit_name(self) -> Text:
        """The unit in words."""
        return UNITS[self.unit]

    @property
    def part(self) -> Part:
        """Where it stands on the page."""
        return INPUTS[self.key].part

    @property
    def is_pounds(self) -> bool:
        """Whether it is printed as money."""
        return self.unit in {Unit.POUNDS, Unit.POUNDS_AN_HOUR}

    @property
    def shown(self) -> tuple[float, float, float]:
        """The points as people write them: shares in hundredths."""
        points = (self.estimate.low, self.estimate.likely, self.estimate.high)
        factor = 100 if self.unit is Unit.SHARE else 1
        return tuple(round(point * factor, 2) for point in points)  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class RouteCost:
    """One route: what it costs each purse, and the checks that every route has."""

    route: RouteContent
    name: Text
    costed: Costed
    true_cost: TrueCost
    # Whether somebody here has said so, and not a survey of charities elsewhere.
    price_is_own: bool
    # Whoever is paid by this way, where it is known.
    provider: str
    instead: Instead
    # How many get something, of how many who apply; None where nobody applies.
    chance: tuple[int, int] | None
    # How far a tested price must fall, in hundredths, to make up for what it costs the authority
    # beyond the cheapest route here by which somebody is paid.
    must_fall: float | None
    waits: Waits
    # How long it runs, in years, extensions counted: over so long it is looked after.
    years: float

    @property
    def outweighs_it_all(self) -> bool:
        """Whether choosing this way costs as much more as the thing itself is worth: then no price
        that is paid could make up for it."""
        return self.must_fall is not None and self.must_fall >= WHOLE

    @property
    def key(self) -> str:
        """The route's id."""
        return self.route.key

    @property
    def uncounted(self) -> Text:
        """What it takes that is in none of its figures; "" where nothing is known to be."""
        return UNCOUNTED.get(self.key, "")

    @property
    def is_to_ask(self) -> bool:
        """Whether somebody still has to ask what it truly costs the provider."""
        return not self.price_is_own and self.true_cost.pays in {Pays.UNKNOWN, Pays.NO}

    @property
    def losers_posts(self) -> float:
        """What those who get nothing spend, as full-time posts for a year."""
        return posts(self.costed.figures.losers_hours.middle)
