"""Who gets in where in workshops."""

from typing import Final

from tests.permissions.groups import Row
from tests.permissions.world import Cast, World

ROWS: Final[dict[str, Row]] = {}


def build(world: World, cast: Cast) -> None:
    """Make what the addresses of this room open."""
