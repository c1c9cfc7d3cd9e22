"""The formats, by name. A format of tables, of JSON documents, or of both."""

from typing import Final

from places.imports.formats.base import DocumentFormat, TableFormat
from places.imports.formats.geojson import GeoJsonDocuments
from places.imports.formats.grants import GrantDocuments, GrantFormat
from places.imports.formats.locations import LocationFormat
from places.imports.formats.oruk import ReferralDocuments
from places.imports.formats.spending_files import SpendingFormat

_TABLES: Final[tuple[TableFormat, ...]] = (SpendingFormat(), LocationFormat(), GrantFormat())
_DOCUMENTS: Final[tuple[DocumentFormat, ...]] = (
    GrantDocuments(),
    ReferralDocuments(),
    GeoJsonDocuments(),
)

table_formats: Final[dict[str, TableFormat]] = {one.name: one for one in _TABLES}
document_formats: Final[dict[str, DocumentFormat]] = {one.name: one for one in _DOCUMENTS}
