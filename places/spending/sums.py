"""What the lines of a place add up to, as one programme looks at them.

Everything here is asked of the database as sums; a page makes a bounded number of queries, however
many lines there are.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db.models import (
    Count,
    Exists,
    F,
    FilteredRelation,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Sum,
)
from django.db.models.functions import Coalesce, TruncMonth
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.programmes.models import Programme
from places.spending import flows
from places.spending.market import Payment
from places.spending.models import Payee, Payer, SeenAgain, Source, SpendingLine

PRIVATE: Final = (Payee.Kind.PERSON, Payee.Kind.REDACTED)
NO_OUTCOME: Final = "none"
SORTS: Final = {
    "date": ("starts_on", "pk"),
    "-date": ("-starts_on", "pk"),
    "amount": ("amount", "pk"),
    "-amount": ("-amount", "pk"),
    "payee": ("payee__key", "-starts_on", "pk"),
    "-payee": ("-payee__key", "-starts_on", "pk"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines are looked at. Empty means all."""

    words: str = ""
    outcome: UUID | None = None
    no_outcome: bool = False
    any_outcome: bool = False
    service: str = ""
    recipient: str = ""
    kind: str = ""
    payer: UUID | None = None
    payee: UUID | None = None
    year: int | None = None  # from 1 April
    currency: str = ""
    local: bool | None = None
    small: bool | None = None
    file: UUID | None = None  # the import that brought them in


def lines_of(programme: Programme, wanted: Wanted | None = None) -> QuerySet[SpendingLine]:
    """The lines of the programme's place, with ``said``: what they are about in the programme."""
    lines = SpendingLine.objects.filter(place=programme.place_id).annotate(
        said=FilteredRelation("about", condition=Q(about__programme=programme))
    )
    return lines.filter(_conditions(wanted)) if wanted else lines


def _conditions(wanted: Wanted) -> Q:
    asked = Q()
    for lookup, value in {
        "said__outcome": wanted.outcome,
        "payee__kind": wanted.recipient,
        "kind": wanted.kind,
        "payer__in": _payer_names_of(wanted.payer) if wanted.payer else None,
        "payee__in": _names_of(wanted.payee) if wanted.payee else None,
        "currency": wanted.currency,
        "payee__is_local": wanted.local,
        "payee__is_small": wanted.small,
        "source__run": wanted.file,
    }.items():
        if value not in (None, ""):
            asked &= Q(**{lookup: value})
    if wanted.no_outcome:
        asked &= Q(said__outcome=None)
    if wanted.any_outcome:
        asked &= Q(said__outcome__isnull=False)
    if wanted.service:
        asked &= Q(said__service=wanted.service) | (
            Q(service=wanted.service) & (Q(said=None) | Q(said__service=""))
        )
    if wanted.year is not None:
        asked &= Q(
            starts_on__gte=date(wanted.year, 4, 1), starts_on__lt=date(wanted.year + 1, 4, 1)
        )
    if wanted.words:
        asked &= _words(wanted.words)
    return asked


def _names_of(payee: UUID) -> QuerySet[Payee]:
    """The payee, and every other name of the same organisation."""
    return Payee.objects.filter(Q(pk=payee) | Q(organisation__payees=payee))


def _payer_names_of(payer: UUID) -> QuerySet[Payer]:
    """The payer, and every other name of the same organisation."""
    same = Payer.objects.filter(pk=payer, organisation__isnull=False).values("organisation")
    return Payer.objects.filter(Q(pk=payer) | Q(organisation__in=same))


def _words(words: str) -> Q:
    """Words of a payee's name, purpose or service. People are not found by their names."""
    asked = Q()
    for word in words.split()[:6]:
        named = Q(payee__name__icontains=word) & ~Q(payee__kind__in=PRIVATE)
        asked &= named | Q(purpose__icontains=word) | Q(service__icontains=word)
    return asked


def shown_name(kind: str, name: str) -> str:
    """A payee's name, or what stands for it."""
    if kind == Payee.Kind.REDACTED:
        return _("Names held back")
    return _("A person") if kind == Payee.Kind.PERSON else name


