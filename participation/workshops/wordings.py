"""Versions of a text: its phrases, and what changed between two of them. Pure: no Django."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

_PHRASE_ENDS: Final = re.compile(r"(?<=[.;:!?,])\s+")
SHORTEST_PHRASE: Final = 12


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that was kept, added (``new``) or taken out (``gone``)."""

    what: str
    text: str


def phrases(statement: str) -> list[str]:
    """The parts that can be spoken of one by one; very short ones stay with what comes before.

    >>> phrases("Children play out, on every street. Neighbours know their names, too.")
    ['Children play out,', 'on every street.', 'Neighbours know their names, too.']
    """
    found: list[str] = []
    for part in _PHRASE_ENDS.split(" ".join(statement.split())):
        if found and len(part) < SHORTEST_PHRASE:
            found[-1] = f"{found[-1]} {part}"
        elif part:
            found.append(part)
    return found


def difference(before: str, after: str) -> list[Piece]:
    """What changed, word by word.

    >>> [(piece.what, piece.text) for piece in difference("no one alone", "no child alone")]
    [('kept', 'no'), ('gone', 'one'), ('new', 'child'), ('kept', 'alone')]
    """
    return list(_pieces(before.split(), after.split()))


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for what, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if what == "equal":
            yield Piece("kept", " ".join(new[new_from:new_to]))
            continue
        if old_to > old_from:
            yield Piece("gone", " ".join(old[old_from:old_to]))
        if new_to > new_from:
            yield Piece("new", " ".join(new[new_from:new_to]))
