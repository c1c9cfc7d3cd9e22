"""The quick way through rows that need no second look: whole columns at a time. Pure.

It says of some rows what :class:`~places.imports.formats.spending.SpendingParser` says of each, to
the letter (tests hold the two side by side), or declines, and they are read one by one: where a row
has no date, no supplier or no amount that reads at once, or may be a total or the headings again.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from places.imports.formats.amounts import read_amount
from places.imports.formats.cells import LONGEST, clean
from places.imports.formats.columns import Header, Matching
from places.imports.formats.dates import read_span
from places.imports.formats.keys import BETWEEN, Occurrences
from places.imports.formats.payments import Payments
from places.imports.formats.texts import UnreadableError, are_plain
from places.imports.formats.totals import may_say_total
from places.imports.readers.tables import Record

# Texts whose meaning is kept: a file says the same days and round sums again and again.
MOST_KEPT: Final = 50_000
_WORDS: Final = (
    *("payer", "department", "service_area", "category", "purpose", "transaction_number"),
)
_Amount = tuple[Decimal, str]
_Days = tuple[str, str]
_Column = Sequence[str]


class Quick:
    """Reads what it can of one file. ``amount_at`` is the one column that holds the amount."""

    def __init__(
        self, header: Header, matching: Matching, amount_at: int, width: int, seen: Occurrences
    ) -> None:
        self.matching, self.amount_at, self.width = matching, amount_at, width
        self.heading = header.headings[matching["supplier"]]
        self.occurrences = seen
        self._amounts: dict[str, _Amount | None] = {}
        self._days: dict[str, _Days | None] = {}

    def read(self, records: Sequence[Record], month_first: bool, into: Payments) -> Decimal | None:
        """Add the rows, all of them; what they add up to. None, and nothing, where it declines."""
        columns = self._columns([record.cells for record in records])
        suppliers = columns[self.matching["supplier"]]
        if not all(suppliers) or self.heading in suppliers or may_say_total(suppliers):
            return None
        days = self._all_days(columns[self.matching["date"]], month_first)
        amounts = self._all_amounts(columns[self.amount_at]) if days else None
        if not days or not amounts:
            return None
        starts, ends = zip(*days, strict=True)
        sums, texts = zip(*amounts, strict=True)
        nothing = [""] * len(records)
        payers, departments, areas, categories, purposes, numbers = (
            columns[self.matching[name]] if name in self.matching else nothing for name in _WORDS
        )
        told = (payers, starts, suppliers, texts, numbers, departments, areas, categories, purposes)
        keys = self.occurrences.numbers(map(BETWEEN.join, zip(*told, strict=True)))
        rows = [record.row for record in records]
        of_lines = (rows, keys, suppliers, texts, starts, ends)
        total = sum(sums, Decimal("0.00"))
        words = (payers, departments, areas, categories, purposes, numbers)
        into.extend((*of_lines, *words, ["GBP"] * len(records)), total)
        return total

    def _columns(self, table: list[tuple[str, ...]]) -> Sequence[_Column]:
        """The cells by column, tidied: nearly always they are tidy, which is asked of all."""
        if min(map(len, table)) < self.width:
            table = [(*cells, *[""] * (self.width - len(cells))) for cells in table]
        columns = list(zip(*table, strict=False))[: self.width]
        whole = tuple(map("~".join, columns))
        if are_plain(whole) and all(max(map(len, column)) <= LONGEST for column in columns):
            return columns
        return [tuple(map(clean, column)) for column in columns]

    def _all_days(self, texts: _Column, month_first: bool) -> list[_Days] | None:
        known = self._days
        for text in {*texts}.difference(known):
            if len(known) > MOST_KEPT:
                known.clear()
                return None
            known[text] = _days_or_none(text, month_first)
        found = [known[text] for text in texts]
        return None if None in found else found  # type: ignore[return-value]

    def _all_amounts(self, texts: _Column) -> list[_Amount] | None:
        known = self._amounts
        for text in {*texts}.difference(known):
            if len(known) > MOST_KEPT:
                known.clear()
                return None
            known[text] = _amount_or_none(text)
        found = [known[text] for text in texts]
        return None if None in found else found  # type: ignore[return-value]


def _days_or_none(text: str, month_first: bool) -> _Days | None:
    """The first and last day that the text says, as ISO days."""
    try:
        span = read_span(text, month_first) if text not in _NO_DAYS else None
    except UnreadableError:
        return None
    return (span.start.isoformat(), span.end.isoformat()) if span else None


# A day's number that a spreadsheet writes for an empty cell is a date to nobody.
_NO_DAYS: Final = frozenset({"00/01/1900", "1900-01-00"})


def _amount_or_none(text: str) -> _Amount | None:
    try:
        amount = read_amount(text)
    except UnreadableError:
        return None
    return amount, str(amount)
