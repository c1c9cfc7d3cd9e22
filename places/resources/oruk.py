"""Published resources in the shape of Open Referral UK 3.0 (HSDS 3.0 with the UK profile).

Every published resource is given as a service, whatever its kind; its kind is a term of our own
taxonomy. What a service needs and a resource has not (an organisation, where nobody in the
directory has it) is the place itself. Optional fields without a value are left out, as the
standard asks. Fields are those written here and no others: a new column never appears by itself.
"""

from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from places.directory.models import Identifier, Organisation, Place
from places.resources.models import Kind, Resource, Where

VERSION: Final = "HSDS-UK-3.0"
PROFILE: Final = "https://docs.openreferraluk.org/"
Thing = dict[str, Any]

TAXONOMY_ID: Final = uuid5(NAMESPACE_URL, "https://collaborative-commissioning.org/kinds")
TERM_IDS: Final[dict[UUID, Kind]] = {uuid5(TAXONOMY_ID, kind.value): kind for kind in Kind}
_IDS: Final = {kind: key for key, kind in TERM_IDS.items()}


def taxonomy() -> Thing:
    """Our one taxonomy: the kinds of thing that a place has."""
    return {
        "id": str(TAXONOMY_ID),
        "name": "Kinds of resource",
        "description": "What a place has towards its outcomes: people, time, groups, buildings, "
        "equipment, knowledge, services and money in kind.",
        "version": "1",
    }


def term(kind: Kind) -> Thing:
    """A kind as a term."""
    return {
        "id": str(_IDS[kind]),
        "code": kind.value,
        "name": str(kind.label),
        "description": str(kind.label),
        "taxonomy": "Kinds of resource",
        "taxonomy_detail": taxonomy(),
    }


def organization(found: Organisation, identifiers: list[Identifier] | None = None) -> Thing:
    """An organisation; with its identifiers where they are given."""
    thing: Thing = {
        "id": str(found.pk),
        "name": found.name,
        "description": found.about or found.name,
        "email": found.email,
        "website": found.website,
    }
    if identifiers:
        thing["organization_identifiers"] = [
            {
                "id": str(one.pk),
                "identifier_scheme": one.scheme,
                "identifier_type": one.scheme,
                "identifier": one.value,
            }
            for one in identifiers
        ]
    return filled(thing)


def place_as_organization(place: Place) -> Thing:
    """Who stands for what nobody in the directory has."""
    return {"id": str(place.pk), "name": place.name, "description": place.about or place.name}


def service(found: Resource) -> Thing:
    """A resource as a line of a list of services."""
    return filled(
        {
            "id": str(found.pk),
            "name": found.what,
            "description": _description(found),
            "url": found.website,
            "email": found.email,
            "status": "active",
            "assured_date": found.checked_on.isoformat() if found.checked_on else "",
            "last_modified": found.changed_at.isoformat(),
            "organization": organization(found.organisation)
            if found.organisation
            else place_as_organization(found.place),
        }
    )


def _description(found: Resource) -> str:
    whose = "" if found.organisation else found.whose
    parts = (found.about, found.for_whom and f"For: {found.for_whom}", whose and f"Of: {whose}")
    return "\n".join(part for part in parts if part)


def service_in_full(found: Resource) -> Thing:
    """A resource with where, when, and of which kind."""
    own = uuid5(found.pk, "own")
    thing = service(found)
    thing["attributes"] = [
        {"id": str(own), "link_entity": "service", "taxonomy_term": term(Kind(found.kind))}
    ]
    if found.when:
        thing["schedules"] = [{"id": str(uuid5(own, "schedule")), "description": found.when}]
    if found.telephone:
        thing["phones"] = [{"id": str(uuid5(own, "phone")), "number": found.telephone}]
    if found.where in (Where.AREA, Where.EVERYWHERE):
        name = found.area.name if found.area else found.place.name
        thing["service_areas"] = [{"id": str(uuid5(own, "area")), "name": name}]
    elif found.where == Where.POINT or found.address or found.postcode:
        thing["service_at_locations"] = [service_at_location(found)]
    return thing


def service_at_location(found: Resource, *, with_service: bool = False) -> Thing:
    """The resource where it stands; each stands at one spot, so it goes by the same id."""
    thing: Thing = {"id": str(found.pk), "location": _location(found)}
    if with_service:
        thing["service"] = service(found)
    return thing


def _location(found: Resource) -> Thing:
    thing: Thing = {
        "id": str(uuid5(found.pk, "location")),
        "location_type": "physical",
        "name": found.address or found.what,
        "latitude": found.latitude,
        "longitude": found.longitude,
    }
    if found.address or found.postcode:
        thing["addresses"] = [
            {
                "id": str(uuid5(found.pk, "address")),
                "address_1": found.address or found.what,
                "city": found.place.name,
                "state_province": found.place.name,
                "postal_code": found.postcode or "unknown",
                "country": "GB",
                "address_type": "physical",
            }
        ]
    return filled(thing)


def filled(thing: Thing) -> Thing:
    """Without what has no value."""
    return {name: value for name, value in thing.items() if value not in ("", None, [])}


def page_of(contents: list[Thing], total: int, number: int, size: int) -> Thing:
    """The envelope that a list comes in."""
    pages = max(1, -(-total // size))
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": number,
        "size": len(contents),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not contents,
        "contents": contents,
    }
