"""How long a bid takes, and whether that is in proportion.

The rates are our judgement and say so: a written, agreed and checked answer comes at 120 to 350
words an hour. The one published example (44 questions of 500 to 2,000 words for 350,000 pounds a
year, Lloyds Bank Foundation, 2016) comes out at some 120 hours even if every answer is short.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

WORDS_A_PAGE: Final = 450
# Words an hour: slow (first time, many hands), usual, quick (much is written already).
SLOW, USUAL, QUICK = 120, 200, 350
HOURS_TO_READ: Final = (3, 5, 10)
HOURS_OF_PRICE: Final = (2, 5, 12)
HOURS_A_DOCUMENT: Final = (0.5, 1, 3)
HOURS_OF_PRESENTING: Final = (6, 12, 25)
# A bidder's hour with on-costs, in pounds: only to compare the burden with the value.
POUNDS_AN_HOUR: Final = 26


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of each bidder. ``value`` in pounds over the whole life, ``months`` its length;
    None where that is not known yet."""

    words: int = 0
    pages: int = 0
    documents: int = 0
    has_price: bool = True
    presentation: bool = False
    accounts_years: int = 0
    audited_accounts: bool = False
    insurance_before_award: bool = False
    bidders: int = 5
    value: float | None = None
    months: int | None = None
    has_bids: bool = True

    @property
    def all_words(self) -> int:
        """Words, with pages counted as words."""
        return self.words + self.pages * WORDS_A_PAGE

    @property
    def is_nothing(self) -> bool:
        """Whether nobody has to answer at all: the authority gathers what it weighs."""
        asks = (self.all_words, self.documents, self.accounts_years, self.presentation)
        return not self.has_bids and not any(asks)


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours that one bid takes: low, likely, high; whole hours."""

    low: int
    likely: int
    high: int


class Warn(StrEnum):
    """What is out of proportion, by name; the words stand in the application."""

    LONG_FOR_ITS_VALUE = "long_for_its_value"
    COSTS_MUCH_OF_ITS_VALUE = "costs_much_of_its_value"
    ALL_BIDS_COST_MUCH = "all_bids_cost_much"
    SHORT_FOR_THE_WORK = "short_for_the_work"
    MANY_ACCOUNTS = "many_accounts"
    AUDITED_ACCOUNTS = "audited_accounts"
    INSURANCE_BEFORE_AWARD = "insurance_before_award"
    MANY_DOCUMENTS = "many_documents"
    NO_LIMIT = "no_limit"


def hours_of(asked: Asked) -> Hours:
    """What one bid, or one answer, takes."""
    if asked.is_nothing:
        return Hours(0, 0, 0)
    every = []
    for place, pace in enumerate((QUICK, USUAL, SLOW)):
        hours = HOURS_TO_READ[place] + asked.all_words / pace
        hours += asked.documents * HOURS_A_DOCUMENT[place]
        hours += asked.accounts_years * HOURS_A_DOCUMENT[place]
        hours += HOURS_OF_PRICE[place] if asked.has_price else 0
        hours += HOURS_OF_PRESENTING[place] if asked.presentation else 0
        every.append(round(hours))
    return Hours(*every)


def warnings(asked: Asked) -> list[Warn]:
    """What is out of proportion, worst first."""
    hours = hours_of(asked).likely
    one = hours * POUNDS_AN_HOUR
    value = asked.value or 0
    tests = (
        # More than a hundredth of what can be won, for a chance of winning it.
        (value and one > value / 100, Warn.COSTS_MUCH_OF_ITS_VALUE),
        (value and one * asked.bidders > value / 20, Warn.ALL_BIDS_COST_MUCH),
        (value and value < 25_000 and asked.all_words > 1_000, Warn.LONG_FOR_ITS_VALUE),
        (25_000 <= value < 100_000 and asked.all_words > 3_000, Warn.LONG_FOR_ITS_VALUE),
        (asked.months and asked.months < 24 and hours > 40, Warn.SHORT_FOR_THE_WORK),
        (asked.insurance_before_award, Warn.INSURANCE_BEFORE_AWARD),
        (asked.audited_accounts, Warn.AUDITED_ACCOUNTS),
        (asked.accounts_years > 2, Warn.MANY_ACCOUNTS),
        (asked.documents > 6, Warn.MANY_DOCUMENTS),
        (asked.has_bids and not asked.all_words, Warn.NO_LIMIT),
    )
    return list(dict.fromkeys(warn for holds, warn in tests if holds))
