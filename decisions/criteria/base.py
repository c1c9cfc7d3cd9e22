"""What criteria are for, by the walk that was locked: its route, its regime and its threshold.

Criteria rest on a law: that of tenders at or above the threshold, that of what lies below it, that
of the provider selection regime for health services, or on none (grants). Which one binds is
nobody's free choice once a walk has said which ways are open.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.utils.translation import gettext as _

from commissioning.ground.answers import YES, Answer, Text, no
from decisions.criteria.models import OF_THE_HEALTH_REGIME, CriteriaSet
from decisions.questions.closed import FORMS
from decisions.questions.heading import Heading, heading_of
from decisions.questions.models import Question

For = CriteriaSet.For

# A route that is not here chooses nobody by criteria.
_BASES: Final = {
    "grant": For.GRANT,
    "grant_named": For.GRANT,
    "devolved_grants": For.GRANT,
    "participatory_budget": For.GRANT,
    "quotes_or_award": For.BELOW,
    "below_threshold_competition": For.BELOW,
    "below_threshold_reserved_vcse": For.BELOW,
    "below_threshold_reserved_area": For.BELOW,
    "light_touch_competition": For.ABOVE,
    "reserved_supported_employment": For.ABOVE,
    "reserved_mutual": For.ABOVE,
    "open_competition": For.ABOVE,
    # Processes A and B, and the urgent award, choose nobody by the five key criteria.
    "health_competitive": For.HEALTH_COMPETE,
    "health_most_suitable_provider": For.HEALTH_SUITABLE,
    "health_direct_award_c": For.HEALTH_EXISTING,
}
# These go by the threshold, or by the regime, that the ways beside them show.
_BY_THE_OTHERS: Final = frozenset({"framework", "pilot_then_buy"})
# Of the ways that are open, the first of these that is there says under which law it is bought.
_TELLS: Final = ("below_threshold_competition", "open_competition", "health_competitive")


@dataclass(frozen=True, slots=True)
class Fit:
    """``own`` is what the way is judged as that the question is heading for; ``others`` what other
    open ways are judged as. Both empty while no walk is locked."""

    heading: Heading | None
    own: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def route(self) -> Text:
        """What people call the way that the question is heading for."""
        return self.heading.title if self.heading else ""

    @property
    def allowed(self) -> list[str]:
        """What criteria may be for."""
        if self.heading is None:
            return list(For.values)
        return [*self.own, *self.others]


def fit_of(question: Question, route: str = "", title: Text = "") -> Fit:
    """What criteria of this question may be for. One query, where the heading is not known yet.

    ``route``: that of a decision which is drafted, with its name; else the question's own heading.
    """
    heading = heading_of(question)
    if heading is None:
        return Fit(None)
    if route:
        heading = replace(heading, route=route, title=title, is_chosen=True)
    own = based_on([heading.route], heading.open_routes)
    # Once it is chosen, the other ways are no longer open.
    beside = () if heading.is_chosen else based_on(heading.open_routes, heading.open_routes)
    return Fit(heading, own, tuple(one for one in beside if one not in own))


def judges(fit: Fit) -> bool:
    """Whether its way judges bids, applications or providers; not where nobody else is asked."""
    if fit.heading is None or fit.heading.way is None or fit.heading.route in FORMS:
        return False
    # What is judged under the law of the other ways is judged, also where none of them is open.
    return bool(fit.own) or fit.heading.route in _BY_THE_OTHERS


def based_on(routes: Iterable[str], open_routes: Sequence[str]) -> tuple[str, ...]:
    """What these routes are judged as, each once."""
    found = (
        _by_the_others(open_routes) if route in _BY_THE_OTHERS else _BASES.get(route)
        for route in routes
    )
    return tuple(dict.fromkeys(str(one) for one in found if one is not None))


def _by_the_others(open_routes: Sequence[str]) -> str | None:
    told = next((route for route in _TELLS if route in open_routes), None)
    return None if told is None else _BASES[told]


def may_be_for(fit: Fit, what_for: str, why: str) -> Answer:
    """Whether criteria may be for this, here and now."""
    if fit.heading is None or what_for in fit.own:
        return YES
    words = {"route": fit.route, "chosen": For(what_for).label, "own": _named(fit.own)}
    if what_for in fit.others:
        if why.strip():
            return YES
        asks = _(
            "The walk that was locked goes by “%(route)s”. Say why these criteria are for: "
            "%(chosen)s."
        )
        return no(asks % words)
    if not fit.allowed:
        judges = _("By “%(route)s” nobody is chosen by criteria, and no other way is open.")
        return no(judges % words)
    if not fit.own:
        closed = _("No open way is judged as: %(chosen)s. The walk that was locked closed it.")
        return no(closed % words)
    return no(
        _(
            "“%(route)s” is judged as: %(own)s. The walk that was locked leaves no way open that "
            "is judged as: %(chosen)s."
        )
        % words
    )


def at_odds(held: CriteriaSet, route: str = "", title: Text = "") -> str:
    """How what a set is for stands against the route, in a sentence; "" where it fits.

    Said before it is made final, before the question is recommended, and in the record.
    """
    fit = fit_of(held.question, route, title)
    if fit.heading is None or held.what_for in fit.own:
        return ""
    words = {"route": fit.route, "for": held.get_what_for_display(), "own": _named(fit.own)}
    if held.what_for in fit.others:
        said = _("They are for “%(for)s”, though the question goes by “%(route)s”.") % words
        return f"{said} {_('Another open way is judged so.')}"
    if not fit.own:
        return _("They are for “%(for)s”, but by “%(route)s” nobody is chosen by criteria.") % words
    if held.is_health and OF_THE_HEALTH_REGIME.issuperset(fit.own):
        return (
            _("They are for “%(for)s”, but “%(route)s” is judged as “%(own)s”: another process.")
            % words
        )
    return (
        _("They are for “%(for)s”, but “%(route)s” is judged as “%(own)s”: another law binds.")
        % words
    )


def _named(bases: Iterable[str]) -> str:
    return "; ".join(str(For(one).label) for one in bases)
