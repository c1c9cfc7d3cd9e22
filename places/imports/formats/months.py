"""Tables with a column for each month: what each supplier was paid, month by month. Pure.

A heading such as "Apr-24", "2024-04", "April 2024" or, under a title that tells the year, "April"
is a month. Every cell below it that holds an amount becomes a total of that supplier in that month;
an empty cell and a nought are nothing paid. A row is taken whole or not at all.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from places.imports.formats.base import Choices
from places.imports.formats.columns import Header
from places.imports.formats.dates import Span, month_named, quarter_in, read_span, year_in
from places.imports.formats.mending import Cells
from places.imports.formats.rows import Item, RowError, SpendingRow
from places.imports.formats.spending import SpendingParser
from places.imports.formats.spending_rows import pounds
from places.imports.formats.texts import FileError, UnreadableError
from places.imports.readers.tables import Record

_NOTHING: Final = frozenset({"", "-", "–", "—"})


def month_columns(header: Header, choices: Choices) -> dict[int, Span]:
    """Which columns are months, and which. Raises :class:`FileError` where no year is told."""
    found: dict[int, Span] = {}
    for at, heading in enumerate(header.headings):
        number, quarter = month_named(heading), quarter_in(heading)
        if number is not None:
            found[at] = _in_year(number, header, choices)
        elif quarter is not None:
            found[at] = _quarter(quarter, heading, header, choices)
        elif span := month_of(heading):
            found[at] = span
    return found


def month_of(heading: str) -> Span | None:
    """The month with its year that the heading is, or nothing. A day counts as its month."""
    if heading.strip().isdigit():
        return None
    try:
        span = read_span(heading)
    except UnreadableError:
        return None
    return read_span(f"{span.start:%Y-%m}")


def _quarter(number: int, heading: str, header: Header, choices: Choices) -> Span:
    year = year_in(heading) or year_in(header.above) or year_in(choices.file_name)
    if year is None:
        raise FileError(_("The headings are quarters, but nothing tells the year."))
    return year.quarter(number)


def _in_year(number: int, header: Header, choices: Choices) -> Span:
    """The month in the year that somebody chose, or that a title or the file's name tells."""
    if choices.period:
        first = read_span(choices.period).start
        return read_span(f"{first.year + (number < first.month)}-{number:02}")
    year = year_in(header.above) or year_in(choices.file_name)
    if year is not None:
        return year.month(number)
    raise FileError(
        _("The headings are months, but nothing tells the year. Say which month comes first.")
    )


class MonthsParser(SpendingParser):
    """Reads a table with a column for each month."""

    asks_period = False

    def __init__(
        self, header: Header, matching: Mapping[str, int], choices: Choices, months: dict[int, Span]
    ) -> None:
        kept = {name: at for name, at in matching.items() if name != "date" and at not in months}
        self.months = months
        super().__init__(header, kept, choices)
        self.unit = self.rows.unit(min(months))
        first = min(span.start for span in months.values())
        last = max(span.end for span in months.values())
        self.report.say(
            _("There is a column for each month or quarter, from %(first)s to %(last)s.")
            % {"first": f"{first:%B %Y}", "last": f"{last:%B %Y}"}
        )

    def amount_columns(self) -> set[int]:
        """The months' columns, and those of totals beside them."""
        return super().amount_columns() | set(self.months)

    def amount_in(self, cells: Cells) -> Decimal | None:
        """What the row's months add up to; None where one of them cannot be read."""
        try:
            return sum((row.amount for row in self._months(cells)), Decimal(0))
        except UnreadableError:
            return None

    def _take(self, record: Record, cells: Cells) -> Sequence[Item[SpendingRow] | RowError]:
        if shifted := self._shifted(record):
            return (shifted,)
        try:
            rows = self._months(cells)
            if not rows:
                raise UnreadableError(_("There is no amount in this row."))
        except UnreadableError as error:
            return (RowError(record.row, str(error)),)
        return [self._item(record.row, row) for row in rows]

    def _months(self, cells: Cells) -> list[SpendingRow]:
        supplier = cells[self.matching["supplier"]]
        if not supplier:
            raise UnreadableError(_("This row has an amount but does not say who was paid."))
        rows = []
        for at, span in self.months.items():
            if cells[at] in _NOTHING:
                continue
            amount = self._amount(cells[at], span, self.unit)
            if amount:
                row = SpendingRow(supplier, amount, "unstated")
                row.period_start, row.period_end = span
                self.rows.fill(row, cells)
                rows.append(row)
        return rows

    @staticmethod
    def _amount(text: str, span: Span, unit: Decimal) -> Decimal:
        try:
            return pounds(text, unit)
        except UnreadableError as error:
            raise UnreadableError(f"{span.start:%B %Y}: {error}") from None
