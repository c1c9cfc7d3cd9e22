"""Services and organisations in Open Referral UK 3.0: a file, a page of a feed, or all. Pure.

A place of a service whose coordinates cannot be right is kept without its point, and that is said:
the service is still there. Contacts' names are left out.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commissioning.ground.answers import Text
from places.imports.formats.base import Choices, Report
from places.imports.formats.coordinates import check_point
from places.imports.formats.dates import read_day
from places.imports.formats.keys import digest_of
from places.imports.formats.postcodes import tidy_postcode
from places.imports.formats.rows import (
    Item,
    OrganisationRow,
    Point,
    Reading,
    RowError,
    ServicePlace,
    ServiceRow,
)
from places.imports.formats.texts import FileError, UnreadableError, plain

LONGEST_TEXT: Final = 5_000
_LISTS: Final = ("contents", "content", "items", "services", "organizations", "results", "data")
_SERVICE: Final = frozenset(
    {"status", "organization", "organization_id", "service_at_locations", "service_areas"}
    | {"schedules", "cost_options", "fees", "minimum_age", "url", "eligibilities"}
)
# An organisation too may have a web address under "url"; these are its alone.
_ORGANISATION: Final = frozenset(
    {"services", "legal_status", "year_incorporated", "tax_id", "logo", "organization_identifiers"}
    | {"parent_organization_id", "website", "uri", "programs"}
)
_TERM: Final = frozenset({"taxonomy", "term_uri", "vocabulary", "term"})
Thing = Mapping[str, Any]


class ReferralDocuments:
    """Open Referral UK in JSON."""

    name = "open-referral-uk"
    label: Text = gettext_lazy("Services and organisations (Open Referral UK)")

    def parser(self, choices: Choices) -> "ReferralDocument":
        """A parser for one document."""
        return ReferralDocument()


class ReferralDocument:
    """Reads one document."""

    def __init__(self) -> None:
        self.report = Report()
        self.first: dict[object, int] = {}

    def read(self, document: Any) -> Reading:
        """Every service and organisation; an organisation's own services come after it."""
        self._say_if_a_page(document)
        for number, thing in enumerate(self._things(document), start=1):
            if not isinstance(thing, dict):
                yield RowError(number, _("This is not a service: it has no fields."))
                continue
            yield from self._take(number, thing)

    def _say_if_a_page(self, document: Any) -> None:
        if not isinstance(document, dict):
            return
        page, pages = document.get("page_number"), document.get("total_pages")
        if isinstance(page, int) and isinstance(pages, int) and pages > 1:
            self.report.say(
                _("This is page %(page)d of %(pages)d: the others are not in this file.")
                % {"page": page, "pages": pages}
            )

    def _things(self, document: Any) -> list[Any]:
        if isinstance(document, list):
            return document
        if not isinstance(document, dict):
            raise FileError(_("This is JSON, but not Open Referral UK."))
        if "id" not in document:
            for name in _LISTS:
                if isinstance(document.get(name), list):
                    found: list[Any] = document[name]
                    return found
            raise FileError(_("This is JSON, but not Open Referral UK: it has no services."))
        if _kind(document) == "term":
            raise FileError(
                _("This is a word of a taxonomy: there is no service and no organisation in it.")
            )
        return [document]

    def _take(self, number: int, thing: Thing) -> Iterator[Item[Any] | RowError]:
        kind = _kind(thing)
        try:
            if kind == "service at location":
                located = {**thing["service"], "service_at_locations": [thing]}
                yield self._service(number, located, {})
            elif kind == "service":
                yield self._service(number, thing, {})
            elif kind == "organisation":
                yield self._once(number, organisation_from(thing), "organisation")
                for service in _dicts(thing, "services"):
                    yield self._service(number, service, thing)
            else:
                yield RowError(number, _("This is neither a service nor an organisation."))
        except UnreadableError as error:
            yield RowError(number, str(error))

    def _service(self, number: int, thing: Thing, of: Thing) -> Item[Any] | RowError:
        return self._once(number, self.service_from(number, thing, of), "service")

    def _once(
        self, number: int, value: ServiceRow | OrganisationRow, kind: str
    ) -> Item[Any] | RowError:
        key = digest_of(kind, value.identifier)
        first = self.first.setdefault(key, number)
        if first != number:
            return RowError(
                number,
                _("“%(name)s” has the identifier of number %(first)d.")
                % {"name": value.name[:80], "first": first},
            )
        return Item(number, value, key, digest_of(value))

    def service_from(self, number: int, thing: Thing, of: Thing) -> ServiceRow:
        """The service. Raises :class:`UnreadableError`."""
        identifier, name = _identity(thing, _("service"))
        organisation = thing.get("organization")
        organisation = organisation if isinstance(organisation, dict) else of
        return ServiceRow(
            identifier=identifier,
            name=name,
            description=_text(thing, "description", LONGEST_TEXT),
            status=_text(thing, "status", 40),
            url=_text(thing, "url", 500),
            email=_text(thing, "email", 254),
            fees=_text(thing, "fees", 500),
            minimum_age=_age(thing.get("minimum_age")),
            maximum_age=_age(thing.get("maximum_age")),
            when="; ".join(filter(None, map(_when, _dicts(thing, "schedules"))))[:1000],
            area="; ".join(
                filter(None, (_text(one, "name", 300) for one in _dicts(thing, "service_areas")))
            )[:600],
            checked_on=_day(_text(thing, "assured_date") or _text(thing, "last_modified")[:10]),
            organisation=organisation_from(organisation) if organisation else None,
            places=tuple(self._places(number, thing)),
            subjects=tuple(dict.fromkeys(_subjects(thing))),
        )

    def _places(self, number: int, thing: Thing) -> Iterator[ServicePlace]:
        for at in _dicts(thing, "service_at_locations"):
            location = at.get("location")
            if not isinstance(location, dict):
                continue
            address = next(iter(_dicts(location, "addresses")), {})
            parts = ("address_1", "address_2", "city", "region", "state_province")
            yield ServicePlace(
                name=_text(location, "name", 200),
                address=", ".join(filter(None, (_text(address, part, 200) for part in parts)))[
                    :300
                ],
                postcode=tidy_postcode(_text(address, "postal_code", 20)),
                point=self._point(number, location),
            )

    def _point(self, number: int, location: Thing) -> Point | None:
        latitude, longitude = location.get("latitude"), location.get("longitude")
        if latitude is None or longitude is None:
            return None
        try:
            point = Point(float(longitude), float(latitude))
            check_point(point)
        except (TypeError, ValueError) as error:
            why = str(error) if isinstance(error, UnreadableError) else _("Not numbers.")
            self.report.warn(
                number,
                _("“%(name)s” is not put on the map. %(why)s")
                % {"name": _text(location, "name", 80), "why": why},
            )
            return None
        return point


