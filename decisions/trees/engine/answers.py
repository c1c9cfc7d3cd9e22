"""Answers as people give them, read into values that conditions can compare."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .tree import Question, Tree

# A choice is its id; a set is the ids chosen; an amount, percentage or number is a Decimal.
Value = str | Decimal | date | frozenset[str]

MOST = Decimal("1000000000000")  # a thousand billion: anything above is a slip of the finger
THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+(\.\d*)?")
BOOLEANS = {True: "yes", False: "no"}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one answer. ``valid``: the ids that would have been right in a choice."""

    question: str
    words: str
    valid: tuple[str, ...] = ()


class AnswerError(ValueError):
    """Answers that cannot be read, each with its question and what would be right."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(" ".join(problem.words for problem in problems))
        self.problems = problems


def read_answers(tree: Tree, given: Mapping[str, object]) -> dict[str, Value]:
    """Every answer of the mapping, read; answers to questions that are not asked included.

    None means "not answered yet". Raises AnswerError with every problem at once.
    """
    read: dict[str, Value] = {}
    problems: list[Problem] = []
    for key, raw in given.items():
        if raw is None:
            continue
        question = tree.questions.get(key)
        if question is None:
            known = tuple(tree.questions)
            words = f"“{key}” is no question of {tree.id}. Its questions: {', '.join(known)}."
            problems.append(Problem(key, words, known))
            continue
        try:
            read[key] = read_answer(question, raw)
        except AnswerError as error:
            problems.extend(error.problems)
    if problems:
        raise AnswerError(tuple(problems))
    return read


def read_answer(question: Question, raw: object) -> Value:
    """One answer, by its question's kind. Raises AnswerError."""
    if question.kind in ("choice", "yes_no"):
        return _choice(question, raw)
    if question.kind == "set":
        return _chosen(question, raw)
    if question.kind == "date":
        return _day(question, raw)
    return _number(question, raw)


def refuse(question: Question, words: str) -> AnswerError:
    """An error that names the question, says what is wrong and lists what would be right."""
    valid = tuple(question.answers)
    ending = f" Its answers: {', '.join(valid)}." if valid else ""
    return AnswerError((Problem(question.id, f"{question.id}: {words}{ending}", valid),))


def _choice(question: Question, raw: object) -> str:
    value = BOOLEANS[raw] if isinstance(raw, bool) else raw
    text = value.strip() if isinstance(value, str) else value
    if not isinstance(text, str) or text not in question.answers:
        raise refuse(question, f"“{str(raw)[:80]}” is no answer to it.")
    return text


def _chosen(question: Question, raw: object) -> frozenset[str]:
    listed = raw.split(",") if isinstance(raw, str) else raw
    if not isinstance(listed, list | tuple | set | frozenset):
        raise refuse(question, "Give a list of answers.")
    return frozenset(_choice(question, each) for each in listed if each != "")


def _day(question: Question, raw: object) -> date:
    if isinstance(raw, date):
        return raw
    try:
        return date.fromisoformat(str(raw))
    except ValueError:
        raise refuse(question, f"“{str(raw)[:80]}” is no date like 2026-03-01.") from None


def _number(question: Question, raw: object) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
        raise refuse(question, "Give a number.")
    text = str(raw).strip().removeprefix("£").removesuffix("%").strip()
    if "," in text and not THOUSANDS.fullmatch(text):
        # 1,5 and 207.719,99 are read otherwise elsewhere: better to ask than to guess.
        raise refuse(question, f"“{text[:80]}” is no number: commas part thousands, as in 207,720.")
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        raise refuse(question, f"“{str(raw)[:80]}” is no number.") from None
    if problem := _unfit(question.kind, number):
        raise refuse(question, problem)
    return number


def _unfit(kind: str, number: Decimal) -> str:
    if not number.is_finite() or not 0 <= number <= MOST:
        return "Give a number from 0 up."
    exponent = number.normalize().as_tuple().exponent
    if kind == "money" and isinstance(exponent, int) and exponent < -2:
        return "Give pounds and whole pence."
    if kind == "integer" and number != number.to_integral_value():
        return "Give a whole number."
    return _unfit_percentage(number) if kind == "percent" else ""


def _unfit_percentage(number: Decimal) -> str:
    if number > 100:
        return "Give a percentage from 0 to 100."
    if 0 < number < 1:
        return "Give a percentage such as 80, not a share such as 0.8."
    return ""


def answer_text(value: Value) -> str:
    """An answer as ids and plain figures: yes, 207720.00, 2026-03-01, a,b."""
    if isinstance(value, frozenset):
        return ",".join(sorted(value))
    if isinstance(value, date):
        return value.isoformat()
    return plain(value) if isinstance(value, Decimal) else value


def plain(number: Decimal) -> str:
    """A number without exponent or idle zeros; with two places where it has pence."""
    if number == number.to_integral_value():
        return f"{number:.0f}"
    text = f"{number.normalize():f}"
    return text if len(text.split(".")[1]) >= 2 else f"{text}0"
