"""Money to take away: lines as CSV and XLSX, grants as 360Giving JSON.

Each column is on an allow list; people and names held back are not named in any of them.
"""

import io
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from commissioning.ground.exports import Cell
from places.directory.identifiers import SCHEMES
from places.spending.models import Grant, SpendingLine
from places.spending.sums import shown_name

COLUMNS: Final = (
    "payer",
    "recipient",
    "kind_of_recipient",
    "organisation_identifier",
    "amount",
    "currency",
    "from",
    "to",
    "kind_of_line",
    "purpose",
    "service_area",
    "outcome",
    "service",
    "reference",
    "source",
)
GRANT_VERSION: Final = "1.4"
_PREFIXES: Final = tuple(f"{prefix}-" for prefix in SCHEMES)
_IDENTIFIER: Final = re.compile(r"[A-Z]{2}-[A-Z0-9]+-\S+|360G-\S+|XM-\S+|XI-\S+")


def rows_of(lines: QuerySet[SpendingLine]) -> Iterator[list[Cell]]:
    """Each line in the order of :data:`COLUMNS`."""
    found = (
        lines.select_related("payee__organisation", "payer", "source")
        .prefetch_related("payee__organisation__identifiers")
        .annotate(outcome_title=F("said__outcome__title"), said_service=F("said__service"))
        .order_by("-starts_on", "pk")
    )
    for line in found.iterator(chunk_size=2000):
        payee = line.payee
        identifiers = payee.organisation.identifiers.all() if payee.organisation else []
        yield [
            line.payer.name,
            shown_name(payee.kind, line.recipient),
            payee.kind,
            next((str(one) for one in identifiers), ""),
            line.amount,
            line.currency,
            line.starts_on,
            line.ends_on,
            line.kind,
            line.purpose,
            line.service,
            line.outcome_title or "",
            line.said_service or "",
            line.reference,
            line.source.title,
        ]


def workbook(lines: QuerySet[SpendingLine]) -> bytes:
    """The lines as XLSX: numbers are numbers, and text is never a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Spending")
    sheet.append(list(COLUMNS))
    for row in rows_of(lines):
        sheet.append([_xlsx_cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def _xlsx_cell(sheet: Any, value: Cell) -> Any:
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=_UNPRINTABLE.sub("", value))
    # Whatever it begins with, it is text: a spreadsheet does not run it.
    cell.data_type = "s"
    return cell


# 360Giving ------------------------------------------------------------------------------------


def grants_package(grants: QuerySet[Grant]) -> dict[str, Any]:
    """Grants as the 360Giving Data Standard 1.4 has them."""
    found = grants.select_related("line__payee__organisation", "line__payer__organisation")
    found = found.prefetch_related(
        "line__payee__organisation__identifiers", "line__payer__organisation__identifiers"
    ).order_by("identifier")
    return {"version": GRANT_VERSION, "grants": [grant_json(one) for one in found]}


def grant_json(grant: Grant) -> dict[str, Any]:
    """One grant. A person who was given one is not named."""
    line = grant.line
    assert line.starts_on is not None
    said: dict[str, Any] = {
        "id": grant.identifier,
        "title": grant.title,
        "description": grant.description or grant.title,
        "currency": line.currency,
        "amountAwarded": _number(line.amount),
        "awardDate": line.starts_on.isoformat(),
        "fundingOrganization": [
            _body(line.payer.name, grant.funder_identifier, line.payer.organisation)
        ],
    }
    if grant.to_person:
        said["recipientIndividual"] = {
            "id": f"{grant.identifier}-individual",
            "name": _("A person"),
        }
    else:
        recipient = _body(line.recipient, grant.recipient_identifier, line.payee.organisation)
        if grant.charity_number:
            recipient["charityNumber"] = grant.charity_number
        if grant.company_number:
            recipient["companyNumber"] = grant.company_number
        said["recipientOrganization"] = [recipient]
    return said | _more(grant)


def _more(grant: Grant) -> dict[str, Any]:
    said: dict[str, Any] = {}
    dates = {
        "startDate": _day(grant.planned_start),
        "endDate": _day(grant.planned_end),
        "duration": grant.duration_months,
    }
    if planned := {name: value for name, value in dates.items() if value is not None}:
        said["plannedDates"] = [planned]
    if grant.programme_title:
        said["grantProgramme"] = [{"title": grant.programme_title}]
    if grant.beneficiary_area:
        said["beneficiaryLocation"] = [{"name": grant.beneficiary_area}]
    if re.fullmatch(r"\d{4}-\d\d-\d\d(T\S+)?", grant.modified):
        said["dateModified"] = grant.modified
    if grant.url.startswith(("http://", "https://")):
        said["url"] = grant.url
    return said


def _body(name: str, published: str, organisation: Any) -> dict[str, Any]:
    """An organisation with its identifier: as published, else its own, else one made here."""
    own = next((str(one) for one in organisation.identifiers.all()), "") if organisation else ""
    if published and _IDENTIFIER.fullmatch(published):
        identifier = published
    elif own.startswith(_PREFIXES):
        identifier = own
    else:
        identifier = "360G-" + re.sub(r"[^A-Za-z0-9]+", "-", published or name).strip("-").lower()
    return {"id": identifier, "name": name}


def _number(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
