"""The quick way from lines to the database: who is named is looked up as a set, then one COPY.

Lines come some ten thousands at a time, so that a file of any length takes little memory.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db import connection

from places.spending.names import PERSON, REDACTED, match_key, payee_key, suggested_kind

if TYPE_CHECKING:
    from places.spending.models import Source

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


@dataclass(slots=True)
class Lines:
    """Many lines, a list for each column: ids as 32 hexadecimal digits, days as ISO texts or ""."""

    ids: list[str]
    kinds: list[str]
    payers: list[str]
    recipients: list[str]
    amounts: list[str]
    currencies: list[str]
    starts: list[str]
    ends: list[str]
    purposes: list[str]
    services: list[str]
    references: list[str]


def lines_of(rows: Sequence[LineRow]) -> Lines:
    """The rows as columns."""
    return Lines(
        ids=[row.id.hex for row in rows],
        kinds=[row.kind for row in rows],
        payers=[row.payer for row in rows],
        recipients=[row.recipient for row in rows],
        amounts=[str(row.amount) for row in rows],
        currencies=[row.currency for row in rows],
        starts=[_day(row.starts_on) for row in rows],
        ends=[_day(row.ends_on) for row in rows],
        purposes=[row.purpose for row in rows],
        services=[row.service for row in rows],
        references=[row.reference for row in rows],
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


@contextmanager
def joined_as_sets() -> Iterator[None]:
    """Within, the database joins sets, never row by row.

    Left alone, the planner, which may never have seen this place, would go row by row through what
    is checked of the lines (``triggers.py``), matched or undone: minutes, where sets take a second.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")
        yield
        cursor.execute("SET LOCAL enable_nestloop = on")


# More names than this are forgotten and looked up again, so that no file fills the memory.
_MOST_KNOWN: Final = 100_000


@dataclass(slots=True)
class Known:
    """The id of each name that was looked up already, while one file comes in."""

    payers: dict[str, str] = field(default_factory=dict)
    payees: dict[str, str] = field(default_factory=dict)


def add(source: "Source", lines: Lines) -> Added:
    """Write the lines as the source's; those whose id the place has are only noted.

    The caller holds the lock on the place's spending, from the first batch of a source to the last.
    """
    _look_up(source.known.payers, lines.payers, partial(_payers, source.place_id))
    _look_up(source.known.payees, lines.recipients, partial(_payees, source.place_id, source.pk))
    with connection.cursor() as cursor:
        there = _seen_again(cursor, source.place_id, source.pk, lines.ids)
        new, total = _new_rows(source, lines, there)
        if new:
            with joined_as_sets(), cursor.copy(_COPY) as copy:
                # In the order of their ids, which makes the index of ids twice as quick to grow.
                copy.write("".join(new[id_] for id_ in sorted(new)))
    return Added(len(new), total, len(lines.ids) - len(new))


def _look_up(
    known: dict[str, str], names: list[str], found: Callable[[list[str]], dict[str, str]]
) -> None:
    """Add to what is known the ids of names that are not."""
    if len(known) > _MOST_KNOWN:
        known.clear()
    # Each once, in the order of the file.
    if lacking := [name for name in dict.fromkeys(names) if name not in known]:
        known |= found(lacking)


_COPY: Final = """
    COPY spending_spendingline (id, place_id, source_id, kind, payer_id, payee_id, recipient,
        amount, currency, starts_on, ends_on, purpose, service, reference) FROM STDIN
"""
# Every control that means something in COPY's text form; a NUL no text of the database may have.
_ESCAPES: Final = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\x00": None})
_NEEDS_ESCAPE: Final = re.compile(r"[\\\t\n\r\x00]").search


def _new_rows(source: "Source", lines: Lines, there: set[str]) -> tuple[dict[str, str], Decimal]:
    """Each new line in COPY's text form, by its id; and what they add up to."""
    named = (
        [source.known.payers[name] for name in lines.payers],
        [source.known.payees[name] for name in lines.recipients],
    )
    theirs = f"{source.place_id}\t{source.pk}"
    columns = (
        *(lines.ids, [theirs] * len(lines.ids), lines.kinds, *named),
        *(_escaped(lines.recipients, LONGEST_NAME), lines.amounts, lines.currencies),
        *(_or_null(lines.starts), _or_null(lines.ends)),
        *(_escaped(lines.purposes, LONGEST), _escaped(lines.services, 200)),
        [f"{text}\n" for text in _escaped(lines.references, 200)],
    )
    rows = dict(zip(lines.ids, map("\t".join, zip(*columns, strict=True)), strict=True))
    amounts = dict(zip(lines.ids, lines.amounts, strict=True))
    for id_ in there:
        del rows[id_], amounts[id_]
    return rows, sum(map(Decimal, amounts.values()), Decimal("0.00"))


