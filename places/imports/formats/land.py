"""Where there is land in the United Kingdom, coarsely: enough to tell a point far out at sea. Pure.

Corners along the coast by hand, in degrees (WGS 84, longitude first), right to some 10 km, and
drawn 5 km wider than the land, so that no point on a beach or a pier is called a point at sea. A
point in the water just off the coast is not noticed: what tells that is the place's own boundary.
"""

from typing import Final

import shapely
from shapely.geometry import MultiPolygon, Polygon, box

_GREAT_BRITAIN: Final = Polygon(
    [
        *[(-5.75, 50.05), (-5.2, 49.93), (-4.65, 50.3), (-4.15, 50.28), (-3.7, 50.18)],
        *[(-3.47, 50.35), (-3.4, 50.6), (-2.95, 50.68), (-2.46, 50.48), (-1.95, 50.57)],
        *[(-1.55, 50.66), (-1.3, 50.55), (-1.05, 50.7), (-0.75, 50.7), (-0.1, 50.8)],
        *[(0.25, 50.72), (0.97, 50.88), (1.4, 51.12), (1.47, 51.38), (0.95, 51.4)],
        *[(0.75, 51.47), (0.97, 51.6), (1.3, 51.8), (1.35, 51.95), (1.62, 52.08)],
        *[(1.78, 52.48), (1.74, 52.72), (1.3, 52.95), (0.6, 53.0), (0.35, 52.85)],
        *[(0.1, 52.93), (0.37, 53.15), (0.3, 53.4), (0.05, 53.55), (0.15, 53.6)],
        *[(-0.15, 53.95), (-0.05, 54.13), (-0.37, 54.3), (-0.58, 54.5), (-1.15, 54.67)],
        *[(-1.33, 54.9), (-1.45, 55.15), (-1.55, 55.5), (-1.98, 55.8), (-2.1, 55.95)],
        *[(-2.5, 56.04), (-3.0, 56.05), (-2.58, 56.28), (-2.75, 56.45), (-2.42, 56.7)],
        *[(-2.03, 57.1), (-1.75, 57.48), (-2.0, 57.72), (-3.0, 57.72), (-4.0, 57.65)],
        *[(-3.75, 57.9), (-3.05, 58.4), (-3.0, 58.68), (-5.0, 58.67), (-5.4, 58.25)],
        *[(-5.9, 57.87), (-6.4, 57.77), (-6.85, 57.45), (-7.05, 56.45), (-6.6, 55.65)],
        *[(-6.2, 55.55), (-5.85, 55.27), (-5.2, 55.0), (-5.2, 54.65), (-4.85, 54.6)],
        *[(-4.4, 54.66), (-3.6, 54.85), (-3.45, 54.85), (-3.67, 54.52), (-3.28, 54.02)],
        *[(-2.95, 54.02), (-3.09, 53.85), (-3.12, 53.55), (-3.25, 53.38), (-3.6, 53.34)],
        *[(-3.87, 53.36), (-4.3, 53.44), (-4.72, 53.33), (-4.45, 53.1), (-4.8, 52.78)],
        *[(-4.2, 52.83), (-4.15, 52.4), (-4.7, 52.14), (-5.35, 51.88), (-5.2, 51.65)],
        *[(-4.95, 51.57), (-4.3, 51.53), (-3.95, 51.55), (-3.75, 51.45), (-3.15, 51.37)],
        *[(-2.75, 51.52), (-3.07, 51.35), (-3.07, 51.2), (-3.5, 51.25), (-4.15, 51.24)],
        *[(-4.28, 51.05), (-4.57, 51.0), (-4.62, 50.75), (-5.08, 50.45), (-5.5, 50.25)],
        *[(-5.75, 50.15)],
    ]
)
_HEBRIDES: Final = Polygon(
    [
        *[(-7.8, 56.75), (-7.8, 57.7), (-7.15, 58.3), (-6.1, 58.58), (-6.15, 58.1)],
        *[(-6.85, 57.7), (-7.2, 56.8)],
    ]
)
_SMALLER: Final = (
    box(-3.5, 58.7, -2.3, 59.45),  # Orkney
    box(-2.2, 59.45, -0.65, 60.9),  # Shetland and Fair Isle
    box(-6.5, 49.83, -6.2, 50.0),  # Scilly
    box(-4.72, 51.13, -4.64, 51.22),  # Lundy
    box(-4.9, 54.0, -4.25, 54.45),  # Man
)
_NORTHERN_IRELAND: Final = Polygon(
    [
        *[(-8.2, 54.45), (-7.6, 54.1), (-6.9, 54.2), (-6.2, 54.0), (-5.75, 54.2)],
        *[(-5.4, 54.4), (-5.55, 54.7), (-5.95, 55.15), (-6.5, 55.27), (-7.3, 55.1)],
        *[(-7.95, 54.75)],
    ]
)
_WIDER: Final = 0.06  # degrees, some 4 to 6 km

GREAT_BRITAIN: Final = shapely.union_all([_GREAT_BRITAIN, _HEBRIDES, *_SMALLER]).buffer(_WIDER)
UNITED_KINGDOM: Final = MultiPolygon(
    [
        part
        for whole in (shapely.union_all([GREAT_BRITAIN, _NORTHERN_IRELAND.buffer(_WIDER)]),)
        for part in getattr(whole, "geoms", [whole])
    ]
)
shapely.prepare(GREAT_BRITAIN)
shapely.prepare(UNITED_KINGDOM)


def on_land(longitude: float, latitude: float) -> bool:
    """Whether the point is in the United Kingdom, or close to its coast."""
    return bool(shapely.contains_xy(UNITED_KINGDOM, longitude, latitude))


def on_the_grid(longitude: float, latitude: float) -> bool:
    """Whether the point is in Great Britain, which is what its National Grid is for."""
    return bool(shapely.contains_xy(GREAT_BRITAIN, longitude, latitude))
