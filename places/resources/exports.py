"""The list to take away: CSV, XLSX and GeoJSON, of allow-listed columns."""

import io
import json
from collections.abc import Callable, Iterable
from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell.cell import WriteOnlyCell

from commissioning.ground.exports import Cell, csv_response, safe_cell
from places.resources.models import Resource, Where

# A new field of a model never appears here by itself; a test holds this list. The headings are
# those that our own import knows again.
COLUMNS: Final = (
    "Name",
    "Category",
    "Description",
    "Whose",
    "Where",
    "Area",
    "Address",
    "Postcode",
    "Latitude",
    "Longitude",
    "Opening hours",
    "For whom",
    "Website",
    "Email",
    "Telephone",
    "Last checked",
    "Source",
    "Reference",
)
PROPERTIES: Final = (
    "name",
    "kind",
    "about",
    "whose",
    "area",
    "address",
    "postcode",
    "when",
    "for_whom",
    "website",
    "email",
    "telephone",
    "last_checked",
    "source",
)
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def rows_of(found: QuerySet[Resource]) -> Iterable[list[Cell]]:
    """The resources in the order of :data:`COLUMNS`."""
    for resource in found.select_related("organisation", "area").iterator(chunk_size=2000):
        yield [
            resource.what,
            str(resource.get_kind_display()),
            resource.about,
            resource.whose_name,
            str(resource.get_where_display()),
            resource.area.name if resource.area else "",
            resource.address,
            resource.postcode,
            resource.latitude,
            resource.longitude,
            resource.when,
            resource.for_whom,
            resource.website,
            resource.email,
            resource.telephone,
            resource.checked_on,
            resource.source_words,
            str(resource.pk),
        ]


def as_csv(found: QuerySet[Resource], name: str) -> HttpResponse:
    """The list as CSV; cells that would be formulas begin with an apostrophe."""
    return csv_response(f"{name}.csv", COLUMNS, rows_of(found))


def as_xlsx(found: QuerySet[Resource], name: str) -> HttpResponse:
    """The list as XLSX: texts are texts, whatever they begin with; numbers and days stay such."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Resources")
    sheet.append(list(COLUMNS))
    for row in rows_of(found):
        sheet.append([_xlsx_cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return _download(out.getvalue(), XLSX, f"{name}.xlsx")


def _xlsx_cell(sheet: Any, value: Cell) -> Any:
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=_without_controls(safe_cell(value)))
    cell.data_type = "s"
    return cell


def _without_controls(text: str) -> str:
    """XML has no place for most control characters."""
    return "".join(letter for letter in text if letter >= " " or letter in "\n\t")


def as_geojson(found: QuerySet[Resource], name: str) -> HttpResponse:
    """Those that have a spot, as points."""
    points = found.filter(where=Where.POINT).select_related("organisation", "area")
    document = {
        "type": "FeatureCollection",
        "features": [feature_of(one) for one in points.iterator(chunk_size=2000)],
    }
    text = json.dumps(document, ensure_ascii=False).encode()
    return _download(text, "application/geo+json", f"{name}.geojson")


def feature_of(resource: Resource) -> dict[str, Any]:
    """A GeoJSON feature; its properties are those of :data:`PROPERTIES`, empty ones left out."""
    values = {
        "name": resource.what,
        "kind": resource.kind,
        "about": resource.about,
        "whose": resource.whose_name,
        "area": resource.area.name if resource.area else "",
        "address": resource.address,
        "postcode": resource.postcode,
        "when": resource.when,
        "for_whom": resource.for_whom,
        "website": resource.website,
        "email": resource.email,
        "telephone": resource.telephone,
        "last_checked": resource.checked_on.isoformat() if resource.checked_on else "",
        "source": resource.source_words,
    }
    return {
        "type": "Feature",
        "id": str(resource.pk),
        "geometry": {"type": "Point", "coordinates": [resource.longitude, resource.latitude]},
        "properties": {name: value for name, value in values.items() if value},
    }


def _download(data: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


EXPORTS: Final[dict[str, Callable[[QuerySet[Resource], str], HttpResponse]]] = {
    "csv": as_csv,
    "xlsx": as_xlsx,
    "geojson": as_geojson,
}
