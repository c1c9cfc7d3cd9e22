"""What a tree is made of. Everything here is frozen: one tree is shared by every walk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from .conditions import ALWAYS, Condition, Witness

if TYPE_CHECKING:
    from .conditions import Case
    from .facts import Facts

END = "end"
PENNY = Decimal("0.01")


class TreeError(ValueError):
    """A file that is no tree: where in it, and what is wrong there."""

    def __init__(self, problems: tuple[tuple[str, str], ...]) -> None:
        super().__init__("; ".join(f"{where}: {words}" for where, words in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Law:
    """One legal statement. seen: "true", or "partly" or "false" when it is to be checked first.

    dated: the day on which it was known to stand so. check: what exactly is to be checked.
    """

    id: str
    words: str
    source: str
    dated: date | None
    seen: str = "true"
    check: str = ""

    @property
    def doubtful(self) -> bool:
        """Whether it says "check before relying on it"."""
        return self.seen != "true" or bool(self.check)


@dataclass(frozen=True, slots=True)
class AnswerChoice:
    """One of the answers to a question. ``reason``: it claims much, so that it needs a reason, or
    evidence beside it."""

    id: str
    text: str
    help: str = ""
    reason: bool = False


@dataclass(frozen=True, slots=True)
class Branch:
    """Where a question leads when something is so."""

    go: str
    when: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Question:
    """One question. group: "law" (facts of the case, which may exclude) or "place" (which ranks).

    kind: choice, yes_no, money, date, percent, integer, number or set. section: the heading it
    stands under. reason: whether a reason is asked for with the answer. fixed: a fact that nobody
    chooses, so that no what-if changes it.
    """

    id: str
    text: str
    kind: str
    group: str
    section: str
    answers: Mapping[str, AnswerChoice]
    next: tuple[Branch, ...]
    help: str = ""
    unit: str = ""
    law: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    reason: bool = False
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A part of a figure: an answer, another figure, a fact or a plain number.

    to_pence: rounded to whole pence, as VAT is.
    """

    of: str = ""
    fact: str = ""
    number: Decimal | None = None
    percent: Decimal = Decimal(100)
    percent_fact: str = ""
    to_pence: bool = False
    less: bool = False
    when: Condition = ALWAYS

    def value(self, case: Case) -> Decimal | None:
        """Pounds (or a plain number), or None where the answer it needs was not asked."""
        if self.number is not None:
            base: Decimal | None = self.number
        else:
            base = case.amount(self.fact) if self.fact else case.number(self.of)
        percent = case.amount(self.percent_fact) if self.percent_fact else self.percent
        if base is None or percent is None:
            return None
        share = base * percent / 100
        if self.to_pence:
            share = share.quantize(PENNY, ROUND_HALF_UP)
        return -share if self.less else share


@dataclass(frozen=True, slots=True)
class Figure:
    """A sum worked out from answers and facts: exact, but for what a term rounds to pence."""

    id: str
    title: str
    terms: tuple[Term, ...]

    def value(self, case: Case) -> Decimal | None:
        """The sum of the terms that apply; None where one cannot be known, or none applies."""
        parts = [term.value(case) for term in self.terms if term.when.holds(case)]
        known = [part for part in parts if part is not None]
        return sum(known, Decimal(0)) if known and len(known) == len(parts) else None

    def witness(self, case: Case) -> Witness:
        """The answers that decided which terms apply."""
        applied = (term.when for term in self.terms if term.when.holds(case))
        return tuple(dict.fromkeys(name for when in applied for name in when.witness(case)))


@dataclass(frozen=True, slots=True)
class Need:
    """What the law needs for a route to be open. It speaks only where `when` is so.

    whole_tree: it closes its routes on every path of this tree that does not stop, so that nobody
    who walks it is shown them as if they might win.
    """

    that: Condition
    law: str
    fails: str
    holds: str = ""
    when: Condition = ALWAYS
    whole_tree: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """A route. family: a word for its kind, used for pictures and properties of tests."""

    id: str
    title: str
    summary: str
    family: str
    needs: tuple[Need, ...] = ()
    conditions: tuple[str, ...] = ()
    is_stop: bool = False
    forms: tuple[str, ...] = ()

    @property
    def may_win(self) -> bool:
        """Whether it is a route of this tree's own regime, which some path of it leaves open."""
        return not any(need.whole_tree for need in self.needs)


@dataclass(frozen=True, slots=True)
class Form:
    """A form that a route may take (alliance, consortium, lots): never a ground for anything.

    conditions: what whoever chooses it has to see to.
    """

    id: str
    title: str
    summary: str
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Weight:
    """A place answer that raises or lowers routes or forms. strong: counts before every other."""

    when: Condition
    target: str
    raises: bool
    strong: bool
    words: str
    source: str


@dataclass(frozen=True, slots=True)
class NoteRule:
    """A notice, check or warning. options: shown only while one of these routes is open."""

    id: str
    kind: str
    words: str
    when: Condition
    law: str = ""
    source: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Answers that do not go together: noticed as soon as both are given, and asked about."""

    id: str
    when: Condition
    words: str
    source: str


@dataclass(frozen=True, slots=True)
class Stop:
    """Where the tree must not go on: what it says, and on what ground."""

    id: str
    when: Condition
    words: str
    law: str


@dataclass(frozen=True, slots=True)
class Tree:
    """A whole tree. kind: "tree", or "signpost" (says what differs, and ranks nothing)."""

    id: str
    title: str
    kind: str
    jurisdiction: str
    dated: date | None
    summary: str
    facts: Facts
    start: str = ""
    sections: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    laws: Mapping[str, Law] = field(default_factory=dict)
    questions: Mapping[str, Question] = field(default_factory=dict)
    figures: Mapping[str, Figure] = field(default_factory=dict)
    tests: Mapping[str, Condition] = field(default_factory=dict)
    options: Mapping[str, Option] = field(default_factory=dict)
    forms: Mapping[str, Form] = field(default_factory=dict)
    weights: tuple[Weight, ...] = ()
    notes: tuple[NoteRule, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    stops: tuple[Stop, ...] = ()
    digest: str = ""
