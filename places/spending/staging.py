"""The quick way from rows to the database: COPY into a table of this transaction alone, then sets.

Rows come some thousands at a time, so that a file of any length takes little memory.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from django.db import connection

from places.spending.names import PERSON, REDACTED, match_key, payee_key, suggested_kind

LONGEST_NAME: Final = 300
LONGEST: Final = 2_000


@dataclass(slots=True)  # not frozen: a long file makes very many, and frozen ones take longer
class LineRow:
    """A line as it is written: ``id``, who paid whom, how much in which ISO currency, and when.

    Credit notes are below zero. ``starts_on`` and ``ends_on`` are the day of a payment or the
    period of a supplier's total; both None where nobody said.
    """

    id: UUID
    recipient: str
    amount: Decimal
    payer: str
    currency: str = "GBP"
    starts_on: date | None = None
    ends_on: date | None = None
    purpose: str = ""
    service: str = ""
    reference: str = ""
    kind: str = "payment"


@dataclass(frozen=True, slots=True)
class Added:
    """How many lines are new, what they add up to, and how many were there already."""

    new: int
    total: Decimal
    again: int


_TABLE = """
    CREATE TEMPORARY TABLE IF NOT EXISTS spending_staging (
        id uuid NOT NULL, kind text NOT NULL, payer_key text NOT NULL, payer text NOT NULL,
        payee_key text NOT NULL, recipient text NOT NULL, amount numeric(14, 2) NOT NULL,
        currency text NOT NULL, starts_on date, ends_on date, purpose text NOT NULL,
        service text NOT NULL, reference text NOT NULL
    ) ON COMMIT DROP
"""
_ESCAPES: Final = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\x00": None})
_NEEDS_ESCAPE: Final = re.compile(r"[\\\t\n\r\x00]").search


# The planner has seen neither the staging table nor the payees of this transaction: left alone it
# would look each of them up row by row.
_PLAN_FOR_SETS: Final = "SET LOCAL enable_nestloop = off"
_PLAN_AS_USUAL: Final = "SET LOCAL enable_nestloop = on"


def add(place: UUID, source: UUID, rows: Sequence[LineRow]) -> Added:
    """Write the rows as lines of the source; those whose id the place has are only noted."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLE)
        cursor.execute("TRUNCATE spending_staging")
        with cursor.copy("COPY spending_staging FROM STDIN") as copy:
            copy.write("".join(map(_line, rows)))
    _add_names(place, source)
    return _add_lines(place, source, len(rows))


def _line(row: LineRow) -> str:
    """The row in COPY's text form."""
    cells = (
        row.id.hex,
        row.kind,
        payee_key(row.payer)[:LONGEST_NAME],
        row.payer[:LONGEST_NAME],
        payee_key(row.recipient)[:LONGEST_NAME],
        row.recipient[:LONGEST_NAME],
        str(row.amount),
        row.currency,
        _day(row.starts_on),
        _day(row.ends_on),
        row.purpose[:LONGEST],
        row.service[:200],
        row.reference[:200],
    )
    text = "\t".join(cells)
    if text.count("\t") != len(cells) - 1 or _NEEDS_ESCAPE(text.replace("\t", "")):
        text = "\t".join(cell.translate(_ESCAPES) for cell in cells)
    # A day that is not known is NULL, which COPY spells so; nothing else of ours is two tabs there.
    return (text if row.starts_on else _undated(text)) + "\n"


def _undated(text: str) -> str:
    cells = text.split("\t")
    cells[8] = cells[9] = "\\N"
    return "\t".join(cells)


@lru_cache(maxsize=8192)
def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


_NEW_PAYERS = """
    INSERT INTO spending_payer (id, place_id, name, key)
    SELECT gen_random_uuid(), %(place)s, min(payer), payer_key
    FROM spending_staging GROUP BY payer_key
    ON CONFLICT (place_id, key) DO NOTHING
"""
_UNKNOWN_PAYEES = """
    SELECT DISTINCT ON (payee_key) payee_key, recipient
    FROM spending_staging
    WHERE payee_key NOT IN (SELECT key FROM spending_payee WHERE place_id = %(place)s)
"""
_NEW_PAYEES = """
    INSERT INTO spending_payee (id, place_id, name, key, match_key, kind, kind_is_said, how,
        local_is_said, leave_unmatched, first_source_id)
    SELECT gen_random_uuid(), %(place)s, name, key, match_key,
        kind, kind = 'redacted', '', false, false, %(source)s
    FROM unnest(%(names)s::text[], %(keys)s::text[], %(match_keys)s::text[], %(kinds)s::text[])
        AS new (name, key, match_key, kind)
    ON CONFLICT (place_id, key) DO NOTHING
"""
_NEW_LINES = """
    WITH new AS (
        INSERT INTO spending_spendingline (id, place_id, source_id, kind, payer_id, payee_id,
            recipient, amount, currency, starts_on, ends_on, purpose, service, reference)
        SELECT new.id, %(place)s, %(source)s, new.kind, payer.id, payee.id,
            new.recipient, new.amount, new.currency, new.starts_on, new.ends_on, new.purpose,
            new.service, new.reference
        FROM spending_staging AS new
        JOIN spending_payer AS payer ON payer.place_id = %(place)s AND payer.key = new.payer_key
        JOIN spending_payee AS payee ON payee.place_id = %(place)s AND payee.key = new.payee_key
        ON CONFLICT (id) DO NOTHING
        RETURNING amount
    )
    SELECT count(*), coalesce(sum(amount), 0) FROM new
"""
_SEEN_AGAIN = """
    INSERT INTO spending_seenagain (id, line_id, source_id)
    SELECT gen_random_uuid(), line.id, %(source)s
    FROM spending_staging AS new
    JOIN spending_spendingline AS line ON line.id = new.id
    WHERE line.source_id <> %(source)s
    ON CONFLICT (line_id, source_id) DO NOTHING
"""


def _add_names(place: UUID, source: UUID) -> None:
    """Payers and payees that the place has not had yet."""
    where: dict[str, Any] = {"place": place, "source": source}
    with connection.cursor() as cursor:
        cursor.execute(_NEW_PAYERS, where)
        cursor.execute(_UNKNOWN_PAYEES, where)
        unknown = cursor.fetchall()
        if not unknown:
            return
        names = [name for _key, name in unknown]
        new = {
            "keys": [key for key, _name in unknown],
            "names": names,
            "match_keys": [match_key(name)[:LONGEST_NAME] for name in names],
            "kinds": [_kind_at_first(name) for name in names],
        }
        cursor.execute(_NEW_PAYEES, where | new)


def _kind_at_first(name: str) -> str:
    """Names that were held back, and people: theirs is not shown until somebody says otherwise."""
    kind = suggested_kind(name)
    return kind if kind in {PERSON, REDACTED} else "unknown"


def _add_lines(place: UUID, source: UUID, rows: int) -> Added:
    where: dict[str, Any] = {"place": place, "source": source}
    with connection.cursor() as cursor:
        cursor.execute(_PLAN_FOR_SETS)
        cursor.execute(_NEW_LINES, where)
        new, total = cursor.fetchone()
        cursor.execute(_PLAN_AS_USUAL)
        if new < rows:
            cursor.execute(_SEEN_AGAIN, where)
    return Added(new, total, rows - new)


def look_at_tables() -> None:
    """Have the database count anew, so that the next page need not wait until it does by itself."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE spending_spendingline, spending_payee")
