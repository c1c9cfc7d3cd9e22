"""Lists of places: buildings, projects, groups at an address."""

import re
from typing import Final

from places.imports.formats.rows import AnyRow, LocationRow
from places.resources.importers.common import (
    about_of,
    email_address,
    short,
    web_address,
)
from places.resources.models import Kind, Resource, Where

# Columns that a machine keeps for itself: they tell a reader nothing.
_IS_A_CODE: Final = re.compile(
    r"_(?:NUMBER|NO|ID|CODE|REF|KEY|UID|FID)$|^(?:OBJECT|GLOBAL|F|U|GU)ID$|^[A-Z]*_?UPRN$",
    re.IGNORECASE,
)
# Said in the name or the category; else it is a building.
_WORDS: Final = (
    (("club", "group", "association", "network", "society", "project"), Kind.GROUPS),
    (("equipment", "defibrillator", "bench", "bin"), Kind.EQUIPMENT),
)


def make(row: AnyRow) -> Resource:
    """A resource from a row of a list of places."""
    assert isinstance(row, LocationRow)
    extra = [
        f"{heading}: {value}."
        for heading, value in row.extra.items()
        if value and not _IS_A_CODE.search(heading)
    ]
    return Resource(
        kind=kind_of(row),
        what=short(row.name, 160),
        about=about_of(row.category, row.description, " ".join(extra)),
        where=Where.POINT if row.point else Where.UNPLACED,
        longitude=row.point.longitude if row.point else None,
        latitude=row.point.latitude if row.point else None,
        address=row.address[:300],
        postcode=row.postcode[:12],
        when=short(row.opening_hours, 200),
        for_whom=short(row.for_whom, 200),
        website=web_address(row.website),
        email=email_address(row.email),
        telephone=row.telephone[:40],
    )


def kind_of(row: LocationRow) -> Kind:
    """What says whom it is for is a service; the rest goes by its words."""
    if row.for_whom:
        return Kind.SERVICES
    said = f"{row.name} {row.category}".lower()
    found = (kind for words, kind in _WORDS if any(word in said for word in words))
    return next(found, Kind.BUILDINGS)
