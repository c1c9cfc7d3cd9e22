"""Small GeoJSON for tests."""

from typing import Any

Geometry = dict[str, Any]


def square(west: float, south: float, side: float = 0.01) -> Geometry:
    """A square, in degrees."""
    east, north = west + side, south + side
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def bow_tie(west: float, south: float, side: float = 0.01) -> Geometry:
    """A shape that crosses itself, as careless drawing makes them."""
    east, north = west + side, south + side
    ring = [[west, south], [east, north], [east, south], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def collection(**shapes: Geometry) -> dict[str, Any]:
    """A FeatureCollection whose shapes have a name and a code."""
    features = [
        {
            "type": "Feature",
            "properties": {"name": name, "code": f"E{number:08}"},
            "geometry": geometry,
        }
        for number, (name, geometry) in enumerate(shapes.items(), start=1)
    ]
    return {"type": "FeatureCollection", "features": features}
