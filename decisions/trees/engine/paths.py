"""Every path through a tree, by classes of answers: what the validator and the tests walk.

Two answers to a question are of one class when no condition that matters tells them apart. A
number has the values at and beside every bound that it is compared with. `by="flow"` tells apart
only what leads to other questions; `by="law"` also what opens or closes a route.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import chain

from .answers import Value
from .conditions import Case, Compare, Condition, Has, Is, everything_in
from .tree import END, Question, Tree
from .walk import next_question, stop_of

LOW, HIGH = Decimal(0), Decimal(100_000_000)
PENNY = Decimal("0.01")


def flow_conditions(tree: Tree) -> Iterator[Condition]:
    """Conditions that decide which question comes next, or whether the tree stops."""
    yield from (branch.when for question in tree.questions.values() for branch in question.next)
    yield from (stop.when for stop in tree.stops)


def law_conditions(tree: Tree) -> Iterator[Condition]:
    """Conditions that open or close a route."""
    for option in tree.options.values():
        for need in option.needs:
            yield need.that
            yield need.when


def fed_by(tree: Tree, question: str) -> frozenset[str]:
    """The question and every figure that its answer goes into, however deep."""
    fed = {question}
    for _ in tree.figures:
        fed |= {
            figure.id
            for figure in tree.figures.values()
            if any(term.of in fed for term in figure.terms)
        }
    return frozenset(fed)


def classes(tree: Tree, question: Question, conditions: Iterable[Condition]) -> tuple[Value, ...]:
    """One answer of each class; the first answers where a choice; numbers low and high."""
    atoms = [atom for each in conditions for atom in everything_in(each)]
    if question.kind in ("choice", "yes_no"):
        told: dict[tuple[bool, ...], str] = {}
        sets = [
            atom.wanted for atom in atoms if isinstance(atom, Is) and atom.question == question.id
        ]
        for answer in question.answers:
            told.setdefault(tuple(answer in wanted for wanted in sets), answer)
        return tuple(told.values())
    if question.kind == "set":
        wanted = [a.wanted for a in atoms if isinstance(a, Has) and a.question == question.id]
        return (frozenset(), *(frozenset({each}) for each in dict.fromkeys(wanted)))
    if question.kind == "date":
        return (date(2026, 6, 30),)
    return _numbers(tree, question, [atom for atom in atoms if isinstance(atom, Compare)])


def _numbers(tree: Tree, question: Question, compares: list[Compare]) -> tuple[Value, ...]:
    fed = fed_by(tree, question.id)
    relevant = [each for each in compares if each.left in fed or each.right in fed]
    if any(each.left == question.id for each in relevant):
        return tuple(dict.fromkeys(_beside(tree, question, relevant))) or (LOW, HIGH)
    # One of the answers that make up a sum is enough to make it small and large.
    first = next((name for name in tree.questions if fed_by(tree, name) & fed - {name}), "")
    return (LOW, HIGH) if relevant and first == question.id else (LOW,)


def _beside(tree: Tree, question: Question, compares: list[Compare]) -> Iterator[Decimal]:
    step = PENNY if question.kind in ("money", "percent", "number") else Decimal(1)
    for each in compares:
        bound = tree.facts.first(each.fact).amount if each.fact else each.number
        if each.left == question.id and bound is not None:
            values = (max(bound - step, LOW), bound, bound + step)
            yield from (v for v in values if question.kind != "percent" or v <= 100)


def paths(tree: Tree, begins: date, by: str = "flow") -> Iterator[dict[str, Value]]:
    """The answers of every path, one mapping for each; questions not asked are left out."""
    conditions = list(flow_conditions(tree))
    if by == "law":
        conditions = list(chain(conditions, law_conditions(tree)))
    options = {
        question.id: classes(tree, question, conditions) for question in tree.questions.values()
    }
    case = Case(tree, begins, tree.facts.on(begins))
    if stop_of(case):
        yield {}
        return
    yield from _onward(case, tree.start, options)


def _onward(
    case: Case, question: str, options: dict[str, tuple[Value, ...]]
) -> Iterator[dict[str, Value]]:
    for answer in options[question]:
        case.answer(question, answer)
        following = None if stop_of(case) else next_question(case.tree.questions[question], case)
        if following in (None, END):
            yield dict(case.visible)
        else:
            yield from _onward(case, following, options)
        case.forget(question)
