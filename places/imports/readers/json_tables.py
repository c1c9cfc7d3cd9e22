"""Tables in JSON: lists of records, as open data portals hand them out. Pure.

``[{"Supplier": ..., "Amount": ...}, ...]``, or such a list within what a portal puts around it
(CKAN's ``result.records``, ``data``, ``value``), or CKAN's dump: ``fields`` and rows of values.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from places.imports.formats.texts import FileError
from places.imports.readers.documents import too_deep
from places.imports.readers.tables import Found, Record

MOST_COLUMNS: Final = 500
_DEEPEST: Final = 3


class JsonTable:
    """The records as a table. Its headings are row 0, so that the first record is row 1."""

    def __init__(self, document: Any) -> None:
        self.found = Found("json")
        self.headings, self.rows = _table_in(document)

    def records(self) -> Iterator[Record]:
        """The headings and every record."""
        yield Record(0, tuple(self.headings))
        for number, row in enumerate(self.rows, start=1):
            yield Record(number, tuple(row.get(heading, "") for heading in self.headings))


def _table_in(document: Any) -> tuple[list[str], list[dict[str, str]]]:
    if isinstance(document, dict) and document.get("type") == "FeatureCollection":
        raise FileError(_("This is GeoJSON, which is read as another kind of file."))
    records = _records_in(document)
    if not records:
        raise FileError(
            _("This JSON file holds no list of records. Bring this kind of file as CSV or XLSX.")
        )
    try:
        rows = [dict(_flat(record)) for record in records]
    except RecursionError:
        raise FileError(too_deep()) from None
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    return headings[:MOST_COLUMNS], rows


def _records_in(value: Any, depth: int = 0) -> list[dict[str, Any]]:
    """The longest list of records in the value."""
    if isinstance(value, list):
        return [one for one in value if isinstance(one, dict)]
    if not isinstance(value, dict) or depth == _DEEPEST:
        return []
    if rows := _dumped(value):
        return rows
    found = (_records_in(part, depth + 1) for part in value.values())
    return max(found, key=len, default=[])


def _dumped(value: dict[str, Any]) -> list[dict[str, Any]]:
    """CKAN's dump: the names of the fields, and rows of values in their order."""
    fields, rows = value.get("fields"), value.get("records")
    if not isinstance(fields, list) or not isinstance(rows, list):
        return []
    names = [str(one.get("id", "")) for one in fields if isinstance(one, dict)]
    return [dict(zip(names, row, strict=False)) for row in rows if isinstance(row, list)]


def _flat(record: dict[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """Headings and texts; a record in a record is read with its name before."""
    for name, value in record.items():
        heading = f"{above} {name}".strip()
        if isinstance(value, dict) and not above:
            yield from _flat(value, heading)
        else:
            yield heading, _text(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    return str(value)
