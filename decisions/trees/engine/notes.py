"""Notices to give, things to check before relying on a walk, and warnings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .words import amount_text, filled

if TYPE_CHECKING:
    from .conditions import Case
    from .facts import Fact
    from .rank import Standing
    from .tree import NoteRule, Stop

RELY = "Check before relying on it"


@dataclass(frozen=True, slots=True)
class Note:
    """One notice, check or warning. options: the open routes that it goes with (none: all)."""

    id: str
    words: str
    source: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clash:
    """A contradiction that was found: its words, and the questions whose answers clash."""

    id: str
    words: str
    source: str
    questions: tuple[str, ...]


Notes = tuple[tuple[Note, ...], tuple[Note, ...], tuple[Note, ...]]


def notes_of(case: Case, open_options: frozenset[str], stopped: Stop | None) -> Notes:
    """(notices, checks, warnings) for the routes that are open."""
    found: dict[str, list[Note]] = {"notice": [], "check": [], "warning": []}
    if stopped:
        source = case.tree.laws[stopped.law].source
        found["warning"].append(Note(stopped.id, filled(stopped.words, case), source))
    for rule in case.tree.notes:
        options = tuple(option for option in rule.options if option in open_options)
        fits = options or not rule.options
        if fits and not (stopped and rule.options) and rule.when.holds(case):
            found[rule.kind].append(_note(rule, options, case))
    return (tuple(found["notice"]), tuple(found["check"]), tuple(found["warning"]))


def clashes_of(case: Case) -> tuple[Clash, ...]:
    """Answers so far that do not go together, in the order of the tree."""
    return tuple(
        Clash(
            rule.id,
            filled(rule.words, case),
            rule.source,
            tuple(name for name in rule.when.witness(case) if name in case.tree.questions),
        )
        for rule in case.tree.contradictions
        if rule.when.holds(case)
    )


def _note(rule: NoteRule, options: tuple[str, ...], case: Case) -> Note:
    law = case.tree.laws.get(rule.law)
    words = filled(rule.words, case)
    if law and law.doubtful and RELY not in words:
        words = f"{words} {RELY}{f': {law.check}' if law.check else ''}."
    return Note(rule.id, words, law.source if law else rule.source, options)


def checks_of_law(case: Case, ranked: tuple[Standing, ...]) -> tuple[Note, ...]:
    """One check for each doubtful statement, and each unseen fact, that the walk relied on."""
    relied: dict[str, list[str]] = {}
    for standing in ranked:
        for reason in standing.because:
            if reason.law and case.tree.laws[reason.law].doubtful:
                relied.setdefault(reason.law, []).append(standing.option)
    laws = (_law_check(key, tuple(options), case) for key, options in relied.items())
    return (*laws, *_fact_checks(case))


def _law_check(key: str, options: tuple[str, ...], case: Case) -> Note:
    law = case.tree.laws[key]
    detail = f" ({law.check})" if law.check else ""
    words = f"{RELY}: {law.words}{detail}"
    return Note(f"check_{key}", words, law.source, tuple(dict.fromkeys(options)))


def _fact_words(fact: Fact) -> str:
    amount = f" ({amount_text(fact.amount, fact.unit)})" if fact.amount is not None else ""
    return f"{fact.title}{amount}. {fact.note}".strip()


def _fact_checks(case: Case) -> tuple[Note, ...]:
    used = [case.facts.get(key) for key in case.facts_used]
    return tuple(
        Note(f"check_{fact.key}", f"{RELY}: {_fact_words(fact)}", fact.source)
        for fact in used
        if fact is not None and fact.seen != "true"
    )
