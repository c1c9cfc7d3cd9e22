"""Importers of resources: what a row of a file becomes here. Registered with ``places.imports``."""

from places.imports.importers import register_importer
from places.resources.importers.features import FeatureImporter
from places.resources.importers.locations import LocationImporter
from places.resources.importers.services import ServiceImporter


def register() -> None:
    """Fill the registry; called when the application is ready."""
    for importer in (LocationImporter(), ServiceImporter(), FeatureImporter()):
        register_importer(importer)
