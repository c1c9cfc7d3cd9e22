"""Dates as councils write them. Pure. Days come first, as in the United Kingdom."""

import calendar
import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from places.imports.formats.texts import UnreadableError, plain


class Span(NamedTuple):
    """From the first day to the last; the same day twice where a day is known."""

    start: date
    end: date

    @property
    def day(self) -> date | None:
        """The day, where it is one."""
        return self.start if self.start == self.end else None


_MONTHS: dict[str, int] = {
    name.lower(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}
# Councils in Wales.
_MONTHS |= {
    name: number
    for number, names in enumerate(
        (
            *("ionawr ion", "chwefror chw chwe", "mawrth maw", "ebrill ebr", "mai"),
            *("mehefin meh", "gorffennaf gor gorff", "awst aws", "medi med", "hydref hyd"),
            *("tachwedd tach", "rhagfyr rhag rha"),
        ),
        start=1,
    )
    for name in names.split()
}
_NAME: Final = r"(?P<name>[A-Za-z]{3,10})"
_SEP: Final = r"[\s/.\-]+"
_TIME: Final = (
    r"(?:[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[AaPp][Mm])?\s*(?:Z|[+-]\d\d:?\d\d)?)?"
)
_WEEKDAY: Final = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?"
_FORMS: Final = tuple(
    re.compile(_WEEKDAY + form, re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})" + _TIME,
        r"(?P<day>\d{1,2})[/.\-\s](?P<month>\d{1,2})[/.\-\s](?P<year>\d{4}|\d{2})" + _TIME,
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:{_SEP}|\s*)(?:of )?{_NAME}[,.]?(?:{_SEP}|\s*)"
        r"(?P<year>\d{4}|\d{2})" + _TIME,
        rf"{_NAME}\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})" + _TIME,
        r"(?P<year>(?:19|20)\d{2})(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)",
    )
)
_OF_MONTH: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_NAME}(?:{_SEP}|,\s*|\s*)'?(?P<year>\d{{4}}|\d{{2}})",
        rf"(?P<year>\d{{4}}){_SEP}{_NAME}",
        r"(?P<year>\d{4})[-/](?P<month>\d{1,2})",
        r"(?P<month>\d{1,2})[-/](?P<year>\d{4})",
    )
)
_SERIAL: Final = re.compile(r"(\d{5})(?:\.\d+)?")
_FIRST_SERIAL, _LAST_SERIAL = 32874, 73050  # 1990 to 2099
_SERIAL_ZERO: Final = date(1899, 12, 30)
EARLIEST: Final = 1990
LATEST: Final = 2100


@lru_cache(maxsize=20_000)
def read_span(text: str, month_first: bool = False) -> Span:
    """The day or the month that the text names. Raises :class:`UnreadableError`.

    >>> read_span("1-Jun-12").day
    datetime.date(2012, 6, 1)
    >>> read_span("January 2012").end
    datetime.date(2012, 1, 31)
    """
    asked = plain(text)
    for form in _FORMS:
        if found := form.fullmatch(asked):
            day = _day(found.groupdict(), asked, month_first and form is _FORMS[1])
            return Span(day, day)
    if (found := _SERIAL.fullmatch(asked)) and _FIRST_SERIAL <= int(found[1]) <= _LAST_SERIAL:
        day = _SERIAL_ZERO + timedelta(days=int(found[1]))
        return Span(day, day)
    for form in _OF_MONTH:
        if found := form.fullmatch(asked):
            return _month(found.groupdict(), asked)
    raise UnreadableError(_("“%s” is not a date we can read. Write it as 25/06/2012.") % asked[:40])


def read_day(text: str, month_first: bool = False) -> date:
    """The day. Raises :class:`UnreadableError` where only a month is named."""
    span = read_span(text, month_first)
    if span.day is None:
        raise UnreadableError(_("“%s” is a month, not a day.") % plain(text)[:40])
    return span.day


def _year(text: str, asked: str) -> int:
    year = int(text)
    if len(text) == 2:
        year += 2000 if year < 70 else 1900
    if not EARLIEST <= year <= LATEST:
        raise UnreadableError(_("“%s” has a year that cannot be right.") % asked[:40])
    return year


def _month_number(parts: dict[str, str | None], asked: str) -> int:
    if name := parts.get("name"):
        number = _MONTHS.get(name.lower())
        if number is None:
            raise UnreadableError(_("“%s” is not a date we can read.") % asked[:40])
        return number
    return int(parts["month"] or 0)


def _day(parts: dict[str, str | None], asked: str, month_first: bool) -> date:
    year = _year(parts["year"] or "", asked)
    month, day = _month_number(parts, asked), int(parts["day"] or 0)
    if month_first:
        month, day = day, month
    try:
        return date(year, month, day)
    except ValueError:
        raise UnreadableError(
            _("“%s” is not a day of the calendar. Days come first here: 25/06/2012.") % asked[:40]
        ) from None


