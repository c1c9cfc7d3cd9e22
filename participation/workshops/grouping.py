"""Suggested groups of short texts: plain TF-IDF and average-link clustering. Pure: NumPy only.

What is said in a room is short and alike in a few words, so nothing cleverer is called for, and
people can be told how it was done: *texts that share uncommon words are put together*.

* Terms: words of three letters or more in lower case, without common words, with plain English
  endings taken off (a much reduced Porter stemmer, Porter 1980), counted once a text.
* Weight of a term: ``ln((1 + n) / (1 + df)) + 1`` (smoothed inverse document frequency, as in
  scikit-learn's ``TfidfTransformer``); each text's vector has length 1.
* Likeness: the cosine of two vectors, from 0 (no term in common) to 1.
* A group's name is a part of one of its texts, short, and rich in the terms that they share; where
  no part is short enough, the two words that mark the group most.
* Groups: begin with each text alone; again and again join the two groups whose texts are on average
  most alike (UPGMA, Sokal and Michener 1958), until none are alike enough. Groups of one are left
  ungrouped.

The same texts give the same groups in whatever order they came: they are sorted first, and ties go
to the first in that order.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

ALIKE_ENOUGH: Final = 0.13
MOST_GROUPS: Final = 12
MOST_TEXTS: Final = 600
_ENDINGS: Final = (
    "nesses", "ments", "ingly", "ness", "ment", "ings", "edly", "ies", "ing", "ers", "est", "ed",
    "er", "es", "ly", "s", "y",
)  # fmt: skip
# A name is read from the back of a hall: so many characters at most, and so many words at least.
LONGEST_TITLE: Final = 48
SHORTEST_TITLE: Final = 3
_ENDS: Final = " .,;:!?–—-"
_STOPS: Final = re.compile(r"[.,;:!?–—]|\s-\s")
_TURNS: Final = re.compile(
    r"\s(?:that|which|who|whose|so|because|when|where|while|until|if|unless|than|and|but|or|as|"
    r"without|instead|rather)\s",
    re.IGNORECASE,
)
_COMMON_FILE: Final = Path(__file__).parent / "words" / "common.txt"
_COMMON: Final = frozenset(
    word
    for line in _COMMON_FILE.read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)


@dataclass(frozen=True, slots=True)
class Group:
    """Which texts belong together (by their place in what was given), and a name for them."""

    members: tuple[int, ...]
    title: str


def terms_of(text: str) -> list[str]:
    """The terms of a text, each once.

    >>> terms_of("More benches, and a Bench in the sun")
    ['bench', 'sun']
    """
    return list(dict.fromkeys(_stem(word) for word in _words(text)))


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).lower().replace("’", "'")
    found = re.findall(r"[^\W\d_]{2,}", re.sub(r"'\w{1,2}\b", "", plain))
    return [word for word in found if len(word) > 2 and word not in _COMMON]


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            return word[: -len(ending)]
    return word


def vectors(texts: Sequence[str]) -> NDArray[np.float64]:
    """One row a text, one column a term that at least two texts have; rows of length 1 or 0."""
    found = [terms_of(text) for text in texts]
    counts = Counter(term for terms in found for term in terms)
    columns = {term: at for at, term in enumerate(sorted(t for t, n in counts.items() if n > 1))}
    matrix = np.zeros((len(texts), len(columns)))
    for row, terms in enumerate(found):
        for term in terms:
            if term in columns:
                weight = np.log((1 + len(texts)) / (1 + counts[term])) + 1
                matrix[row, columns[term]] = weight
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    unit: NDArray[np.float64] = np.divide(
        matrix, lengths, out=np.zeros_like(matrix), where=lengths > 0
    )
    return unit


def suggest(texts: Sequence[str], *, most: int = MOST_GROUPS) -> list[Group]:
    """At most ``most`` groups of two texts or more, the largest first."""
    order = sorted(range(len(texts)), key=lambda place: (texts[place].casefold(), texts[place]))
    order = order[:MOST_TEXTS]
    ordered = [texts[place] for place in order]
    clusters = [cluster for cluster in _join(vectors(ordered)) if len(cluster) > 1]
    clusters.sort(key=lambda cluster: (-len(cluster), cluster))
    return [
        Group(
            tuple(sorted(order[at] for at in cluster)),
            title_of([ordered[at] for at in cluster], ordered),
        )
        for cluster in clusters[:most]
    ]


def _join(matrix: NDArray[np.float64]) -> list[list[int]]:
    """Average-link clusters of the rows, until none are alike enough."""
    number = len(matrix)
    clusters: list[list[int]] = [[at] for at in range(number)]
    if number < 2 or not matrix.size:
        return clusters
    alike = matrix @ matrix.T
    np.fill_diagonal(alike, -1.0)
    sizes = np.ones(number)
    while True:
        # argmax takes the first of equals: the sorted order decides.
        one, other = divmod(int(np.argmax(alike)), number)
        if alike[one, other] < ALIKE_ENOUGH:
            return [sorted(cluster) for cluster in clusters if cluster]
        one, other = min(one, other), max(one, other)
        joined = sizes[one] * alike[one] + sizes[other] * alike[other]
        alike[one] = alike[:, one] = joined / (sizes[one] + sizes[other])
        alike[other] = alike[:, other] = -1.0
        alike[one, one] = -1.0
        # Rows that were joined into others before stay out.
        gone = [at for at, cluster in enumerate(clusters) if not cluster]
        alike[one, gone] = alike[gone, one] = -1.0
        sizes[one] += sizes[other]
        clusters[one], clusters[other] = clusters[one] + clusters[other], []


def title_of(texts: Sequence[str], everything: Sequence[str]) -> str:
    """The group's name: the part of a text, short enough, that says most of what they share.

    A text is cut at its first stop, and where that is too long before a word that turns to
    something else. Where no part is short enough, the two words that mark these texts most.
    """
    here = Counter(term for text in texts for term in terms_of(text))
    all_over = Counter(term for text in everything for term in terms_of(text))
    weight = {term: number * number / all_over[term] for term, number in here.items()}
    shared = {term: worth for term, worth in weight.items() if here[term] > 1 or len(texts) < 2}
    parts = {part for text in texts for part in _parts(text)}
    best = min(parts, key=lambda part: (-_says(part, shared), len(part), part), default="")
    if best and _says(best, shared) > 0:
        return best[0].upper() + best[1:]
    return _marking_words(texts, weight)


def _parts(text: str) -> Iterator[str]:
    """Parts of a text from its beginning that can stand alone and are short enough for a name."""
    whole = " ".join(text.split()).strip(_ENDS)
    first = _STOPS.search(whole)
    ends = [len(whole), *([first.start()] if first else [])]
    if len(whole) > LONGEST_TITLE:
        ends.extend(found.start() for found in _TURNS.finditer(whole))
    for end in ends:
        part = whole[:end].strip(_ENDS)
        if len(part) <= LONGEST_TITLE and len(part.split()) >= SHORTEST_TITLE:
            yield part


def _says(part: str, shared: Mapping[str, float]) -> float:
    """How much of what a group shares a part says, for its length."""
    worth = sum(shared.get(term, 0.0) for term in terms_of(part))
    return worth / (4 + len(part.split()))


def _marking_words(texts: Sequence[str], weight: Mapping[str, float]) -> str:
    """Two words, each as it is mostly spoken: shared here, uncommon elsewhere."""
    spoken: dict[str, Counter[str]] = {}
    for text in texts:
        for word in _words(text):
            spoken.setdefault(_stem(word), Counter())[word] += 1
    ranked = sorted(weight, key=lambda term: (-weight[term], term))
    told = [min(spoken[term].items(), key=lambda item: (-item[1], item[0]))[0] for term in ranked]
    return ", ".join(told[:2]).capitalize()
