"""Shapes on a map (GeoJSON): each becomes a resource at a spot within it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commissioning.ground.answers import Text
from places.imports.formats.rows import AnyRow, FeatureRow, Item
from places.imports.importers import Saved
from places.imports.models import Import
from places.resources.importers.common import (
    about_of,
    email_address,
    resources_url,
    save_resources,
    short,
    undo_resources,
    web_address,
)
from places.resources.models import Kind, Resource, Where


class FeatureImporter:
    """Saves GeoJSON features; our own export comes back with every word."""

    name = "geojson"
    label: Text = gettext_lazy("Shapes on a map")
    needs_open_gate = False

    def save(self, batch: Sequence[Item[AnyRow]], to: Import) -> Saved:
        """Write a batch."""
        return save_resources(batch, to, make)

    def finish(self, to: Import) -> Sequence[str]:
        """Nothing is left to do."""
        return ()

    def undo(self, of: Import) -> int:
        """Take it all away."""
        return undo_resources(of)

    def result_url(self, of: Import) -> str:
        """The map and the list."""
        return resources_url(of)


def make(row: AnyRow) -> Resource:
    """A resource from a feature: what we know by name, the rest as words."""
    assert isinstance(row, FeatureRow)
    said = {name.lower(): value for name, value in row.properties.items()}
    ours = said.get("kind", "") in Kind.values
    return Resource(
        kind=said["kind"] if ours else Kind.BUILDINGS,
        what=short(row.name or _("Unnamed shape"), 160),
        about=about_of(said.get("about", "")) if ours else about_of(_rest(row)),
        whose=short(said.get("whose", ""), 160),
        where=Where.POINT,
        longitude=row.point.longitude,
        latitude=row.point.latitude,
        address=said.get("address", "")[:300],
        postcode=said.get("postcode", "")[:12],
        when=short(said.get("when", ""), 200),
        for_whom=short(said.get("for_whom", ""), 200),
        website=web_address(said.get("website", "")),
        email=email_address(said.get("email", "")),
        telephone=said.get("telephone", "")[:40],
    )


def _rest(row: FeatureRow) -> str:
    taken = {"name", "address", "postcode", "website", "email", "telephone"}
    parts = [
        f"{name}: {value}."
        for name, value in row.properties.items()
        if value and name.lower() not in taken and value != row.name
    ]
    return " ".join(parts)
