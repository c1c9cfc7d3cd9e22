"""How the money is spent now, on paper: the flow picture, its table, and what nobody funds."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commissioning.documents.types import DocumentType, document_types
from commissioning.ground.answers import Answer
from commissioning.programmes.models import Programme
from commissioning.programmes.rules import Person, money_gate
from places.directory.models import Place
from places.spending import sums
from places.spending.rules import may_sort
from places.spending.shown import picture_shown

PAPER = "spending.flows"


def flow_section(programme: Programme) -> dict[str, Any]:
    """The section of a paper that shows the flows, for ``places/spending/_paper_flows.html``.

    Empty while the programme's money gate is closed: ``closed`` says why.
    """
    gate = money_gate(programme)
    if not gate:
        return {"closed": str(gate.reason), "pictures": [], "unfunded": [], "sources": []}
    sources = sums.sources_of(programme)
    return {
        "closed": "",
        "pictures": [
            picture_shown(picture, programme)
            for picture in sums.flow_pictures(sums.lines_of(programme), on_paper=True)
        ],
        "unfunded": [outcome.title for outcome in sums.unfunded(programme)],
        "sources": list(sources.values_list("title", flat=True)[:100]),
    }


def data(programme_id: UUID) -> dict[str, Any]:
    """Everything that the paper says; an allow list."""
    programme = _programme(programme_id)
    return {
        "programme": programme.title,
        "place": programme.place.name,
        "flows": flow_section(programme),
    }


def _programme(programme_id: UUID) -> Programme:
    return Programme.objects.select_related("place", "led_by", "gate_lift").get(pk=programme_id)


def may_have(user: Person, programme_id: UUID) -> Answer:
    """Those who run the programme, once amounts are open."""
    return may_sort(user, _programme(programme_id))


def place_of(programme_id: UUID) -> Place:
    """The place whose name the paper carries."""
    return _programme(programme_id).place


def page_of(programme_id: UUID) -> str:
    """The page that it is the paper of."""
    return reverse("spending:overview", args=[_programme(programme_id).slug])


def title_of(facts: dict[str, Any]) -> str:
    """The paper's title."""
    return str(_("How the money is spent now: %s") % facts["programme"])


def register() -> None:
    """Fill the registry; called when the application is ready."""
    document_types.register(
        PAPER,
        DocumentType(
            name=PAPER,
            label=gettext_lazy("How the money is spent now"),
            template="places/spending/paper.html",
            data=data,
            rule=may_have,
            place=place_of,
            title=title_of,
            page=page_of,
            mark=gettext_lazy("Working paper"),
        ),
    )
