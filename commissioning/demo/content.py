"""Reads what the demo place is made of (``rivermead.toml``) into typed values."""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the demo place; signs in with one click on a development server."""

    key: str
    name: str
    what: str

    @property
    def email(self) -> str:
        return f"{self.key}@rivermead.example"


@dataclass(frozen=True, slots=True)
class Ward:
    """An area: a ring of [longitude, latitude] corners, not closed."""

    name: str
    ring: list[list[float]]

    @property
    def boundary(self) -> dict[str, Any]:
        """The ring as a GeoJSON polygon."""
        return {"type": "Polygon", "coordinates": [[*self.ring, self.ring[0]]]}


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation; ``keeper`` is the key of the person who looks after its profile."""

    key: str
    name: str
    kind: str
    about: str
    keeper: str = "robin"


@dataclass(frozen=True, slots=True)
class OwnWord:
    """Something that a body says it measures, said by its keeper."""

    body: str
    what: str
    figure: str
    unit: str
    period: str
    how_known: str


@dataclass(frozen=True, slots=True)
class Idea:
    """A project of the demo ballot; ``warmth`` says how residents took to it, 1 to 5."""

    title: str
    body: str
    ward: str
    cost: Decimal
    outcome: int
    warmth: float
    summary: str


@dataclass(frozen=True, slots=True)
class Content:
    """All that the demo place is made of."""

    vision: str
    outcomes: list[str]
    people: list[Person]
    wards: list[Ward]
    bodies: list[Body]
    measures: list[OwnWord]
    ideas: list[Idea]


def rivermead() -> Content:
    """The fictional place of Rivermead."""
    raw = tomllib.loads(Path(__file__).with_name("rivermead.toml").read_text())
    return Content(
        vision=raw["vision"],
        outcomes=raw["outcomes"],
        people=[Person(**row) for row in raw["people"]],
        wards=[Ward(**row) for row in raw["wards"]],
        bodies=[Body(**row) for row in raw["bodies"]],
        measures=[OwnWord(**row) for row in raw["measures"]],
        ideas=[Idea(**(row | {"cost": Decimal(row["cost"])})) for row in raw["ideas"]],
    )
