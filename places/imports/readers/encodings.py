"""Which encoding a file of text is in. Pure. Never a silent guess: what was not UTF-8 is said."""

import codecs
from pathlib import Path
from typing import Final, NamedTuple

from charset_normalizer import from_bytes
from django.utils.translation import gettext as _

_SAMPLE: Final = 65_536
_CHUNK: Final = 1 << 20
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NEVER_IN_CP1252: Final = bytes((0x81, 0x8D, 0x8F, 0x90, 0x9D))
# Curved quotes, dashes and letters with accents in an old Mac file.
_MAC_SIGNS: Final = frozenset(bytes((0xD2, 0xD3, 0xD4, 0xD5, 0xD0, 0xCA, 0x8E, 0x8F)))


class Encoding(NamedTuple):
    """Its name for Python, and a sentence where people should look twice."""

    name: str
    note: str = ""


def detect(path: Path) -> Encoding:
    """The encoding of the file. Raises :class:`FileError` where it is no text."""
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return Encoding(name)
    if wide := _unmarked_utf16(head):
        return Encoding(wide, _("The file is in UTF-16 without a mark that says so."))
    wrong = _first_not_utf8(path)
    return Encoding("utf-8") if wrong is None else _old(wrong)


def _unmarked_utf16(head: bytes) -> str:
    """UTF-16 of mostly Latin letters has a NUL in every second place."""
    if len(head) < 8:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > half * 0.6 and even < half * 0.2:
        return "utf-16-le"
    if even > half * 0.6 and odd < half * 0.2:
        return "utf-16-be"
    return ""


def _first_not_utf8(path: Path) -> bytes | None:
    """The bytes around the first that is no UTF-8; the whole file is read, a piece at a time."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            try:
                decoder.decode(piece)
            except UnicodeDecodeError as error:
                start = max(0, error.start - _SAMPLE // 2)
                return error.object[start : start + _SAMPLE]
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return b"\xff"
    return None


def _old(sample: bytes) -> Encoding:
    """A file from before UTF-8: Windows', unless it holds what Windows never wrote."""
    high = [byte for byte in sample if byte >= 0x80]
    if not any(byte in _NEVER_IN_CP1252 for byte in high) and not _looks_like_mac(sample):
        note = _(
            "The file is not in UTF-8. It was read as Windows text (cp1252): look at names with "
            "accents and pounds signs."
        )
        return Encoding("cp1252", note)
    best = from_bytes(sample, cp_isolation=["mac_roman", "cp1252", "iso8859_15", "cp850"]).best()
    name = best.encoding if best is not None else "mac_roman"
    note = _("The file is not in UTF-8. It seems to be in %s: look at names with accents.") % name
    return Encoding(name, note)


def _looks_like_mac(sample: bytes) -> bool:
    """Lines that end as on an old Mac, with that machine's quotes among the letters."""
    old_lines = sample.count(b"\r") > 3 and b"\n" not in sample
    return old_lines and any(byte in _MAC_SIGNS for byte in sample)
