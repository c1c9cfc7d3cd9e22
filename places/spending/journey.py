"""How the money shows itself on a programme's map, and as evidence for what is chosen later."""

from collections.abc import Sequence
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commissioning.ground.answers import Answer, no
from commissioning.programmes.evidence import (
    EvidenceItem,
    EvidencePicture,
    EvidenceSource,
    evidence_sources,
)
from commissioning.programmes.journey import NextStep, PartSummary, StagePart, stage_parts
from commissioning.programmes.models import Programme, Stage
from commissioning.programmes.rules import Person, may_run, money_gate
from commissioning.programmes.templatetags.money import money
from places.spending import market, sums
from places.spending.models import Annotation, ClassificationRule, SpendingLine, Suggestion
from places.spending.papers import flow_section
from places.spending.shown import percent
from places.spending.sums import Wanted

MOST_ITEMS = 30
FLOWS = EvidencePicture(
    facts=flow_section,
    page="places/spending/_review_flows.html",
    paper="places/spending/_paper_flows.html",
)


def _url(programme: Programme, name: str = "overview") -> str:
    return reverse(f"spending:{name}", args=[programme.slug])


def summary(programme: Programme, user: Person) -> PartSummary:
    """How many lines there are, and whether any is linked to an outcome. One query."""
    rows = sums.totals(sums.lines_of(programme))
    number = sum(row["n"] for row in rows)
    if not number:
        return PartSummary(_("No payments or grants have been read in yet."), _("To begin"), "wait")
    text = ngettext("%d payment or grant.", "%d payments and grants.", number) % number
    if not any(row["linked"] for row in rows):
        return PartSummary(text, _("Not linked to outcomes yet"), "wait")
    return PartSummary(text, _("Linked to outcomes"))


def next_step(programme: Programme, user: Person) -> NextStep | None:
    """Read files in; look at suggestions; say what lines are about; talk about it."""
    if not money_gate(programme):
        return None
    if not may_run(user, programme):
        return None
    if not SpendingLine.objects.filter(place=programme.place_id).exists():
        return NextStep(
            gettext_lazy("See how the money is spent now"),
            gettext_lazy("Read in what the council and other funders publish."),
            gettext_lazy("How the money is spent now"),
            _url(programme),
        )
    if not ClassificationRule.objects.filter(programme=programme).exists():
        return NextStep(
            gettext_lazy("Say which outcomes the money goes towards"),
            gettext_lazy("A rule says it for many lines at once; you see which before it does."),
            gettext_lazy("Write a rule"),
            _url(programme, "rule_new"),
        )
    if Suggestion.objects.filter(
        payee__place=programme.place_id, state=Suggestion.State.WAITING
    ).exists():
        return NextStep(
            gettext_lazy("Say which organisations were paid"),
            gettext_lazy("Some names are much like those of organisations here."),
            gettext_lazy("Look at payees"),
            f"{_url(programme, 'payees')}?show=suggested",
        )
    return None


def spending_items(
    programme: Programme, user: Person, most: int | None = MOST_ITEMS
) -> Sequence[EvidenceItem]:
    """What goes towards each outcome, and what people say could be used better."""
    items = [
        EvidenceItem(
            key=f"outcome-{row['outcome']}-{row['currency']}",
            words=_("%(amount)s is known to go towards “%(outcome)s”.")
            % {
                "amount": money(row["sum"], programme, row["currency"]),
                "outcome": row["title"],
            },
            url=f"{_url(programme, 'lines')}?outcome={row['outcome']}",
            outcome_id=row["outcome"],
        )
        for row in sums.by(
            sums.lines_of(programme, Wanted(any_outcome=True)),
            outcome="said__outcome",
            title="said__outcome__title",
        )
    ]
    notes = Annotation.objects.filter(programme=programme, hidden_at=None)[:most]
    return [*items, *(_said(note, programme) for note in notes)]


