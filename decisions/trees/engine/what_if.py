"""What would have to be different for a route to win: found by walking again, never guessed.

One answer is changed at a time, and the tree is walked again. Where the change leads to questions
that were not asked before, they are answered in the way the law needs, and said beside it. A
change is told only if that walk, walked to its end, recommends the route (wins) or no longer
excludes it (opens), for a reason of the route's own where there is one, and not by an answer that
another answer contradicts. Where no single answer would do, two or three about the place are tried
together; and where not they either, one by which the routes before it fall behind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from .answers import Value, answer_text, read_answers
from .conditions import Compare, Is, everything_in
from .edges import edges_of
from .rank import EXCLUDED, POSSIBLE, RECOMMENDED
from .rules_sheet import PlaceRules
from .together import Singles, likely_sets, recommends
from .tree import Question, Tree
from .walk import Standing, Walk, walk

NEUTRAL = ("not_known", "not_sure", "none", "no")
BEGINS = "begins"
MOST_TOLD = 5  # changes told for one route
MOST_ASKED = 12  # questions that one change may bring along
PENNY = Decimal("0.01")

Also = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that would be different, with the answers to questions that it brings along.

    standing: what the route would then be: recommended, or possible where it is excluded now.
    together: other answers that would have to be different with it.
    """

    question: str
    answer: str
    standing: str
    also: Also = ()
    together: Also = ()


def with_what_ifs(
    walked: Walk, answers: Mapping[str, object], rules: PlaceRules | None = None
) -> Walk:
    """The same walk, each route that is not recommended with the single changes that would help."""
    if not walked.complete or walked.stopped or not walked.ranked:
        return walked
    given = read_answers(walked.tree, answers)
    found, behind, singles = _each_alone(walked, given, rules)
    for each in walked.ranked:
        if each.standing == POSSIBLE and not found[each.option]:
            together = _together(walked, each.option, given, singles, rules)
            found[each.option] = together or behind[each.option]
    told = (replace(each, would_win_if=_told(found[each.option])) for each in walked.ranked)
    return replace(walked, ranked=tuple(told))


def _each_alone(
    walked: Walk, given: Mapping[str, Value], rules: PlaceRules | None
) -> tuple[dict[str, list[Change]], dict[str, list[Change]], Singles]:
    """By route, the single changes that help it, and those about the place by which others fall
    behind it; and what each place answer alone does to all."""
    found: dict[str, list[Change]] = {each.option: [] for each in walked.ranked}
    behind: dict[str, list[Change]] = {each.option: [] for each in walked.ranked}
    singles: dict[tuple[str, Value], dict[str, tuple[int, int]]] = {}
    for question, answer, begins in _single_changes(walked, given):
        changed = given if question == BEGINS else {**given, question: answer}
        other, also = _to_the_end(walked.tree, dict(changed), begins, rules)
        if other is None or other.stopped:
            continue
        of_the_place = question != BEGINS and walked.tree.questions[question].group == "place"
        if question != BEGINS and _clashes_anew(walked, other):
            continue
        if of_the_place and not also:
            nets = {each.option: each.balance.net for each in other.ranked if _is_open(each)}
            singles[question, answer] = nets
        bettered = _bettered(walked, other)
        for standing in bettered:
            change = Change(question, answer_text(answer), standing.standing, also)
            found[standing.option].append(change)
        for standing in other.ranked if of_the_place else ():
            if standing.standing == RECOMMENDED and standing not in bettered:
                change = Change(question, answer_text(answer), RECOMMENDED, also)
                behind[standing.option].append(change)
    return found, behind, singles


def _bettered(walked: Walk, other: Walk) -> list[Standing]:
    """Routes that stand better in the other walk."""
    now = {each.option: each for each in walked.ranked}
    return [then for then in other.ranked if _better(then, now[then.option])]


def _clashes_anew(walked: Walk, other: Walk) -> bool:
    """Whether the other walk's answers contradict each other where this walk's do not."""
    return bool({each.id for each in other.clashes} - {each.id for each in walked.clashes})


