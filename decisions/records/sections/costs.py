"""What each way of choosing costs and whom, and the criteria where there are some."""

from decimal import Decimal

from django.utils.translation import gettext as _

from commissioning.ground.money import money_text
from decisions.costs.costed import QuestionCosts, RouteCost
from decisions.costs.model.rounding import Three
from decisions.costs.rules import is_valued
from decisions.criteria.models import CriteriaSet
from decisions.criteria.reading import Reading
from decisions.questions.models import Question
from decisions.records import blocks
from decisions.records.blocks import Section


def costs(question: Question) -> Section | None:
    """Every route that is compared, costed alike, in three purses that are never added."""
    title = _("What each way of choosing costs, and whom")
    valued = is_valued(question)
    if not valued:
        return blocks.section("costs", title, blocks.text(valued.reason))
    compared = QuestionCosts(question).compare()
    return blocks.section(
        "costs",
        title,
        blocks.text(
            _(
                "Round figures: likely, and from low to high. The council's cash and staff time, "
                "other people's time, and the wait of those who need help are three purses and "
                "are not added up."
            )
        ),
        blocks.table(
            _("Costs of every route that is compared"),
            [
                _("Route"),
                _("The authority: cash and staff time"),
                _("Other people's time"),
                _("of which borne by those who get nothing"),
                _("Months until people are served"),
            ],
            [_row(one) for one in compared],
        ),
    )


def _row(one: RouteCost) -> tuple[str, ...]:
    figures = one.costed.figures
    return (
        str(one.name),
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
