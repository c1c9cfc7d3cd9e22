"""Is a file a tree that may be relied on? Every problem, with where it is.

No circles, nothing unreachable, every path ends in a lawful route or in stop and take advice,
every legal statement has its source and date, every fact exists; and the two rules that make a
tree ours: no place answer decides what the law excludes, and no legal answer alone ranks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from .conditions import Begins, Compare, Condition, Has, Is, everything_in, names_in
from .flow import find_circle, flow_problems
from .paths import paths
from .rank import EXCLUDED
from .tree import Figure, Need, Tree, TreeError
from .walk import walk
from .words import names_of

RESERVED = frozenset({"all", "any", "not", "test", "begins", "in_force", "end"})
NUMBERS = ("money", "percent", "integer", "number")
MOST_PATHS = 20_000
MOST_QUESTIONS = 400  # the trees that ship have 70


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong, and where in the file."""

    where: str
    words: str

    def __str__(self) -> str:
        return f"{self.where}: {self.words}"


def validate(tree: Tree) -> tuple[Flaw, ...]:
    """Every flaw of a tree; none means that it may be used."""
    flaws = [Flaw(*each) for each in _all_flaws(tree)]
    if not flaws and tree.kind == "tree":
        flaws = [Flaw(*each) for each in _ends(tree)]
    return tuple(dict.fromkeys(flaws))


def flaws_of(error: TreeError) -> tuple[Flaw, ...]:
    """The flaws of a file that could not even be read as a tree."""
    return tuple(Flaw(where, words) for where, words in error.problems)


Found = Iterator[tuple[str, str]]


def _all_flaws(tree: Tree) -> Found:
    if len(tree.questions) > MOST_QUESTIONS:
        yield "questions", f"more than {MOST_QUESTIONS}: nobody could walk it"
        return
    yield from _dated(tree)
    yield from _figures(tree)
    yield from _names(tree)
    yield from _conditions(tree)
    yield from _routes(tree)
    yield from _place_and_law(tree)
    yield from _contradictions(tree)
    yield from _sentences(tree)
    yield from _facts(tree)
    if tree.kind == "signpost":
        yield from _signpost(tree)
    else:
        yield from flow_problems(tree)


def _dated(tree: Tree) -> Found:
    if tree.dated is None:
        yield "dated", "the tree has no date on which it was known to be right"
    for law in tree.laws.values():
        if not law.source.strip():
            yield f"law.{law.id}", "this legal statement has no source"
        if law.dated is None:
            yield f"law.{law.id}", "this legal statement has no date"


def _names(tree: Tree) -> Found:
    for key in tree.questions.keys() & tree.figures.keys():
        yield f"figures.{key}", "a question has the same name"
    for key in (tree.questions.keys() | tree.figures.keys()) & RESERVED:
        yield f"questions.{key}", "this name has a meaning of its own in conditions"
    for question in tree.questions.values():
        if question.kind in ("choice", "set", "yes_no") and len(question.answers) < 2:
            yield f"questions.{question.id}", "a choice needs two answers or more"
        yield from _known(
            question.law, tree.laws, f"questions.{question.id}.law", "legal statement"
        )


def _known(keys: tuple[str, ...], known: object, where: str, what: str) -> Found:
    assert hasattr(known, "__contains__")
    yield from ((where, f"there is no {what} “{key}”") for key in keys if key not in known)


def conditions_of(tree: Tree) -> Iterator[tuple[str, Condition]]:
    """Every condition of a tree, with where it stands."""
    yield from ((f"tests.{name}", each) for name, each in tree.tests.items())
    for question in tree.questions.values():
        yield from ((f"questions.{question.id}.next", each.when) for each in question.next)
    for figure in tree.figures.values():
        yield from ((f"figures.{figure.id}", term.when) for term in figure.terms)
    for option in tree.options.values():
        for need in option.needs:
            yield from ((f"options.{option.id}.needs", each) for each in (need.when, need.that))
    yield from ((f"weights ({weight.words[:40]})", weight.when) for weight in tree.weights)
    yield from ((f"notes.{note.id}", note.when) for note in tree.notes)
    yield from ((f"contradictions.{each.id}", each.when) for each in tree.contradictions)
    yield from ((f"stops.{stop.id}", stop.when) for stop in tree.stops)


