"""What changed from one version of a tree to the next, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .tree import Law, Option, Question, Tree
from .words import by_title


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is new, gone or changed. kind: added, removed or changed."""

    kind: str
    what: str
    id: str
    words: str


def differences(old: Tree, new: Tree) -> tuple[Difference, ...]:
    """Every difference that a reader of the tree would meet, in words without placeholders."""
    return tuple(
        replace(one, words=by_title(one.words, new if one.kind != "removed" else old))
        for one in _all(old, new)
    )


def _all(old: Tree, new: Tree) -> tuple[Difference, ...]:
    return (
        *_of_parts("question", old.questions, new.questions, _question),
        *_of_parts("route", old.options, new.options, _option),
        *_of_parts("legal statement", old.laws, new.laws, _law),
        *_of_parts("form", old.forms, new.forms, lambda _, __: iter(())),
        *_of_lists(
            "place rule", {w.words: w for w in old.weights}, {w.words: w for w in new.weights}
        ),
        *_of_lists("note", {n.words: n for n in old.notes}, {n.words: n for n in new.notes}),
        *_of_lists(
            "contradiction",
            {c.words: c for c in old.contradictions},
            {c.words: c for c in new.contradictions},
        ),
        *_of_lists("stop", {s.words: s for s in old.stops}, {s.words: s for s in new.stops}),
    )


def marked_in_picture(found: Sequence[Difference]) -> dict[str, frozenset[str]]:
    """Questions whose boxes are marked: all of them, and by what happened to them."""
    kinds = {
        kind: frozenset(one.id for one in found if one.what == "question" and one.kind == kind)
        for kind in ("added", "removed", "changed")
    }
    return kinds | {"all": frozenset().union(*kinds.values())}


def _of_parts(
    what: str, old: Mapping[str, Any], new: Mapping[str, Any], compare: Any
) -> Iterator[Difference]:
    for key in old.keys() - new.keys():
        yield Difference("removed", what, key, _title(old[key]))
    for key, part in new.items():
        if key not in old:
            yield Difference("added", what, key, _title(part))
        elif old[key] != part:
            said = list(compare(old[key], part)) or ["Its rules changed."]
            yield from (Difference("changed", what, key, words) for words in said)


def _of_lists(what: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    yield from (Difference("removed", what, "", words) for words in old if words not in new)
    yield from (Difference("added", what, "", words) for words in new if words not in old)
    for words in new:
        if words in old and old[words] != new[words]:
            yield Difference("changed", what, "", words)


def _title(part: Any) -> str:
    for name in ("text", "title", "words"):
        if hasattr(part, name):
            return str(getattr(part, name))
    return str(part)


def _question(old: Question, new: Question) -> Iterator[str]:
    if old.text != new.text:
        yield f"“{old.text}” became “{new.text}”"
    for key in old.answers.keys() - new.answers.keys():
        yield f"The answer “{old.answers[key].text}” is gone."
    for key in new.answers.keys() - old.answers.keys():
        yield f"The answer “{new.answers[key].text}” is new."
    if old.next != new.next:
        ways = " or ".join(branch.go for branch in new.next)
        yield f"It leads now to {ways}."


def _option(old: Option, new: Option) -> Iterator[str]:
    if old.title != new.title:
        yield f"“{old.title}” became “{new.title}”"
    for need in old.needs:
        if need not in new.needs:
            yield f"It is no longer excluded when: {need.fails}"
    for need in new.needs:
        if need not in old.needs:
            yield f"It is now excluded when: {need.fails}"


def _law(old: Law, new: Law) -> Iterator[str]:
    if old.words != new.words:
        yield f"“{old.words}” became “{new.words}”"
    if (old.source, old.dated) != (new.source, new.dated):
        yield f"Its source is now {new.source}, {new.dated}."
