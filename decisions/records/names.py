"""Whether words that name somebody read like the name of a person whom we know. Pure.

``reads_like("Cllr C. Millrace, in the chair", "Cora Millrace")`` is True: the family name, and
before it the given name, its first letter, a title, or nothing. Another given name is another
person. One slip of the keyboard in a longer name is forgiven.
"""

import re
import unicodedata
from typing import Final

from rapidfuzz import fuzz

TITLES: Final = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "lord", "lady", "prof", "professor"}
    | {"rev", "cllr", "cllrs", "councillor", "councillors", "alderman", "chair", "officer", "and"}
)
LEAST: Final = 5  # letters of a name in which one slip is forgiven
ALIKE: Final = 85


def reads_like(words: str, name: str) -> bool:
    """Whether the words name this person, or somebody whom nobody could tell from them."""
    said, known = _words(words), _words(name)
    if not said or not known:
        return False
    if len(known) == 1:
        return known[0] in said
    given, family = known[0], known[-1]
    return any(_names(said, place, given, family) for place in range(len(said)))


def _names(said: list[str], place: int, given: str, family: str) -> bool:
    """Whether the word at ``place`` is the family name of this person, or their given name."""
    after = said[place + 1] if place + 1 < len(said) else ""
    if _alike(said[place], given):
        # "Cora M.", "Cora Millrace", and "Cora Jane Millrace".
        return after == family[0] or any(_alike(one, family) for one in said[place + 1 : place + 3])
    if not _alike(said[place], family):
        return False
    before = said[place - 1] if place else ""
    # "Millrace, Cora" is the same person.
    return not before or before in TITLES or before == given[0] or _alike(after, given)


def _alike(one: str, other: str) -> bool:
    if min(len(one), len(other)) < LEAST:
        return one == other
    return fuzz.ratio(one, other) >= ALIKE


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"[^\W\d_]+", "".join(one for one in plain if not unicodedata.combining(one)))
