"""Takes passages out of what a record says, before it is laid out. Pure: no Django.

The public edition is laid out afresh from data in which the marked passages are no longer there:
nothing is drawn over, nothing is edited afterwards. A passage goes wherever it stands, in titles,
labels of pictures, tables and keys of the attached data alike, whatever its case and however its
words are spaced. What stands in its place says the ground and is of one length for one ground, so
the length of what was removed tells nothing.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Passage:
    """What is removed, and the words that stand in its place."""

    text: str
    placeholder: str


def _pattern(text: str) -> re.Pattern[str]:
    """The passage, in any case, with any white space (or a soft hyphen) between its words.

    A letter or digit must not go on beyond its ends: removing "Ann" leaves "annual" whole.
    """
    words = [re.escape(word) for word in unicodedata.normalize("NFKC", text).split()]
    if not words:
        raise ValueError("a passage has words")
    inner = r"[\s\u00ad\u200b]+".join(words)
    before = r"(?<!\w)" if re.match(r"\w", words[0].replace("\\", "")) else ""
    after = r"(?!\w)" if re.match(r"\w", words[-1][-1]) else ""
    return re.compile(before + inner + after, re.IGNORECASE)


class Remover:
    """Removes every passage of a list, the longest first, so that no part of a longer one stays."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        ordered = sorted(passages, key=lambda one: len(one.text), reverse=True)
        self._rules = [(_pattern(one.text), one.placeholder) for one in ordered]

    def text(self, words: str) -> str:
        """The words without the passages."""
        clean = unicodedata.normalize("NFKC", words) if self._rules else words
        found = clean
        for pattern, placeholder in self._rules:
            # Escaped, since what stands in its place is words, whatever signs are among them.
            found = pattern.sub(placeholder.replace("\\", r"\\"), found)
        # Text in which nothing was found stays as it was written, to the byte.
        return words if found == clean else found

    def value(self, value: Any) -> Any:
        """The same JSON value with every string in it, and every key, without the passages."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {self.text(str(key)): self.value(one) for key, one in value.items()}
        if isinstance(value, Sequence):
            return [self.value(one) for one in value]
        return value

    def counts(self, value: Any) -> list[int]:
        """How often each passage stands in the value, longest passage first."""
        texts = list(_strings(value))
        return [
            sum(len(pattern.findall(unicodedata.normalize("NFKC", one))) for one in texts)
            for pattern, _placeholder in self._rules
        ]


def _strings(value: Any) -> Iterable[str]:
    """Every string in a JSON value, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield str(key)
            yield from _strings(one)
    elif isinstance(value, Sequence):
        for one in value:
            yield from _strings(one)
