"""The quick way from rows to the database: COPY into a table of this transaction alone.

Rows are written as they come, so that a file of any length takes little memory; only the distinct
names of payers and payees are held.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from django.db import connection

from places.spending.fingerprint import LineRow, Occurrences
from places.spending.names import PERSON, REDACTED, match_key, payee_key, suggested_kind

ROWS_A_WRITE: Final = 2000
LONGEST: Final = {"name": 300, "service": 200, "reference": 200, "purpose": 2000}

_TABLE = """
    CREATE TEMPORARY TABLE spending_staging (
        id uuid NOT NULL, kind text NOT NULL, payer_key text NOT NULL, payee_key text NOT NULL,
        recipient text NOT NULL, amount numeric(14, 2) NOT NULL, currency text NOT NULL,
        starts_on date, ends_on date, purpose text NOT NULL, service text NOT NULL,
        reference text NOT NULL
    ) ON COMMIT DROP
"""
_ESCAPES: Final = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\x00": None})
_NEEDS_ESCAPE: Final = re.compile(r"[\\\t\n\r\x00]")


@dataclass(slots=True)
class Staged:
    """What was written: how many rows, their sums by currency, and the names in them."""

    rows: int = 0
    sums: dict[str, Decimal] = field(default_factory=dict)
    payers: dict[str, str] = field(default_factory=dict)
    payees: dict[str, str] = field(default_factory=dict)


def stage(place: UUID, rows: Iterable[LineRow], undated: str) -> Staged:
    """Write the rows into the staging table of this transaction."""
    staged = Staged()
    identify = Occurrences(place, undated).identify
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS spending_staging")
        cursor.execute(_TABLE)
        with cursor.copy("COPY spending_staging FROM STDIN") as copy:
            lines: list[str] = []
            for row in rows:
                lines.append(_line(identify(row).hex, row, staged))
                if len(lines) == ROWS_A_WRITE:
                    copy.write("".join(lines))
                    lines.clear()
            copy.write("".join(lines))
        cursor.execute("ANALYZE spending_staging")
    return staged


def _line(identity: str, row: LineRow, staged: Staged) -> str:
    """The row in COPY's text form; its names and its amount are noted."""
    payer, payee = payee_key(row.payer)[:300], payee_key(row.recipient)[:300]
    staged.payers.setdefault(payer, row.payer)
    staged.payees.setdefault(payee, row.recipient)
    staged.rows += 1
    staged.sums[row.currency] = staged.sums.get(row.currency, Decimal(0)) + row.amount
    cells = [
        identity,
        row.kind,
        payer,
        payee,
        row.recipient[: LONGEST["name"]],
        str(row.amount),
        row.currency,
        _day(row.starts_on),
        _day(row.ends_on),
        row.purpose[: LONGEST["purpose"]],
        row.service[: LONGEST["service"]],
        row.reference[: LONGEST["reference"]],
    ]
    if any(map(_NEEDS_ESCAPE.search, cells)):
        cells = [cell.translate(_ESCAPES) for cell in cells]
    # A day that is not known is NULL, which COPY writes so once everything else is escaped.
    cells[7], cells[8] = cells[7] or "\\N", cells[8] or "\\N"
    return "\t".join(cells) + "\n"


@lru_cache(maxsize=8192)
def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


_PAYERS = """
    INSERT INTO spending_payer (id, place_id, name, key)
    SELECT gen_random_uuid(), %(place)s, name, key
    FROM unnest(%(names)s::text[], %(keys)s::text[]) AS new (name, key)
    ON CONFLICT (place_id, key) DO NOTHING
"""
_PAYEES = """
    INSERT INTO spending_payee (id, place_id, name, key, match_key, kind, kind_is_said, how,
        local_is_said, leave_unmatched, first_source_id)
    SELECT gen_random_uuid(), %(place)s, name, key, match_key,
        kind, kind = 'redacted', '', false, false, %(source)s
    FROM unnest(%(names)s::text[], %(keys)s::text[], %(match_keys)s::text[], %(kinds)s::text[])
        AS new (name, key, match_key, kind)
    ON CONFLICT (place_id, key) DO NOTHING
"""
_LINES = """
    INSERT INTO spending_spendingline (id, place_id, source_id, kind, payer_id, payee_id, recipient,
        amount, currency, starts_on, ends_on, purpose, service, reference)
    SELECT new.id, %(place)s, %(source)s, new.kind, payer.id, payee.id, new.recipient,
        new.amount, new.currency, new.starts_on, new.ends_on, new.purpose, new.service,
        new.reference
    FROM spending_staging AS new
    JOIN spending_payer AS payer ON payer.place_id = %(place)s AND payer.key = new.payer_key
    JOIN spending_payee AS payee ON payee.place_id = %(place)s AND payee.key = new.payee_key
    ON CONFLICT (id) DO NOTHING
"""
_SEEN_AGAIN = """
    INSERT INTO spending_seenagain (id, line_id, source_id)
    SELECT gen_random_uuid(), line.id, %(source)s
    FROM spending_staging AS new
    JOIN spending_spendingline AS line ON line.id = new.id
    WHERE line.source_id <> %(source)s
    ON CONFLICT (line_id, source_id) DO NOTHING
"""


def add_names(place: UUID, source: UUID, staged: Staged) -> None:
    """Payers and payees that the place has not had yet."""
    names = [name[: LONGEST["name"]].replace("\x00", "") for name in staged.payees.values()]
    with connection.cursor() as cursor:
        cursor.execute(
            _PAYERS,
            {
                "place": place,
                "names": [name[: LONGEST["name"]] for name in staged.payers.values()],
                "keys": list(staged.payers),
            },
        )
        cursor.execute(
            _PAYEES,
            {
                "place": place,
                "source": source,
                "names": names,
                "keys": list(staged.payees),
                "match_keys": [match_key(name)[:300] for name in names],
                "kinds": [_kind_at_first(name) for name in names],
            },
        )


def _kind_at_first(name: str) -> str:
    """Names that were held back, and people: theirs is not shown until somebody says otherwise."""
    kind = suggested_kind(name)
    return kind if kind in {PERSON, REDACTED} else "unknown"


def add_lines(place: UUID, source: UUID) -> tuple[int, int]:
    """Put the staged lines in; say how many are new, and how many were there already."""
    where: dict[str, Any] = {"place": place, "source": source}
    with connection.cursor() as cursor:
        cursor.execute(_LINES, where)
        new = cursor.rowcount
        cursor.execute(_SEEN_AGAIN, where)
        again = cursor.rowcount
        if new > ROWS_A_WRITE:
            # The next page should not have to wait until the server looks at the table by itself.
            cursor.execute("ANALYZE spending_spendingline, spending_payee")
    return new, again
