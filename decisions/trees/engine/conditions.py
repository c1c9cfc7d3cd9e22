"""Conditions: whether something is so, and which answers make it so.

A condition is asked of a `Case`: the answers given on the path so far, the facts in force, the
day it begins. It answers true or false, and which answers decided it (its witnesses), so that no
reason is ever given without the answers behind it. What was not asked is not so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from .answers import Value, answer_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .facts import FactsOn
    from .tree import Tree

Witness = tuple[str, ...]


@dataclass(slots=True)
class Case:
    """What is known at one moment of a walk; `visible` grows as questions are answered."""

    tree: Tree
    begins: date
    facts: FactsOn
    visible: dict[str, Value] = field(default_factory=dict)
    facts_used: dict[str, None] = field(default_factory=dict)
    figures: dict[str, Decimal | None] = field(default_factory=dict)
    verdicts: dict[str, bool] = field(default_factory=dict)

    def answer(self, question: str, value: Value) -> None:
        """Take in one more answer; what was worked out from fewer answers is forgotten."""
        self.visible[question] = value
        self.figures.clear()
        self.verdicts.clear()

    def forget(self, question: str) -> None:
        """Take an answer out again."""
        del self.visible[question]
        self.figures.clear()
        self.verdicts.clear()

    def figure(self, key: str) -> Decimal | None:
        """A worked-out figure, or None where what it needs was not asked."""
        if key not in self.figures:
            self.figures[key] = self.tree.figures[key].value(self)
        return self.figures[key]

    def number(self, key: str) -> Decimal | None:
        """A figure, or an answer that is a number."""
        if key in self.tree.figures:
            return self.figure(key)
        value = self.visible.get(key)
        return value if isinstance(value, Decimal) else None

    def amount(self, key: str) -> Decimal | None:
        """A fact in force, remembered as relied on."""
        self.facts_used[key] = None
        return self.facts.amount(key)

    def cite(self, key: str) -> str:
        """An answer or figure as it is cited: question=answer."""
        if key == "begins":
            return f"begins={self.begins.isoformat()}"
        if key in self.tree.figures:
            value = self.figure(key)
            return f"{key}={answer_text(value)}" if value is not None else key
        given = self.visible.get(key)
        return f"{key}={answer_text(given)}" if given is not None else key


class Condition:
    """Something that is so, or is not."""

    def holds(self, case: Case) -> bool:
        """Whether it is so."""
        raise NotImplementedError

    def witness(self, case: Case) -> Witness:
        """The questions and figures whose answers decide it, in a stable order."""
        raise NotImplementedError

    def parts(self) -> tuple[Condition, ...]:
        """Conditions inside this one."""
        return ()

    def names(self) -> frozenset[str]:
        """Questions, figures and "begins" that this condition itself looks at."""
        return frozenset()

    def fact_keys(self) -> frozenset[str]:
        """Facts that this condition itself compares with."""
        return frozenset()


@dataclass(frozen=True, slots=True)
class Is(Condition):
    """The answer is one of these."""

    question: str
    wanted: frozenset[str]

    def holds(self, case: Case) -> bool:
        return case.visible.get(self.question) in self.wanted

    def witness(self, case: Case) -> Witness:
        return (self.question,) if self.question in case.visible else ()

    def names(self) -> frozenset[str]:
        return frozenset({self.question})


@dataclass(frozen=True, slots=True)
class Has(Condition):
    """The set chosen holds this answer."""

    question: str
    wanted: str

    def holds(self, case: Case) -> bool:
        chosen = case.visible.get(self.question)
        return isinstance(chosen, frozenset) and self.wanted in chosen

    def witness(self, case: Case) -> Witness:
        return (self.question,) if self.question in case.visible else ()

    def names(self) -> frozenset[str]:
        return frozenset({self.question})


COMPARE: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "at_least": lambda left, right: left >= right,
    "more_than": lambda left, right: left > right,
    "at_most": lambda left, right: left <= right,
    "below": lambda left, right: left < right,
    "exactly": lambda left, right: left == right,
}


@dataclass(frozen=True, slots=True)
class Compare(Condition):
    """A number against a bound: a number, a fact in force, or another figure."""

    left: str
    how: str
    number: Decimal | None = None
    fact: str | None = None
    right: str | None = None

    def bound(self, case: Case) -> Decimal | None:
        """What it is compared with, for what begins on this day."""
        if self.fact is not None:
            return case.amount(self.fact)
        return case.number(self.right) if self.right is not None else self.number

    def holds(self, case: Case) -> bool:
        left = case.number(self.left)
        if left is None:
            return False
        bound = self.bound(case)
        return bound is not None and COMPARE[self.how](left, bound)

    def witness(self, case: Case) -> Witness:
        if case.number(self.left) is None:
            return ()
        figure = case.tree.figures.get(self.right or "")
        return (self.left, *(figure.witness(case) if figure else ()))

    def names(self) -> frozenset[str]:
        return frozenset({self.left, *([self.right] if self.right else [])})

    def fact_keys(self) -> frozenset[str]:
        return frozenset([self.fact] if self.fact else [])


@dataclass(frozen=True, slots=True)
class Begins(Condition):
    """The day it begins is from (or before) a day, which may be the first day of a fact."""

    how: str
    day: date | None = None
    fact: str | None = None

    def holds(self, case: Case) -> bool:
        if self.fact is not None:
            case.facts_used[self.fact] = None
        day = case.facts.begins(self.fact) if self.fact is not None else self.day
        if day is None:
            return False
        return case.begins >= day if self.how == "from" else case.begins < day

    def witness(self, case: Case) -> Witness:
        return ("begins",)

    def names(self) -> frozenset[str]:
        return frozenset({"begins"})

    def fact_keys(self) -> frozenset[str]:
        return frozenset([self.fact] if self.fact else [])


@dataclass(frozen=True, slots=True)
class Named(Condition):
    """A condition that the tree gives a name, so that it is written once."""

    test: str
    condition: Condition

    def holds(self, case: Case) -> bool:
        verdict = case.verdicts.get(self.test)
        if verdict is None:
            verdict = case.verdicts[self.test] = self.condition.holds(case)
        return verdict

    def witness(self, case: Case) -> Witness:
        return self.condition.witness(case)

    def parts(self) -> tuple[Condition, ...]:
        return (self.condition,)


@dataclass(frozen=True, slots=True)
class All(Condition):
    """All of these. Where it is not so, the first that fails is the witness."""

    conditions: tuple[Condition, ...]

    def holds(self, case: Case) -> bool:
        return all(each.holds(case) for each in self.conditions)

    def witness(self, case: Case) -> Witness:
        failing = next((each for each in self.conditions if not each.holds(case)), None)
        return failing.witness(case) if failing else union(self.conditions, case)

    def parts(self) -> tuple[Condition, ...]:
        return self.conditions


@dataclass(frozen=True, slots=True)
class AnyOf(Condition):
    """Any of these. Where it is not so, every one of them is a witness."""

    conditions: tuple[Condition, ...]

    def holds(self, case: Case) -> bool:
        return any(each.holds(case) for each in self.conditions)

    def witness(self, case: Case) -> Witness:
        first = next((each for each in self.conditions if each.holds(case)), None)
        return first.witness(case) if first else union(self.conditions, case)

    def parts(self) -> tuple[Condition, ...]:
        return self.conditions


@dataclass(frozen=True, slots=True)
class Not(Condition):
    """Not this."""

    condition: Condition

    def holds(self, case: Case) -> bool:
        return not self.condition.holds(case)

    def witness(self, case: Case) -> Witness:
        return self.condition.witness(case)

    def parts(self) -> tuple[Condition, ...]:
        return (self.condition,)


ALWAYS = All(())


def union(conditions: tuple[Condition, ...], case: Case) -> Witness:
    """All witnesses once, in order."""
    return tuple(dict.fromkeys(name for each in conditions for name in each.witness(case)))


def everything_in(condition: Condition) -> tuple[Condition, ...]:
    """The condition and all conditions inside it."""
    inside = (inner for part in condition.parts() for inner in everything_in(part))
    return (condition, *inside)


def names_in(condition: Condition) -> frozenset[str]:
    """Every question, figure and "begins" that it looks at, however deep."""
    return frozenset().union(*(each.names() for each in everything_in(condition)))
