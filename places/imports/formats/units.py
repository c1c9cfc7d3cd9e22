"""What an amount's heading counts in: pounds, unless it says pence, thousands or millions. Pure."""

import re
from decimal import Decimal
from typing import Final

POUND: Final = Decimal(1)
_PENNY: Final = Decimal("0.01")
_MILLION: Final = Decimal(1_000_000)
_THOUSAND: Final = Decimal(1_000)

_THOUSANDS: Final = re.compile(
    r"£ ?['’‘]?000(?:['’]?s)?|(?<![\d,])['’‘]?000['’]?s\b|£ ?k\b|\bthousands?\b", re.IGNORECASE
)
_MILLIONS: Final = re.compile(r"£ ?m(?:n|illions?)?\b|\b(?:in|£) ?millions\b", re.IGNORECASE)


def unit_of(heading: str, title: str = "") -> Decimal:
    """How many pounds a one in the column is. A title above the table may say thousands.

    >>> unit_of("Amount (£000)"), unit_of("Payments over £5,000"), unit_of("Amount in pence")
    (Decimal('1000'), Decimal('1'), Decimal('0.01'))
    """
    said = heading.lower()
    if "pence" in said and "pound" not in said and "£" not in said:
        return _PENNY
    if _THOUSANDS.search(heading) or _THOUSANDS.search(title):
        return _THOUSAND
    return _MILLION if _MILLIONS.search(heading) else POUND


def without_unit(heading: str) -> str:
    """The heading's other words.

    >>> without_unit("Spend £'000s")
    'Spend  '
    """
    return _MILLIONS.sub(" ", _THOUSANDS.sub(" ", heading)) if "£" in heading else heading
