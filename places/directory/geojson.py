"""What every reader of GeoJSON asks of a document first. Pure."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _


class NotGeoJsonError(ValueError):
    """It is no GeoJSON, or in another coordinate system; the message is one sentence."""


def features_of(document: Any) -> list[Any]:
    """The features of a FeatureCollection, a Feature or a bare geometry, as they stand there.

    Raises :class:`NotGeoJsonError`.
    """
    if not isinstance(document, dict):
        raise NotGeoJsonError(_("This is JSON, but not GeoJSON: it has no type."))
    kind = document.get("type")
    if kind == "FeatureCollection":
        features = document.get("features")
        if not isinstance(features, list):
            raise NotGeoJsonError(_("The file says FeatureCollection but has no features."))
        return features
    if kind == "Feature":
        return [document]
    if "coordinates" in document or "geometries" in document:
        return [{"type": "Feature", "properties": {}, "geometry": document}]
    if kind == "Topology":
        raise NotGeoJsonError(_("This is TopoJSON. Export it as GeoJSON instead."))
    raise NotGeoJsonError(_("This is JSON, but not GeoJSON: it has no features."))


def system_of(document: Mapping[str, Any], *known: str) -> str:
    """Which of the known coordinate systems an old file names, or nothing where it names none.

    Raises :class:`NotGeoJsonError` where it names another: better than drawing nonsense.
    """
    crs = document.get("crs")
    named = crs.get("properties") if isinstance(crs, dict) else None
    name = str(named.get("name", "")) if isinstance(named, dict) else ""
    if not name:
        return ""
    for system in known:
        if system in name:
            return system
    raise NotGeoJsonError(
        _("The shapes are in %s. Export them in WGS 84 (longitude and latitude).") % name[:60]
    )
