"""Postcodes: text, tidied and never made into a number. Pure."""

import re
from typing import Final

from places.imports.formats.texts import plain

_POSTCODE: Final = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})")
_IN_TEXT: Final = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b", re.IGNORECASE)


def tidy_postcode(text: str) -> str:
    """The postcode in capitals with its space; what is none is kept as it was written.

    >>> tidy_postcode("se18tu ")
    'SE1 8TU'
    """
    asked = plain(text).upper()
    found = _POSTCODE.fullmatch(re.sub(r"[\s.\-]", "", asked))
    return f"{found[1]} {found[2]}" if found else asked


def postcode_in(text: str) -> str:
    """The last postcode that stands in an address, or nothing."""
    found = list(_IN_TEXT.finditer(text))
    return f"{found[-1][1]} {found[-1][2]}".upper() if found else ""
