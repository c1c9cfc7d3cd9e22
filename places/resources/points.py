"""Spots for the map that scripts draw: single ones, or counts where there would be too many."""

from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse

from places.directory.models import Place
from places.resources.filters import in_box
from places.resources.geo import Box, box_of
from places.resources.models import Resource, ResourceQuerySet
from places.resources.picture import cells

MOST: Final = 1500
ACROSS: Final = 14


def points_of(found: QuerySet[Resource], place: Place, view: str) -> dict[str, Any]:
    """``points`` as [longitude, latitude, kind, id, what], or ``cells`` as [lon, lat, number, box].

    ``view`` is the rectangle that the map shows; without one, all are asked for.
    """
    box = box_of(view)
    if box is not None and isinstance(found, ResourceQuerySet):
        found = in_box(found, box)
    rows = list(
        found.order_by("pk").values_list("longitude", "latitude", "kind", "pk", "what")[: MOST + 1]
    )
    page = reverse("resources:place", args=[place.slug])
    if len(rows) <= MOST:
        points = [[lon, lat, kind, str(pk), what] for lon, lat, kind, pk, what in rows]
        return {"page": page, "points": points, "cells": []}
    return {"page": page, "points": [], "cells": _cells(found, box)}


def _cells(found: QuerySet[Resource], box: Box | None) -> list[list[Any]]:
    width = (box.east - box.west if box else 0.4) / ACROSS
    gathered = cells(found, width, width * 0.62)
    return [
        [
            round(cell["longitude_mean"], 6),
            round(cell["latitude_mean"], 6),
            cell["number"],
            [cell["west"], cell["south"], cell["east"], cell["north"]],
        ]
        for cell in gathered
    ]
