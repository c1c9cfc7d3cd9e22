"""Importers of resources: what a row of a file becomes here. Registered with ``places.imports``."""

from django.utils.translation import gettext_lazy as _

from places.imports.importers import register_importer
from places.resources.importers import features, locations
from places.resources.importers.common import RowImporter
from places.resources.importers.services import ServiceImporter


def register() -> None:
    """Fill the registry; called when the application is ready."""
    register_importer(RowImporter("locations", _("Places and buildings"), locations.make))
    register_importer(ServiceImporter())
    register_importer(RowImporter("geojson", _("Shapes on a map"), features.make))
