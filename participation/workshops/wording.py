"""People's words as they are kept, and the talk of money in them. Pure: no Django.

The check for money is plain enough to explain to whoever it stops: a list of words in ``words/``,
and amounts. It refuses nothing: money is *offered* a place in the car park. ``names`` looks for the
names of people.
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
