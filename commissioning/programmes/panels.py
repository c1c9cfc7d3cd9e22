"""What programmes show on the pages of places and organisations."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from commissioning.people.models import User
from commissioning.programmes.models import Membership, Programme
from commissioning.programmes.rules import Person
from places.directory.models import Organisation, Place
from places.directory.panels import OrganisationPanel, PanelRow, PlacePanel


def readable(user: Person) -> QuerySet[Programme]:
    """Programmes that the person may read, their own first (``is_mine``)."""
    if not isinstance(user, User):
        return Programme.objects.filter(is_public=True)
    mine = Membership.objects.in_force().filter(user=user, programme=OuterRef("pk"))
    found = Programme.objects.annotate(is_mine=Exists(mine))
    return found.filter(Q(is_public=True) | Q(is_mine=True)).order_by(
        "-is_mine", "-starts_on", "title"
    )


def _row(programme: Programme) -> PanelRow:
    return PanelRow(
        text=programme.title,
        url=programme.get_absolute_url(),
        note=_("Led by %s") % programme.led_by.name,
        tag=programme.get_stage_display(),
    )


def _of_place(place: Place, user: Person) -> Sequence[PanelRow]:
    return [_row(found) for found in readable(user).filter(place=place).select_related("led_by")]


def _of_organisation(organisation: Organisation, user: Person) -> Sequence[PanelRow]:
    taking_part = Membership.objects.in_force().filter(
        organisation=organisation, programme=OuterRef("pk")
    )
    found = readable(user).filter(Q(led_by=organisation) | Exists(taking_part))
    return [_row(programme) for programme in found.select_related("led_by")]


PLACE_PANEL = PlacePanel(
    title=_("Programmes"),
    rows=_of_place,
    empty=_("No programme is public here yet."),
)
ORGANISATION_PANEL = OrganisationPanel(
    title=_("Programmes it leads or takes part in"),
    rows=_of_organisation,
    empty=_("None that is public."),
)
