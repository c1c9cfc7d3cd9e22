"""When a standstill ends: each regime counts in its own way.

- Procurement Act 2023 ss.50-51: working days **beginning with** the day on which the contract award
  notice is published. Mandatory at the thresholds; voluntary for light touch.
- Provider Selection Regime: it starts with the publication of the notice of intention and ends at
  midnight at the end of the 8th working day **after the day it starts** (SI 2023/1348 reg 12 and
  NHS England's statutory guidance). One working day longer than under the Act, and it stays open
  while a representation is answered.
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


def last_day(regime: Regime, published: date, days: int = DAYS) -> date:
    """The last whole day of the standstill of a notice published on ``published``.

    >>> last_day(Regime.ACT, date(2026, 6, 1)), last_day(Regime.HEALTH, date(2026, 6, 1))
    (datetime.date(2026, 6, 10), datetime.date(2026, 6, 11))
    """
    if regime == Regime.NONE or days == 0:
        return published
    if regime == Regime.HEALTH:
        return after(published, days)
    return after(on_or_after(published), days - 1)


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
