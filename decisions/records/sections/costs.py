"""What each way of choosing costs and whom, and the criteria where there are some."""

from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from commissioning.ground.money import money_text
from decisions.costs.costed import AS_IT_IS, QuestionCosts, RouteCost
from decisions.costs.labels import BOUGHT, BUYS, ROUTES
from decisions.costs.model.rounding import Three
from decisions.costs.rules import is_valued
from decisions.criteria.models import CriteriaSet
from decisions.criteria.reading import Reading
from decisions.questions.models import Question
from decisions.records import blocks, pictures
from decisions.records.blocks import Block, Section
from decisions.records.models import Decision
from decisions.records.sections.walk import rests_on

MOST_BARS: Final = 8  # a picture of more says less; the table has them all


def costs(decision: Decision) -> Section | None:
    """Every route: the chosen one, those that were compared or are open, then the closed ones."""
    question = decision.question
    title = _("What each way of choosing costs, and whom")
    valued = is_valued(question)
    if not valued:
        return blocks.section("costs", title, blocks.text(valued.reason))
    costed = QuestionCosts(question)
    compared = costed.compare(_routes(decision, costed.chosen))
    return blocks.section(
        "costs",
        title,
        blocks.text(
            _(
                "Round figures: likely, and from low to high. The authority's cash and staff time, "
                "other people's time, and the wait of those who need help are three purses and "
                "are not added up."
            )
        ),
        pictures.bars(compared[:MOST_BARS]),
        blocks.table(
            _("Costs of every route"),
            [
                _("Route"),
                _("The authority: cash and staff time"),
                _("Other people's time"),
                _("of which borne by those who get nothing"),
                _("Months until people are served"),
            ],
            [_row(one, decision) for one in compared],
        ),
        blocks.text(_nothing_now(costed)),
        blocks.text(_("What competition buys stands against that, route by route.")),
        blocks.table(
            _("What each route buys beside its cost"),
            [_("Route"), *BUYS.values()],
            [
                (_name(one, decision), *(BOUGHT[one.route.buys[key]][0] for key in BUYS))
                for one in compared
                if one.key == decision.route or not _is_closed(one, decision)
            ],
        ),
        _reported(costed),
        _not_costed(decision, costed, compared),
    )


def in_a_sentence(decision: Decision) -> str:
    """What the chosen route costs each purse, for the first page; nothing where it is not known."""
    costed = QuestionCosts(decision.question)
    if not is_valued(decision.question) or not costed.is_costed(decision.route):
        return ""
    (one,) = costed.compare([decision.route])
    figures = one.costed.figures
    return _(
        "The authority %(authority)s in cash and staff time; other people %(others)s of their "
        "time, of which those who get nothing bear %(losers)s."
    ) % {
        "authority": _middle(figures.authority),
        "others": _middle(figures.others),
        "losers": _middle(figures.losers),
    }


def _middle(three: Three) -> str:
    return money_text(Decimal(str(round(three.middle, 2))))


def _routes(decision: Decision, chosen: list[str]) -> list[str]:
    """The chosen route, those that the place compares, the walk's open ones, then its closed."""
    ranked = sorted(_ranked(decision), key=lambda row: row["standing"] == "excluded")
    wanted = [decision.route, *chosen, *(row["option"] for row in ranked)]
    return [key for key in dict.fromkeys(wanted) if key]


def _ranked(decision: Decision) -> list[dict[str, Any]]:
    """The routes as the walk ranked them; its result is kept with the question, once asked for."""
    found = rests_on(decision.question)
    return list((found.result or {})["ranked"]) if found else []


def _is_closed(one: RouteCost, decision: Decision) -> bool:
    return any(
        row["option"] == one.key and row["standing"] == "excluded" for row in _ranked(decision)
    )


def _nothing_now(costed: QuestionCosts) -> str:
    """To go on as it is is no way to get what nobody does: that it is left out is said."""
    if not costed.nothing_now:
        return ""
    return _(
        "There is nothing now. So “Change nothing” is not costed: nobody would be served by it; "
        "and no way is charged with taking over from somebody."
    )


def _not_costed(
    decision: Decision, costed: QuestionCosts, compared: list[RouteCost]
) -> Block | None:
    """A route that the model has no lines for is named, not left out in silence."""
    keys = {one.key for one in compared}
    if costed.nothing_now:
        keys |= AS_IT_IS
    left = [row["title"] for row in _ranked(decision) if row["option"] not in keys]
    return blocks.note(_("Not costed: %s.") % "; ".join(left)) if left else None


def _reported(costed: QuestionCosts) -> Block:
    told = sorted((str(ROUTES[key]), len(hours)) for key, hours in costed.reports.items())
    if not told:
        return blocks.note(
            _(
                "Fewer than five organisations here have said what it took them, so hours are "
                "defaults from published evidence and judgement."
            )
        )
    said = "; ".join(f"{name} ({number})" for name, number in told)
    return blocks.note(_("Organisations here have told what it took them: %s.") % said)


def _name(one: RouteCost, decision: Decision) -> str:
    """Of a closed route it is said that it is costed only to compare: nobody may choose it."""
    if one.key == decision.route:
        return _("%s (chosen)") % one.name
    if _is_closed(one, decision):
        return _("%s (closed here: costed only to compare)") % one.name
    return str(one.name)


def _row(one: RouteCost, decision: Decision) -> tuple[str, ...]:
    figures = one.costed.figures
    return (
        _name(one, decision),
        _pounds(figures.authority),
        _pounds(figures.others),
        _pounds(figures.losers),
        _plain(figures.months),
    )


def _pounds(three: Three) -> str:
    low, middle, high = (
        money_text(Decimal(str(round(point, 2)))) for point in (three.low, three.middle, three.high)
    )
    if low == high:
        return middle
    return _("%(middle)s (%(low)s to %(high)s)") % {"middle": middle, "low": low, "high": high}


def _plain(three: Three) -> str:
    if three.low == three.high:
        return f"{three.middle:g}"
    return _("%(low)g to %(high)g") % {"low": three.low, "high": three.high}


def criteria(question: Question) -> Section | None:
    """The final criteria, if bids or applications are judged."""
    held = (
        CriteriaSet.objects.filter(question=question, finalised_at__isnull=False)
        .order_by("-version")
        .first()
    )
    if held is None:
        return None
    rows = [
        (leaf.title, f"{leaf.weight.normalize():f}", leaf.judged) for leaf in Reading(held).leaves
    ]
    return blocks.section(
        "criteria",
        _("How bids or applications are judged"),
        blocks.table(
            _("Criteria and their weights"),
            [_("Criterion"), _("Weight"), _("How it is judged")],
            rows,
        ),
    )
