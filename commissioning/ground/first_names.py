"""First names that are common in the United Kingdom. Pure: no Django.

For checks that ask whether words name somebody. Names that are ordinary words too are left out.
"""

import unicodedata
from functools import cache
from pathlib import Path
from typing import Final

_LIST: Final = Path(__file__).parent / "words" / "first_names.txt"


def folded(word: str) -> str:
    """In lower case and without accents: Siân and SIAN are one."""
    parts = unicodedata.normalize("NFKD", word.replace("’", "'").replace("ł", "l").lower())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


@cache
def _first_names() -> frozenset[str]:
    lines = _LIST.read_text(encoding="utf-8").splitlines()
    return frozenset(
        folded(word) for line in lines if not line.startswith("#") for word in line.split()
    )


def is_first_name(word: str) -> bool:
    """Whether the word is one of the list; of two, the first is looked at.

    >>> is_first_name("Siân"), is_first_name("JEAN-PIERRE"), is_first_name("Council")
    (True, True, False)
    """
    return folded(word).partition("-")[0] in _first_names()