def organisation_from(thing: Thing) -> OrganisationRow:
    """The organisation. Raises :class:`UnreadableError`."""
    identifier, name = _identity(thing, _("organisation"))
    return OrganisationRow(
        identifier=identifier,
        name=name,
        description=_text(thing, "description", LONGEST_TEXT),
        email=_text(thing, "email", 254),
        website=_text(thing, "website", 500) or _text(thing, "url", 500),
        identifiers=tuple(
            (_text(one, "identifier_scheme", 20), _text(one, "identifier", 40))
            for one in _dicts(thing, "organization_identifiers")
            if _text(one, "identifier")
        ),
        parent_identifier=_text(thing, "parent_organization_id", 100),
    )


def _kind(thing: Thing) -> str:
    if isinstance(thing.get("location"), dict) and isinstance(thing.get("service"), dict):
        return "service at location"
    if thing.keys() & _SERVICE and not (
        thing.keys() & _ORGANISATION and thing.keys() & _SERVICE <= {"url"}
    ):
        return "service"
    if thing.keys() & _TERM:
        return "term"
    return "organisation" if "name" in thing else ""


def _identity(thing: Thing, what: str) -> tuple[str, str]:
    identifier, name = _text(thing, "id", 100), _text(thing, "name", 200)
    if not name:
        raise UnreadableError(_("This %s has no name.") % what)
    if not identifier:
        raise UnreadableError(
            _("The %(what)s “%(name)s” has no identifier.") % {"what": what, "name": name[:80]}
        )
    return identifier, name


def _text(thing: Thing, name: str, longest: int = 300) -> str:
    value = thing.get(name)
    if value is None or isinstance(value, bool | list | dict):
        return ""
    return plain(str(value))[:longest]


def _dicts(thing: Thing, name: str) -> list[Thing]:
    value = thing.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _age(value: Any) -> int | None:
    try:
        age = int(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return age if 0 <= age <= 130 else None


def _day(text: str) -> Any:
    try:
        return read_day(text) if text else None
    except UnreadableError:
        return None


def _when(schedule: Thing) -> str:
    if said := _text(schedule, "description", 500):
        return said
    opens, closes = _text(schedule, "opens_at")[:5], _text(schedule, "closes_at")[:5]
    days = _text(schedule, "byday")
    return " ".join(filter(None, (days, f"{opens}-{closes}" if opens and closes else opens)))


def _subjects(thing: Thing) -> Iterator[str]:
    for attribute in _dicts(thing, "attributes"):
        term = attribute.get("taxonomy_term")
        if isinstance(term, dict) and (name := _text(term, "name", 100)):
            yield name
        elif value := _text(attribute, "value", 100):
            yield value
