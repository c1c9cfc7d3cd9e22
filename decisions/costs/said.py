"""What a way of choosing costs, in one sentence that says what is choosing and what is not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commissioning.ground.answers import Text
from decisions.costs.costed import QuestionCosts
from decisions.costs.labels import BEARERS, LINE_NAMES, ONE_ALONE, STAGES
from decisions.costs.model.costing import Cell
from decisions.costs.model.lines import Pocket, When
from decisions.costs.model.rounding import Three
from decisions.costs.model.worth import Pays
from decisions.costs.rows import RouteCost

Pounds = Callable[[float], str]
OURS: Final[dict[When, Text]] = {
    When.CHOOSING: gettext_lazy("choosing %(sum)s"),
    When.CHANGING: gettext_lazy("changing over %(sum)s"),
    When.RUNNING: gettext_lazy("looking after it for %(run)s %(sum)s"),
}
THEIRS: Final[dict[When, Text]] = {
    When.CHOOSING: gettext_lazy("bidding or applying %(sum)s"),
    When.CHANGING: gettext_lazy("getting ready and changing over %(sum)s"),
    When.RUNNING: gettext_lazy("reporting back for %(run)s %(sum)s"),
}

WITH_RESIDENTS: Final = gettext_lazy("bids or applications, and residents' unpaid hours %(sum)s")
RESIDENTS_ALONE: Final = gettext_lazy("residents' unpaid hours, and agreeing on it %(sum)s")
# Where one alone is asked nobody bids, and nobody applies.
AGREEING: Final = gettext_lazy("agreeing on it %(sum)s")


@dataclass(frozen=True, slots=True)
class ToldLine:
    """One line of a way's costs with its words."""

    stage: Text
    bearer: Text
    name: Text
    cell: Cell

    @property
    def is_of_others(self) -> bool:
        """Whether other people bear it, and not the body that buys."""
        return self.cell.pocket is Pocket.OTHERS


def told_lines(costs: QuestionCosts, route: str) -> list[ToldLine]:
    """A way line by line; where one alone is asked, nothing is said of bids that win."""
    alone = costs.said("applicants", route).estimate.high <= 1
    return [
        ToldLine(
            *(
                ONE_ALONE[cell.key]
                if alone and cell.key in ONE_ALONE
                else (STAGES[cell.stage], BEARERS[cell.bearer], LINE_NAMES[cell.key])
            ),
            cell,
        )
        for cell in costs.breakdown(route)
    ]


def own_parts(one: RouteCost, pounds: Pounds) -> str:
    """Choosing £4,500; changing over £750; looking after it for 3 years £7,500."""
    figures = one.costed.figures
    return _parts(one, figures.authority_when, OURS, pounds) + _rounded(
        figures.authority_when, figures.authority
    )


def others_parts(one: RouteCost, pounds: Pounds) -> str:
    """The same of other people's time; with what those who get nothing bear."""
    figures = one.costed.figures
    alone = one.chance is None or one.chance[1] <= 1
    words = THEIRS | {When.CHOOSING: AGREEING} if alone else THEIRS
    residents = one.route.defaults.get("residents_hours")
    if residents is not None and residents.estimate.high:
        words = THEIRS | {When.CHOOSING: RESIDENTS_ALONE if alone else WITH_RESIDENTS}
    parts = _parts(one, figures.others_when, words, pounds)
    rounded = _rounded(figures.others_when, figures.others)
    losers = figures.losers
    if losers.is_nothing:
        return parts + rounded
    borne = _("of the bidding, those who get nothing bear %(sum)s") % {"sum": pounds(losers.middle)}
    return f"{parts}; {borne}{rounded}"


def price_in_words(one: RouteCost, body: str, pounds: Pounds) -> str:
    """Whether the price pays the provider's true cost: by what is known of that very provider."""
    checked, words = one.true_cost, {"body": body, "provider": one.provider}
    fixed = {
        Pays.ENDED: _("Nothing is paid for once it has ended."),
        Pays.NOBODY: _("Nobody is paid by this way."),
        Pays.NOT_ASKED: _("No outside provider: %(body)s bears all of it.") % words,
        Pays.YES: _("Yes, by what was said here."),
        Pays.UNKNOWN: (
            _("Nobody here has said: ask %(provider)s what it truly costs them.")
            if one.provider
            else _("Nobody here has said: ask those who would do it what it truly costs them.")
        )
        % words,
    }
    if checked.pays in fixed:
        return fixed[checked.pays]
    figures = {"share": round((checked.share or 0) * 100), "short": pounds(checked.short)}
    if one.price_is_own:
        said = _("No: %(share)d in 100 of it, so %(short)s short over its whole life.")
    else:
        said = _(
            "Nobody here has said: ask %(provider)s. It is a charity or voluntary organisation, "
            "and where charities with contracts were asked, half were paid %(share)d in 100 of it "
            "or less; that would be %(short)s short over its whole life."
        )
    return said % {**words, **figures}


def _rounded(parts: Mapping[When, Three], total: Three) -> str:
    """Said right there, where the parts as they are shown do not come to the total as shown."""
    shown = sum(worth.middle for worth in parts.values())
    return "" if abs(shown - total.middle) < 1 else _("; each rounded by itself")


def _parts(
    one: RouteCost, parts: Mapping[When, Three], names: Mapping[When, Text], pounds: Pounds
) -> str:
    years = round(one.years, 1)
    run = ngettext("%(years)g year", "%(years)g years", 1 if years == 1 else 2) % {"years": years}
    known = ((names[when], worth) for when, worth in parts.items() if not worth.is_nothing)
    return "; ".join(str(name) % {"sum": pounds(worth.middle), "run": run} for name, worth in known)
