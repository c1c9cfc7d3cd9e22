"""What may begin from a decision, by the route that was chosen.

A call only where somebody is still to be chosen; a participatory budget only where residents may
choose, by the route itself or because the walk left that route open beside a grant.
"""

from typing import Final

from django.utils.translation import gettext as _

from commissioning.ground.answers import YES, Answer, no
from commissioning.programmes.rules import Person
from decisions.records.models import Decision
from decisions.records.route_plans import way_of
from decisions.records.rules import may_begin_from
from decisions.records.sections.walk import chosen, rests_on
from decisions.trees.regime import Regime, regime_of_route

BUDGET: Final = "participatory_budget"
PILOT: Final = "pilot_then_buy"  # whoever tries it out is found first, though no plan is counted


def may_begin_call(user: Person, decision: Decision) -> Answer:
    """Where the decision is on the way of choosing, and not on who gets it."""
    return may_begin_from(user, decision) & _somebody_is_still_chosen(decision)


def may_begin_vote(user: Person, decision: Decision) -> Answer:
    """Where residents may choose who gets the money."""
    return may_begin_from(user, decision) & _residents_may_choose(decision)


def _somebody_is_still_chosen(decision: Decision) -> Answer:
    if decision.route == PILOT:
        return YES
    way = way_of(decision)
    if way is None:
        return no(_("The route that was chosen asks nobody to apply, so no call begins from it."))
    if way.decides_who:
        return no(_("The decision is already on who gets it: nobody is asked to apply."))
    return YES


def _residents_may_choose(decision: Decision) -> Answer:
    if decision.route == BUDGET:
        return YES
    if regime_of_route(decision.route) != Regime.GRANT:
        return no(_("Residents vote on grants. The route that was chosen is none."))
    found = rests_on(decision.question)
    if found is not None and chosen(decision, BUDGET).get("standing", "excluded") == "excluded":
        return no(_("The walk closed a participatory budget, so none begins from it."))
    return _somebody_is_still_chosen(decision)
