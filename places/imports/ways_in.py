"""How people find their way to imports from a place's page."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from places.directory.models import Place
from places.directory.panels import PanelRow, place_tools
from places.directory.rules import Person
from places.imports.rules import may_bring_in


def of_place(place: Place, user: Person) -> Sequence[PanelRow]:
    """One line, for those who may bring files in."""
    if not may_bring_in(user, place):
        return ()
    return (
        PanelRow(
            text=_("Bring in a file"),
            url=reverse("imports:place", args=[place.slug]),
            note=_("Lists of buildings and projects, a directory of services, shapes on the map."),
        ),
    )


def register() -> None:
    """Fill the registry; called when the application is ready."""
    place_tools.register("imports", of_place)
