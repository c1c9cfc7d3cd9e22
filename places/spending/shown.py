"""Pictures, tables and figures in the words of a page, every amount through the money gate."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.programmes.models import Programme
from commissioning.programmes.templatetags.money import money
from places.spending import sums
from places.spending.flows import BAR, COLUMNS, Flow, Node, Picture
from places.spending.market import Known, Market
from places.spending.models import Payee, SpendingLine
from places.spending.sums import shown_name

MOST_ROWS: Final = 12
# Of the palette, in an order in which neighbours differ in lightness too.
TONES: Final = ("#2f7d5b", "#1f5f99", "#f5b301", "#5b2a6e", "#b4431f", "#4a8fb8", "#7fa592")
GREY: Final = "#9aa6a0"


def picture_shown(
    picture: Picture, programme: Programme, lines_at: Callable[[Flow], str] | None = None
) -> dict[str, Any]:
    """The flow picture as plain values, amounts in words, and the same flows as rows.

    With ``lines_at`` each row has the ``url`` of the lines that it is made of.
    """
    heads = {"payer": _("Who pays"), "recipient": _("Who is paid"), "outcome": _("Towards")}
    firsts = {node.column: node for node in reversed(picture.nodes)}

    def amount(sum_: Decimal) -> str:
        return money(sum_, programme, picture.currency)

    return {
        "currency": picture.currency,
        "box": f"0 0 {picture.width} {picture.height}",
        "total": amount(picture.total),
        "drawn": amount(picture.drawn),
        "not_drawn": amount(picture.not_drawn) if picture.not_drawn else "",
        "others": _others(picture, amount),
        "heads": [
            {"text": heads[name], "x": firsts[name].label_x, "anchor": firsts[name].anchor}
            for name in COLUMNS
        ],
        "nodes": [_bar(node, amount(node.amount)) for node in picture.nodes],
        "ribbons": [
            {
                "path": ribbon.path,
                "colour": _colour(picture, ribbon.tone),
                "said": f"{ribbon.source.name} → {ribbon.target.name}: {amount(ribbon.amount)}",
            }
            for ribbon in picture.ribbons
        ],
        "rows": [
            {
                "payer": flow.payer.name,
                "recipient": flow.recipient.name,
                "outcome": flow.outcome.name,
                "amount": amount(flow.amount),
            }
            | ({"url": lines_at(flow)} if lines_at else {})
            for flow in picture.table
        ],
    }


def _others(picture: Picture, amount: Callable[[Decimal], str]) -> str:
    """What the gathered recipients are: how many, how large, and how much of the money."""
    if not picture.gathered:
        return ""
    share = percent(Fraction(picture.gathered_sum) / Fraction(picture.drawn))
    return ngettext(
        "%(n)s other payee was paid %(most)s.",
        "The %(n)s other payees were paid at most %(most)s each, together %(sum)s: %(share)s of "
        "what is drawn. Each of them stands under Lines.",
        picture.gathered,
    ) % {
        "n": f"{picture.gathered:,}",
        "most": amount(picture.gathered_most),
        "sum": amount(picture.gathered_sum),
        "share": share,
    }


def _bar(node: Node, amount: str) -> dict[str, Any]:
    """A bar and its label, line by line."""
    return {
        "x": node.x,
        "y": node.y,
        "width": BAR,
        "height": node.height,
        "label_x": node.label_x,
        "anchor": node.anchor,
        "lines": [
            {"text": text, "y": round(node.label_y + 17 * number, 1)}
            for number, text in enumerate(node.lines)
        ],
        "amount": amount,
        "amount_y": round(node.label_y + 17 * len(node.lines), 1),
    }


def _colour(picture: Picture, tone: int) -> str:
    """One colour for each outcome; grey for what is linked to none."""
    outcomes = [node for node in picture.nodes if node.column == "outcome"]
    last = outcomes[tone].end.last if tone < len(outcomes) else False
    return GREY if last else TONES[tone % len(TONES)]


def breakdowns(
    lines: QuerySet[SpendingLine], programme: Programme, currency: str
) -> list[dict[str, Any]]:
    """The same money by outcome, service, kind of recipient, local, area and small. Six queries."""
    only = lines.filter(currency=currency)
    kinds = dict(Payee.Kind.choices)

    def known(value: bool | None, yes: str, otherwise: str) -> str:
        return _("Not known yet") if value is None else (yes if value else otherwise)

    parts: list[tuple[str, list[tuple[str, Decimal]]]] = [
        (
            _("By outcome"),
            [
                (row["outcome"] or _("Not linked to an outcome yet"), row["sum"])
                for row in sums.by(only, outcome="said__outcome__title")
            ],
        ),
        (
            _("By service area"),
            _added_up(
                (row["said_service"] or row["published"] or _("Not said"), row["sum"])
                for row in sums.by(only, said_service="said__service", published="service")
            ),
        ),
        (
            _("By kind of recipient"),
            [
                (str(kinds[row["kind_of"]]), row["sum"])
                for row in sums.by(only, kind_of="payee__kind")
            ],
        ),
        (
            _("Local or not"),
            [
                (known(row["is_local"], _("Local"), _("From elsewhere")), row["sum"])
                for row in sums.by(only, is_local="payee__is_local")
            ],
        ),
        (
            _("By area"),
            [
                (row["area_name"] or _("The whole place, or not known"), row["sum"])
                for row in sums.by(only, area_name="area__name")
            ],
        ),
        (
            _("Small or not"),
            [
                (known(row["is_small"], _("Small"), _("Not small")), row["sum"])
                for row in sums.by(only, is_small="payee__is_small")
            ],
        ),
    ]
    return [
        {"title": title, "rows": _bars(rows, programme, currency), "all": len(rows)}
        for title, rows in parts
    ]


def _added_up(rows: Any) -> list[tuple[str, Decimal]]:
    added: dict[str, Decimal] = {}
    for label, amount in rows:
        added[label] = added.get(label, Decimal(0)) + amount
    return sorted(added.items(), key=lambda row: -row[1])


def _bars(
    rows: list[tuple[str, Decimal]], programme: Programme, currency: str
) -> list[dict[str, Any]]:
    shown = rows[:MOST_ROWS]
    if len(rows) > MOST_ROWS:
        rest = sum((amount for _label, amount in rows[MOST_ROWS:]), Decimal(0))
        shown = [*shown, (_("All others (%d)") % (len(rows) - MOST_ROWS), rest)]
    return [
        {
            "label": label,
            "value": max(amount, Decimal(0)),
            "text": money(amount, programme, currency),
        }
        for label, amount in shown
    ]


def trend(lines: QuerySet[SpendingLine], programme: Programme, currency: str) -> dict[str, Any]:
    """Month by month. One query."""
    months = sums.by_month(lines, currency)
    rows: list[dict[str, Any]] = []
    before: date | None = None
    for month, amount in months[-36:]:
        if before is not None and (lacking := _without_lines(before, month)):
            rows.append(lacking)
        before = month
        rows.append(
            {
                "label": date_format(month, "F Y"),
                "value": max(amount, Decimal(0)),
                "text": money(amount, programme, currency),
            }
        )
    return {
        "rows": rows,
        "cut": len(months) > 36,
    }


def _without_lines(before: date, after: date) -> dict[str, Any] | None:
    """A row for the months between two that have lines: nothing is known of them."""
    first = (before.replace(day=28) + timedelta(days=4)).replace(day=1)
    last = (after.replace(day=1) - timedelta(days=1)).replace(day=1)
    if first > last:
        return None
    label = date_format(first, "F Y")
    if first != last:
        label = _("%(first)s to %(last)s") % {"first": label, "last": date_format(last, "F Y")}
    return {"label": label, "value": Decimal(0), "text": _("no lines")}


def percent(share: Fraction | None) -> str:
    """A share in words: 42%; less than 1% where it is."""
    if share is None:
        return _("not known")
    if 0 < share < Fraction(1, 100):
        return _("less than 1%")
    return f"{round(share * 100)}%"


def market_shown(found: Market, programme: Programme, currency: str) -> dict[str, Any]:
    """The market in words. One query for names."""
    names = {
        str(payee.pk): payee
        for payee in Payee.objects.filter(
            pk__in=[one.key for one in found.providers[:100]]
        ).select_related("organisation")
    }
    words = {
        "": "",
        "low": _("Not concentrated: the money is spread."),
        "concentrated": _("Concentrated: above 1,000."),
        "high": _("Highly concentrated: above 2,000."),
    }
    return {
        "currency": currency,
        "numbers": [
            {"value": f"{found.number:,}", "label": _("providers")},
            {"value": percent(found.largest), "label": _("share of the largest")},
            {"value": _known(found.local), "label": _("of the money is known to be local")},
            {"value": _known(found.small), "label": _("of the money is known to go to small ones")},
        ],
        "total": money(found.total, programme, currency),
        "hhi": round(found.hhi) if found.hhi is not None else None,
        "concentration": words[found.concentration],
        "held_back": money(found.held_back, programme, currency) if found.held_back else "",
        "people": money(found.people, programme, currency) if found.people else "",
        "people_number": found.people_number,
        "credited": found.credited,
        "returned": money(found.returned, programme, currency),
        "everything": money(found.everything, programme, currency),
        "is_part": found.everything != found.total,
        "only_payer": found.only_payer,
        "looked_at": sum(one.dependence is not None for one in found.providers),
        "more": max(found.number - 100, 0),
        "risk": len(found.at_risk),
        "providers": [
            {
                "payee": names[one.key],
                "name": _provider_name(names[one.key]),
                "amount": money(one.amount, programme, currency),
                "share": percent(one.share),
                "local": one.local,
                "small": one.small,
                "payer": one.largest_payer,
                "dependence": percent(one.dependence) if one.dependence is not None else "",
                "at_risk": one.at_risk,
            }
            for one in found.providers[:100]
            if one.key in names
        ],
    }


def _provider_name(payee: Payee) -> str:
    """The organisation's own name, where it is known which one it is."""
    return payee.organisation.name if payee.organisation else shown_name(payee.kind, payee.name)


def _known(known: Known) -> str:
    """A share of all the money: what is known of a part is said of that part."""
    return percent(known.share * known.known) if known.share is not None else percent(None)
