"""JSON files. Pure. Numbers are kept exact; what is no JSON is said with its line."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from places.imports.formats.texts import FileError
from places.imports.readers.encodings import detect

MEGABYTE: Final = 1024 * 1024
# JSON is read whole, into some six times its size: larger sets come as CSV, or in several files.
LARGEST_JSON: Final = 50 * MEGABYTE
# Of no money, length or place on earth; a number of more is none.
MOST_DIGITS: Final = 40


def read_document(path: Path) -> Any:
    """The value in the file, amounts as ``Decimal``. Raises :class:`FileError`."""
    if path.stat().st_size > LARGEST_JSON:
        raise FileError(
            _("The file is larger than %d MB, the most for JSON. Split it, or use CSV.")
            % (LARGEST_JSON // MEGABYTE)
        )
    text = path.read_bytes().decode(detect(path).name, errors="replace")
    text = text.removeprefix("\ufeff").replace("\x00", "")
    try:
        return json.loads(text, parse_float=_decimal, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise FileError(
            _("The file stops being JSON at line %(line)d: %(why)s.")
            % {"line": error.lineno, "why": _why(error, text)},
            row=error.lineno,
        ) from None
    except RecursionError:
        raise FileError(too_deep()) from None
    except FileError:
        raise
    except ValueError:
        # Of more digits than Python reads.
        raise FileError(_too_long()) from None


def too_deep() -> str:
    """Why a document whose parts lie in one another without end is not read."""
    return _("The file is nested too deeply to be what it says.")


def _too_long() -> str:
    return _("The file has a number that is too long to be one.")


def _decimal(text: str) -> Decimal:
    """The number: 1e999999999 is a few letters, and a gigabyte of noughts once written out."""
    value = Decimal(text)
    if value and abs(value.adjusted()) > MOST_DIGITS:
        raise FileError(_too_long())
    return value


def _refuse(name: str) -> None:
    raise FileError(_("The file has a number that is none: %s.") % name)


def _why(error: json.JSONDecodeError, text: str) -> str:
    if error.pos >= len(text.rstrip()):
        return _("it ends before it is finished")
    shown = text[error.pos : error.pos + 12].split("\n", maxsplit=1)[0]
    return _("“%s” is not expected there") % shown
