"""Looking at the money: flows, lines, what nobody funds, the market."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commissioning.programmes.models import Programme
from commissioning.programmes.rules import may_run
from places.spending import market, payers, rules, sums
from places.spending.flows import Flow
from places.spending.loaders import line_or_404, spending_programme_or_404
from places.spending.models import Source, SpendingLine
from places.spending.shown import breakdowns, market_shown, picture_shown, trend
from places.spending.views.common import crumbs, lines_url, looked_for, name_of, tabs, url

LINES_A_PAGE = 50


@require_safe
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """Who pays whom for what, drawn and in a table; the same money by what it is for."""
    programme = spending_programme_or_404(request.user, slug)
    form, wanted = looked_for(request, programme)
    lines = sums.lines_of(programme, wanted)
    totals = sums.totals(lines)
    runs = bool(may_run(request.user, programme))
    context = {
        "programme": programme,
        "form": form,
        "totals": totals,
        "pictures": [
            picture_shown(one, programme, _lines_behind(programme, request, one.currency))
            for one in sums.flow_pictures(lines)
        ],
        "breakdowns": breakdowns(lines, programme, totals[0]["currency"]) if totals else [],
        "trend": trend(lines, programme, totals[0]["currency"]) if totals else None,
        "sources": _sources(programme),
        "doubles": sums.likely_doubles(programme.place_id),
        "runs": runs,
        "may_note": rules.may_note(request.user, programme),
        "query": request.GET.urlencode(),
        "tabs": tabs(programme, "overview", runs=runs),
        "crumbs": crumbs(programme),
    }
    return render(request, "places/spending/overview.html", context)


def _lines_behind(
    programme: Programme, request: HttpRequest, currency: str
) -> Callable[[Flow], str]:
    """Where the lines of a flow stand, under the page's filters; "" where some are gathered."""

    def where(flow: Flow) -> str:
        ends = [end.asks for end in (flow.payer, flow.recipient, flow.outcome)]
        if None in ends:
            return ""
        asked = dict(end for end in ends if end)
        return lines_url(programme, **(request.GET.dict() | asked | {"currency": currency}))

    return where


def _sources(programme: Programme) -> list[Source]:
    return list(sums.sources_of(programme).select_related("run")[:100])


@require_safe
def lines(request: HttpRequest, slug: str) -> HttpResponse:
    """Every line: searched, filtered, sorted, paged."""
    programme = spending_programme_or_404(request.user, slug)
    form, wanted = looked_for(request, programme)
    sort = request.GET.get("sort", "-date")
    found = sums.lines_of(programme, wanted)
    ordered = (
        found.select_related("payee", "payer")
        .annotate(outcome=F("said__outcome__title"))
        .order_by(*sums.SORTS.get(sort, sums.SORTS["-date"]))
    )
    page = Paginator(ordered, LINES_A_PAGE).get_page(request.GET.get("page"))
    runs = bool(may_run(request.user, programme))
    context = {
        "programme": programme,
        "form": form,
        "file": _file(programme, wanted.file),
        "totals": sums.totals(found),
        "page": page,
        "rows": [(line, name_of(line)) for line in page],
        "runs": runs,
        "query": request.GET.urlencode(),
        "tabs": tabs(programme, "lines", runs=runs),
        "crumbs": crumbs(programme, (_("Lines"), "")),
    }
    return render(request, "places/spending/lines.html", context)


def _file(programme: Programme, file: UUID | None) -> Source | None:
    """The file whose lines alone are looked at."""
    if file is None:
        return None
    return Source.objects.filter(place=programme.place_id, run=file).select_related("run").first()


@require_safe
def line(request: HttpRequest, slug: str, line_id: UUID) -> HttpResponse:
    """One line, where it comes from, what it is about, and what people say of it."""
    programme = spending_programme_or_404(request.user, slug)
    found = line_or_404(programme, line_id)
    about = found.about.filter(programme=programme).select_related("outcome", "rule").first()
    context = {
        "programme": programme,
        "line": found,
        "name": name_of(found),
        "about": about,
        "grant": getattr(found, "grant", None),
        "notes": found.notes.filter(programme=programme, hidden_at=None).select_related("by"),
        "runs": bool(may_run(request.user, programme)),
        "may_note": rules.may_note(request.user, programme),
        "may_hide": _may_hide(request, programme, found),
        "crumbs": crumbs(programme, (_("Lines"), url("lines", programme)), (name_of(found), "")),
    }
    return render(request, "places/spending/line.html", context)


def _may_hide(request: HttpRequest, programme: Programme, line: SpendingLine) -> bool:
    """Whoever sorts payees hides a name that is shown and is no organisation's."""
    payee = line.payee
    shown = not payee.is_private and payee.organisation_id is None
    return shown and bool(rules.may_sort(request.user, programme))


@require_safe
def gaps(request: HttpRequest, slug: str) -> HttpResponse:
    """The outcomes that no money is known to go to, and the money that goes to none."""
    programme = spending_programme_or_404(request.user, slug)
    runs = bool(may_run(request.user, programme))
    loose = sums.lines_of(programme, sums.Wanted(no_outcome=True))
    context = {
        "programme": programme,
        "outcomes": programme.outcomes.all(),
        "unfunded": sums.unfunded(programme),
        "loose": sums.totals(loose),
        "loose_url": lines_url(programme, outcome=sums.NO_OUTCOME),
        "any_lines": SpendingLine.objects.filter(place=programme.place_id).exists(),
        "runs": runs,
        "tabs": tabs(programme, "gaps", runs=runs),
        "crumbs": crumbs(programme, (_("What nobody funds"), "")),
    }
    return render(request, "places/spending/gaps.html", context)


@require_safe
def market_view(request: HttpRequest, slug: str) -> HttpResponse:
    """Who provides a service, or works towards an outcome: how many, how local, who depends."""
    programme = spending_programme_or_404(request.user, slug)
    form, wanted = looked_for(request, programme)
    runs = bool(may_run(request.user, programme))
    currencies = [row["currency"] for row in sums.totals(sums.lines_of(programme, wanted))]
    found = [
        market_shown(
            market.market_of(sums.payments_for(programme, wanted, currency)), programme, currency
        )
        for currency in currencies[:3]
    ]
    context: dict[str, Any] = {
        "programme": programme,
        "form": form,
        "wanted": wanted,
        "markets": found,
        "services": _services(programme),
        "perhaps_one": payers.suggestions(programme.place_id)[:3] if runs else [],
        "runs": runs,
        "tabs": tabs(programme, "market", runs=runs),
        "crumbs": crumbs(programme, (_("Market"), "")),
    }
    return render(request, "places/spending/market.html", context)


def _services(programme: Programme) -> list[dict[str, Any]]:
    """The services with most lines: each is a market to look at."""
    rows = sums.by(sums.lines_of(programme), said_service="said__service", published="service")
    names = dict.fromkeys(row["said_service"] or row["published"] for row in rows)
    return [
        {"name": name, "url": f"{url('market', programme)}?service={quote(name)}"}
        for name in list(names)[:20]
        if name
    ]
