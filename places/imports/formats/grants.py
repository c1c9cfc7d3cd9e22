"""Grants in the 360Giving standard 1.4: JSON, XLSX and CSV. Pure.

A grant must say what the standard says it must, except its description; everything that is wrong
with one is said at once. An identifier stands once: a second grant under it is refused, because the
same money would be counted twice. Dates should be ISO; others that are certain are read, and said.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commissioning.ground.answers import Text
from places.imports.formats.amounts import read_amount
from places.imports.formats.base import Choices, Report, cell
from places.imports.formats.columns import Column, Header, Matching
from places.imports.formats.dates import read_day, read_span
from places.imports.formats.grant_columns import COLUMNS, ENOUGH
from places.imports.formats.keys import digest_of
from places.imports.formats.postcodes import tidy_postcode
from places.imports.formats.rows import GrantRow, Item, Reading, RowError
from places.imports.formats.texts import FileError, UnreadableError, plain
from places.imports.readers.tables import Record

LONGEST_TEXT: Final = 5_000
_ISO: Final = re.compile(r"\d{4}-\d\d-\d\d(?:T.*)?")
Fields = Mapping[str, str]


class GrantFormat:
    """360Giving, in tables and in JSON."""

    name = "threesixtygiving"
    label: Text = gettext_lazy("Grants (360Giving)")
    columns: tuple[Column, ...] = COLUMNS
    enough: tuple[frozenset[str], ...] = ENOUGH
    wanted: Text = gettext_lazy("each grant's identifier, amount and award date")

    def parser(self, header: Header, matching: Matching, choices: Choices) -> "GrantTable":
        """A parser for one table."""
        return GrantTable(matching)


class GrantDocuments:
    """360Giving in JSON."""

    name = "threesixtygiving"
    label: Text = gettext_lazy("Grants (360Giving)")

    def parser(self, choices: Choices) -> "GrantDocument":
        """A parser for one document."""
        return GrantDocument()


class _Grants:
    """What tables and documents share."""

    def __init__(self) -> None:
        self.report = Report()
        # Where an identifier stood first, and what was said of the grant there.
        self.first: dict[str, tuple[int, UUID]] = {}
        self.currencies: set[str] = set()
        self.odd_dates = 0

    def take(self, row: int, fields: Fields, problems: list[str]) -> Item[GrantRow] | RowError:
        """The grant, or everything that is wrong with it in one sentence."""
        value = self._grant(fields, problems)
        if value is None:
            return RowError(row, _("This grant cannot be read: %s.") % "; ".join(problems))
        digest = digest_of(value)
        first, said = self.first.setdefault(value.identifier, (row, digest))
        if first != row:
            return self._again(row, value.identifier, first, is_double=said == digest)
        self.currencies.add(value.currency)
        return Item(row, value, digest_of("grant", value.identifier), digest)

    def _again(self, row: int, identifier: str, first: int, *, is_double: bool) -> RowError:
        """The same grant once more has nothing to mend; another under its identifier has."""
        if is_double:
            told = _("The identifier %(id)s stands in %(first)d already: a grant is counted once.")
        else:
            told = _(
                "The identifier %(id)s stands in %(first)d already, with other values: a grant is "
                "counted once. If they are two grants, give one its own identifier."
            )
        said = told % {"id": identifier, "first": first}
        return RowError(row, said, is_double=is_double)

    def close(self) -> None:
        """Say what is to be said of the whole file."""
        if len(self.currencies) > 1:
            self.report.say(
                _("The grants are in several currencies (%s): their sum mixes them.")
                % ", ".join(sorted(self.currencies))
            )
        if self.odd_dates:
            self.report.say(
                ngettext(
                    "%d award date is not written as the standard asks (2014-07-24).",
                    "%d award dates are not written as the standard asks (2014-07-24).",
                    self.odd_dates,
                )
                % self.odd_dates
            )

    def _grant(self, fields: Fields, problems: list[str]) -> GrantRow | None:
        identifier = self._needed(fields, "id", _("it has no identifier"), problems)
        title = self._needed(fields, "title", _("it has no title"), problems)
        amount = self._amount(fields, problems)
        awarded = self._award_date(fields, problems)
        person = not fields.get("recipient_name") and bool(
            fields.get("person_name") or fields.get("person_id")
        )
        recipient = fields.get("recipient_name") or fields.get("person_name") or ""
        if not recipient and not person:
            problems.append(_("it does not say who received it"))
        funder = self._needed(fields, "funder_name", _("it does not say who gave it"), problems)
        currency = self._currency(fields, problems)
        if problems or amount is None or awarded is None:
            return None
        return GrantRow(
            identifier=identifier[:200],
            title=title[:300],
            amount=amount,
            currency=currency,
            awarded_on=awarded,
            # A person who was given a grant is not named here.
            recipient_name=_("A person") if person else recipient[:200],
            recipient_is_person=person,
            funder_name=funder[:200],
            description=fields.get("description", "")[:LONGEST_TEXT],
            recipient_identifier="" if person else fields.get("recipient_id", "")[:100],
            recipient_company_number=fields.get("recipient_company", "")[:20],
            recipient_charity_number=fields.get("recipient_charity", "")[:20],
            recipient_postcode=tidy_postcode(fields.get("recipient_postcode", ""))[:20],
            funder_identifier=fields.get("funder_id", "")[:100],
            programme=fields.get("programme", "")[:200],
            beneficiary_area=fields.get("area", "")[:200],
            planned_start=_day_or_none(fields.get("start", "")),
            planned_end=_day_or_none(fields.get("end", "")),
            duration_months=_whole(fields.get("months", "")),
            modified=fields.get("modified", "")[:40],
            url=fields.get("url", "")[:500],
        )

    @staticmethod
    def _needed(fields: Fields, name: str, sentence: str, problems: list[str]) -> str:
        said = fields.get(name, "")
        if not said:
            problems.append(sentence)
        return said

    def _amount(self, fields: Fields, problems: list[str]) -> Decimal | None:
        try:
            return read_amount(fields.get("amount", ""))
        except UnreadableError as error:
            problems.append(str(error).rstrip("."))
            return None

    def _award_date(self, fields: Fields, problems: list[str]) -> date | None:
        said = fields.get("award_date", "")
        try:
            day = read_day(said)
        except UnreadableError as error:
            problems.append(str(error).rstrip(".") if said else _("it has no award date"))
            return None
        self.odd_dates += not _ISO.fullmatch(said)
        return day

    @staticmethod
    def _currency(fields: Fields, problems: list[str]) -> str:
        said = fields.get("currency", "").upper() or "GBP"
        if not re.fullmatch(r"[A-Z]{3}", said):
            problems.append(_("“%s” is not a currency such as GBP") % said[:20])
        return said[:3]


def _day_or_none(text: str) -> date | None:
    try:
        return read_span(text).start if text else None
    except UnreadableError:
        return None


def _whole(text: str) -> int | None:
    return int(text) if re.fullmatch(r"\d{1,4}", text) else None


class GrantTable(_Grants):
    """A table of grants."""

    def __init__(self, matching: Matching) -> None:
        super().__init__()
        self.matching = dict(matching)

    def read(self, records: Iterable[Record]) -> Reading:
        """Every row as an item or an error."""
        for record in records:
            if not any(map(plain, record.cells)):
                self.report.skip("blank")
                continue
            fields = {
                name: plain(cell(record.cells, self.matching, name)) for name in self.matching
            }
            yield self.take(record.row, fields, [])
        self.close()


class GrantDocument(_Grants):
    """A JSON document of grants: ``{"grants": [...]}``, or the list alone."""

    def read(self, document: Any) -> Reading:
        """Every grant as an item or an error, numbered from 1."""
        for number, grant in enumerate(_grants_of(document), start=1):
            if not isinstance(grant, dict):
                yield RowError(number, _("This is not a grant: it has no fields."))
                continue
            problems: list[str] = []
            yield self.take(number, _fields(grant, problems), problems)
        self.close()


def _grants_of(document: Any) -> list[Any]:
    if isinstance(document, dict) and isinstance(document.get("Grants"), list):
        document = document["Grants"]
    elif isinstance(document, dict):
        document = document.get("grants")
    if not isinstance(document, list):
        raise FileError(_("This is JSON, but not 360Giving: it has no list of grants."))
    return document


def _fields(grant: Mapping[str, Any], problems: list[str]) -> Fields:
    """The grant's fields under the names of our columns; the first of each list."""
    recipient, person = _first(grant, "recipientOrganization"), _first(grant, "recipientIndividual")
    funder, dates = _first(grant, "fundingOrganization"), _first(grant, "plannedDates")
    title = grant.get("title")
    if title is not None and not isinstance(title, str):
        problems.append(_("its title, %s, is not text") % str(title)[:40])
    return {
        "id": _said(grant, "id"),
        "title": _said(grant, "title"),
        "description": _said(grant, "description"),
        "currency": _said(grant, "currency"),
        "amount": _said(grant, "amountAwarded"),
        "award_date": _said(grant, "awardDate"),
        "recipient_id": _said(recipient, "id"),
        "recipient_name": _said(recipient, "name"),
        "recipient_company": _said(recipient, "companyNumber"),
        "recipient_charity": _said(recipient, "charityNumber"),
        "recipient_postcode": _said(recipient, "postalCode"),
        "person_id": _said(person, "id"),
        "person_name": _said(person, "name"),
        "funder_id": _said(funder, "id"),
        "funder_name": _said(funder, "name"),
        "programme": _said(_first(grant, "grantProgramme"), "title"),
        "start": _said(dates, "startDate"),
        "end": _said(dates, "endDate"),
        "months": _said(dates, "duration"),
        "area": _said(_first(grant, "beneficiaryLocation"), "name"),
        "modified": _said(grant, "dateModified"),
        "url": _said(grant, "url"),
    }


def _first(grant: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = grant.get(name)
    if isinstance(value, list):
        value = value[0] if value else None
    return value if isinstance(value, dict) else {}


def _said(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    if value is None or isinstance(value, bool | list | dict):
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    return plain(str(value))
