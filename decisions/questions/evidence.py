"""What a programme itself says, as evidence: its agreed vision, its outcomes, what is fixed."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commissioning.programmes.actions.vision import agreed_vision
from commissioning.programmes.evidence import EvidenceItem, EvidenceSource, evidence_sources
from commissioning.programmes.models import Given, Programme
from commissioning.programmes.rules import Person


def _page(programme: Programme, name: str) -> str:
    return reverse(f"programmes:{name}", args=[programme.slug])


def vision_items(programme: Programme, user: Person) -> list[EvidenceItem]:
    """The agreed vision and each of its outcomes. Two queries."""
    vision = agreed_vision(programme)
    if vision is None:
        return []
    url = _page(programme, "vision")
    items = [EvidenceItem(f"vision-{vision.version}", _("Agreed: “%s”") % vision.statement, url)]
    for outcome in programme.outcomes.all():
        words = _("An outcome everybody agreed: “%s”") % outcome.title
        items.append(EvidenceItem(f"outcome-{outcome.pk}", words, url, outcome.pk))
    return items


def given_items(programme: Programme, user: Person) -> list[EvidenceItem]:
    """What is already decided, and what is truly open. One query."""
    url = _page(programme, "fixed_and_open")
    said = {Given.Kind.FIXED: _("Fixed: %s"), Given.Kind.OPEN: _("Open: %s")}
    return [
        EvidenceItem(str(given.pk), said[Given.Kind(given.kind)] % given.words, url)
        for given in programme.givens.all()
    ]


def register() -> None:
    """Fill the registry; called when the application is ready."""
    evidence_sources.register(
        "vision",
        EvidenceSource(
            title=gettext_lazy("The vision and its outcomes"),
            items=vision_items,
            url=lambda programme: _page(programme, "vision"),
            empty=gettext_lazy("The vision is not agreed yet."),
        ),
    )
    evidence_sources.register(
        "givens",
        EvidenceSource(
            title=gettext_lazy("Fixed and open"),
            items=given_items,
            url=lambda programme: _page(programme, "fixed_and_open"),
            empty=gettext_lazy("Nothing has been said to be fixed or open."),
        ),
    )
