"""Amounts and points as they stand in real files."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

_SPACES: Final = re.compile(r"[\s\u00a0\u202f']")
_NUMBER: Final = re.compile(r"[+-]?(\d{1,20}(\.\d{0,10})?|\.\d{1,10})(e\+?\d{1,2})?", re.IGNORECASE)
_GROUPED_BY_COMMA: Final = re.compile(r"[+-]?\d{1,3}(,\d{3})+\.\d*|[+-]?\d{1,3}(,\d{3}){2,}")
_GROUPED_BY_POINT: Final = re.compile(r"[+-]?\d{1,3}(\.\d{3})+,\d*|[+-]?\d{1,3}(\.\d{3}){2,}")


@lru_cache(maxsize=4096)
def parse_number(text: str) -> Decimal:
    """The exact value of a number. Raises ValueError if it is none, or has over 20 digits.

    Understood: 100000, 100000.0, 1 000, 1'000, 1234,56 (one comma is a decimal comma, as the
    official checker reads it), 1,234.56 and 1.234,56 and 1,234,567, and 1e6.
    """
    plain = _SPACES.sub("", text)
    if _GROUPED_BY_COMMA.fullmatch(plain):
        plain = plain.replace(",", "")
    elif _GROUPED_BY_POINT.fullmatch(plain):
        plain = plain.replace(".", "")
    plain = plain.replace(",", ".")
    if not _NUMBER.fullmatch(plain):
        raise ValueError(f"{text!r} is not a number")
    return Decimal(plain)


def is_plain(text: str) -> bool:
    """Is this number written as the format asks: digits, at most one decimal point?"""
    return re.fullmatch(r"\d+(\.\d+)?", text) is not None
