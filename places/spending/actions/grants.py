"""The write door of grants, as 360Giving publishes them.

A grant is a line of spending and what a grant tells besides. The same identifier is the same grant:
a later file that tells something else about it is believed, and what it said before is kept until
that file is undone.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction

from commissioning.ground.locks import lock
from places.imports.formats.rows import GrantRow
from places.spending import staging
from places.spending.models import Grant, SeenAgain, Source, SpendingLine
from places.spending.staging import Added, LineRow, lines_of

# Held back in the file itself, or by it: many people, so nobody in particular.
A_PERSON: Final = "A person"
_LINE_FIELDS: Final = ("amount", "currency", "starts_on", "ends_on", "purpose")
_GRANT_FIELDS: Final = tuple(
    field.name for field in Grant._meta.fields if field.name not in {"line", "place"}
)


def line_of(identity: UUID, grant: GrantRow) -> LineRow:
    """The line of a grant."""
    return LineRow(
        id=identity,
        recipient=A_PERSON if grant.recipient_is_person else grant.recipient_name,
        amount=grant.amount,
        payer=grant.funder_name,
        currency=grant.currency,
        starts_on=grant.awarded_on,
        ends_on=grant.awarded_on,
        purpose=grant.title,
        service=grant.programme,
        reference=grant.identifier,
        kind=SpendingLine.Kind.GRANT,
    )


def _told(grant: GrantRow) -> dict[str, Any]:
    """What is kept of a grant besides its line."""
    return {
        "identifier": grant.identifier,
        "title": grant.title,
        "description": grant.description,
        "funder_identifier": grant.funder_identifier,
        "recipient_identifier": grant.recipient_identifier,
        "charity_number": grant.recipient_charity_number,
        "company_number": grant.recipient_company_number,
        "to_person": grant.recipient_is_person,
        "planned_start": grant.planned_start,
        "planned_end": grant.planned_end,
        "duration_months": grant.duration_months,
        "programme_title": grant.programme,
        "beneficiary_area": grant.beneficiary_area,
        "url": grant.url,
        "modified": grant.modified,
    }


# Only the very name of one area of the place: a grant that names a town says nothing of its parts.
_AREAS: Final = """
    UPDATE spending_spendingline AS line SET area_id = area.id
    FROM spending_grant AS told, directory_area AS area
    WHERE told.line_id = line.id AND line.source_id = %(source)s AND line.area_id IS NULL
      AND area.place_id = line.place_id AND lower(area.name) = lower(trim(told.beneficiary_area))
"""


def place_grants(source: UUID) -> int:
    """Say which area of the place a source's grants are for, where they name one. How many."""
    with connection.cursor() as cursor:
        cursor.execute(_AREAS, {"source": source})
        placed: int = cursor.rowcount
    return placed


@transaction.atomic
def add_grants(source: Source, rows: Sequence[tuple[UUID, GrantRow]]) -> Added:
    """Write one batch of grants; those that the place has are brought up to date."""
    lock(f"spending:{source.place_id}")
    known = set(
        SpendingLine.objects.filter(pk__in=[pk for pk, _row in rows]).values_list("pk", flat=True)
    )
    added = staging.add(source, lines_of([line_of(pk, row) for pk, row in rows]))
    Grant.objects.bulk_create(
        Grant(line_id=pk, place_id=source.place_id, **_told(row))
        for pk, row in rows
        if pk not in known
    )
    for pk, row in rows:
        if pk in known:
            _bring_up_to_date(source.pk, pk, row)
    return added


def _bring_up_to_date(source: UUID, pk: UUID, row: GrantRow) -> None:
    """Believe the later file about a grant, and keep what was said before."""
    grant = Grant.objects.select_related("line").get(pk=pk)
    new_line = line_of(pk, row)
    told = _told(row)
    before = {
        "line": {name: getattr(grant.line, name) for name in _LINE_FIELDS},
        "grant": {name: getattr(grant, name) for name in _GRANT_FIELDS},
    }
    after = {
        "line": {name: getattr(new_line, name) for name in _LINE_FIELDS},
        "grant": told,
    }
    seen = SeenAgain.objects.filter(line_id=pk, source_id=source).first()
    if before == after or seen is None:
        return
    seen.before = _as_json(before)
    seen.save(update_fields=["before"])
    _write(pk, after)


def put_back(source: UUID) -> None:
    """Give the grants that a file changed what they said before it."""
    for seen in SeenAgain.objects.filter(source_id=source, before__isnull=False):
        assert isinstance(seen.before, dict)
        before = _from_json(seen.before)
        later = (
            SeenAgain.objects.filter(
                line_id=seen.line_id, before__isnull=False, source__undone_at=None
            )
            .filter(source__created_at__gt=seen.source.created_at)
            .order_by("source__created_at")
            .first()
        )
        if later is None:
            _write(seen.line_id, before)
        else:
            # A later file changed it again: what that one puts back is what this one would have.
            later.before = seen.before
            later.save(update_fields=["before"])


def changed_by(source: UUID) -> int:
    """How many grants a file changed."""
    return SeenAgain.objects.filter(source_id=source, before__isnull=False).count()


def _write(pk: UUID, said: dict[str, dict[str, Any]]) -> None:
    SpendingLine.objects.filter(pk=pk).update(**said["line"])
    Grant.objects.filter(pk=pk).update(**said["grant"])


def _as_json(said: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {
        part: {
            name: str(value) if isinstance(value, Decimal | date) else value
            for name, value in values.items()
        }
        for part, values in said.items()
    }


def _from_json(said: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Dates and amounts come back as text that the fields read."""
    return {part: dict(values) for part, values in said.items()}
