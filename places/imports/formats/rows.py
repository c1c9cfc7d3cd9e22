"""What a row of a file becomes once it is read: plain values, checked, with no Django in them.

A format's ``parse`` gives one of these or a :class:`RowError`; rooms above save them. Texts are
tidied (one space between words, never ``None``: an absent text is ``""``). Amounts are
``Decimal`` with two places. Coordinates are degrees, WGS 84, longitude first. Dates are dates.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

Value_co = TypeVar("Value_co", covariant=True)


@dataclass(frozen=True, slots=True)
class RowError:
    """Why a row was not taken, in one sentence for the person who will mend it.

    ``row`` is the file's own number as a spreadsheet shows it (the first line is 1), or the number
    of the grant, service or feature in a JSON file.
    """

    row: int
    message: str
    # Its cells are not those of the headings, so that whoever mends it is shown it in one piece.
    in_one_piece: bool = False
    # What stands in the file already: there is nothing to mend.
    is_double: bool = False


class Item(NamedTuple, Generic[Value_co]):
    """A row that was read, and what tells it from every other.

    ``key`` is the same whenever the same thing comes again, so that a place holds it once: for
    spending a digest of the content and of how many times it has stood in this file (two equal
    payments in one file are two payments); for the rest a digest of its identifier, or of its name
    and whereabouts. ``digest`` is of the whole content: same key, other digest is a changed thing.
    """

    row: int
    value: Value_co
    key: UUID
    digest: UUID


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees, WGS 84."""

    longitude: float
    latitude: float


@dataclass(
    slots=True
)  # not frozen: files have millions of them, and frozen ones take twice as long
class SpendingRow:
    """A payment, or what a supplier was paid in a month.

    ``amount_basis`` says which amount the file gave: ``net`` (without VAT that is got back),
    ``gross`` or ``unstated``. Credit notes are below zero. A file of totals has no ``paid_on``
    but a period, if anybody said which.
    """

    supplier: str
    amount: Decimal
    amount_basis: str = "unstated"
    paid_on: date | None = None
    period_start: date | None = None
    period_end: date | None = None
    payer: str = ""
    department: str = ""
    service_area: str = ""
    category: str = ""
    purpose: str = ""
    transaction_number: str = ""
    supplier_reference: str = ""
    company_number: str = ""
    charity_number: str = ""
    merchant_category: str = ""
    capital_or_revenue: str = ""
    postcode: str = ""
    is_card: bool = False
    is_redacted: bool = False
    currency: str = "GBP"


@dataclass(frozen=True, slots=True)
class LocationRow:
    """A building, a project, a group at an address: with a point, or only with an address."""

    name: str
    category: str = ""
    description: str = ""
    address: str = ""
    postcode: str = ""
    telephone: str = ""
    email: str = ""
    website: str = ""
    opening_hours: str = ""
    for_whom: str = ""
    reference: str = ""
    point: Point | None = None
    # What else the file says, by its own headings. Names of people are left out.
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A grant as the 360Giving standard describes it."""

    identifier: str
    title: str
    amount: Decimal
    currency: str
    awarded_on: date
    recipient_name: str
    funder_name: str
    description: str = ""
    recipient_identifier: str = ""
    recipient_company_number: str = ""
    recipient_charity_number: str = ""
    recipient_postcode: str = ""
    recipient_is_person: bool = False
    funder_identifier: str = ""
    programme: str = ""
    beneficiary_area: str = ""
    planned_start: date | None = None
    planned_end: date | None = None
    duration_months: int | None = None
    modified: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """An organisation as Open Referral UK describes it. ``identifiers`` are (scheme, value)."""

    identifier: str
    name: str
    description: str = ""
    email: str = ""
    website: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()
    parent_identifier: str = ""


@dataclass(frozen=True, slots=True)
class ServicePlace:
    """Where a service is given."""

    name: str = ""
    address: str = ""
    postcode: str = ""
    point: Point | None = None


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service as Open Referral UK 3.0 describes it."""

    identifier: str
    name: str
    description: str = ""
    status: str = ""
    url: str = ""
    email: str = ""
    fees: str = ""
    minimum_age: int | None = None
    maximum_age: int | None = None
    when: str = ""
    area: str = ""
    checked_on: date | None = None
    organisation: OrganisationRow | None = None
    places: tuple[ServicePlace, ...] = ()
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FeatureRow:
    """A shape on the map. ``geometry`` is GeoJSON, valid, in degrees; ``point`` lies within it."""

    name: str
    geometry: Mapping[str, Any]
    point: Point
    identifier: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)


AnyRow = SpendingRow | LocationRow | GrantRow | ServiceRow | OrganisationRow | FeatureRow
# What reading a file gives, in the order of the file.
Reading = Iterator[Item[AnyRow] | RowError]
