"""What organisations that bring something to a place say they measure: evidence, by their word."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commissioning.programmes.evidence import EvidenceItem, EvidenceSource
from commissioning.programmes.models import Programme
from commissioning.programmes.rules import Person
from places.directory.models import Measure
from places.resources.models import OutcomeLink, Resource

MOST_ITEMS: Final = 60


def _items(
    programme: Programme, user: Person, most: int | None = MOST_ITEMS
) -> Sequence[EvidenceItem]:
    """One query. ``outcome_id`` is an outcome that something they bring is linked to, if any is."""
    seen = Resource.objects.filter(place=programme.place).visible_to(user).order_by()
    bringing = seen.exclude(organisation=None).values("organisation_id")
    towards = OutcomeLink.objects.filter(
        resource__in=seen.values("pk"),
        resource__organisation=OuterRef("organisation"),
        outcome__in=programme.outcomes.all(),
    )
    said = (
        Measure.objects.standing()
        .filter(organisation__in=bringing)
        .select_related("organisation")
        .annotate(towards=Subquery(towards.order_by("created_at").values("outcome")[:1]))
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
            outcome_id=getattr(measure, "towards", None),
        )
        for measure in said[:most]
    ]


MEASURES: Final = EvidenceSource(
    title=gettext_lazy("What organisations measure themselves"),
    items=_items,
    everything=partial(_items, most=None),
    url=lambda programme: f"{reverse('directory:organisations')}?place={programme.place.slug}",
    empty=gettext_lazy("No organisation that brings something has said yet what it measures."),
)
