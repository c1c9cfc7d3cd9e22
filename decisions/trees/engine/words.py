"""Sentences of a tree with the case's own figures in them: {estimated_value}, {fact.works}."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from commissioning.ground.money import money_text

from .answers import plain

if TYPE_CHECKING:
    from .conditions import Case
    from .tree import Tree

NAME = re.compile(r"\{([a-z0-9_.]+)\}")


def names_of(words: str) -> list[str]:
    """The figures, questions and facts that a sentence names."""
    return NAME.findall(words)


def filled(words: str, case: Case) -> str:
    """The sentence for this case. What is not known is said in dots."""
    if "{" not in words:
        return words
    return NAME.sub(lambda match: _one(match.group(1), case), words)


def by_title(words: str, tree: Tree) -> str:
    """The sentence of no case: what a placeholder stands for is named in its place."""
    return NAME.sub(lambda match: f"[{_title(match.group(1), tree)}]", words)


def _title(name: str, tree: Tree) -> str:
    if name == "begins":
        return "the day it begins"
    if name.startswith("fact."):
        key = name.removeprefix("fact.")
        return next((one.title for one in tree.facts.entries if one.key == key), "…")
    if name in tree.figures:
        return tree.figures[name].title
    return tree.questions[name].text if name in tree.questions else "…"


def _one(name: str, case: Case) -> str:
    if name == "begins":
        return day_text(case.begins)
    if name.startswith("fact."):
        return _fact(name.removeprefix("fact."), case)
    if name in case.tree.figures:
        return _number(case.figure(name), "GBP")
    question = case.tree.questions.get(name)
    value = case.visible.get(name)
    if isinstance(value, Decimal):
        return _number(value, "GBP" if question and question.kind == "money" else "")
    if isinstance(value, str) and question and value in question.answers:
        return question.answers[value].text
    return day_text(value) if isinstance(value, date) else "…"


def _fact(key: str, case: Case) -> str:
    fact = case.facts.get(key)
    if fact is None:
        starts = case.facts.facts.first(key).starts
        return day_text(starts) if starts else "…"
    if fact.amount is None:
        return day_text(fact.starts) if fact.starts else "…"
    return _number(fact.amount, fact.unit)


def _number(value: Decimal | None, unit: str) -> str:
    if value is None:
        return "…"
    if unit == "GBP":
        return money_text(value)
    return f"{plain(value)}%" if unit == "percent" else plain(value)


def amount_text(value: Decimal, unit: str) -> str:
    """An amount with its unit: £315,000, 80%, 12 months."""
    return _number(value, unit) if unit in ("GBP", "percent") else f"{plain(value)} {unit}"


def day_text(day: date) -> str:
    """A date as people write it: 4 February 2026."""
    return f"{day.day} {day:%B %Y}"
