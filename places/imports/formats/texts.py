"""Tidying of what stands in a cell. Pure."""

import re
from functools import lru_cache
from typing import Final

from places.imports.formats.units import without_unit


class UnreadableError(ValueError):
    """A cell cannot be read; the message is one sentence for whoever will mend it."""


class FileError(ValueError):
    """A whole file cannot be read; the message is one sentence. ``row`` is where, if known."""

    def __init__(self, message: str, row: int = 0) -> None:
        super().__init__(message)
        self.row = row


# Hard spaces and marks that nobody sees; and the hard space of an old Mac or DOS file that was
# saved again in another encoding, which is seen as a dagger or as a capital before a space.
_UNSEEN: Final = re.compile(
    "[\x00-\x1f\x7f\x80-\x9f\u00a0\u00ad\u200b-\u200f\u2028\u2029\u2060\ufeff]"
)
_DAGGERS: Final = re.compile(r"†+(?=\s|$)|(?<=\s)†+")
_WRONG_SPACE: Final = re.compile(r"(?<=[a-z.,)])[ÊÿÂ](?= [A-Z&(])")
_AS_TEXT: Final = re.compile(r'="([^"]*)"')


def tidy(text: str) -> str:
    """The text with one space between words and none around; marks that nobody sees are dropped.

    >>> tidy("  Care\u00a0Homes†  Ltd ")
    'Care Homes Ltd'
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split()) if "  " in text else text.strip()
    text = _DAGGERS.sub(" ", _UNSEEN.sub(_space_or_nothing, text))
    return " ".join(_WRONG_SPACE.sub("", text).split())


def _space_or_nothing(found: re.Match[str]) -> str:
    return "" if found[0] in "\x00\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff" else " "


def are_plain(cells: tuple[str, ...]) -> bool:
    """Whether no cell needs tidying, as in nearly every row of a file: asked of all at once."""
    text = "~".join(("", *cells, ""))
    return (
        text.isascii()
        and text.isprintable()
        and "  " not in text
        and not any(mark in text for mark in ("~ ", " ~", "~'", "~="))
    )


def plain(text: str) -> str:
    """The tidied text of a cell, freed of what spreadsheets put before it to keep it as text."""
    text = tidy(text)
    if text[:1] in {"'", "="}:
        found = _AS_TEXT.fullmatch(text)
        return tidy(found[1]) if found else text.removeprefix("'")
    return text


_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_WORDS: Final = re.compile(r"[^a-z0-9]+")
# The many ways to write one word in a heading.
_SAME: Final = {
    "nett": "net",
    "amt": "amount",
    "amnt": "amount",
    "ammount": "amount",
    "amounts": "amount",
    "val": "value",
    "exc": "excl",
    "ex": "excl",
    "exlc": "excl",
    "excluding": "excl",
    "exluding": "excl",
    "exclusive": "excl",
    "exclude": "excl",
    "inc": "incl",
    "including": "incl",
    "inclusive": "incl",
    "includes": "incl",
    "desc": "description",
    "descr": "description",
    "descriptions": "description",
    "dept": "department",
    "departments": "department",
    "trans": "transaction",
    "txn": "transaction",
    "no": "number",
    "num": "number",
    "nos": "number",
    "nr": "number",
    "ref": "reference",
    "inv": "invoice",
    "org": "organisation",
    "organization": "organisation",
    "organizations": "organisation",
    "addr": "address",
    "tel": "telephone",
    "phone": "telephone",
    "lat": "latitude",
    "lng": "longitude",
    "lon": "longitude",
    "long": "longitude",
    "suppliers": "supplier",
    "vendors": "vendor",
    "expenses": "expense",
    "centre": "centre",
    "center": "centre",
    "sterling": "",
    "gbp": "",
}


@lru_cache(maxsize=4096)
def folded_heading(heading: str) -> str:
    """A heading reduced to its words, so that many ways to write it are one.

    >>> folded_heading(" Nett Amt (£)\\n exc. VAT ")
    'net amount excl vat'
    >>> folded_heading("SupplierName")
    'supplier name'
    """
    words = _WORDS.sub(" ", _CAMEL.sub(" ", without_unit(tidy(heading))).lower()).split()
    text = " ".join(filter(None, (_SAME.get(word, word) for word in words)))
    return (
        text.replace("post code", "postcode")
        .replace("e mail", "email")
        .replace("web site", "website")
    )
