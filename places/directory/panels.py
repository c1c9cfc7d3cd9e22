"""The registry by which higher rooms show on a place's page what they have there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from commissioning.ground.answers import Text
from commissioning.ground.registries import Registry
from places.directory.models import Organisation, Place
from places.directory.rules import Person


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One line of a panel: a link, a line about it, a tag."""

    text: Text
    url: str
    note: Text = ""
    tag: Text = ""


@dataclass(frozen=True, slots=True)
class PlacePanel:
    """A panel of a place's page. ``rows`` makes one or two queries and shows what one may see."""

    title: Text
    rows: Callable[[Place, Person], Sequence[PanelRow]]
    empty: Text


@dataclass(frozen=True, slots=True)
class OrganisationPanel:
    """A panel of an organisation's profile, likewise."""

    title: Text
    rows: Callable[[Organisation, Person], Sequence[PanelRow]]
    empty: Text


# What those who look after a place do there, beside its page: nothing for everybody else.
PlaceTool = Callable[[Place, Person], Sequence[PanelRow]]

place_panels: Final[Registry[PlacePanel]] = Registry("panel of a place's page")
place_tools: Final[Registry[PlaceTool]] = Registry("tool beside a place's page")
organisation_panels: Final[Registry[OrganisationPanel]] = Registry("panel of a profile")
