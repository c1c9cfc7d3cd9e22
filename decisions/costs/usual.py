"""Defaults that follow from what there is now: what goes on is looked after as what it is."""

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from decisions.costs.model.content import Default
from decisions.costs.model.estimates import Estimate
from decisions.questions.present import Present, present_of

if TYPE_CHECKING:
    from decisions.costs.costed import QuestionCosts

CHANGE_NOTHING, GRANT_NAMED = "change_nothing", "grant_named"
CARE, REPORTS = "monitor_hours_year", "report_hours_each_year"
NOTHING: Final = Estimate.exactly(0)


def usual(costs: "QuestionCosts", route: str, key: str) -> Default | None:
    """The default of an input that depends on what there is now; None for every other."""
    if route == CHANGE_NOTHING and key in {CARE, REPORTS}:
        return _as_now(costs, key)
    if (route, key) == (GRANT_NAMED, "mobilise_hours_each") and not costs.nothing_now:
        why = _("A group that does it already has nothing to get ready for. Else put in its hours.")
        return Default(NOTHING, why=why)
    return None


def _as_now(costs: "QuestionCosts", key: str) -> Default | None:
    """What goes on is looked after, and reports, as it does now; a contract is the usual one."""
    now = present_of(costs.question)
    if now is Present.GRANT:
        named = costs.content.routes[GRANT_NAMED].defaults[key]
        return Default(named.estimate, why=_("What there is now is a grant, and goes on as one."))
    if now is Present.OTHER:
        why = _(
            "What there is now is neither a contract nor a grant, nor done by its own staff: so "
            "nothing is known to be looked after. Yours to say if something is."
        )
        return Default(NOTHING, why=why)
    if now is Present.IN_HOUSE and key == REPORTS:
        return costs.content.routes["in_house"].defaults[key]
    return None