def _said(note: Annotation, programme: Programme) -> EvidenceItem:
    return EvidenceItem(
        key=f"note-{note.pk}",
        words=f"{note.get_kind_display()}: {note.words}",
        url=reverse("spending:note", args=[programme.slug, note.pk]),
        outcome_id=note.outcome_id,
    )


def market_items(programme: Programme, user: Person) -> Sequence[EvidenceItem]:
    """The market of each outcome: how many providers, the largest, who is at risk."""
    items = []
    for outcome in programme.outcomes.all()[:8]:
        wanted = Wanted(outcome=outcome.pk)
        totals = sums.totals(sums.lines_of(programme, wanted))
        if not totals:
            continue
        found = market.market_of(sums.payments_for(programme, wanted, totals[0]["currency"]))
        if not found.number:
            continue
        items.append(
            EvidenceItem(
                key=f"market-{outcome.pk}",
                words=_market_words(found, outcome.title),
                url=f"{_url(programme, 'market')}?outcome={outcome.pk}",
                outcome_id=outcome.pk,
            )
        )
    return items


def _market_words(found: market.Market, outcome: str) -> str:
    said = ngettext(
        "%(n)d provider is paid for “%(outcome)s”; the largest has %(share)s of the money.",
        "%(n)d providers are paid for “%(outcome)s”; the largest has %(share)s of the money.",
        found.number,
    ) % {"n": found.number, "outcome": outcome, "share": percent(found.largest)}
    if found.only_payer:
        said += " " + (
            _("One payer's files say nothing of who depends on it: %s.") % found.only_payer
        )
    elif found.at_risk:
        said += " " + (
            ngettext(
                "%d would lose half or more of what it is known to receive if its payer stopped.",
                "%d would lose half or more of what they are known to receive if theirs stopped.",
                len(found.at_risk),
            )
            % len(found.at_risk)
        )
    return said


def some_list_was_read(programme: Programme) -> Answer:
    """Whether it can be known what nobody funds: by the money gate, and by any list at all."""
    gate = money_gate(programme)
    if not gate or sums.lines_of(programme).exists():
        return gate
    return no(_("No list of payments or grants was read, so it is not known what nobody funds."))


def gap_items(programme: Programme, user: Person) -> Sequence[EvidenceItem]:
    """Each outcome that no money is known to go to. One query."""
    return [
        EvidenceItem(
            key=f"unfunded-{outcome.pk}",
            words=_("Nobody is known to fund “%s”.") % outcome.title,
            url=_url(programme, "gaps"),
            outcome_id=outcome.pk,
        )
        for outcome in sums.unfunded(programme)
    ]


def register() -> None:
    """Fill the registries; called when the application is ready."""
    stage_parts.register(
        "spending",
        StagePart(
            stage=Stage.RESOURCES,
            title=gettext_lazy("How the money is spent now"),
            url=_url,
            summary=summary,
            gate=money_gate,
            next_step=next_step,
        ),
    )
    for name, title, items, page, gate, empty in (
        (
            "spending",
            gettext_lazy("Who funds what, and what could be used better"),
            spending_items,
            "overview",
            money_gate,
            gettext_lazy("No money is linked to an outcome yet."),
        ),
        (
            "market",
            gettext_lazy("Who provides what"),
            market_items,
            "market",
            money_gate,
            gettext_lazy("No payment to a provider is linked to an outcome yet."),
        ),
        (
            "nobody_funds",
            gettext_lazy("What nobody funds"),
            gap_items,
            "gaps",
            some_list_was_read,
            gettext_lazy("Every outcome has some money."),
        ),
    ):
        evidence_sources.register(
            name,
            EvidenceSource(
                title=title,
                items=items,
                url=lambda programme, page=page: _url(programme, page),  # type: ignore[misc]
                empty=empty,
                gate=gate,
                picture=FLOWS if name == "spending" else None,
                everything=partial(spending_items, most=None) if name == "spending" else None,
            ),
        )
