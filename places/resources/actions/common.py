"""What every action on a resource does: hold its row, keep amounts out, find its area."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Invalid
from commissioning.ground.locks import lock
from commissioning.people.models import User
from commissioning.programmes.history import record
from commissioning.programmes.models import Programme
from commissioning.programmes.money_talk import AMOUNT, amounts_in
from places.directory.models import Place
from places.resources.geo import Areas
from places.resources.models import Resource, Where

LEFT_OUT = "[an amount, left out]"


def hold_place(place: Place) -> None:
    """One change to what a place has at a time, where two rows are looked at together."""
    lock(f"resources:{place.pk}")


def locked(resource: Resource) -> Resource:
    """The row as it is now, held until the transaction ends."""
    return (
        Resource.objects.select_for_update(no_key=True, of=("self",))
        .select_related("place", "organisation", "programme", "area")
        .get(pk=resource.pk)
    )


def refuse_amounts(**texts: str) -> None:
    """Raise :class:`Invalid` beside the first text that names an amount: here it never belongs."""
    for field, text in texts.items():
        if found := amounts_in(text):
            raise Invalid(
                _("Say what there is, not what it costs. Take “%(amount)s” out.")
                % {"amount": found[0]},
                field,
            )


def without_amounts(text: str) -> str:
    """A text from a file or a workshop with any amount left out; nobody is there to reword it."""
    return AMOUNT.sub(LEFT_OUT, text)


def areas_of(place: Place) -> Areas[UUID]:
    """The place's boundaries, to look points up in."""
    return Areas(place.areas.values_list("pk", "boundary"))


def locate(place: Place, resources: Iterable[Resource]) -> None:
    """Set the area of those that are points, from the boundaries; one query."""
    points = [found for found in resources if found.where == Where.POINT]
    if not points:
        return
    spots = [(found.longitude or 0.0, found.latitude or 0.0) for found in points]
    for found, area_id in zip(points, areas_of(place).of(spots), strict=True):
        found.area_id = area_id


def tell_history(
    programme: Programme | None, user: User | None, sentence: str, *, reason: str = ""
) -> None:
    """A line in the history of the programme through which it was done, if any."""
    if programme is not None:
        record(programme, user, sentence, reason=reason)
