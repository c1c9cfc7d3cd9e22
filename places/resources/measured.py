"""What organisations that bring something to a place say they measure: evidence, by their word."""

from collections.abc import Sequence
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commissioning.programmes.evidence import EvidenceItem, EvidenceSource
from commissioning.programmes.models import Programme
from commissioning.programmes.rules import Person
from places.directory.models import Measure
from places.resources.models import Resource

MOST_ITEMS: Final = 60


def _items(programme: Programme, user: Person) -> Sequence[EvidenceItem]:
    """One query."""
    bringing = (
        Resource.objects.filter(place=programme.place)
        .visible_to(user)
        .exclude(organisation=None)
        .order_by()
        .values("organisation_id")
    )
    said = (
        Measure.objects.standing()
        .filter(organisation__in=bringing)
        .select_related("organisation")
        .order_by("organisation__sort_key", "created_at")
    )
    return [
        EvidenceItem(
            key=str(measure.pk),
            words=_("%(who)s says of itself, not checked: %(measure)s (%(period)s). %(how)s")
            % {
                "who": measure.organisation.name,
                "measure": measure,
                "period": measure.period,
                "how": measure.how_known,
            },
            url=f"{measure.organisation.get_absolute_url()}#measures",
        )
        for measure in said[:MOST_ITEMS]
    ]


MEASURES: Final = EvidenceSource(
    title=gettext_lazy("What organisations measure themselves"),
    items=_items,
    url=lambda programme: f"{reverse('directory:organisations')}?place={programme.place.slug}",
    empty=gettext_lazy("No organisation that brings something has said yet what it measures."),
)
