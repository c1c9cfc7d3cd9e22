"""What is known here of the cost of choosing, as evidence for later choices."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commissioning.programmes.evidence import EvidenceItem, EvidenceSource, evidence_sources
from commissioning.programmes.models import Programme
from commissioning.programmes.rules import Person, money_gate
from decisions.costs.labels import ROUTES
from decisions.costs.model.content import content
from decisions.costs.models import CostVersion
from decisions.costs.place_reports import hours_by_route
from decisions.costs.views.common import url_of
from decisions.questions.models import Question

PUBLISHED = (
    "uk_total",
    "eu_person_days",
    "cost_share_of_raised_small",
    "median_share_of_cost_paid",
)


def items(programme: Programme, user: Person) -> Sequence[EvidenceItem]:
    """Reports first, then kept versions, then what was published. Two queries."""
    found = [
        EvidenceItem(
            f"reports:{route}",
            ngettext(
                "%(number)d organisation here has said what applying took it: %(way)s.",
                "%(number)d organisations here have said what applying took them: %(way)s.",
                len(hours),
            )
            % {"number": len(hours), "way": ROUTES[route]},
        )
        for route, hours in hours_by_route(programme.place).items()
        if route in ROUTES
    ]
    kept = (
        CostVersion.objects.filter(model__question__programme=programme)
        .exclude(model__question__state=Question.State.DRAFT)
        .select_related("model__question__programme")[:10]
    )
    found += [
        EvidenceItem(
            f"version:{version.pk}",
            _("Version %(number)d of what choosing costs, for “%(title)s”.")
            % {"number": version.number, "title": version.model.question.title},
            url_of("versions", version.model.question),
        )
        for version in kept
    ]
    rows = content().rows
    found += [
        EvidenceItem(
            f"published:{key}", f"{rows[key].says} ({rows[key].source}) {rows[key].caveat}"
        )
        for key in PUBLISHED
    ]
    return found


def _page(programme: Programme) -> str:
    return reverse("programmes:journey", args=[programme.slug])


def register() -> None:
    """Fill the registry; called when the application is ready."""
    evidence_sources.register(
        "costs",
        EvidenceSource(
            title=gettext_lazy("What choosing costs"),
            items=items,
            url=_page,
            empty=gettext_lazy("Nothing is known yet."),
            gate=money_gate,
        ),
    )
