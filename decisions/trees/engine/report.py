"""A walk as JSON, exactly as documented, and as text for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .answers import plain
from .notes import Note
from .rank import EXCLUDED, RECOMMENDED, Reason, Standing
from .tree import Question, Tree
from .walk import Walk


def as_json(walked: Walk, *, full: bool = False) -> dict[str, Any]:
    """The walk in the documented shape; `full` adds words, forms, figures and what-ifs."""
    told: dict[str, Any] = {
        "path": [{"question": step.question, "answer": step.text} for step in walked.path],
        "ranked": [_standing(each, full=full) for each in walked.ranked],
        "notices": [_note(note) for note in walked.notices],
        "checks": [_note(note) for note in walked.checks],
        "warnings": [_note(note) for note in walked.warnings],
    }
    if full:
        told["forms"] = [
            {"form": each.form, "fits": each.fits, "because": _because(each.because, full=True)}
            for each in walked.forms
        ]
        told["figures"] = {key: plain(value) for key, value in (walked.figures or {}).items()}
        told["contradictions"] = [
            {"id": each.id, "words": each.words, "questions": list(each.questions)}
            for each in walked.clashes
        ]
        told["stopped"] = walked.stopped.id if walked.stopped else None
    return told


def _standing(standing: Standing, *, full: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "option": standing.option,
        "standing": standing.standing,
        "because": _because(_telling(standing, full=full), full=full),
    }
    if full:
        told["would_win_if"] = [
            {
                "question": change.question,
                "answer": change.answer,
                "standing": change.standing,
                # All that has to be different with it, whether asked already or only then.
                "also": [
                    {"question": name, "answer": answer}
                    for name, answer in (*change.together, *change.also)
                ],
            }
            for change in standing.would_win_if
        ]
    return told


def _telling(standing: Standing, *, full: bool) -> tuple[Reason, ...]:
    """In short, an excluded route is told only by what excludes it."""
    if standing.standing == EXCLUDED and not full:
        return standing.reasons("exclude")
    return standing.because


def _because(reasons: tuple[Reason, ...], *, full: bool) -> list[dict[str, Any]]:
    """One entry for each answer behind each reason; the answer that decides comes first."""
    told: dict[tuple[str, str, str], dict[str, Any]] = {}
    for reason in reasons:
        for answer in reason.answers:
            entry: dict[str, Any] = {"answer": answer, "source": reason.source}
            if full:
                entry |= {"effect": reason.effect, "strong": reason.strong, "words": reason.words}
            told.setdefault((answer, reason.source, reason.words if full else ""), entry)
    return list(told.values())


def _note(note: Note) -> dict[str, Any]:
    return {
        "id": note.id,
        "words": note.words,
        "source": note.source,
        "options": list(note.options),
    }


def question_json(question: Question) -> dict[str, Any]:
    """A question and what may be answered."""
    return {
        "question": question.id,
        "text": question.text,
        "kind": question.kind,
        "group": question.group,
        "answers": {answer.id: answer.text for answer in question.answers.values()},
    }


def questions_text(tree: Tree) -> Iterator[str]:
    """Every question of a tree with its answers, in the order of the file."""
    for question in tree.questions.values():
        yield f"{question.id} ({question.kind}, {question.group}): {question.text}"
        yield from (f"    {answer.id}: {answer.text}" for answer in question.answers.values())


def as_text(walked: Walk) -> Iterator[str]:
    """The walk for a terminal."""
    yield f"{walked.tree.title}, begins {walked.begins.isoformat()}"
    yield from (f"  {step.question} = {step.text}" for step in walked.path)
    for standing in walked.ranked:
        option = walked.tree.options[standing.option]
        yield ""
        mark = "*" if standing.standing == RECOMMENDED else "-"
        yield f"{mark} {standing.option} ({option.title}): {standing.standing}"
        for reason in _telling(standing, full=False):
            yield f"    {reason.effect}: {reason.words} [{reason.answer}; {reason.source}]"
        for change in standing.would_win_if:
            more = (*change.together, *change.also)
            also = "".join(f", {name}={answer}" for name, answer in more)
            yield f"    {change.standing} if {change.question}={change.answer}{also}"
    for title, notes in (
        ("Notices", walked.notices),
        ("Checks", walked.checks),
        ("Warnings", walked.warnings),
    ):
        yield from ("", title) if notes else ()
        yield from (f"  {note.id}: {note.words} [{note.source}]" for note in notes)
