"""Council spending: single payments, and what each supplier was paid in a month. Pure.

Here a file is read from its first row to its last; what one row says is in ``spending_rows``.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.ground.money import money_text
from places.imports.formats import mending
from places.imports.formats.amounts import read_amount
from places.imports.formats.base import Choices, Report
from places.imports.formats.cells import LONGEST, clean
from places.imports.formats.columns import Header, Matching
from places.imports.formats.dates import is_date, is_month_first, read_span
from places.imports.formats.keys import BETWEEN, Occurrences
from places.imports.formats.mending import Cells, Held
from places.imports.formats.payments import Payments
from places.imports.formats.quick import Quick
from places.imports.formats.rows import Item, Reading, RowError, SpendingRow
from places.imports.formats.spending_columns import SUMS
from places.imports.formats.spending_rows import PaymentReader
from places.imports.formats.texts import UnreadableError, are_plain
from places.imports.formats.totals import Totals, amount_or_none
from places.imports.formats.units import POUND
from places.imports.readers.tables import Record

# Rows looked at together: few enough that an odd one among them costs its fellows little.
_AT_A_LOOK: Final = 500


# How many rows are looked at before any is read.
_LOOKED_AT: Final = 1000
# A column without a heading has something in most rows; a stray comma shifts a few.
_A_COLUMN: Final = 0.5
# The end of an amount that a comma of thousands has cut in two: it is never another column.
_CUT: Final = re.compile(r"\s*\d{3}(?:\.\d{1,2})?\)?\s*")


class SpendingParser:
    """Reads one file of payments."""

    # Whether the month of a file without dates is asked for.
    asks_period = True

    def __init__(self, header: Header, matching: Matching, choices: Choices) -> None:
        self.report = Report()
        self.header, self.matching = header, dict(matching)
        self.choices = choices
        self.width = len(header.headings)
        while self.width and not header.headings[self.width - 1]:
            self.width -= 1
        self.rows = PaymentReader(
            header, self.matching, choices, self.report, asks_period=self.asks_period
        )
        self.occurrences = Occurrences()
        self.total, self.taken = Decimal("0.00"), 0
        # Whether a row with more cells than there are headings is wrong.
        self.is_strict = self.cells_may_shift = choices.cells_may_shift
        self.totals = Totals(self.matching, self.report, self.amount_columns(), self.amount_in)
        self.held: list[Held[SpendingRow]] = []
        self.quick = self._quick_way()

    # Rows -----------------------------------------------------------------------------------

    def read(self, records: Iterable[Record]) -> Reading:
        """Every row below the headings as an item or an error."""
        for record in self._looked_at(records):
            yield from self._read_one(record)
        yield from self._end()

    def read_many(
        self, records: Iterable[Record], at_once: int
    ) -> Iterator[tuple[Payments, list[RowError]]]:
        """The same, some thousands at a time, as columns beside the errors among them."""
        rest = self._looked_at(records)
        while taken := list(islice(rest, at_once)):
            payments, errors = Payments(), list[RowError]()
            for begin in range(0, len(taken), _AT_A_LOOK):
                some = taken[begin : begin + _AT_A_LOOK]
                if not self._read_quickly(some, payments):
                    _sort_out(
                        (got for one in some for got in self._read_one(one)), payments, errors
                    )
            yield payments, errors
        last, errors = Payments(), list[RowError]()
        _sort_out(self._end(), last, errors)
        if last or errors:
            yield last, errors

    def _quick_way(self) -> Quick | None:
        """The quick way, where the file has a column of days and one of amounts."""
        one = ("net", "amount") if "vat" in self.matching else ("net", "amount", "gross")
        name = next((name for name in one if name in self.matching), None)
        if name is None or "date" not in self.matching or "year" in self.matching:
            return None
        at = self.matching[name]
        if self.rows.unit(at) != POUND or self.rows.currency_at is not None:
            return None
        return Quick(self.header, self.matching, at, self.width, self.occurrences)

    def _read_quickly(self, records: list[Record], into: Payments) -> bool:
        if self.quick is None or self.totals.pending:
            return False
        wide = max(len(record.cells) for record in records) > self.width
        if wide and any(self._is_shifted(record.cells) for record in records):
            return False
        added = self.quick.read(records, self.rows.month_first, into)
        if added is None:
            return False
        self.total += added
        self.taken += len(records)
        self.rows.last_supplier = into.suppliers[-1]
        return True

    def _is_shifted(self, cells: Cells) -> bool:
        """Whether a stray delimiter gave the row more cells than there are headings."""
        beyond = cells[self.width :]
        return (self.is_strict and any(beyond)) or (
            self.cells_may_shift and any(map(_CUT.fullmatch, beyond))
        )

    def _read_one(self, record: Record) -> Iterator[Item[SpendingRow] | RowError]:
        cells = self._tidied(record.cells)
        if self._is_none(record, cells, self.totals):
            self.rows.last_supplier = ""
            return
        if self.totals.pending:
            for supplier in self.totals.given_back():
                yield from self._take(*supplier)
        yield from self._take(record, cells)
        is_shifted = self._is_shifted(record.cells)
        self.rows.last_supplier = "" if is_shifted else cells[self.matching["supplier"]]

    def _end(self) -> Iterator[Item[SpendingRow] | RowError]:
        self.totals.close()
        yield from self._settle(self.held)
        self._say_what_was_found()

    def amount_columns(self) -> set[int]:
        """The columns that hold amounts, not words."""
        return {self.matching[name] for name in SUMS if name in self.matching}

    def amount_in(self, cells: Cells) -> Decimal | None:
        """The amount of what may be a total: in its column, or else in the last that has one."""
        for name in ("net", "amount", "gross", "debit"):
            at = self.matching.get(name)
            if at is not None and cells[at].strip():
                return amount_or_none(cells[at], self.rows.unit(at))
        return next(
            (n for cell in reversed(cells) if (n := amount_or_none(cell)) is not None), None
        )

    def _is_none(self, record: Record, cells: Cells, totals: Totals) -> bool:
        """Whether the row is no payment: blank, the headings again, a total."""
        if not any(cells):
            self.report.skip("blank")
        elif self._repeats_headings(cells):
            self.report.skip("heading")
        elif self._is_title(cells):
            self.report.skip("title")
        elif not totals.is_total(record.row, cells, self.total, self.taken):
            return False
        return True

    @staticmethod
    def _is_title(cells: Cells) -> bool:
        """Whether the row names only the month of those below it."""
        said = [cell for cell in cells if cell]
        return len(said) == 1 and is_date(said[0])

    def _looked_at(self, records: Iterable[Record]) -> Iterator[Record]:
        """The records, after a look at the first thousand."""
        rest = iter(records)
        first = list(islice(rest, _LOOKED_AT))
        wide = sum(self._is_shifted(record.cells) for record in first)
        self.is_strict = self.is_strict and wide <= len(first) * _A_COLUMN
        if "date" in self.matching:
            self._look_at_dates(first)
        yield from first
        yield from rest

    def _look_at_dates(self, first: list[Record]) -> None:
        self.rows.month_first = is_month_first(
            self.rows.cell(self._padded(record.cells), "date") for record in first
        )
        if self.rows.month_first:
            self.report.say(_("The dates have the month first, as in America; they were read so."))

    def _tidied(self, cells: Cells) -> Cells:
        """The row's cells as they are read, as many as there are headings."""
        if len(cells) == self.width and are_plain(cells) and max(map(len, cells)) <= LONGEST:
            return cells
        return tuple(map(clean, self._padded(cells)))

    def _padded(self, cells: Cells) -> Cells:
        lacking = self.width - len(cells)
        return (*cells, *[""] * lacking) if lacking > 0 else cells

    def _repeats_headings(self, cells: Cells) -> bool:
        at = self.matching["supplier"]
        return cells[at] == self.header.headings[at] != "" and all(
            cell == name for cell, name in zip(cells, self.header.headings, strict=False)
        )

    def _take(self, record: Record, cells: Cells) -> Sequence[Item[SpendingRow] | RowError]:
        """What the row gives; nothing where it waits for the file's total."""
        error = self._shifted(record)
        try:
            if error is None:
                return (self._item(record.row, self.rows.parse(cells)),)
        except UnreadableError as unreadable:
            error = RowError(record.row, str(unreadable))
        waiting = self._waiting(record, error.message)
        if waiting is None or len(self.held) >= mending.MOST_HELD:
            return (error,)
        self.held.append(waiting)
        return ()

    def _shifted(self, record: Record) -> RowError | None:
        """Why the row is not taken, if a stray delimiter moved its cells."""
        if not self._is_shifted(record.cells):
            return None
        message = _(
            "This row has more cells than there are headings, so its amount may stand elsewhere. "
            "Put quotation marks around what has a comma in it: %s"
        )
        return RowError(record.row, message % ", ".join(record.cells)[:200], in_one_piece=True)

    def _item(self, row: int, value: SpendingRow) -> Item[SpendingRow]:
        self.total += value.amount
        self.taken += 1
        key = self.occurrences.key(self._content(value))
        return Item(row, value, key, key)

    def _content(self, value: SpendingRow) -> str:
        """What makes a payment the one it is. A file without any date tells itself apart."""
        when = value.paid_on or value.period_start or self.choices.file_digest
        return BETWEEN.join(
            (
                *(value.payer, str(when), value.supplier, str(value.amount)),
                *(value.transaction_number, value.department, value.service_area),
                *(value.category, value.purpose),
            )
        )

    # Rows that have run together ------------------------------------------------------------

    def _waiting(self, record: Record, message: str) -> Held[SpendingRow] | None:
        """The row with every way to part it, if there is any."""
        shown = next((cell for cell in record.cells if len(cell) > 8), "")[:60]
        ways = mending.ways_of(
            map(self._tidied, mending.parted(record.cells, self.width)),
            self._parse_dated,
            lambda row: row.amount,
        )
        if ways:
            message = _("Cells of this row have run together: %s") % ", ".join(record.cells)[:200]
            return Held(record.row, shown, message, ways)
        pairs = mending.run_on(record.cells) if self.width == 2 else []
        return self._waiting_run_on(record, pairs) if pairs else None

    def _parse_dated(self, cells: Cells) -> SpendingRow:
        """A parted row counts only with its date."""
        if "date" in self.matching:
            read_span(self.rows.cell(cells, "date"), self.rows.month_first)
        return self.rows.parse(cells)

    def _waiting_run_on(
        self, record: Record, pairs: list[tuple[str, str]]
    ) -> Held[SpendingRow] | None:
        if Totals.says_total(pairs[-1][0]):
            self.report.printed_total = read_amount(pairs.pop()[1])
        at, amount_at = self.matching["supplier"], 1 - self.matching["supplier"]
        rows = [(name, sum_) if at < amount_at else (sum_, name) for name, sum_ in pairs]
        values = tuple(self.rows.parse(self._tidied(cells)) for cells in rows)
        message = _("%d rows seem to have run together into one. Put each on its own line.") % len(
            values
        )
        amount = sum((value.amount for value in values), Decimal(0))
        return Held(record.row, record.cells[0], message, (mending.Way(values, amount),))

    def _settle(self, held: list[Held[SpendingRow]]) -> Iterator[Item[SpendingRow] | RowError]:
        ways = mending.proved(held, self.total, self.report.printed_total)
        if ways is None:
            yield from (RowError(row.row, row.message) for row in held)
            return
        for row, way in zip(held, ways, strict=True):
            yield from (self._item(row.row, value) for value in way.values)
        if held:
            self.report.say(
                ngettext(
                    "%(n)d row had cells run together, such as row %(row)d. It was parted: so, and "
                    "only so, the file adds up to its own total to the penny.",
                    "%(n)d rows had cells run together, such as row %(row)d. They were parted: so, "
                    "and only so, the file adds up to its own total to the penny.",
                    len(held),
                )
                % {"n": len(held), "row": held[0].row}
            )

    # The whole file -------------------------------------------------------------------------

    def _say_what_was_found(self) -> None:
        printed = self.report.printed_total
        if printed is not None and printed != self.total:
            self.report.say(
                _(
                    "The file's own total is %(printed)s; the rows that could be read add up to "
                    "%(sum)s."
                )
                % {"printed": money_text(printed), "sum": money_text(self.total)}
            )
        elif printed is not None:
            self.report.say(_("The rows add up to the file's own total, %s.") % money_text(printed))
        if n := self.rows.undated:
            self.report.say(ngettext("%d row has no date.", "%d rows have no date.", n) % n)
        if n := self.occurrences.again:
            self.report.say(
                ngettext(
                    "%d row says exactly what an earlier one says. It was counted too, because "
                    "two equal payments are two. If it is a mistake, take it out of the file.",
                    "%d rows say exactly what an earlier one says. They were counted too, because "
                    "two equal payments are two. If they are mistakes, take them out of the file.",
                    n,
                )
                % n
            )
        if len(self.rows.currencies) > 1:
            self.report.say(
                _("The payments are in several currencies (%s): their sum mixes them.")
                % ", ".join(sorted(self.rows.currencies))
            )


def _sort_out(
    rows: Iterable[Item[SpendingRow] | RowError], payments: Payments, errors: list[RowError]
) -> None:
    for row in rows:
        if isinstance(row, RowError):
            errors.append(row)
        else:
            payments.add(row)
