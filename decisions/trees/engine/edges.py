"""The values of a number at which something turns: a penny either side of every bound."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from .answers import MOST
from .conditions import Case, Compare, everything_in
from .paths import fed_by, law_conditions
from .tree import Question
from .walk import Walk

STEPS = {"integer": Decimal(1)}
PENNY = Decimal("0.01")


def edges_of(walked: Walk, question: Question, answer: Decimal) -> Iterator[Decimal]:
    """Other answers to a number, on either side of every bound that it counts towards."""
    step = STEPS.get(question.kind, PENNY)
    most = Decimal(100) if question.kind == "percent" else MOST
    fed = fed_by(walked.tree, question.id)
    atoms = {
        atom
        for condition in law_conditions(walked.tree)
        for atom in everything_in(condition)
        if isinstance(atom, Compare) and atom.left in fed
    }
    found: set[Decimal] = set()
    for atom in atoms:
        turning = _turning(walked, atom, question.id, answer)
        if turning is not None:
            low = turning.quantize(step, ROUND_FLOOR)
            found |= {low - step, low, turning.quantize(step, ROUND_CEILING), low + step}
    # The nearest first, so that a reader is told the smallest change.
    near = sorted(found - {answer}, key=lambda value: (abs(value - answer), value))
    yield from (value for value in near if 0 <= value <= most)


def _turning(walked: Walk, compare: Compare, question: str, answer: Decimal) -> Decimal | None:
    """The answer at which a comparison turns: figures are sums, so two points give the line."""
    here = _gap(walked, compare, question, answer)
    there = _gap(walked, compare, question, answer + 100)
    if here is None or there is None or here == there:
        return None
    return answer - here * 100 / (there - here)


def _gap(walked: Walk, compare: Compare, question: str, value: Decimal) -> Decimal | None:
    case = Case(walked.tree, walked.begins, walked.tree.facts.on(walked.begins))
    case.visible.update({step.question: step.answer for step in walked.path})
    case.visible[question] = value
    left, bound = case.number(compare.left), compare.bound(case)
    return None if left is None or bound is None else left - bound
