"""What the library says in the health regime: the five key criteria, parts of them, conditions.

The provider selection regime (SI 2023/1348) has five key criteria by name, basic selection criteria
that are met or not, and three processes that go by both: the competitive process, the most suitable
provider process (nobody is invited to bid) and direct award process C (one provider is weighed).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml

from decisions.criteria.judging.library import (
    ScaleWord,
    Standing,
    Suggestion,
    grant_suggestions,
    library,
)

FILE: Final = Path(__file__).resolve().parents[1] / "content" / "health.yaml"
# How each process speaks: to those who bid, or of what the authority looks at.
_SPEAKS: Final = {
    Standing.HEALTH_COMPETE: "bids",
    Standing.HEALTH_SUITABLE: "no_bids",
    Standing.HEALTH_EXISTING: "no_bids",
}


@dataclass(frozen=True, slots=True)
class KeyCriterion:
    """One of the five, with a wording for each process, to begin from."""

    key: str
    asks: Mapping[Standing, str]
    judged: str
    weight: int
    words: int


@dataclass(frozen=True, slots=True)
class HealthLibrary:
    """The five in the regulation's order, parts to take over, and what is met or not met."""

    key_criteria: tuple[KeyCriterion, ...]
    suggestions: Mapping[str, Suggestion]
    scale_without_bids: tuple[ScaleWord, ...]
    conditions: Mapping[str, str]


@lru_cache(maxsize=1)
def health_library() -> HealthLibrary:
    """The library as shipped, read once."""
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return HealthLibrary(
        key_criteria=tuple(
            KeyCriterion(
                given["key"], _asks(given), given["judged"], given["weight"], given["words"]
            )
            for given in data["key_criteria"]
        ),
        suggestions={
            given["key"]: _suggestion(given, data["source"]) for given in data["suggestions"]
        },
        scale_without_bids=tuple(
            ScaleWord(one["score"], one["words"]) for one in data["scale_without_bids"]
        ),
        conditions={kind: "\n".join(lines) for kind, lines in data["conditions"].items()},
    )


def _asks(given: dict[str, Any]) -> dict[Standing, str]:
    """Its wording by process; a price is asked only where somebody bids."""
    said = given["asks"]
    return {standing: said[how] for standing, how in _SPEAKS.items() if how in said}


def _suggestion(given: dict[str, Any], source: str) -> Suggestion:
    return Suggestion(
        key=given["key"],
        group=given["part_of"],
        title=given["title"],
        asks=_asks(given),
        judged=given["judged"],
        why=given["why"],
        sources=dict.fromkeys(_SPEAKS, source),
        # The words of the regulation were not read; its five names were.
        seen=False,
        weight=given["weight"],
        words=given["words"],
        is_price=given.get("is_price", False),
        part_of=given["part_of"],
        begins=given.get("begin", False),
    )


def suggestions_for(standing: Standing) -> Mapping[str, Suggestion]:
    """What may be taken over for what the criteria are for."""
    if standing == Standing.GRANT:
        return grant_suggestions()
    if standing not in _SPEAKS:
        return library().suggestions
    known = health_library().suggestions
    return {key: one for key, one in known.items() if standing in one.asks}


def spread(weight: int, shares: Mapping[str, int]) -> dict[str, int]:
    """A whole weight over parts by their shares, in whole numbers of at least 1 that make it.

    What rounding leaves goes to the largest share. ``weight`` is at least the number of parts.
    """
    together = sum(shares.values())
    parts = {key: max(1, weight * share // together) for key, share in shares.items()}
    largest = max(shares, key=lambda key: shares[key])
    parts[largest] += weight - sum(parts.values())
    return parts


def to_begin_with(standing: Standing) -> list[str]:
    """What a set without any criteria may begin with."""
    return [key for key, one in suggestions_for(standing).items() if one.begins]
