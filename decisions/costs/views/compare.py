"""Side by side: what each way of choosing costs, and whom."""

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commissioning.ground.answers import Text
from decisions.costs import rules
from decisions.costs.costed import QuestionCosts
from decisions.costs.grounds import grounds_of, in_words, method
from decisions.costs.labels import (
    BOUGHT,
    BUYS,
    CLOSED,
    INPUT_NAMES,
    PARTS,
    PURSES,
    ROUTES,
    SEEN_BY,
    VERDICTS,
)
from decisions.costs.model.inputs import Part
from decisions.costs.model.published import check
from decisions.costs.model.rounding import Three, round_figure
from decisions.costs.picture import bars
from decisions.costs.rows import RouteCost
from decisions.costs.said import ToldLine, price_in_words, told_lines
from decisions.costs.templatetags.costs import pounds
from decisions.costs.views.common import crumbs_of, readable_question, url_of
from decisions.questions.closed import closed_here
from decisions.questions.heading import heading_of
from decisions.questions.models import Question

ROUTE_PARTS = (Part.AUTHORITY, Part.APPLICANTS, Part.AFTERWARDS, Part.WAITING)


def _base(request: HttpRequest, question: Question) -> dict[str, object]:
    return {
        "question": question,
        "programme": question.programme,
        "may_change": rules.may_change(request.user, question),
        "may_survey": rules.may_survey(request.user, question),
        "valued": rules.is_valued(question),
    }


@require_safe
def compare(request: HttpRequest, slug: str, question_id: UUID) -> HttpResponse:
    """The picture, the table, what matters most, what competition buys."""
    question = readable_question(request.user, slug, question_id)
    costs = QuestionCosts(question)
    base = _base(request, question) | {"crumbs": crumbs_of(question)}
    if not base["valued"]:
        return render(request, "decisions/costs/not_valued.html", base)
    routes = costs.compare()
    closed = [key for key, mark in costs.marks.items() if mark is CLOSED]
    context = {
        "costs": costs,
        "routes": routes,
        "closed": closed,
        "some_closed": any(one.key in closed for one in routes),
        "bars": bars(routes, costs.marks),
        "marks": costs.marks,
        # Where no cash is spent on choosing, there is none to spend on something else.
        "paying": [one for one in routes if not one.costed.figures.cash.is_nothing],
        "uses": costs.uses,
        "decided": costs.paid.decided,
        "prices": [(one, _price(costs, one)) for one in routes],
        "seen_by": SEEN_BY,
        "buys": [
            (name, [BOUGHT[one.route.buys[key]] for one in routes]) for key, name in BUYS.items()
        ],
        "swings": [
            (one, [INPUT_NAMES[swing.key] for swing in one.costed.matters_most("others", 1)])
            for one in routes
        ],
        "reported": sorted(
            (ROUTES[key], len(hours)) for key, hours in costs.reports.items() if key in ROUTES
        ),
        "method": method(),
        **_grounds(question, costs),
        "version": costs.model.versions.first() if costs.model else None,
    }
    return render(request, "decisions/costs/compare.html", base | context)


@require_safe
def route(request: HttpRequest, slug: str, question_id: UUID, route: str) -> HttpResponse:
    """One way: line by line, by stage and bearer, its inputs with their sources."""
    question = readable_question(request.user, slug, question_id)
    costs = QuestionCosts(question)
    if route not in costs.content.routes:
        raise Http404
    if not rules.is_valued(question) or not costs.is_costed(route):
        return redirect(url_of("compare", question))
    (one,) = costs.compare([route])
    context = {
        "one": one,
        "closed": closed_here(question),
        "purses": _by_purse(one, told_lines(costs, route)),
        "counts_people": costs.counts_people,
        "after": (after := costs.purchase_after(route)),
        "after_name": ROUTES.get(after, ""),
        "grounds": in_words(grounds_of(costs, route)),
        "method": method(),
        "parts": [
            (part, PARTS[part], [said for said in costs.inputs_of(route) if said.part == part])
            for part in ROUTE_PARTS
        ],
        "shared": costs.shared(),
        "matters": [
            (
                PURSES[purse],
                purse == "months",
                [
                    (INPUT_NAMES[swing.key], _round(getattr(swing, purse), purse))
                    for swing in one.costed.matters_most(purse)
                ],
            )
            for purse in PURSES
        ],
        "price": _price(costs, one),
        "price_row": costs.content.rows.get(one.route.price_row)
        if costs.paid.is_charity(route)
        else None,
        "decided": costs.paid.decided,
        "price_own": costs.own.get((route, "price_share")),
        "crumbs": crumbs_of(question, (one.name, "")),
    }
    return render(request, "decisions/costs/route.html", _base(request, question) | context)


@require_safe
def sources(request: HttpRequest, slug: str, question_id: UUID) -> HttpResponse:
    """Where these figures come from, and where published totals don't add up."""
    question = readable_question(request.user, slug, question_id)
    costs = QuestionCosts(question)
    known = costs.content
    lifted = [
        (row, amount, _today(costs, row.currency, amount, year))
        for row in known.rows.values()
        if (amount := row.figures.get("amount")) and (year := row.year) and row.currency
    ]
    context = {
        "rows": list(known.rows.values()),
        "findings": [(finding, *VERDICTS[finding.verdict]) for finding in check(known.rows)],
        "lifted": lifted,
        "index": known.index,
        "rate": known.rate,
        "reported": sorted(
            (ROUTES[key], len(hours)) for key, hours in costs.reports.items() if key in ROUTES
        ),
        "crumbs": crumbs_of(question, (_("Where these figures come from"), "")),
    }
    return render(request, "decisions/costs/sources.html", _base(request, question) | context)


def _price(costs: QuestionCosts, one: RouteCost) -> str:
    question = costs.question
    return price_in_words(
        one, question.who_buys.name, lambda value: pounds(value, question.programme)
    )


def _grounds(question: Question, costs: QuestionCosts) -> dict[str, object]:
    """What the figures of the way that the question is heading for rest on, if it heads for one."""
    heading = heading_of(question)
    if heading is None or not costs.is_costed(heading.route):
        return {}
    route = heading.route
    return {"grounds_name": costs.name_of(route), "grounds": in_words(grounds_of(costs, route))}


def _by_purse(one: RouteCost, lines: Sequence[ToldLine]) -> list[tuple[Text, Three, list[object]]]:
    """The lines of the buying body's purse, then other people's, each with what they come to."""
    figures, found = one.costed.figures, []
    for purse, total in (("authority", figures.authority), ("others", figures.others)):
        mine = [line for line in lines if line.is_of_others == (purse == "others")]
        rows: list[object] = [(line.stage, line.bearer, line.name, line.cell) for line in mine]
        if rows:
            found.append((PURSES[purse], total, rows))
    return found


def _round(points: tuple[float, float], purse: str) -> tuple[float, float]:
    """A swing in round figures: pounds to two figures, months to the month."""
    smallest = 1 if purse == "months" else 50
    low, high = (round_figure(point, smallest) for point in points)
    return low, high


def _today(costs: QuestionCosts, currency: str, amount: float, year: int) -> float:
    """An amount in pounds of the index's last year, to the nearest hundred."""
    rate = costs.content.rate
    then = rate.pounds(amount, year) if currency == rate.currency else amount
    return round_figure(costs.content.index.uplift(then, year), 100)
