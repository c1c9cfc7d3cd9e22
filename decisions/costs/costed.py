"""The costs of a question as pages, panels and records read them: inputs, figures, comparisons."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property, lru_cache
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from commissioning.ground.answers import Text
from decisions.costs import waits
from decisions.costs.labels import (
    CHOSEN,
    CLOSED,
    LET_IT_END,
    RECOMMENDED,
    ROUTES,
)
from decisions.costs.model.content import Default, content
from decisions.costs.model.costing import WHILE_IT_RUNS, Cell, Costed, breakdown, cost
from decisions.costs.model.estimates import Estimate
from decisions.costs.model.inputs import ROUTE_INPUTS, SHARED_INPUTS, Frame
from decisions.costs.model.reports import blend
from decisions.costs.model.rounding import Three
from decisions.costs.model.worth import (
    GoodUses,
    chance,
    price_must_fall,
    would_also_pay_for,
)
from decisions.costs.models import CostInput, CostModel
from decisions.costs.paid import Paid
from decisions.costs.place_reports import Reports, hours_by_route
from decisions.costs.rows import RouteCost, SaidInput
from decisions.costs.usual import usual
from decisions.costs.waits import Waits
from decisions.questions.closed import FORMS, closed_here
from decisions.questions.heading import Heading, bought_once, heading_of
from decisions.questions.models import BackwardPlan, Question
from decisions.questions.plan.backward import Plan
from decisions.questions.plan.routes import way_key
from decisions.questions.planned import kept_plan, planned
from decisions.questions.present import nothing_now

# Where nobody has chosen yet: ways that are nearly always worth comparing. Whatever kind of thing
# it is, one of the two competitions may fit; a light-touch one is for some kinds alone.
USUAL: Final = (
    "change_nothing",
    "grant",
    "devolved_grants",
    "below_threshold_competition",
    "open_competition",
    "in_house",
)
# Where a walk has left some open, so many of the best are compared.
MOST_OPEN: Final = 5
# Where there is nothing now, these do nothing for anybody, and nothing is chosen by them.
AS_IT_IS: Final = frozenset({"change_nothing", "extend_or_vary"})
# What it takes to take over from somebody: nothing, where nobody does it now.
TAKING_OVER: Final = frozenset({"change_chance", "changeover_hours", "incumbent_hours"})
CHANGE_NOTHING: Final = "change_nothing"
# Where the present arrangement ends by itself, to change nothing is to let it end: then nothing
# runs on, and nothing of this is paid.
RUNNING_ON: Final = frozenset({"monitor_hours_year", "report_hours_each_year", "months"})
PILOT, BELOW_THRESHOLD = "pilot_then_buy", "below_threshold_competition"
# What is bought after a pilot: the first of these that is open says under which law.
PURCHASES: Final = (
    "health_competitive",
    BELOW_THRESHOLD,
    "light_touch_competition",
    "open_competition",
)
SHARED: Final = ""
PRICE_SHARE: Final = "price_share"
Overrides = dict[tuple[str, str], CostInput]


def in_rank(heading: Heading, keys: Iterable[str]) -> list[str]:
    """Each once: the open ones as the walk ranked them, then the others in the order given."""
    rank = {key: place for place, key in enumerate(heading.open_routes)}
    last = len(rank)
    return sorted(dict.fromkeys(keys), key=lambda key: rank.get(str(FORMS.get(key, key)), last))


class QuestionCosts:
    """All costs of a question, worked out from its model, the defaults and the place's reports."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.content = content()

    @cached_property
    def model(self) -> CostModel | None:
        """The model, if anybody has begun one. One query."""
        return CostModel.objects.filter(question=self.question).first()

    @cached_property
    def own(self) -> Overrides:
        """What the place says differently. One query."""
        if self.model is None:
            return {}
        return {(one.route, one.key): one for one in self.model.inputs.all()}

    @cached_property
    def reports(self) -> Reports:
        """The place's own logged hours. One query."""
        return hours_by_route(self.question.programme.place)

    @cached_property
    def nothing_now(self) -> bool:
        """Whether there is nothing now that could go on, or be taken over from. Two queries."""
        return nothing_now(self.question)

    @property
    def ends(self) -> bool:
        """Whether the present arrangement ends by itself, so that to change nothing ends it."""
        return self.question.present_ends_on is not None

    def lets_end(self, route: str) -> bool:
        """Whether by this route nothing comes after the present arrangement."""
        return self.ends and route == CHANGE_NOTHING

    @property
    def counts_people(self) -> bool:
        """Whether somebody here has said how many wait, and nothing serves them until then."""
        return not self.ends and (SHARED, "people_waiting") in self.own

    def name_of(self, route: str) -> Text:
        """What people call a route here."""
        if after := self.purchase_after(route):
            words = {"name": ROUTES[route], "after": ROUTES[after]}
            return _("%(name)s (with the purchase that follows: %(after)s)") % words
        return LET_IT_END if self.lets_end(route) else ROUTES[route]

    def purchase_after(self, route: str) -> str:
        """The purchase that must follow a pilot, by the regime of the ways that are open; as below
        the threshold until a walk has said. "" for a route that nothing must follow."""
        if route != PILOT:
            return ""
        heading = heading_of(self.question)
        opened = heading.open_routes if heading else ()
        return next((key for key in PURCHASES if key in opened), BELOW_THRESHOLD)

    def is_costed(self, route: str) -> bool:
        """Whether the model has lines for a route, and it would be a way to get the thing."""
        return route in self.content.routes and not (self.nothing_now and route in AS_IT_IS)

    @property
    def frame(self) -> Frame:
        """Value net of VAT with options, and years with extensions."""
        months = self.question.whole_length_months or 12
        return Frame(float(self.question.net_of_everything or 0), months / 12)

    @property
    def picked(self) -> Sequence[str]:
        """The ways that somebody here picked to be compared; none while the usual ones stand, which
        a model is begun with as soon as any input is said."""
        if self.model is None or tuple(self.model.routes) == USUAL:
            return ()
        return tuple(self.model.routes)

    @property
    def chosen(self) -> list[str]:
        """The routes that are compared: those that the place chose, else those that are open; and
        with them always the one that was chosen, or that the walk recommends.

        Open ones stand first, best first, before and after one of them is chosen.
        """
        heading = heading_of(self.question)
        keys: Sequence[str] = self.picked or USUAL
        if heading is None:
            return [key for key in dict.fromkeys(keys) if self.is_costed(key)]
        if not self.picked and heading.open_routes:
            keys = (*heading.open_routes[:MOST_OPEN], CHANGE_NOTHING)
        return [key for key in in_rank(heading, [heading.route, *keys]) if self.is_costed(key)]

    @cached_property
    def marks(self) -> dict[str, Text]:
        """What is said beside a way, wherever it is drawn: that it is chosen, or closed."""
        found: dict[str, Text] = dict.fromkeys(closed_here(self.question), CLOSED)
        heading = heading_of(self.question)
        if heading is not None:
            found[heading.route] = CHOSEN if heading.is_chosen else RECOMMENDED
        return found

    @property
    def uses(self) -> GoodUses:
        """The editable rates of what cash would buy instead."""
        if self.model is None:
            return self.content.uses
        return GoodUses(
            float(self.model.facilitation_day),
            float(self.model.citizen_hour),
            float(self.model.small_grant),
        )

    def said(self, key: str, route: str = SHARED) -> SaidInput:
        """One input as it stands: the place's own word, else its reports in the default."""
        defaults = self.content.shared if route == SHARED else self.content.routes[route].defaults
        default = usual(self, route, key) or defaults.get(key, Default(Estimate.exactly(0)))
        own, mixed = self.own.get((route, key)), None
        estimate = default.estimate
        if own is not None:
            estimate = Estimate(float(own.low), float(own.likely), float(own.high))
        elif key == "apply_hours_each" and (hours := self.reports.get(route)):
            mixed = blend(estimate, hours)
            estimate = mixed.estimate
        return SaidInput(key, route, estimate, default, self.content.rows[default.row], own, mixed)

    def inputs_of(self, route: str) -> list[SaidInput]:
        """Every input of a route of its own, in order; of taking over only if somebody does it."""
        left_out = TAKING_OVER if self.nothing_now else frozenset[str]()
        if self.lets_end(route):
            left_out = RUNNING_ON
        return [self.said(key, route) for key in ROUTE_INPUTS if key not in left_out]

    def inputs_after(self, route: str) -> list[SaidInput]:
        """Of a pilot: the inputs of the purchase that follows; what runs is looked after once."""
        after = self.purchase_after(route)
        every = self.inputs_of(after) if after else []
        return [one for one in every if one.key not in WHILE_IT_RUNS]

    def _then(self, route: str) -> dict[str, Estimate] | None:
        every = self.inputs_after(route)
        return {one.key: one.estimate for one in [*every, *self.shared()]} if every else None

    def shared(self) -> list[SaidInput]:
        """What all routes share."""
        return [self.said(key) for key in SHARED_INPUTS]

    def estimates(self, route: str) -> dict[str, Estimate]:
        """What the simulation is given."""
        every = [*self.inputs_of(route), *self.shared()]
        return {one.key: one.estimate for one in every}

    @cached_property
    def paid(self) -> Paid:
        """Whom each way pays, and whether the price pays what it truly costs them."""
        return Paid(self)

    def own_price_share(self, route: str) -> float | None:
        """What the price pays of a provider's true cost, where the place has said so."""
        own = self.own.get((route, PRICE_SHARE))
        return float(own.likely) if own else None

    def compare(self, routes: Iterable[str] | None = None) -> list[RouteCost]:
        """Each route costed by the same lines, in the order given."""
        keys = [key for key in (routes or self.chosen) if self.is_costed(key)]
        costed = {key: self.cost(key) for key in keys}
        # What pays nobody has no price that another could come out lower than.
        least = min(
            (
                one.figures.authority.middle
                for key, one in costed.items()
                if self.paid.pays_somebody(key)
            ),
            default=0.0,
        )
        return [self._route_cost(key, costed[key], least) for key in keys]

    def cost(self, route: str) -> Costed:
        """One route, costed."""
        is_grant = self.content.routes[route].is_grant
        then = self._then(route)
        return _known(
            tuple(self.estimates(route).items()),
            self.frame,
            tuple(then.items()) if then else (),
            is_grant=is_grant,
        )

    def breakdown(self, route: str) -> Sequence[Cell]:
        """One route, line by line; lines that cost nothing are left out."""
        cells = breakdown(self.estimates(route), self.frame, self._then(route))
        return [cell for cell in cells if not cell.worth.is_nothing]

    def _route_cost(self, key: str, costed: Costed, least: float) -> RouteCost:
        route, figures, value = self.content.routes[key], costed.figures, self.frame.value
        dearer, estimates = figures.authority.middle - least, self.estimates(key)
        return RouteCost(
            route=route,
            name=self.name_of(key),
            costed=costed,
            true_cost=self.paid.checked(key),
            price_is_own=(key, PRICE_SHARE) in self.own,
            provider=self.paid.name_of(key),
            chance=None
            if self.purchase_after(key)
            else chance(estimates["applicants"], estimates["winners"]),
            instead=would_also_pay_for(figures.cash, self.uses),
            must_fall=price_must_fall(Three(dearer, dearer, dearer), value)
            if route.buys["tested_price"] == "yes"
            else None,
            waits=self._waits(key, figures.months),
            years=self.frame.years,
        )

    def _waits(self, key: str, months: Three) -> Waits:
        ends_on = self.question.present_ends_on
        if ends_on is None:
            if key == CHANGE_NOTHING:
                return waits.goes_on()
            return waits.takes(months, is_made_then=bought_once(self.question))
        if self.lets_end(key):
            return waits.let_end(ends_on)
        if (made := self._settled_on(key)) is not None:
            return waits.settled(months, made)
        return waits.bridged(
            months, ends_on, timezone.localdate(), self._plan(key), self.question.begins_on
        )

    def _settled_on(self, key: str) -> date | None:
        """When a body decided on this way and with it who gets it; None where it did not."""
        found = heading_of(self.question)
        if found is None or found.route != key or found.way is None or not found.way.decides_who:
            return None
        return found.decided_on

    def _plan(self, key: str) -> Plan | None:
        """The same plan as the question's own page shows; None for a way that has none."""
        way = way_key(key, heading.answers if (heading := heading_of(self.question)) else {})
        return planned(self.question, self._kept_plan, way) if way else None

    @cached_property
    def _kept_plan(self) -> BackwardPlan | None:
        return kept_plan(self.question)


@lru_cache(maxsize=256)
def _known(
    estimates: tuple[tuple[str, Estimate], ...],
    frame: Frame,
    then: tuple[tuple[str, Estimate], ...],
    *,
    is_grant: bool,
) -> Costed:
    """The same inputs always give the same figures, so this process remembers the last ones."""
    return cost(dict(estimates), frame, is_grant=is_grant, then=dict(then))
