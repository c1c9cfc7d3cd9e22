"""Shapes on a map (GeoJSON): each becomes a resource at a spot within it."""

from django.utils.translation import gettext as _

from places.imports.formats.rows import AnyRow, FeatureRow
from places.resources.importers.common import (
    about_of,
    email_address,
    short,
    web_address,
)
from places.resources.models import Kind, Resource, Where


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
