"""What is looked for in people's words: talk of money, names of people. Pure: no Django.

Both checks are plain enough to explain to whoever they stop: lists of words in ``words/``, amounts,
titles before a name. They never refuse anything: money is *offered* a place in the car park, a
name makes a contribution wait until somebody has looked.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

LISTS: Final = Path(__file__).parent / "words"
LONGEST: Final = 5_000

# Marks that turn the direction of text round for all that follows ("exe.fdp"), and characters that
# no text may hold. Letters of right-to-left scripts, and emoji, stay as they are.
_TURNS: Final = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff]")
_TITLE: Final = (
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Doctor|Cllr|Councillor|Sister|Nurse|PC|Sgt|Prof|Professor"
    r"|Rev|Imam|Rabbi|Father|Sir|Lady|Lord)\.?\s+[A-Z][\w'’-]+"
)
_CAPITALISED: Final = r"[A-Z][a-zà-ÿ'’-]+"


def tidy(text: str) -> str:
    """The words as they are kept: composed, without control characters, trimmed.

    >>> tidy("  caf\\u00e9\\x00 \\u202eopen ")
    'café open'
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _TURNS.sub("", text)
    kept = "".join(
        sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs")
    )
    return re.sub(r"\n{3,}", "\n\n", kept).strip()


@cache
def _lines(name: str) -> tuple[str, ...]:
    text = (LISTS / name).read_text(encoding="utf-8")
    return tuple(
        line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")
    )


def money_words(added: Iterable[str] = (), dropped: Iterable[str] = ()) -> frozenset[str]:
    """Our list of money words with what a place adds and without what it drops, in lower case."""
    ours = {word.lower() for word in _lines("money.txt")}
    return frozenset((ours | {_plain(word) for word in added}) - {_plain(word) for word in dropped})


def _plain(word: str) -> str:
    return " ".join(word.lower().split())


@lru_cache(maxsize=64)
def _pattern(words: frozenset[str]) -> re.Pattern[str] | None:
    parts = [
        re.escape(word.rstrip("*")).replace(r"\ ", r"\s+") + (r"\w*" if word.endswith("*") else "")
        for word in sorted(words, key=len, reverse=True)
        if word.strip("* ")
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE) if parts else None


def money_talk_in(text: str, words: frozenset[str]) -> list[str]:
    """The words of the list that stand in the text, as they are written there.

    >>> money_talk_in("A bench, from the council's Budget", money_words())
    ['Budget']
    """
    pattern = _pattern(words)
    return [found.group() for found in pattern.finditer(text)] if pattern else []


@cache
def _names() -> frozenset[str]:
    return frozenset(name for line in _lines("names.txt") for name in line.split())


def names_in(text: str, known: Iterable[str] = ()) -> list[str]:
    """What may be the names of people: a title and a name; a common first name, with what follows.

    ``known`` are names of places and bodies that are no people (``St Mary's``, ``Lanes School``).

    >>> names_in("Ask Mrs Patel or Sarah Jones about St Mary's school")
    ['Mrs Patel', 'Sarah Jones']
    """
    for name in known:
        text = text.replace(name, " ")
    # Saints are buildings here, and streets and schools are called after people.
    text = re.sub(r"\bSt\.?\s+[A-Z][\w'’-]+", " ", text)
    found = [match.group() for match in re.finditer(_TITLE, text)]
    rest = re.sub(_TITLE, " ", text)
    for match in re.finditer(rf"\b({_CAPITALISED})(\s+{_CAPITALISED})?", rest):
        first = re.sub(r"['’]s?$", "", match[1])
        place = re.match(
            r"\s+(?:Street|Road|Lane|Close|Park|Centre|House|School|Hall|Court|Avenue|Way|Place)\b",
            match[2] or "",
        )
        if first in _names() and not place:
            found.append(re.sub(r"['’]s?$", "", match.group()))
    return list(dict.fromkeys(found))