def years_of(programme: Programme) -> list[int]:
    """The financial years (from 1 April) that have lines, the latest first. One query."""
    span = SpendingLine.objects.filter(place=programme.place_id).aggregate(
        first=Min("starts_on"), last=Max("starts_on")
    )
    if span["first"] is None:
        return []
    first, last = (day.year - (day.month < 4) for day in (span["first"], span["last"]))
    return list(range(last, first - 1, -1))


def by(lines: QuerySet[SpendingLine], **named: str) -> list[Any]:
    """Sums and numbers of lines by currency and these fields, the largest first. One query."""
    return list(
        lines.order_by()
        .values("currency", **{name: F(field) for name, field in named.items()})
        .annotate(sum=Sum("amount"), n=Count("pk"))
        .order_by("-sum", *named)
    )


def totals(lines: QuerySet[SpendingLine]) -> list[Any]:
    """By currency: sum, lines, payees with a name, people, credit notes, sum of names held back.

    All names of one organisation are one payee, as in the market.
    """
    held_back = Q(payee__kind=Payee.Kind.REDACTED)
    person = Q(payee__kind=Payee.Kind.PERSON)
    one = Coalesce("payee__organisation_id", "payee_id")
    return list(
        lines.order_by()
        .values("currency")
        .annotate(
            sum=Sum("amount"),
            n=Count("pk"),
            payees=Count(one, distinct=True, filter=~held_back & ~person),
            people=Count("payee", distinct=True, filter=person),
            credits=Count("pk", filter=Q(amount__lt=0)),
            held_back=Sum("amount", filter=held_back),
            linked=Sum("amount", filter=Q(said__outcome__isnull=False)),
            undated=Count("pk", filter=Q(starts_on=None)),
        )
        .order_by("-sum")
    )


def by_month(lines: QuerySet[SpendingLine], currency: str) -> list[tuple[date, Decimal]]:
    """Sums by the month that a line begins in. One query."""
    return list(
        lines.filter(currency=currency, starts_on__isnull=False)
        .order_by()
        .annotate(month=TruncMonth("starts_on"))
        .values("month")
        .annotate(sum=Sum("amount"))
        .order_by("month")
        .values_list("month", "sum")
    )


def _grouped(lines: QuerySet[SpendingLine]) -> QuerySet[Any, Any]:
    return (
        lines.order_by()
        .values(
            "currency",
            "payer_id",
            "payee_id",
            payer_name=Coalesce("payer__organisation__name", "payer__name"),
            payer_organisation=F("payer__organisation"),
            name=Coalesce("payee__organisation__name", "payee__name"),
            organisation=F("payee__organisation"),
            recipient_kind=F("payee__kind"),
            outcome=F("said__outcome"),
            outcome_title=F("said__outcome__title"),
            outcome_position=F("said__outcome__position"),
        )
        .annotate(sum=Sum("amount"))
    )


