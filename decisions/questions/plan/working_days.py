"""Working days in England: not a Saturday, a Sunday, Christmas Day, Good Friday or a bank holiday.

Source of the holidays: the ``holidays`` package, with substitute days. Offices in England keep
England's list; ``uk`` leaves out a bank holiday in any part of the United Kingdom too, as the
Procurement Act 2023 s.123(1) counts its working days.
"""

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

import holidays

ONE: Final = timedelta(days=1)
_SATURDAY: Final = 5


_OTHER_PARTS: Final = ("WLS", "SCT", "NIR")


@lru_cache(maxsize=64)
def _of_year(year: int, part: str) -> dict[date, str]:
    return dict(holidays.country_holidays("GB", subdiv=part, years=year))


def bank_holiday(day: date) -> str:
    """The name of England's bank holiday on that day, or nothing."""
    return _of_year(day.year, "ENG").get(day, "")


def is_working_day(day: date, *, uk: bool = False) -> bool:
    """Whether offices in England are open; ``uk``: and no other part has a bank holiday."""
    closed = bank_holiday(day) or (uk and any(day in _of_year(day.year, p) for p in _OTHER_PARTS))
    return day.weekday() < _SATURDAY and not closed


def on_or_before(day: date) -> date:
    """The last working day up to and with ``day``."""
    while not is_working_day(day):
        day -= ONE
    return day


def on_or_after(day: date, *, uk: bool = False) -> date:
    """The first working day from ``day`` on."""
    while not is_working_day(day, uk=uk):
        day += ONE
    return day


def after(day: date, number: int, *, uk: bool = False) -> date:
    """The ``number``-th working day after ``day``, which itself is not counted."""
    for _ in range(number):
        day = on_or_after(day + ONE, uk=uk)
    return day


def before(day: date, number: int) -> date:
    """The ``number``-th working day before ``day``, which itself is not counted."""
    for _ in range(number):
        day = on_or_before(day - ONE)
    return day


def months_before(day: date, number: int) -> date:
    """The same day of the month, so many months earlier; the month's last day where it has none."""
    index = day.year * 12 + day.month - 1 - number
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def clear_days_before(day: date, number: int) -> date:
    """The latest day for a notice with so many clear days: neither end is counted."""
    return day - timedelta(days=number + 1)
