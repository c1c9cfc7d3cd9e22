"""What kind of file it is, by what is in it and never by its name. Pure."""

from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from places.imports.formats.texts import FileError

_HEAD: Final = 4096
# What people bring by mistake, and what to do about it.
_REFUSED: Final = (
    (b"\xd0\xcf\x11\xe0", _("This is an old or locked Excel file. Save it as XLSX or CSV.")),
    (b"%PDF", _("This is a PDF. Ask for the table as CSV or XLSX.")),
    (b"\x1f\x8b", _("This file is packed (gzip). Unpack it first.")),
    (b"Rar!", _("This file is packed (RAR). Unpack it first.")),
    (b"7z\xbc\xaf", _("This file is packed (7z). Unpack it first.")),
    (b"\x89PNG", _("This is a picture. Bring the table as CSV or XLSX.")),
    (b"\xff\xd8\xff", _("This is a picture. Bring the table as CSV or XLSX.")),
    (b"{\\rtf", _("This is a text document (RTF). Save its table as CSV.")),
)
_BOMS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def kind_of(path: Path) -> str:
    """``xlsx``, ``json`` or ``csv``. Raises :class:`FileError` for what is none of them."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head.strip(b"\x00 \t\r\n"):
        raise FileError(_now("The file is empty."))
    for mark, sentence in _REFUSED:
        if head.startswith(mark):
            raise FileError(str(sentence))
    if head.startswith(b"PK"):
        return "xlsx"
    bare = _bare(head)
    if bare.startswith((b"{", b"[")):
        return "json"
    if bare.startswith(b"<"):
        raise FileError(_now("This is a web page or XML. Save the table in it as CSV or XLSX."))
    return "csv"


def _bare(head: bytes) -> bytes:
    """The beginning without a byte order mark, blanks and the NULs of UTF-16."""
    for mark in _BOMS:
        head = head.removeprefix(mark)
    return head.replace(b"\x00", b"").lstrip()[:200].lower()
