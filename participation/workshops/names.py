"""What may be the names of people in somebody's words. Pure: no Django.

Plain enough to explain to whoever it stops, and it stops nobody: what may name somebody waits until
a facilitator has looked. It is read word by word, and a name is

* a title with the word after it (``Mrs Okafor``; in lower case only where the title is no word);
* a common first name, however its accents are written, with the capitals, and the
  ``ap``, ``al`` and ``van``, that follow it; in lower case where the name is no word as well;
* a capital after what people say of people (``my neighbour``, ``a man called``, ``his name is``;
  two capitals after ``talk to`` and ``ask``), or before ``at number 9``;
* what finds somebody as surely: a telephone number, an e-mail address or a handle, a postcode, the
  number of a house in a street.

It is none where the capitals end as places and bodies do (``Victoria Park``, ``Rowntree Trust``),
after ``St``, and where it is known to be a place or a body of the programme.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from commissioning.ground.first_names import folded, is_first_name

# Words of a name, and characters before and after one that tell whether it is one: with neither
# bound, words that are all in capitals would keep everybody waiting for whoever sent them.
MOST_WORDS: Final = 12
LOOKED_BACK: Final = 80
_LISTS: Final = Path(__file__).parent / "words"
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_TITLES: Final = frozenset(
    (
        *("Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Doctor", "Cllr", "Councillor", "Sister", "Nurse"),
        *("PC", "Sgt", "Prof", "Professor", "Rev", "Imam", "Rabbi", "Father", "Sir", "Lady"),
        *("Lord", "Auntie", "Uncle"),
    )
)
_TITLES_NO_WORDS: Final = frozenset(("mr", "mrs", "ms", "dr", "cllr"))
_PARTICLES: Final = frozenset(
    (
        *("ap", "ab", "ferch", "al", "el", "bin", "ibn", "bint", "van", "von", "der", "den", "de"),
        *("da", "dos", "du"),
    )
)
_SAINTS: Final = frozenset(("st", "saint"))
_KIN: Final = (
    r"neighbours?|friend|landlord|landlady|teacher|boss|husband|wife|partner|mum|mam|dad|son|"
    r"daughter|brother|uncle|aunt|auntie|nan|nain|taid|gran|grandma|grandad|carer|coach|cousin"
)
_AFTER_ONE: Final = re.compile(
    rf"\b(?:(?:my|our|your|his|her|their)\s+(?:{_KIN})|names?\s+(?:is|was)|"
    rf"(?:man|woman|boy|girl|lad|lady|person|guy|bloke|child|kid|somebody|someone|{_KIN})\s+"
    rf"(?:called|named))\s+$",
    re.IGNORECASE,
)
_AFTER_TWO: Final = re.compile(r"\b(?:(?:talk|speak|spoke|listen)\s+to|ask|ring|phone)\s+$", re.I)
_BEFORE: Final = re.compile(r"\s+(?:at|from|in)\s+(?:number|no\.?|flat)\s*\d", re.IGNORECASE)


_FINDS_SOMEBODY: Final = re.compile(
    r"""
      (?<![\w.+\-])[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+               # nan@post.org
    | (?<![\w.])@\w{3,}                                           # @swim_sam
    | (?<![\d.,])(?:\+44[\s\-]?|0)\d(?:[\s\-]?\d){8,9}(?!\d)        # 07700 900123
    | \b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b                        # RV1 2AB
    | \b\d{1,4}[a-z]?,?\s(?:[A-Z][\w'’]+\s){1,3}
      (?:Street|St|Road|Rd|Lane|Avenue|Ave|Close|Drive|Court|Crescent|Terrace|Place|Gardens|
      Grove|Way|Row|Hill|Square|Walk|Mews)\b                        # 14 Mill Lane
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int

    @property
    def plain(self) -> str:
        return folded(re.sub(r"['’]s?$", "", self.text))

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper() and not (len(self.text) > 1 and self.text.isupper())


@cache
def _list(name: str) -> frozenset[str]:
    lines = (_LISTS / name).read_text(encoding="utf-8").splitlines()
    return frozenset(
        folded(word) for line in lines if not line.startswith("#") for word in line.split()
    )


def names_in(text: str, known: Iterable[str] = ()) -> list[str]:
    """What may be the names of people, as they are written there, each once.

    ``known`` are names of places and bodies that are no people (``St Mary's``, ``Lanes School``).

    >>> names_in("Ask Mrs Patel or Sarah Jones about St Mary's school")
    ['Mrs Patel', 'Sarah Jones']
    """
    for name in known:
        text = text.replace(name, " ; ")
    words = [_Word(found.group(), *found.span()) for found in _WORD.finditer(text)]
    found = [
        re.sub(r"['’]s?$", "", text[run[0].start : run[-1].end]) for run in _people(text, words)
    ]
    found += [one.group() for one in _FINDS_SOMEBODY.finditer(text)]
    return list(dict.fromkeys(found))


def _people(text: str, words: list[_Word]) -> Iterator[list[_Word]]:
    at = 0
    while at < len(words):
        run = _run(text, words, at)
        if words[at].plain in _SAINTS and len(run) > 1:
            at += len(run)
        elif found := _named(text, words, at, run):
            yield found
            at += len(found)
        elif run and _is_place(run):
            at += len(run)
        else:
            at += 1


def _run(text: str, words: list[_Word], at: int) -> list[_Word]:
    """The capitals that begin here, one after the other, with the particles between them."""
    if not words[at].is_capital:
        return []
    run = [words[at]]
    for place in range(at + 1, min(len(words), at + MOST_WORDS)):
        word = words[place]
        if not _follows(text, run[-1], word):
            break
        more = word.is_capital or (
            word.text in _PARTICLES
            and place + 1 < len(words)
            and _follows(text, word, words[place + 1])
            and (words[place + 1].is_capital or words[place + 1].text in _PARTICLES)
        )
        if not more:
            break
        run.append(word)
    return run


def _follows(text: str, before: _Word, after: _Word) -> bool:
    """Whether only spaces (or the full stop of ``Dr.``) are between two words."""
    between = text[before.end : after.start]
    stops = before.text in _TITLES or before.plain in _SAINTS
    return "\n" not in between and (between.strip() == "" or (stops and between.strip() == "."))


def _is_place(run: list[_Word]) -> bool:
    return len(run) > 1 and run[-1].plain in _list("places.txt")


def _named(text: str, words: list[_Word], at: int, run: list[_Word]) -> list[_Word]:
    """The words of a name that begins here; none where none does."""
    word = words[at]
    after = words[at + 1] if at + 1 < len(words) else None
    if after and not _follows(text, word, after):
        after = None
    if word.text in _TITLES and after and (called := _called(text, words, at + 1)):
        return [] if _is_place(called) else [word, *called]
    if word.text in _TITLES_NO_WORDS and after and _may_be_surname(after):
        return [word, after]
    if run:
        return _with_capital(text, words, at, run)
    plain_case = word.text.islower() or word.text.isupper()
    if plain_case and _is_first_name(word) and word.plain not in _list("names_and_words.txt"):
        return [word, after] if after and _may_be_surname(after) else [word]
    return []


def _called(text: str, words: list[_Word], at: int) -> list[_Word]:
    """What stands after a title: capitals, or ``van der`` and capitals."""
    first = at
    while first + 1 < len(words) and words[first].text in _PARTICLES:
        first += 1
    run = _run(text, words, first)
    return [*words[at:first], *run] if run else []


def _with_capital(text: str, words: list[_Word], at: int, run: list[_Word]) -> list[_Word]:
    if _is_place(run):
        return []
    if _is_first_name(run[0]):
        return run
    if any(_is_ordinary(word) for word in run):
        return []
    before = text[max(0, run[0].start - LOOKED_BACK) : run[0].start]
    after = text[run[-1].end : run[-1].end + LOOKED_BACK]
    is_said = _AFTER_ONE.search(before) or (len(run) > 1 and _AFTER_TWO.search(before))
    lives = at > 0 and _BEFORE.match(after) and not re.search(r"[.!?\n]\s*$", before)
    return run if is_said or lives else []


def _is_first_name(word: _Word) -> bool:
    """Also of two: Jean-Pierre; also the short form that people call somebody by."""
    return is_first_name(word.plain) or word.plain in _list("short_names.txt")


def _is_ordinary(word: _Word) -> bool:
    return any(word.plain in _list(name) for name in ("capitals.txt", "places.txt", "common.txt"))


def _may_be_surname(word: _Word) -> bool:
    """In lower case, after a first name or a title: longer than a little word, and not common."""
    return len(word.text) > 3 and not _is_ordinary(word) and word.plain not in _list("verbs.txt")
