"""The suggestion libraries: local knowledge first, in wording that is lawful and says why.

A purchase has one, above and below the threshold; a grant has its own, since nothing is bought.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Final

import yaml

# Suggestions about local knowledge, the first first: in every library they are called so.
LOCAL_KNOWLEDGE: Final = ("knows_the_communities", "reaches_people")
_CONTENT: Final = Path(__file__).resolve().parents[1] / "content"
FILE: Final = _CONTENT / "library.yaml"
FILE_OF_GRANTS: Final = _CONTENT / "grants.yaml"


class Standing(StrEnum):
    """What the criteria are for: it decides the wording."""

    ABOVE = "above"
    BELOW = "below"
    GRANT = "grant"
    HEALTH_COMPETE = "health_compete"
    HEALTH_SUITABLE = "health_suitable"
    HEALTH_EXISTING = "health_existing"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One suggested criterion: what is asked in each standing, how it is judged, why it is
    lawful and from where. ``seen`` says whether that source was read."""

    key: str
    group: str
    title: str
    asks: Mapping[Standing, str]
    judged: str
    why: str
    sources: Mapping[Standing, str]
    seen: bool
    weight: int
    words: int
    is_price: bool
    # In the health regime: the key criterion it is a part of.
    part_of: str = ""
    begins: bool = False

    def asked(self, standing: Standing) -> str:
        """The wording for a standing."""
        return self.asks[standing]

    def source(self, standing: Standing) -> str:
        """Where it rests for a standing: what is law above the threshold is not law below it."""
        return self.sources[standing]


@dataclass(frozen=True, slots=True)
class ScaleWord:
    """What one score means."""

    score: int
    words: str


@dataclass(frozen=True, slots=True)
class Library:
    """Suggestions in order, and a scale to begin from."""

    groups: Mapping[str, str]
    suggestions: Mapping[str, Suggestion]
    scale: tuple[ScaleWord, ...]


# The standings that the general library has a wording for.
_GENERAL: Final = (Standing.ABOVE, Standing.BELOW)


@lru_cache(maxsize=1)
def library() -> Library:
    """The library as shipped, read once."""
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    suggestions = {
        given["key"]: Suggestion(
            key=given["key"],
            group=given["group"],
            title=given["title"],
            asks={standing: given["asks"][standing.value] for standing in _GENERAL},
            judged=given["judged"],
            why=given["why"],
            sources={standing: given["source"][standing.value] for standing in _GENERAL},
            seen=given["seen"],
            weight=given["weight"],
            words=given["words"],
            is_price=given.get("is_price", False),
            begins=given.get("begin", False),
        )
        for given in data["suggestions"]
    }
    scale = tuple(ScaleWord(one["score"], one["words"]) for one in data["scale"])
    return Library(data["groups"], suggestions, scale)


@lru_cache(maxsize=1)
def grant_suggestions() -> Mapping[str, Suggestion]:
    """What may be taken over for a grant; no price among it."""
    data = yaml.safe_load(FILE_OF_GRANTS.read_text(encoding="utf-8"))
    return {
        given["key"]: Suggestion(
            key=given["key"],
            group=given["group"],
            title=given["title"],
            asks={Standing.GRANT: given["asks"]},
            judged=given["judged"],
            why=given["why"],
            sources={Standing.GRANT: given.get("source", data["source"])},
            seen=True,
            weight=given["weight"],
            words=given["words"],
            is_price=False,
            begins=given.get("begin", False),
        )
        for given in data["suggestions"]
    }