def _month(parts: dict[str, str | None], asked: str) -> Span:
    year, month = _year(parts["year"] or "", asked), _month_number(parts, asked)
    if not 1 <= month <= 12:
        raise UnreadableError(_("“%s” is not a month of the calendar.") % asked[:40])
    return Span(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def month_named(text: str) -> int | None:
    """The number of the month that the text is, without a year; None where it is none.

    >>> month_named("Sept"), month_named("Apr-24")
    (9, None)
    """
    return _MONTHS.get(plain(text).rstrip(".").lower())


# 2023/24, 2023-24, 2023/2024: from April to March.
_FINANCIAL_YEAR: Final = re.compile(r"(?<!\d)(20\d\d) ?[-/–_ ] ?(?:20)?(\d\d)(?!\d)")
_YEAR_ALONE: Final = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_QUARTER: Final = re.compile(r"(?:q|qtr|quarter)[ -]?([1-4])\b", re.IGNORECASE)
APRIL: Final = 4
_LONGEST_PERIOD: Final = 30


class Year(NamedTuple):
    """A year that months are in: from January, or, where it is financial, from April."""

    begins: int
    is_financial: bool

    def month(self, number: int) -> Span:
        """The month of the calendar (1 is January) in this year."""
        return read_span(f"{self.begins + (self.is_financial and number < APRIL)}-{number:02}")

    def quarter(self, number: int) -> Span:
        """The quarter, from the year's beginning."""
        first = 3 * (number - 1) + (APRIL if self.is_financial else 1)
        months = [self.month((first + more - 1) % 12 + 1) for more in range(3)]
        return Span(months[0].start, months[-1].end)


def year_in(text: str) -> Year | None:
    """The year that a text tells; None where it tells none.

    >>> year_in("Payments 2023/24"), year_in("2024")
    (Year(begins=2023, is_financial=True), Year(begins=2024, is_financial=False))
    """
    for found in _FINANCIAL_YEAR.finditer(text):
        if (int(found[1]) + 1) % 100 == int(found[2]):
            return Year(int(found[1]), is_financial=True)
    alone = _YEAR_ALONE.search(text)
    return Year(int(alone[1]), is_financial=False) if alone else None


def quarter_in(text: str) -> int | None:
    """The number of the quarter that a text names."""
    found = _QUARTER.search(text)
    return int(found[1]) if found else None


def is_quarter(text: str) -> bool:
    """Whether the text is a quarter, of no year that it says."""
    return bool(_QUARTER.fullmatch(plain(text)))


def month_in_year(month: str, year: str, *, is_period: bool) -> Span | None:
    """The month of two cells, "April" and "2023/24", or the quarter; None where they are none.

    A number is a month of the calendar; under a heading that says period, of the financial year.
    """
    found, said = year_in(year), plain(month)
    if found is None:
        return None
    if is_quarter(said):
        return found.quarter(quarter_in(said) or 1)
    number = month_named(said)
    if number is None and said.isdigit() and 1 <= int(said) <= 12:
        number = (int(said) + 2) % 12 + 1 if is_period and found.is_financial else int(said)
    return found.month(number) if number else None


_PERIOD: Final = re.compile(r"(?:period|p|month)[ -]?(\d{1,2})\b", re.IGNORECASE)
_ONLY_YEAR: Final = re.compile(r"(?:f\.?y\.?|financial year)? ?20\d\d ?[-/–] ?(?:20)?\d\d", re.I)


def period_named(text: str) -> Span | None:
    """The financial year, or its quarter or period, that a cell names; None where it names none.

    >>> period_named("P01 2025/26").start, period_named("Q4 2025/26").end
    (datetime.date(2025, 4, 1), datetime.date(2026, 3, 31))
    """
    year = year_in(text) if len(text) < _LONGEST_PERIOD else None
    if year is None or not year.is_financial:
        return None
    if _ONLY_YEAR.fullmatch(text):
        return Span(year.quarter(1).start, year.quarter(4).end)
    if (quarter := quarter_in(text)) is not None:
        return year.quarter(quarter)
    found = _PERIOD.search(text)
    number = int(found[1]) if found else 0
    return year.month((number + 2) % 12 + 1) if 1 <= number <= 12 else None


def is_date(text: str) -> bool:
    """Whether the text can only be a day or a month: not a bare number."""
    if plain(text).replace(".", "").isdigit():
        return False
    try:
        read_span(text)
    except UnreadableError:
        return False
    return True


def is_month_first(samples: Iterable[str]) -> bool:
    """Whether a column writes the month first, as in America.

    Only where no date could have its day first and at least three must have their month first: in
    a mixed column, those that are no day of the calendar are refused one by one.
    """
    must = 0
    for sample in samples:
        found = _FORMS[1].fullmatch(plain(sample))
        if found is None:
            continue
        if int(found["day"]) > 12:
            return False
        must += int(found["month"]) > 12
    return must >= 3


_IN_NAME: Final = (
    re.compile(r"(?P<year>20\d\d)[-_ .]?(?P<month>0[1-9]|1[0-2])(?!\d)"),
    re.compile(r"(?<!\d)(?P<month>0[1-9]|1[0-2])[-_ .](?P<year>20\d\d)(?!\d)"),
    re.compile(
        r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-_ .]*"
        r"(?P<year>20\d\d|(?<!\d)\d\d)(?!\d)",
        re.IGNORECASE,
    ),
)


def period_in(name: str) -> Span | None:
    """The month that the name of a file tells: 2011-10-payments.csv. None where it tells none."""
    for form in _IN_NAME:
        if found := form.search(name):
            return _month(found.groupdict(), name)
    return None
