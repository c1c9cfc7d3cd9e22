"""Rows of spending, and the id that what a row says gives it. Pure: no Django.

The same row read twice gets the same id, so that reading a file again makes no doubles. Two rows
of one file that say exactly the same are two payments: the second has occurrence 2 in its id.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from hashlib import blake2b
from typing import Final
from uuid import UUID

from places.spending.names import payee_key

_: Final = "\x1f"


@dataclass(frozen=True, slots=True)
class LineRow:
    """One row as a file publishes it. ``amount`` in ``currency`` (ISO 4217); credit is negative.

    ``starts_on`` and ``ends_on`` are the day of a payment, or the period of a supplier's total;
    both None where the file does not say.
    """

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


@lru_cache(maxsize=8192)
def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def content_of(row: LineRow) -> str:
    """What a row says, in one string: spellings of a name's case and legal form do not matter."""
    return (
        f"{payee_key(row.payer)}{_}{payee_key(row.recipient)}{_}{pence(row.amount)}{_}{row.currency}"
        f"{_}{_day(row.starts_on)}{_}{_day(row.ends_on)}{_}{row.purpose}{_}{row.service}"
        f"{_}{row.reference}{_}{row.kind}"
    )


def pence(amount: Decimal) -> str:
    """The amount to the penny, the same words for the same sum: 12.5 and 12.50 are 12.50."""
    text = str(amount)
    return text if text[-3:-2] == "." and "E" not in text else f"{amount:.2f}"


class Occurrences:
    """Counts rows that say the same within one file, and gives each its id.

    The id is 128 bits of BLAKE2b over place, content and, from the second on, occurrence.
    ``undated`` (the file's own digest) goes into the id of rows without a date: two months' files
    may well hold the same supplier with the same total, and they are not the same money.
    """

    def __init__(self, place: UUID, undated: str = "") -> None:
        self._place, self._undated = str(place), undated
        self._seen: dict[bytes, int] = {}

    def identify(self, row: LineRow) -> UUID:
        """The id of the next row of the file."""
        undated = self._undated if row.starts_on is None else ""
        said = f"{self._place}{_}{undated}{_}{content_of(row)}"
        first = _digest(said)
        occurrence = self._seen.get(first, 0) + 1
        self._seen[first] = occurrence
        return UUID(bytes=first if occurrence == 1 else _digest(f"{said}{_}{occurrence}"))


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "replace"), digest_size=16).digest()
