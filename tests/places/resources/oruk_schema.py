"""JSON Schemas of Open Referral UK 3.0, as far as this API speaks of it.

Written from the standard's pages (the paging header, the fields that must be filled in, and that
optional fields without a value are left out) and from the examples in the shared data, which the
first test holds them to: whatever the examples have, these allow.
"""

from typing import Any, Final

Schema = dict[str, Any]
TEXT: Final[Schema] = {"type": "string", "minLength": 1}
ID: Final[Schema] = {"type": "string", "format": "uuid", "minLength": 1}
DAY: Final[Schema] = {"type": "string", "format": "date"}
WHOLE: Final[Schema] = {"type": "integer", "minimum": 0}
DEGREES: Final[Schema] = {"type": "number", "minimum": -180, "maximum": 180}


def thing(required: str, /, **properties: Schema) -> Schema:
    """An object with an id and these properties; no others."""
    return {
        "type": "object",
        "required": ["id", *required.split()],
        "properties": {"id": ID, **properties},
        "additionalProperties": False,
    }


def many(of: Schema) -> Schema:
    return {"type": "array", "items": of}


TAXONOMY: Final = thing("name description", name=TEXT, description=TEXT, uri=TEXT, version=TEXT)
TERM: Final = thing(
    "name description",
    code=TEXT,
    name=TEXT,
    description=TEXT,
    parent_id=TEXT,
    taxonomy=TEXT,
    taxonomy_detail=TAXONOMY,
    language=TEXT,
    term_uri=TEXT,
    term=TEXT,
)
IDENTIFIER: Final = thing(
    "identifier_type identifier", identifier_scheme=TEXT, identifier_type=TEXT, identifier=TEXT
)
_ORGANIZATION: Final[dict[str, Schema]] = {
    "name": TEXT,
    "description": TEXT,
    "email": TEXT,
    "website": TEXT,
    "logo": TEXT,
    "uri": TEXT,
    "parent_organization_id": TEXT,
    "organization_identifiers": many(IDENTIFIER),
}
ORGANIZATION: Final = thing("name description", **_ORGANIZATION)
ADDRESS: Final = thing(
    "address_1 city state_province postal_code country address_type",
    attention=TEXT,
    address_1=TEXT,
    address_2=TEXT,
    city=TEXT,
    region=TEXT,
    state_province=TEXT,
    postal_code=TEXT,
    country={"type": "string", "pattern": "^[A-Z]{2}$"},
    address_type={"enum": ["physical", "postal", "virtual"]},
)
LOCATION: Final = thing(
    "location_type",
    location_type={"enum": ["physical", "postal", "virtual"]},
    name=TEXT,
    description=TEXT,
    latitude=DEGREES,
    longitude=DEGREES,
    addresses=many(ADDRESS),
)
SCHEDULE: Final = thing("", description=TEXT)
ATTRIBUTE: Final = thing("taxonomy_term", link_entity=TEXT, link_type=TEXT, taxonomy_term=TERM)
_LINE: Final[dict[str, Schema]] = {
    "name": TEXT,
    "description": TEXT,
    "url": TEXT,
    "email": TEXT,
    "status": {"enum": ["active", "inactive", "defunct", "temporarily closed"]},
    "assured_date": DAY,
    "last_modified": {"type": "string", "format": "date-time"},
    "organization": ORGANIZATION,
}
SERVICE_LINE: Final = thing("name status organization", **_LINE)
AT_LOCATION: Final = thing("location", location=LOCATION)
AT_LOCATION_WITH_SERVICE: Final = thing("location service", location=LOCATION, service=SERVICE_LINE)
_FULL: Final[dict[str, Schema]] = {
    **_LINE,
    "schedules": many(SCHEDULE),
    "phones": many(thing("number", number=TEXT)),
    "service_areas": many(thing("", name=TEXT)),
    "service_at_locations": many(AT_LOCATION),
    "attributes": many(ATTRIBUTE),
}
SERVICE: Final = thing("name status organization", **_FULL)
ORGANIZATION_IN_FULL: Final = thing(
    "name description services",
    **_ORGANIZATION,
    services=many(thing("name status", **{k: v for k, v in _FULL.items() if k != "organization"})),
)


PAGING: Final = (
    *("total_items", "total_pages", "page_number", "size"),
    *("first_page", "last_page", "empty"),
)


def page(of: Schema) -> Schema:
    """The envelope of a list."""
    yes_or_no: Schema = {"type": "boolean"}
    return {
        "type": "object",
        "required": [
            "total_items",
            "total_pages",
            "page_number",
            "size",
            "first_page",
            "last_page",
            "empty",
            "contents",
        ],
        "properties": {
            "total_items": WHOLE,
            "total_pages": WHOLE,
            "page_number": WHOLE,
            "size": WHOLE,
            "first_page": yes_or_no,
            "last_page": yes_or_no,
            "empty": yes_or_no,
            "contents": many(of),
        },
        "additionalProperties": False,
    }


def loose(schema: Schema) -> Schema:
    """The same, with other properties let through: what the standard's own examples are held to."""
    loosened: Schema = {}
    for key, value in schema.items():
        if key == "additionalProperties":
            continue
        if isinstance(value, dict):
            loosened[key] = loose(value)
        else:
            loosened[key] = value
    return loosened
