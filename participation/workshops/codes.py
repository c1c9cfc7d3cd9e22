"""Codes that find a room: four letters that can be said, and two figures. No secret.

Pure. Vowels and consonants alternate so that a code is read out easily across a hall; letters and
figures that look alike are left out, and so are letters that would spell something nobody wants on
a wall.
"""

import re
import secrets
from typing import Final

_CONSONANTS: Final = "BDGHJKLMNPRTVZ"
_VOWELS: Final = "AEOU"
_FIGURES: Final = "23456789"
_UNWANTED: Final = (
    "BAME",
    "DAMN",
    "HELL",
    "HOMO",
    "JAPE",
    "KAKA",
    "NAZE",
    "PEDO",
    "RAPE",
    "TURD",
    "ANUS",
)
_CODE: Final = re.compile(r"([A-Z]{4})[\s\-_.–—]*([0-9]{2})")


def new_code() -> str:
    """A code like ``LOMA-42``; there are 14 * 4 * 14 * 4 * 64 of them."""
    while True:
        letters = "".join(
            secrets.choice(letters) for letters in (_CONSONANTS, _VOWELS, _CONSONANTS, _VOWELS)
        )
        if letters not in _UNWANTED:
            return f"{letters}-{secrets.choice(_FIGURES)}{secrets.choice(_FIGURES)}"


def normalise(typed: str) -> str | None:
    """The code that a person typed, whatever the case, spaces and dashes; None for no code.

    >>> normalise(" loma 42 ")
    'LOMA-42'
    """
    found = _CODE.fullmatch(typed.strip().upper()[:40])
    return f"{found[1]}-{found[2]}" if found else None
