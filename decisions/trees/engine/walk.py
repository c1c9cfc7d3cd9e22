"""One walk of a tree: the path, the routes in order with their reasons, and what must be known.

Pure: the same tree, answers, day and rules sheet give the same walk, always. Answers to questions
that the path does not ask change nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from .answers import Value, answer_text, read_answers
from .conditions import Case
from .notes import Clash, Note, checks_of_law, clashes_of, notes_of
from .rank import FormFit, Reason, Standing, forms_of, place_reasons, stopped_standings, weighed
from .rules_sheet import PlaceRules
from .sheet_notes import rules_notes, with_sheet
from .tree import END, Question, Stop, Tree
from .words import filled

__all__ = ["Clash", "FormFit", "Note", "Reason", "Standing", "Step", "Walk", "walk"]


@dataclass(frozen=True, slots=True)
class Step:
    """A question that was asked, and its answer."""

    question: str
    answer: Value

    @property
    def text(self) -> str:
        """The answer as ids and plain figures."""
        return answer_text(self.answer)


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk so far, or to its end.

    next_question: the first question without an answer; None when the walk is complete. Until
    then `ranked`, `forms` and the notes are empty: half a path excludes nothing.
    stopped: where the tree itself refused to go on. figures: what was worked out, by id.
    clashes: answers so far that do not go together; at the end they stand among the warnings too.
    """

    tree: Tree
    begins: date
    path: tuple[Step, ...]
    next_question: Question | None = None
    ranked: tuple[Standing, ...] = ()
    forms: tuple[FormFit, ...] = ()
    notices: tuple[Note, ...] = ()
    checks: tuple[Note, ...] = ()
    warnings: tuple[Note, ...] = ()
    stopped: Stop | None = None
    figures: Mapping[str, Decimal] | None = None
    clashes: tuple[Clash, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every question on the path has its answer."""
        return self.next_question is None

    def standing(self, option: str) -> Standing:
        """How one route stands. Raises KeyError where the walk does not rank it."""
        for each in self.ranked:
            if each.option == option:
                return each
        raise KeyError(option)


def walk(
    tree: Tree,
    answers: Mapping[str, object],
    begins: date,
    rules: PlaceRules | None = None,
) -> Walk:
    """Walk a tree with these answers for what begins on that day. Raises AnswerError."""
    case = Case(tree, begins, tree.facts.on(begins))
    if tree.kind == "signpost":
        return _finished(case, [], None, rules)
    read = read_answers(tree, answers)
    path: list[Step] = []
    stopped = stop_of(case)
    question = None if stopped else tree.start
    while question not in (None, END):
        if question not in read:
            waiting = tree.questions[question]
            return Walk(tree, begins, tuple(path), waiting, clashes=clashes_of(case))
        case.answer(question, read[question])
        path.append(Step(question, read[question]))
        stopped = stop_of(case)
        question = None if stopped else next_question(tree.questions[question], case)
    return _finished(case, path, stopped, rules)


def stop_of(case: Case) -> Stop | None:
    """Where the tree refuses to go on, as things stand."""
    return next((stop for stop in case.tree.stops if stop.when.holds(case)), None)


def next_question(question: Question, case: Case) -> str:
    """The question that follows, or END."""
    return next((branch.go for branch in question.next if branch.when.holds(case)), END)


def _finished(case: Case, path: list[Step], stopped: Stop | None, rules: PlaceRules | None) -> Walk:
    tree = case.tree
    place = {} if stopped else place_reasons(case)
    ranked = stopped_standings(case, stopped) if stopped else weighed(case, place)
    if rules is not None and not stopped:
        ranked = with_sheet(case, ranked, rules)
    open_options = frozenset(each.option for each in ranked if each.standing != "excluded")
    notices, checks, warnings = notes_of(case, open_options, stopped)
    clashes = clashes_of(case)
    warnings = (*warnings, *(Note(each.id, each.words, each.source) for each in clashes))
    if rules is not None and not stopped:
        notices = (*notices, *rules_notes(case, rules))
    return Walk(
        tree=tree,
        begins=case.begins,
        path=tuple(path),
        ranked=ranked,
        forms=() if stopped else forms_of(case, place),
        notices=notices,
        checks=(*checks, *checks_of_law(case, ranked)),
        warnings=warnings,
        # Its words with the case's own figures, wherever they are shown.
        stopped=replace(stopped, words=filled(stopped.words, case)) if stopped else None,
        figures={key: value for key in tree.figures if (value := case.figure(key)) is not None},
        clashes=clashes,
    )