def _is_open(standing: Standing) -> bool:
    return standing.standing != EXCLUDED


def _together(
    walked: Walk,
    route: str,
    given: Mapping[str, Value],
    singles: Singles,
    rules: PlaceRules | None,
) -> list[Change]:
    """Two or three answers that would let a route win together: walked, as every other change."""
    for changes in likely_sets(route, walked.ranked, singles):
        other = walk(walked.tree, {**given, **dict(changes)}, walked.begins, rules)
        if _clashes_anew(walked, other):
            continue
        if other.complete and recommends(route, other.ranked):
            (question, answer), *more = changes
            with_it = tuple((name, answer_text(value)) for name, value in more)
            return [Change(question, answer_text(answer), RECOMMENDED, together=with_it)]
    return []


def _better(then: Standing, now: Standing) -> bool:
    """Whether the route gains, by a reason of its own."""
    if now.standing == EXCLUDED:
        return then.standing != EXCLUDED
    gained = then.balance.net > now.balance.net
    return now.standing == POSSIBLE and then.standing == RECOMMENDED and gained


def _told(changes: list[Change]) -> tuple[Change, ...]:
    """Those that win before those that only open; one for each question; a few."""
    ordered = sorted(changes, key=lambda change: (change.standing != RECOMMENDED, len(change.also)))
    first: dict[str, Change] = {}
    for change in ordered:
        first.setdefault(change.question, change)
    return tuple(first.values())[:MOST_TOLD]


def _single_changes(walked: Walk, given: Mapping[str, Value]) -> Iterator[tuple[str, Value, date]]:
    for step in walked.path:
        question = walked.tree.questions[step.question]
        if question.fixed:
            continue
        for other in _others(walked, question, step.answer):
            yield question.id, other, walked.begins
    for change in walked.tree.facts.days_of_change():
        day = change if change > walked.begins else change - timedelta(days=1)
        if day != walked.begins:
            yield BEGINS, day, day


def _others(walked: Walk, question: Question, answer: Value) -> Iterator[Value]:
    if question.kind in ("choice", "yes_no"):
        unsure = ("not_known", "not_sure")
        yield from (each for each in question.answers if each != answer and each not in unsure)
    elif isinstance(answer, Decimal):
        yield from edges_of(walked, question, answer)
    elif isinstance(answer, frozenset):
        yield from (answer ^ {each} for each in question.answers)


def _to_the_end(
    tree: Tree, answers: dict[str, Value], begins: date, rules: PlaceRules | None
) -> tuple[Walk | None, Also]:
    """The walk with every question that it now asks answered in the way the law needs."""
    also: Also = ()
    for _ in range(MOST_ASKED):
        walked = walk(tree, answers, begins, rules)
        question = walked.next_question
        if question is None:
            return walked, also
        answers[question.id] = helpful(tree, question)
        also = (*also, (question.id, answer_text(answers[question.id])))
    return None, also


def helpful(tree: Tree, question: Question) -> Value:
    """The answer that what the law needs asks for; else the one that says least."""
    for option in tree.options.values():
        for need in option.needs:
            for atom in everything_in(need.that):
                if isinstance(atom, Is) and atom.question == question.id:
                    return next(each for each in question.answers if each in atom.wanted)
                if isinstance(atom, Compare) and atom.left == question.id:
                    return _meeting(tree, atom)
    if question.answers:
        neutral = next((each for each in NEUTRAL if each in question.answers), None)
        return frozenset() if question.kind == "set" else neutral or next(iter(question.answers))
    return date(2026, 6, 30) if question.kind == "date" else Decimal(0)


def _meeting(tree: Tree, compare: Compare) -> Decimal:
    bound = tree.facts.first(compare.fact).amount if compare.fact else compare.number
    above = PENNY if compare.how == "more_than" else Decimal(0)
    return (bound or Decimal(0)) + (-PENNY if compare.how == "below" else above)
