"""Walk a tree with answers from a file, and say what it comes to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from decisions.trees.engine import (
    AnswerError,
    PlaceRules,
    Tree,
    TreeError,
    Walk,
    load_tree,
    shipped_trees,
    walk,
    with_what_ifs,
)
from decisions.trees.engine.report import as_json, as_text, question_json, questions_text
from decisions.trees.engine.text import TextError, read_file, read_text
from decisions.trees.engine.validate import validate


class Refusal(Exception):
    """Why there is no walk: a kind of error, what it says, and more for machines."""

    def __init__(self, error: str, words: str, **more: Any) -> None:
        super().__init__(words)
        self.told = {"error": error, "words": words, **more}


class Command(BaseCommand):
    """`manage.py walk_tree TREE --answers FILE.json --begins YYYY-MM-DD [--json]`."""

    help = "Walk a decision tree. Needs no database. All ids: docs/trees.md, or --questions."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a tree, answers and the day it begins."""
        parser.add_argument("tree", help="the id of a tree that ships, or a file")
        parser.add_argument("--answers", help="JSON: question ids with their answers")
        parser.add_argument("--begins", help="the day the procurement or award begins")
        parser.add_argument("--rules", help="the place's rules sheet, as JSON or YAML")
        parser.add_argument("--json", action="store_true", help="print the walk as JSON")
        parser.add_argument("--full", action="store_true", help="add words, forms and what-ifs")
        parser.add_argument(
            "--place-not-known",
            action="store_true",
            help="answer not_known to every place question that has no answer",
        )
        parser.add_argument("--questions", action="store_true", help="list the questions")

    def handle(self, **options: Any) -> None:
        """Print the walk; end with code 1 and one sentence where there can be none."""
        try:
            tree = _tree(options["tree"])
            if options["questions"]:
                self._questions(tree, options["json"])
                return
            walked = _walk(tree, options)
        except Refusal as refusal:
            self.stderr.write(str(refusal))
            if options["json"]:
                self.stdout.write(json.dumps(refusal.told, ensure_ascii=False))
            raise SystemExit(1) from None
        if options["json"]:
            told = as_json(walked, full=options["full"])
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(as_text(walked)))

    def _questions(self, tree: Tree, as_data: bool) -> None:
        if as_data:
            listed = [question_json(question) for question in tree.questions.values()]
            self.stdout.write(json.dumps(listed, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(questions_text(tree)))


def _tree(name: str) -> Tree:
    try:
        return shipped_trees()[name] if name in shipped_trees() else _from_file(name)
    except TreeError as error:
        shipped = ", ".join(shipped_trees())
        words = f"No tree: {error}. Trees that ship: {shipped}."
        raise Refusal("no_tree", words, trees=list(shipped_trees())) from None


def _from_file(name: str) -> Tree:
    """A tree of the place's own. One that is not right is not walked: it might never end."""
    tree = load_tree(name)
    flaws = validate(tree)
    if flaws:
        raise TreeError(tuple((flaw.where, flaw.words) for flaw in flaws))
    return tree


def _walk(tree: Tree, options: Mapping[str, Any]) -> Walk:
    answers = _mapping(options["answers"], "--answers")
    begins = _begins(options["begins"], answers.pop("begins", None))
    rules = _rules(options["rules"])
    answers = _for_this_tree(tree, answers)
    if options["place_not_known"]:
        answers = {**_not_known(tree), **answers}
    try:
        walked = walk(tree, answers, begins, rules)
    except AnswerError as error:
        problems = [
            {"question": each.question, "words": each.words, "valid": list(each.valid)}
            for each in error.problems
        ]
        raise Refusal("bad_answers", str(error), problems=problems) from None
    if walked.next_question is not None:
        raise _missing(walked)
    return (
        with_what_ifs(walked, answers, rules) if options["full"] or not options["json"] else walked
    )


def _for_this_tree(tree: Tree, answers: dict[str, Any]) -> dict[str, Any]:
    """Without answers that are for another tree that ships: one file may serve them all."""
    elsewhere = {name for each in shipped_trees().values() for name in each.questions}
    return {
        name: answer
        for name, answer in answers.items()
        if name in tree.questions or name not in elsewhere
    }


def _rules(name: str | None) -> PlaceRules | None:
    if name is None:
        return None
    try:
        return PlaceRules.from_mapping(_mapping(name, "--rules"))
    except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
        raise Refusal("bad_file", f"--rules: {name} is no rules sheet: {error!r}") from None


def _missing(walked: Walk) -> Refusal:
    question = walked.next_question
    assert question is not None
    ids = ", ".join(question.answers)
    kinds = f"Its answers: {ids}." if ids else f"It takes: {question.kind}."
    words = f"No answer to the question {question.id}: {question.text} {kinds}"
    path = [{"question": step.question, "answer": step.text} for step in walked.path]
    return Refusal("missing_answer", words, **question_json(question), path=path)


def _not_known(tree: Tree) -> dict[str, object]:
    return {
        question.id: "not_known"
        for question in tree.questions.values()
        if question.group == "place" and "not_known" in question.answers
    }


def _mapping(name: str | None, option: str) -> dict[str, Any]:
    if name is None:
        raise Refusal("no_file", f"{option} FILE is needed.")
    try:
        return read_text(read_file(Path(name)))
    except TextError as error:
        raise Refusal("bad_file", f"{option}: {name}: {error}") from None


def _begins(given: str | None, among_answers: object) -> date:
    told = given or among_answers
    if told is None:
        raise Refusal("no_begins", "--begins YYYY-MM-DD is needed: the day it begins.")
    try:
        begins = told if isinstance(told, date) else date.fromisoformat(str(told))
        # Python also reads 20260301 and 2026-W09-7, which nobody here means.
        if begins.isoformat() != str(told):
            raise ValueError(told)
    except ValueError:
        raise Refusal("bad_begins", f"--begins: “{told}” is no date like 2026-03-01.") from None
    if given and among_answers not in (None, given, begins):
        words = f"--begins says {given}, and the answers say {among_answers}: which is it?"
        raise Refusal("bad_begins", words)
    return begins
