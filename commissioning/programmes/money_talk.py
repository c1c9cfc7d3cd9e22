"""Finds talk of money in text. Pure: no Django.

The rule is "never ever start by talking about the money". The detector is plain enough to explain
to whoever it stops: a currency sign; a number with a currency's name or short form; nothing else.
A number of people, a date, a weight in kilograms or "the budget" in words is not an amount.
"""

import re
from typing import Final

# As long as any amount is written, and no longer: every digit of a page of digits may begin one.
_NUMBER = r"\d[\d,. ]{0,24}(?:\s?(?:k|m|bn|million|billion|thousand|hundred))?"
_UNITS = r"(?:pounds?|pence|quid|grand|euros?|dollars?|zloty(?:s|ch)?|gbp|eur|usd|pln|p)"

AMOUNT: Final = re.compile(
    rf"""
      [£€$¥₹¢]\s?(?:{_NUMBER})?                     # £, £500, $ 2.5m
    | \bz[łl]\b | \d\s?z[łl]\b                      # zł
    | \b(?:GBP|EUR|USD|PLN)\s?(?:{_NUMBER})         # GBP 500
    | (?<![\w]){_NUMBER}\s?{_UNITS}\b               # 500 pounds, 50p, 10 grand
    """,
    re.IGNORECASE | re.VERBOSE,
)


def amounts_in(text: str) -> list[str]:
    """The amounts and currency signs in a text, as they are written there.

    >>> amounts_in("We have £4,000, or 4 grand, for 30 people.")
    ['£4,000', '4 grand']
    >>> amounts_in("500 residents met on 14 March 2027 for 2 million steps.")
    []
    """
    return [found.group().strip(" ,.") for found in AMOUNT.finditer(text)]
