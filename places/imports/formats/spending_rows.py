"""What one row of payments says: who was paid, how much, when. Pure.

**Which amount wins** where a file gives several, because the Transparency Code asks for the amount
without VAT that is got back, which is what the place really spent: the column without VAT; else the
amount that does not say; else the one with VAT less the VAT, where both stand; else the one with
VAT. ``amount_basis`` keeps which it was.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from places.imports.formats.amounts import PENNY, exact_amount, read_amount
from places.imports.formats.base import Choices, Report
from places.imports.formats.cells import is_redacted
from places.imports.formats.columns import Header, Matching
from places.imports.formats.dates import (
    Span,
    is_quarter,
    month_in_year,
    period_in,
    period_named,
    read_span,
    year_in,
)
from places.imports.formats.mending import Cells
from places.imports.formats.postcodes import tidy_postcode
from places.imports.formats.rows import SpendingRow
from places.imports.formats.spending_columns import SUMS
from places.imports.formats.texts import UnreadableError, folded_heading
from places.imports.formats.units import POUND, unit_of

_YES: Final = frozenset({"y", "yes", "true", "1", "x"})
_NO_DATE: Final = frozenset({"", "0", "-", "00/01/1900", "1900-01-00", "n/a"})
_LONGEST_MONTH: Final = len("september")
_TEXTS: Final = (
    *("payer", "department", "service_area", "category", "purpose", "transaction_number"),
    *("supplier_reference", "company_number", "charity_number", "merchant_category"),
    *("capital_or_revenue", "postcode"),
)
_UNITS: Final = {
    Decimal("0.01"): gettext_lazy("The heading says pence: the amounts were read so."),
    Decimal(1_000): gettext_lazy("The heading says thousands of pounds: the amounts were read so."),
    Decimal(1_000_000): gettext_lazy(
        "The heading says millions of pounds: the amounts were read so."
    ),
}
_POUNDS: Final = re.compile(r"£|\bgbp\b|sterling|\bbase\b|\blocal\b|\bpounds?\b", re.IGNORECASE)
_IN_POUNDS: Final = frozenset({"", "£", "GBP", "UKP", "POUND", "POUNDS", "STERLING", "UK POUND"})


def pounds(text: str, unit: Decimal) -> Decimal:
    """The amount in a cell whose heading counts in ``unit``."""
    return read_amount(text) if unit == POUND else (exact_amount(text) * unit).quantize(PENNY)


def currency_in(text: str) -> str:
    """The code in a column of currencies; pounds where it says nothing."""
    said = text.strip().upper()
    if said in _IN_POUNDS or said.startswith("POUND STERLING"):
        return "GBP"
    if len(said) == 3 and said.isalpha():
        return said
    raise UnreadableError(_("“%s” is not the code of a currency, such as GBP.") % text[:40])


class PaymentReader:
    """Reads rows of one file, each by itself. ``report`` is the file's."""

    def __init__(
        self,
        header: Header,
        matching: Matching,
        choices: Choices,
        report: Report,
        *,
        asks_period: bool,
    ) -> None:
        self.header, self.matching, self.choices = header, matching, choices
        self.report = report
        self.amount_of, self.basis = self._amount_rule()
        self.period = self._period() if asks_period else None
        self.month_first = False
        self.undated = 0
        # Who was paid by the row straight above, taken or refused; nobody where it names nobody.
        self.last_supplier = ""
        titles = (header.above, choices.file_name)
        self.told_year = next((title for title in titles if year_in(title)), "")
        self.currencies: set[str] = set()
        self.currency_at = None if self._says_pounds() else matching.get("currency")
        self.texts = [(name, matching[name]) for name in _TEXTS if name in matching]

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
        unit = self.unit(at)
        if unit == POUND:
            return lambda cells: read_amount(cells[at])
        return lambda cells: pounds(cells[at], unit)

    def unit(self, at: int) -> Decimal:
        """How many pounds a one in the column is; said where it is not one."""
        unit = unit_of(self.header.headings[at], self.header.above)
        if unit != POUND:
            self.report.say(str(_UNITS[unit]))
        return unit

    def _gross_less_vat(self, cells: Cells) -> Decimal:
        vat = cells[self.matching["vat"]]
        unit = self.unit(self.matching["gross"])
        with_vat = pounds(cells[self.matching["gross"]], unit)
        return with_vat - (pounds(vat, unit) if vat.strip() else 0)

    def _debit_less_credit(self, cells: Cells) -> Decimal:
        sums = [
            pounds(text, self.unit(self.matching[name])) if text.strip() else None
            for name, text in ((one, self.cell(cells, one)) for one in ("debit", "credit"))
        ]
        if sums == [None, None]:
            raise UnreadableError(_("There is no amount in this row."))
        paid, back = (one or Decimal(0) for one in sums)
        return paid - abs(back)

    def cell(self, cells: Cells, name: str) -> str:
        """The cell under a column, or nothing."""
        at = self.matching.get(name, -1)
        return cells[at] if at >= 0 else ""

    def _says_pounds(self) -> bool:
        """Whether a heading of amounts says itself that they are pounds."""
        headings = [
            self.header.headings[self.matching[one]] for one in SUMS if one in self.matching
        ]
        return any(_POUNDS.search(heading) for heading in headings)

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

    def parse(self, cells: Cells) -> SpendingRow:
        """One row. Raises :class:`UnreadableError` with a sentence."""
        supplier = cells[self.matching["supplier"]]
        amount = self.amount_of(cells)
        if not supplier:
            raise UnreadableError(self._nobody())
        start, end = self._when(cells)
        row = SpendingRow(supplier, amount, self.basis)
        if start == end:
            row.paid_on = start
        else:
            row.period_start, row.period_end = start, end
        self.fill(row, cells)
        return row

    def _nobody(self) -> str:
        if not self.last_supplier:
            return _("This row has an amount but does not say who was paid.")
        return (
            _(
                "This row has an amount but does not say who was paid. If it was “%s”, as above "
                "it, write that name here too."
            )
            % self.last_supplier[:80]
        )

    def fill(self, row: SpendingRow, cells: Cells) -> None:
        """The words of the row, and what they tell."""
        for name, at in self.texts:
            setattr(row, name, cells[at])
        if row.postcode:
            row.postcode = tidy_postcode(row.postcode)
        if self.currency_at is not None:
            row.currency = currency_in(cells[self.currency_at])
            self.currencies.add(row.currency)
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
        found = self._in_its_year(said, cells)
        if found is None and is_quarter(said):
            self.undated += 1
            return None, None
        return found or self._span(said)

    def _span(self, said: str) -> Span:
        try:
            return read_span(said, self.month_first)
        except UnreadableError:
            if (period := period_named(said)) is None:
                raise
            return period

    def _in_its_year(self, said: str, cells: Cells) -> Span | None:
        """The month or quarter where its year stands in a column of its own, or in a title."""
        if len(said) > _LONGEST_MONTH:
            return None
        if "year" not in self.matching:
            number = said.isdigit() or not self.told_year
            return None if number else month_in_year(said, self.told_year, is_period=False)
        is_period = "period" in folded_heading(self.header.headings[self.matching["date"]])
        return month_in_year(said, self.cell(cells, "year"), is_period=is_period)
