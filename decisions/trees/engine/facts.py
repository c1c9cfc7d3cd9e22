"""Dated facts: thresholds, limits and the days on which rules begin.

A fact has a key and one or more entries, each in force from a day to a day (both included). What
applies is what was in force on the day the procurement or award begins, never on the day of the
walk: `Facts.on(begins)`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Fact:
    """One entry of a fact.

    amount: pounds, or a percentage where `unit` is "percent"; None for a fact that only says
    from which day a rule stands. source: where it is written. seen: "true" when the source was
    read, "partly" or "false" when it must be checked before anybody relies on it.
    """

    key: str
    title: str
    source: str
    starts: date | None = None
    ends: date | None = None
    amount: Decimal | None = None
    unit: str = "GBP"
    seen: str = "true"
    note: str = ""

    def in_force(self, day: date) -> bool:
        """Whether this entry applies to what begins on that day."""
        return (self.starts is None or self.starts <= day) and (
            self.ends is None or day <= self.ends
        )

    def in_force_with(self, other: Fact) -> bool:
        """Whether there is a day on which both apply."""
        mine, theirs = self.starts or date.min, other.starts or date.min
        return self.in_force(max(mine, theirs)) and other.in_force(max(mine, theirs))


@dataclass(frozen=True, slots=True)
class Facts:
    """All entries of one jurisdiction, as known on a day."""

    id: str
    jurisdiction: str
    as_known_on: date
    entries: tuple[Fact, ...]
    _by_key: Mapping[str, tuple[Fact, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_key: dict[str, tuple[Fact, ...]] = {}
        for fact in self.entries:
            by_key[fact.key] = (*by_key.get(fact.key, ()), fact)
        object.__setattr__(self, "_by_key", by_key)

    @property
    def keys(self) -> frozenset[str]:
        """The keys that a tree may name."""
        return frozenset(self._by_key)

    def on(self, day: date) -> FactsOn:
        """The facts in force for what begins on this day."""
        return FactsOn(day, {fact.key: fact for fact in self.entries if fact.in_force(day)}, self)

    def with_key(self, key: str) -> tuple[Fact, ...]:
        """Every entry of a key; none where there is no such fact."""
        return self._by_key.get(key, ())

    def first(self, key: str) -> Fact:
        """The earliest entry of a key."""
        return self._by_key[key][0]

    def days_of_change(self) -> tuple[date, ...]:
        """Every day on which some fact begins to apply, in order."""
        return tuple(sorted({fact.starts for fact in self.entries if fact.starts is not None}))


@dataclass(frozen=True, slots=True)
class FactsOn:
    """The facts in force on one day."""

    day: date
    entries: Mapping[str, Fact]
    facts: Facts

    def get(self, key: str) -> Fact | None:
        """The entry in force, or None where the fact had not begun or has ended."""
        return self.entries.get(key)

    def amount(self, key: str) -> Decimal | None:
        """The amount in force, or None."""
        fact = self.entries.get(key)
        return fact.amount if fact else None

    def begins(self, key: str) -> date:
        """The day a fact begins: the first of its entries, whatever the day is."""
        starts = self.facts.first(key).starts
        if starts is None:
            raise KeyError(f"{key} has no first day")
        return starts