def _conditions(tree: Tree) -> Found:
    for where, condition in conditions_of(tree):
        for atom in everything_in(condition):
            yield from _atom(tree, atom, where)


def _figures(tree: Tree) -> Found:
    """Figures that need themselves, and terms that add nothing."""
    graph = {figure.id: _needed_by(tree, figure) for figure in tree.figures.values()}
    circle = find_circle(graph)
    if circle:
        yield f"figures.{circle[0]}", f"goes round in a circle: {' > '.join(circle)}"
    for figure in tree.figures.values():
        where = f"figures.{figure.id}"
        for term in figure.terms:
            yield from _amounts(
                tree, tuple(key for key in (term.fact, term.percent_fact) if key), where
            )
            if term.of and term.of not in tree.figures:
                yield from _number(tree, term.of, where)
            if not (term.of or term.fact or term.number is not None):
                yield where, "a part of this sum adds nothing: name an answer, a fact or a number"


def _needed_by(tree: Tree, figure: Figure) -> tuple[str, ...]:
    """The figures that a figure is worked out from, in its parts or in when they apply."""
    names = {term.of for term in figure.terms}.union(*(names_in(t.when) for t in figure.terms))
    return tuple(sorted(names & tree.figures.keys()))


def _amounts(tree: Tree, keys: tuple[str, ...], where: str) -> Found:
    """Facts that something is compared with, or counted by: they must be there, as amounts."""
    yield from _known(keys, tree.facts.keys, where, "fact")
    for key in keys:
        if any(fact.amount is None for fact in tree.facts.with_key(key)):
            yield where, f"the fact “{key}” has no amount"


def _atom(tree: Tree, atom: Condition, where: str) -> Found:
    if isinstance(atom, Is | Has):
        yield from _answer(tree, atom, where)
    elif isinstance(atom, Compare):
        yield from _amounts(tree, tuple(atom.fact_keys()), where)
        for name in atom.names():
            if name not in tree.figures:
                yield from _number(tree, name, where)
    elif isinstance(atom, Begins):
        yield from _days(tree, tuple(atom.fact_keys()), where)


def _days(tree: Tree, keys: tuple[str, ...], where: str) -> Found:
    """Facts that the day it begins is compared with: they must have a first day."""
    yield from _known(keys, tree.facts.keys, where, "fact")
    for key in keys:
        if tree.facts.with_key(key) and tree.facts.first(key).starts is None:
            yield where, f"the fact “{key}” has no first day"


def _answer(tree: Tree, atom: Is | Has, where: str) -> Found:
    question = tree.questions.get(atom.question)
    if question is None:
        yield where, f"there is no question “{atom.question}”"
        return
    wanted = (atom.wanted,) if isinstance(atom, Has) else tuple(sorted(atom.wanted))
    yield from _known(wanted, question.answers, where, f"answer to {question.id} called")


def _number(tree: Tree, name: str, where: str) -> Found:
    question = tree.questions.get(name)
    if question is None:
        yield where, f"there is no question or figure “{name}”"
    elif question.kind not in NUMBERS:
        yield where, f"“{name}” is no number"


def _routes(tree: Tree) -> Found:
    for option in tree.options.values():
        where = f"options.{option.id}"
        laws = tuple(need.law for need in option.needs)
        yield from _known(laws, tree.laws, f"{where}.needs", "legal statement")
        yield from _known(option.forms, tree.forms, f"{where}.forms", "form")
    for weight in tree.weights:
        if weight.target not in tree.options and weight.target not in tree.forms:
            yield f"weights ({weight.words[:40]})", f"there is no route or form “{weight.target}”"
    for note in tree.notes:
        where = f"notes.{note.id}"
        yield from _known(note.options, tree.options, where, "route")
        yield from _known((note.law,) if note.law else (), tree.laws, where, "legal statement")
        if not note.law and not note.source.strip():
            yield where, "has neither a legal statement nor a source"
    for stop in tree.stops:
        yield from _known((stop.law,), tree.laws, f"stops.{stop.id}", "legal statement")


