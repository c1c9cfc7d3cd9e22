"""What stands in the cells of payments, tidied; and whether a name was taken out. Pure."""

import re
from functools import lru_cache
from typing import Final

from places.imports.formats.texts import plain

LONGEST: Final = 300
_REDACTED: Final = re.compile(
    r"redact|withheld|personal data|commercially? (?:sensitive|data|confidential)|data protection"
    r"|name removed|^confidential|^individual$|^exempt|^private individual|personal information",
    re.IGNORECASE,
)


@lru_cache(maxsize=60_000)
def clean(text: str) -> str:
    """The tidied text of a cell, of a bearable length. Most cells of a file come many times."""
    return plain(text)[:LONGEST]


@lru_cache(maxsize=60_000)
def is_redacted(supplier: str) -> bool:
    """Whether the name of who was paid has been taken out."""
    return bool(_REDACTED.search(supplier))
