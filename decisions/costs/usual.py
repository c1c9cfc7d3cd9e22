"""Defaults that follow from the question: what goes on is looked after as what it is, and what is
worth little takes little looking after."""

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from decisions.costs.model.content import Default
from decisions.costs.model.estimates import Estimate
from decisions.questions.capable import bidders_of
from decisions.questions.heading import answers_so_far, bought_once
from decisions.questions.present import Present, present_of
from decisions.questions.recipients import ONE_SERVICE, SHAPE, why_one_alone

if TYPE_CHECKING:
    from decisions.costs.costed import QuestionCosts

# By this one a contract is looked after as usual.
A_CONTRACT: Final = "open_competition"
CHANGE_NOTHING, GRANT, GRANT_NAMED = "change_nothing", "grant", "grant_named"
CARE, REPORTS = "monitor_hours_year", "report_hours_each_year"
OF_ONE_GROUP: Final = frozenset(
    {"mobilise_hours_each", "change_chance", "changeover_hours", "incumbent_hours"}
)
QUOTES: Final = "quotes_or_award"
# Ways for which providers bid, so that there are as many as could do it well.
BID_FOR: Final = frozenset(
    {
        QUOTES,
        "below_threshold_competition",
        "below_threshold_reserved_vcse",
        "below_threshold_reserved_area",
        "light_touch_competition",
        "framework",
        "open_competition",
        "health_competitive",
    }
)
MANY: Final = 5  # from so many on the walk counts no further
NOTHING: Final = Estimate.exactly(0)


def usual(costs: "QuestionCosts", route: str, key: str) -> Default | None:
    """The default of an input that depends on the question itself; None for every other."""
    if key in {CARE, REPORTS}:
        now = _as_now(costs, key) if route == CHANGE_NOTHING else None
        return now or _of_little(costs, route, key)
    if key in OF_ONE_GROUP:
        return _taken_over(costs, route, key)
    if key == "applicants":
        return _as_could_do_it(costs, route)
    if key == "winners":
        if route == GRANT and (why := why_one_alone(costs.question)):
            return Default(Estimate.exactly(1), why=why, told=True)
        return _no_more_than_apply(costs, route)
    return None


def _taken_over(costs: "QuestionCosts", route: str, key: str) -> Default | None:
    """What depends on whether somebody takes a service over from another."""
    if key == "change_chance" and bought_once(costs.question):
        return Default(NOTHING, why=_("Works and goods: no service is taken over from anybody."))
    if route == GRANT_NAMED and not costs.nothing_now:
        return _of_one_group(costs, key)
    return None


def _is_whole(costs: "QuestionCosts") -> bool:
    """Whether it is one thing at least in part, and not many small projects of many groups."""
    return answers_so_far(costs.question).get(SHAPE) in {ONE_SERVICE, "both"}


def _as_could_do_it(costs: "QuestionCosts", route: str) -> Default | None:
    """As many apply as could do it well; but a quote is asked of a few, however many those are,
    and a call for grants draws more than the five that were counted at least."""
    bidders, own = bidders_of(costs.question), costs.own.get((route, "winners"))
    if bidders is None or not (route in BID_FOR or (route == GRANT and _is_whole(costs))):
        return None
    if route in {QUOTES, GRANT} and bidders.low >= MANY:
        return None
    if own is not None and float(own.likely) > bidders.likely:
        return None  # the place says that more are chosen
    points = Estimate(bidders.low, bidders.likely, bidders.high)
    return Default(points, why=str(bidders.source), told=True)


def _no_more_than_apply(costs: "QuestionCosts", route: str) -> Default | None:
    """Where the walk counts fewer who could do it than are chosen as a rule."""
    apply = _as_could_do_it(costs, route)
    if apply is None:
        return None
    most, usually = apply.estimate, costs.content.routes[route].defaults["winners"].estimate
    fewer = Estimate(
        min(usually.low, most.low), min(usually.likely, most.likely), min(usually.high, most.high)
    )
    return Default(fewer, why=apply.why, told=True) if fewer != usually else None


def _of_little(costs: "QuestionCosts", route: str, key: str) -> Default | None:
    """Of a thing that is worth little, for ways that look after it as a contract, or one grant."""
    small, routes = costs.content.small, costs.content.routes
    as_a_contract = routes[route].defaults.get(key) == routes[A_CONTRACT].defaults[key]
    if key == CARE and costs.said("winners", route).estimate.likely > 1:
        return None  # several small things are looked after, and not one
    if costs.frame.value >= small.below or not (as_a_contract or route == GRANT_NAMED):
        return None
    return small.defaults[key]


def _of_one_group(costs: "QuestionCosts", key: str) -> Default | None:
    """It is no chance who gets it: the group does it already, or is known to take it over."""
    does_it, gets_it = costs.question.present_provider_id, costs.question.goes_to_id
    if does_it and gets_it and does_it != gets_it:
        if key == "change_chance":
            return Default(Estimate.exactly(1), why=_("The named group does not do it now."))
        return costs.content.routes[GRANT].defaults[key]
    if key != "mobilise_hours_each":
        return None
    why = _("A group that does it already has nothing to get ready for. Else put in its hours.")
    return Default(NOTHING, why=why)


def _as_now(costs: "QuestionCosts", key: str) -> Default | None:
    """What goes on is looked after, and reports, as it does now; a contract is the usual one."""
    now = present_of(costs.question)
    if now is Present.GRANT:
        named = (
            _of_little(costs, GRANT_NAMED, key) or costs.content.routes[GRANT_NAMED].defaults[key]
        )
        return Default(named.estimate, why=_("What there is now is a grant, and goes on as one."))
    if now is Present.OTHER:
        why = _(
            "What there is now is neither a contract nor a grant, nor done by its own staff: so "
            "nothing is known to be looked after."
        )
        return Default(NOTHING, why=why)
    if now is Present.IN_HOUSE and key == REPORTS:
        return costs.content.routes["in_house"].defaults[key]
    return None