def place_questions(tree: Tree, condition: Condition) -> frozenset[str]:
    """The place questions that a condition looks at, through figures too."""
    names = set(names_in(condition))
    for _ in tree.figures:
        for name in names & tree.figures.keys():
            names |= {term.of for term in tree.figures[name].terms}
    questions = (tree.questions[name] for name in names & tree.questions.keys())
    return frozenset(question.id for question in questions if question.group == "place")


def _place_and_law(tree: Tree) -> Found:
    needs: list[tuple[str, Need]] = [
        (f"options.{option.id}.needs", need)
        for option in tree.options.values()
        for need in option.needs
    ]
    for where, need in needs:
        for name in place_questions(tree, need.that) | place_questions(tree, need.when):
            yield where, f"a place answer ({name}) may not decide what the law excludes"
    for stop in tree.stops:
        for name in place_questions(tree, stop.when):
            yield f"stops.{stop.id}", f"a place answer ({name}) may not stop a walk"
    for weight in tree.weights:
        if not place_questions(tree, weight.when):
            yield (
                f"weights ({weight.words[:40]})",
                "no legal answer alone may raise or lower a route",
            )


def _contradictions(tree: Tree) -> Found:
    """Two answers can contradict each other; one alone cannot, nor can a day or a figure."""
    for each in tree.contradictions:
        if len(names_in(each.when) & tree.questions.keys()) < 2:
            yield f"contradictions.{each.id}", "looks at fewer than two questions"
    others = [*(note.id for note in tree.notes), *(stop.id for stop in tree.stops)]
    names = [*(each.id for each in tree.contradictions), *others]
    twice = {each.id for each in tree.contradictions if names.count(each.id) > 1}
    yield from ((f"contradictions.{one}", "has the name of something else") for one in twice)


def sentences_of(tree: Tree) -> Iterator[tuple[str, str]]:
    """Every sentence that may hold figures, with where it stands."""
    for option in tree.options.values():
        for need in option.needs:
            yield f"options.{option.id}.needs", f"{need.fails} {need.holds}"
    yield from ((f"weights ({weight.words[:40]})", weight.words) for weight in tree.weights)
    yield from ((f"notes.{note.id}", note.words) for note in tree.notes)
    yield from ((f"contradictions.{each.id}", each.words) for each in tree.contradictions)
    yield from ((f"stops.{stop.id}", stop.words) for stop in tree.stops)


def _sentences(tree: Tree) -> Found:
    known = {*tree.questions, *tree.figures, "begins", *(f"fact.{key}" for key in tree.facts.keys)}
    for where, words in sentences_of(tree):
        yield from _known(tuple(names_of(words)), known, where, "question, figure or fact")


def _facts(tree: Tree) -> Found:
    for fact in tree.facts.entries:
        clash = [
            other
            for other in tree.facts.entries
            if other is not fact and other.key == fact.key and other.in_force_with(fact)
        ]
        if clash:
            yield f"facts.{fact.key}", "two entries are in force on the same day"


def _signpost(tree: Tree) -> Found:
    for what, parts in (("questions", tree.questions), ("options", tree.options)):
        if parts:
            yield what, "a signpost says what differs; it asks nothing and ranks nothing"
    if not tree.notes:
        yield "notes", "a signpost that says nothing"


def _ends(tree: Tree) -> Found:
    """Paths that end in no open route. Where a route needs nothing, every path ends in it."""
    if any(not option.needs for option in tree.options.values()):
        return
    day = tree.dated or tree.facts.as_known_on
    for number, answers in enumerate(islice(paths(tree, day, by="law"), MOST_PATHS + 1)):
        if number == MOST_PATHS:
            yield "options", "too many paths to prove that each ends; let one route need nothing"
            return
        walked = walk(tree, answers, day)
        if all(each.standing == EXCLUDED for each in walked.ranked):
            told = ", ".join(f"{step.question}={step.text}" for step in walked.path)
            yield "options", f"this path ends in no lawful route and no advice: {told}"
            return