def _escaped(texts: list[str], longest: int) -> list[str]:
    """The texts, cut to size, with what COPY would take for a sign of its own spelt out."""
    if max(map(len, texts), default=0) > longest:
        texts = [text[:longest] for text in texts]
    if _NEEDS_ESCAPE("".join(texts)):
        texts = [text.translate(_ESCAPES) for text in texts]
    return texts


def _or_null(days: list[str]) -> list[str]:
    """COPY spells NULL so."""
    return [day or "\\N" for day in days] if "" in days else days


# Whether the place has lines of any other file or hand: the first file need not be looked up.
_OTHERS = """
    SELECT EXISTS (
        SELECT 1 FROM spending_source AS other
        WHERE other.place_id = %s AND other.id <> %s
          AND EXISTS (SELECT 1 FROM spending_spendingline AS line WHERE line.source_id = other.id)
    )
"""
_THERE = "SELECT id, source_id FROM spending_spendingline WHERE id = ANY(%s::uuid[])"
_SEEN_AGAIN = """
    INSERT INTO spending_seenagain (id, line_id, source_id)
    SELECT gen_random_uuid(), line.id, %s
    FROM unnest(%s::uuid[]) AS line (id)
    ON CONFLICT (line_id, source_id) DO NOTHING
"""


def _array(ids: list[str]) -> str:
    return "{" + ",".join(ids) + "}"


def _seen_again(cursor: Any, place: UUID, source: UUID, ids: list[str]) -> set[str]:
    """Which lines are there; those of other sources are noted as this one's too."""
    cursor.execute(_OTHERS, [place, source])
    if not cursor.fetchone()[0]:
        return set()
    cursor.execute(_THERE, [_array(ids)])
    there = {id_.hex: of for id_, of in cursor.fetchall()}
    if others := [id_ for id_, of in there.items() if of != source]:
        with joined_as_sets():
            cursor.execute(_SEEN_AGAIN, [source, _array(others)])
    return set(there)


_NAMED = "SELECT key, id FROM {table} WHERE place_id = %s AND key = ANY(%s)"
_NEW_PAYERS = """
    INSERT INTO spending_payer (id, place_id, name, key, how, leave_unmatched)
    SELECT gen_random_uuid(), %(place)s, name, key, '', false
    FROM unnest(%(names)s::text[], %(keys)s::text[]) AS new (name, key)
    RETURNING key, id
"""
_NEW_PAYEES = """
    INSERT INTO spending_payee (id, place_id, name, key, match_key, kind, kind_is_said, how,
        local_is_said, leave_unmatched, first_source_id)
    SELECT gen_random_uuid(), %(place)s, name, key, match_key,
        kind, kind = 'redacted', '', false, false, %(source)s
    FROM unnest(%(names)s::text[], %(keys)s::text[], %(match_keys)s::text[], %(kinds)s::text[])
        AS new (name, key, match_key, kind)
    RETURNING key, id
"""


def _payers(place: UUID, names: list[str]) -> dict[str, str]:
    """The id of who paid, by name; made where the place has not had them yet."""
    keys, known, lacking = _known("spending_payer", place, names)
    if lacking:
        new = {"place": place, "names": list(lacking.values()), "keys": list(lacking)}
        known |= _made(_NEW_PAYERS, new)
    return {name: known[key] for name, key in keys.items()}


def _payees(place: UUID, source: UUID, names: list[str]) -> dict[str, str]:
    """The same of who was paid."""
    keys, known, lacking = _known("spending_payee", place, names)
    if lacking:
        new = {
            "place": place,
            "source": source,
            "keys": list(lacking),
            "names": [name[:LONGEST_NAME] for name in lacking.values()],
            "match_keys": [match_key(name)[:LONGEST_NAME] for name in lacking.values()],
            "kinds": [_kind_at_first(name) for name in lacking.values()],
        }
        known |= _made(_NEW_PAYEES, new)
    return {name: known[key] for name, key in keys.items()}


def _known(
    table: str, place: UUID, names: list[str]
) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """The key of each name, the id of each key that the place has, and a name for each other."""
    keys = {name: payee_key(name)[:LONGEST_NAME] for name in names}
    lacking: dict[str, str] = {}
    for name, key in keys.items():
        lacking.setdefault(key, name)
    with connection.cursor() as cursor:
        cursor.execute(_NAMED.format(table=table), [place, list(lacking)])
        known = {key: id_.hex for key, id_ in cursor.fetchall()}
    for key in known:
        del lacking[key]
    return keys, known, lacking


def _made(statement: str, new: dict[str, Any]) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(statement, new)
        return {key: id_.hex for key, id_ in cursor.fetchall()}


def _kind_at_first(name: str) -> str:
    """Names that were held back, and people: theirs is not shown until somebody says otherwise."""
    kind = suggested_kind(name)
    return kind if kind in {PERSON, REDACTED} else "unknown"


def look_at_tables() -> None:
    """Have the database count anew, so that the next page need not wait until it does by itself."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE spending_spendingline, spending_payee")
