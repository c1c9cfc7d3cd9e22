"""When a standstill ends: each regime counts in its own way.

- Procurement Act 2023 ss.50-51: working days **beginning with** the day on which the contract award
  notice is published; a bank holiday in any part of the United Kingdom is none (s.123(1)).
  Mandatory at the thresholds; voluntary for light touch.
- Provider Selection Regime: it begins on the **day after** the day that the notice of intention is
  published (SI 2023/1348 reg 12(2)), and ends at midnight at the end of the 8th working day **after
  the day it began** (reg 12(9)); England's bank holidays are none (reg 12(12)). It stays open while
  a representation is answered, and 5 working days more (reg 12(10)). NHS England's page lets it
  begin with the publication, which would end it a day sooner: the regulation is followed.
"""

from datetime import date
from enum import StrEnum
from typing import Final

from decisions.questions.plan.working_days import ONE, after, on_or_after, on_or_before

DAYS: Final = 8


class Regime(StrEnum):
    """Whose rule counts the days."""

    NONE = "none"
    ACT = "act"
    HEALTH = "health"


def first_day(regime: Regime, published: date) -> date:
    """The first day of the standstill: under the Act the day of the notice, else the day after."""
    return published + ONE if regime == Regime.HEALTH else published


def last_day(regime: Regime, published: date, days: int = DAYS) -> date:
    """The last whole day of the standstill of a notice published on ``published``.

    >>> last_day(Regime.ACT, date(2026, 6, 1)), last_day(Regime.HEALTH, date(2026, 6, 1))
    (datetime.date(2026, 6, 10), datetime.date(2026, 6, 12))
    """
    if regime == Regime.NONE or days == 0:
        return published
    if regime == Regime.HEALTH:
        return after(first_day(regime, published), days)
    return after(on_or_after(published, uk=True), days - 1, uk=True)


def first_day_to_sign(regime: Regime, published: date, days: int = DAYS) -> date:
    """The first working day on which the contract may be entered into."""
    if regime == Regime.NONE or days == 0:
        return on_or_after(published)
    return on_or_after(last_day(regime, published, days) + ONE)


def latest_publication(regime: Regime, sign_on: date, days: int = DAYS) -> date:
    """The last working day to publish on, so that the contract may be signed on ``sign_on``."""
    published = on_or_before(sign_on)
    while first_day_to_sign(regime, published, days) > sign_on:
        published = on_or_before(published - ONE)
    return published
