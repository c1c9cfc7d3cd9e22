"""Council spending: single payments, and what each supplier was paid in a month. Pure.

**Which amount wins** where a file gives several, because the Transparency Code asks for the amount
without VAT that is got back, which is what the place really spent: the column without VAT; else the
amount that does not say; else the one with VAT less the VAT, where both stand; else the one with
VAT. ``amount_basis`` keeps which it was.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.ground.money import money_text
from places.imports.formats import mending
from places.imports.formats.amounts import PENNY, read_amount
from places.imports.formats.base import Choices, Report
from places.imports.formats.cells import LONGEST, clean, is_redacted
from places.imports.formats.columns import Header, Matching
from places.imports.formats.dates import (
    Span,
    is_month_first,
    month_in_year,
    period_in,
    read_span,
)
from places.imports.formats.keys import BETWEEN, Occurrences
from places.imports.formats.mending import Cells, Held
from places.imports.formats.payments import Payments
from places.imports.formats.postcodes import tidy_postcode
from places.imports.formats.quick import Quick
from places.imports.formats.rows import Item, Reading, RowError, SpendingRow
from places.imports.formats.spending_columns import SUMS
from places.imports.formats.texts import UnreadableError, are_plain, folded_heading
from places.imports.formats.totals import Totals, amount_or_none
from places.imports.readers.tables import Record

_YES: Final = frozenset({"y", "yes", "true", "1", "x"})
_NO_DATE: Final = frozenset({"", "0", "-", "00/01/1900", "1900-01-00", "n/a"})
_LONGEST_MONTH: Final = len("september")
_TEXTS: Final = (
    *("payer", "department", "service_area", "category", "purpose", "transaction_number"),
    *("supplier_reference", "company_number", "charity_number", "merchant_category"),
    *("capital_or_revenue", "postcode"),
)


# Rows looked at together: few enough that an odd one among them costs its fellows little.
_AT_A_LOOK: Final = 500


class SpendingParser:
    """Reads one file of payments."""

    def __init__(self, header: Header, matching: Matching, choices: Choices) -> None:
        self.report = Report()
        self.header, self.matching = header, dict(matching)
        self.choices = choices
        self.width = len(header.headings)
        while self.width and not header.headings[self.width - 1]:
            self.width -= 1
        self.amount_of, self.basis = self._amount_rule()
        self.period = self._period()
        self.month_first = False
        self.occurrences = Occurrences()
        self.total = Decimal("0.00")
        self.undated = 0
        self.totals = Totals(self.matching, self.report, self.amount_columns(), self.amount_in)
        self.held: list[Held[SpendingRow]] = []
        self.quick = self._quick_way()
        self.texts = [
            (name, self.matching[name]) for name in _TEXTS if self.matching.get(name) is not None
        ]

    # What wins ------------------------------------------------------------------------------

    def _amount_rule(self) -> tuple[Callable[[Cells], Decimal], str]:
        has = self.matching.keys()
        if "net" in has:
            return self._one("net"), "net"
        if "amount" in has:
            return self._one("amount"), "net" if "gross" in has else self._unsaid()
        if {"gross", "vat"} <= has:
            self.report.say(_("The amount is the one with VAT, less the VAT."))
            return self._gross_less_vat, "net"
        if "gross" in has:
            self.report.say(_("The amounts have VAT in them: the file gives no others."))
            return self._one("gross"), "gross"
        return self._debit_less_credit, "unstated"

    def _unsaid(self) -> str:
        """A title above the headings may say it: Sum of Invoice Nett Amount."""
        return "net" if re.search(r"\bnet\b", folded_heading(self.header.above)) else "unstated"

    def _one(self, name: str) -> Callable[[Cells], Decimal]:
        at = self.matching[name]
        if self._in_pence(at):
            self.report.say(_("The heading says pence: the amounts were read so."))
            return lambda cells: (read_amount(cells[at]) / 100).quantize(PENNY)
        return lambda cells: read_amount(cells[at])

    def _in_pence(self, at: int) -> bool:
        """Whether the heading says pence and nothing of pounds."""
        heading = self.header.headings[at].lower()
        return "pence" in heading and "pound" not in heading and "£" not in heading

    def _gross_less_vat(self, cells: Cells) -> Decimal:
        vat = cells[self.matching["vat"]]
        return read_amount(cells[self.matching["gross"]]) - (read_amount(vat) if vat.strip() else 0)

    def _debit_less_credit(self, cells: Cells) -> Decimal:
        sums = [
            read_amount(text) if text.strip() else None
            for text in (self._cell(cells, "debit"), self._cell(cells, "credit"))
        ]
        if sums == [None, None]:
            raise UnreadableError(_("There is no amount in this row."))
        paid, back = (one or Decimal(0) for one in sums)
        return paid - abs(back)

    def _cell(self, cells: Cells, name: str) -> str:
        at = self.matching.get(name, -1)
        return cells[at] if at >= 0 else ""

    def _period(self) -> Span | None:
        if "date" in self.matching:
            return None
        if self.choices.period:
            return read_span(self.choices.period)
        found = period_in(self.choices.file_name)
        if found is None:
            self.report.say(_("The file has no dates, and its name tells no month."))
            return None
        self.report.say(
            _("The file has no dates: its name says %s.") % found.start.strftime("%B %Y")
        )
        return found

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
        if self._in_pence(at):
            return None
        return Quick(self.header, self.matching, at, self.width, self.occurrences)

    def _read_quickly(self, records: list[Record], into: Payments) -> bool:
        if self.quick is None or self.totals.pending:
            return False
        added = self.quick.read(records, self.month_first, into)
        self.total += added or 0
        return added is not None

    def _read_one(self, record: Record) -> Iterator[Item[SpendingRow] | RowError]:
        cells = self._tidied(record.cells)
        if self._is_none(record, cells, self.totals):
            return
        if self.totals.pending:
            for supplier in self.totals.given_back():
                yield from self._take(*supplier)
        yield from self._take(record, cells)

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
                return amount_or_none(cells[at])
        return next(
            (n for cell in reversed(cells) if (n := amount_or_none(cell)) is not None), None
        )

    def _is_none(self, record: Record, cells: Cells, totals: Totals) -> bool:
        """Whether the row is no payment: blank, the headings again, a total."""
        if not any(cells):
            self.report.skip("blank")
        elif self._repeats_headings(cells):
            self.report.skip("heading")
        elif not totals.is_total(record.row, cells, self.total):
            return False
        return True

    def _looked_at(self, records: Iterable[Record]) -> Iterator[Record]:
        """The records, after a look at the first thousand dates."""
        if "date" not in self.matching:
            yield from records
            return
        first: list[Record] = []
        rest = iter(records)
        for record in rest:
            first.append(record)
            if len(first) >= 1000:
                break
        self.month_first = is_month_first(
            self._cell(self._padded(record.cells), "date") for record in first
        )
        if self.month_first:
            self.report.say(_("The dates have the month first, as in America; they were read so."))
        yield from first
        yield from rest

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
        try:
            return (self._item(record.row, self.parse(cells)),)
        except UnreadableError as error:
            waiting = self._waiting(record, str(error))
            if waiting is None or len(self.held) >= mending.MOST_HELD:
                return (RowError(record.row, str(error)),)
            self.held.append(waiting)
            return ()

    def _item(self, row: int, value: SpendingRow) -> Item[SpendingRow]:
        self.total += value.amount
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

    def parse(self, cells: Cells) -> SpendingRow:
        """One row. Raises :class:`UnreadableError` with a sentence."""
        supplier = cells[self.matching["supplier"]]
        amount = self.amount_of(cells)
        if not supplier:
            raise UnreadableError(_("This row has an amount but does not say who was paid."))
        start, end = self._when(cells)
        row = SpendingRow(supplier, amount, self.basis)
        if start == end:
            row.paid_on = start
        else:
            row.period_start, row.period_end = start, end
        self._fill(row, cells)
        return row

    def _fill(self, row: SpendingRow, cells: Cells) -> None:
        """The words of the row, and what they tell."""
        for name, at in self.texts:
            setattr(row, name, cells[at])
        if row.postcode:
            row.postcode = tidy_postcode(row.postcode)
        row.is_redacted = is_redacted(row.supplier)
        row.is_card = bool(row.merchant_category) or self._says_card(cells)

    def _says_card(self, cells: Cells) -> bool:
        at = self.matching.get("card")
        return at is not None and cells[at].lower() in _YES

    def _when(self, cells: Cells) -> tuple[date | None, date | None]:
        at = self.matching.get("date")
        if at is None:
            return self.period or (None, None)
        said = cells[at]
        if said.lower() in _NO_DATE:
            self.undated += 1
            return None, None
        return self._in_its_year(said, cells) or read_span(said, self.month_first)

    def _in_its_year(self, said: str, cells: Cells) -> Span | None:
        """The month where its year stands in a column of its own."""
        if "year" not in self.matching or len(said) > _LONGEST_MONTH:
            return None
        is_period = "period" in folded_heading(self.header.headings[self.matching["date"]])
        return month_in_year(said, self._cell(cells, "year"), is_period=is_period)

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
            read_span(self._cell(cells, "date"), self.month_first)
        return self.parse(cells)

    def _waiting_run_on(
        self, record: Record, pairs: list[tuple[str, str]]
    ) -> Held[SpendingRow] | None:
        if Totals.says_total(pairs[-1][0]):
            self.report.printed_total = read_amount(pairs.pop()[1])
        at, amount_at = self.matching["supplier"], 1 - self.matching["supplier"]
        rows = [(name, sum_) if at < amount_at else (sum_, name) for name, sum_ in pairs]
        values = tuple(self.parse(self._tidied(cells)) for cells in rows)
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
        if self.undated:
            self.report.say(
                ngettext("%d row has no date.", "%d rows have no date.", self.undated)
                % self.undated
            )


def _sort_out(
    rows: Iterable[Item[SpendingRow] | RowError], payments: Payments, errors: list[RowError]
) -> None:
    for row in rows:
        if isinstance(row, RowError):
            errors.append(row)
        else:
            payments.add(row)