def _as_one(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Rows with ``provider`` and ``payer_as_one``: one for all names of an organisation."""
    rows = list(rows)
    for organisation, name, one in (
        ("organisation", "payee_id", "provider"),
        ("payer_organisation", "payer_id", "payer_as_one"),
    ):
        first: dict[UUID, UUID] = {}
        for row in rows:
            if row[organisation]:
                first[row[organisation]] = min(first.get(row[organisation], row[name]), row[name])
        for row in rows:
            row[one] = first.get(row[organisation], row[name])
    return rows


def flow_pictures(lines: QuerySet[SpendingLine], *, on_paper: bool = False) -> list[flows.Picture]:
    """A picture for each currency, the one with most lines first. One query.

    On paper it stays low enough to stand below other words; what the others are is told beside it.
    """
    by_currency: dict[str, list[flows.Flow]] = defaultdict(list)
    for row in _as_one(_grouped(lines)):
        by_currency[row["currency"]].append(_flow(row))
    limits = flows.Limits(
        others=lambda n: ngettext("%(n)s other", "%(n)s others", n) % {"n": f"{n:,}"},
        more_recipients=12 if on_paper else 20,
    )
    pictures = [
        flows.draw(currency, some, limits)
        for currency, some in sorted(by_currency.items(), key=lambda one: (-len(one[1]), one[0]))
    ]
    return [picture for picture in pictures if picture is not None]


def _flow(row: dict[str, Any]) -> flows.Flow:
    payer = str(row["payer_as_one"])
    return flows.Flow(
        flows.End(payer, row["payer_name"], asks=("payer", payer)),
        _recipient(row),
        _outcome(row),
        row["sum"],
    )


def _recipient(row: dict[str, Any]) -> flows.End:
    kind, provider = row["recipient_kind"], str(row["provider"])
    if kind in PRIVATE:
        return flows.End(kind, _people(kind), last=True, asks=("recipient", kind))
    return flows.End(provider, row["name"], asks=("payee", provider))


def _outcome(row: dict[str, Any]) -> flows.End:
    if not row["outcome"]:
        asks = ("outcome", NO_OUTCOME)
        return flows.End(NO_OUTCOME, _("Not linked to an outcome yet"), last=True, asks=asks)
    key = f"{row['outcome_position'] or 999:04}-{row['outcome']}"
    return flows.End(key, row["outcome_title"], asks=("outcome", str(row["outcome"])))


def _people(kind: str) -> str:
    return _("People, not named here") if kind == Payee.Kind.PERSON else _("Names held back")


def sources_of(programme: Programme) -> QuerySet[Source]:
    """Where the place's lines come from: a file that brought none says nothing here."""
    lines = SpendingLine.objects.filter(source=OuterRef("pk"))
    again = SeenAgain.objects.filter(source=OuterRef("pk"))
    found = Source.objects.filter(place=programme.place_id, undone_at=None)
    return found.filter(Exists(lines) | Exists(again))


def likely_doubles(place: UUID, source: UUID | None = None) -> int:
    """Grants of several files with the same funder, recipient, amount and day. One query.

    Their identifiers differ, so each is counted: perhaps one was written otherwise. Each such grant
    counts once, however many files tell of it; with a source, only those that it tells of too.
    """
    found = (
        SpendingLine.objects.filter(place=place, kind=SpendingLine.Kind.GRANT)
        .exclude(payee__kind__in=PRIVATE)
        .order_by()
        .values("payer", "payee", "amount", "currency", "starts_on")
        .annotate(files=Count("source", distinct=True))
        .filter(files__gt=1)
    )
    if source is not None:
        found = found.annotate(mine=Count("pk", filter=Q(source=source))).filter(mine__gt=0)
    return found.count()


def unfunded(programme: Programme) -> list[Any]:
    """Outcomes of the programme that no money is known to go to. One query."""
    return list(
        programme.outcomes.annotate(
            funded=Sum("spending__line__amount", filter=Q(spending__programme=programme))
        ).filter(Q(funded=None) | Q(funded__lte=0))
    )


def payments_for(programme: Programme, wanted: Wanted, currency: str) -> list[Payment]:
    """All the place's payments of a currency, in the market and out of it. Two queries."""
    everything = lines_of(programme).filter(currency=currency, **_year(wanted))
    inside: dict[tuple[UUID, UUID], Decimal] = {
        (row["payer_id"], row["payee_id"]): row["sum"]
        for row in lines_of(programme, wanted)
        .filter(currency=currency)
        .order_by()
        .values("payer_id", "payee_id")
        .annotate(sum=Sum("amount"))
    }
    found = []
    rows = everything.order_by().values(
        "payer_id",
        "payee_id",
        payer_name=Coalesce("payer__organisation__name", "payer__name"),
        payer_organisation=F("payer__organisation"),
        organisation=F("payee__organisation"),
        recipient_kind=F("payee__kind"),
        local=F("payee__is_local"),
        small=F("payee__is_small"),
    )
    for row in _as_one(rows.annotate(sum=Sum("amount"))):
        here = inside.get((row["payer_id"], row["payee_id"]))
        outside = row["sum"] - (here or 0)
        for amount, is_inside in ((here, True), (outside, False)):
            if amount is None or (not is_inside and amount == 0):
                continue
            found.append(
                Payment(
                    payer=row["payer_name"],
                    provider=str(row["provider"]),
                    amount=amount,
                    in_market=is_inside,
                    held_back=row["recipient_kind"] == Payee.Kind.REDACTED,
                    is_person=row["recipient_kind"] == Payee.Kind.PERSON,
                    local=row["local"],
                    small=row["small"],
                )
            )
    return found


def _year(wanted: Wanted) -> dict[str, date]:
    if wanted.year is None:
        return {}
    return {
        "starts_on__gte": date(wanted.year, 4, 1),
        "starts_on__lt": date(wanted.year + 1, 4, 1),
    }
