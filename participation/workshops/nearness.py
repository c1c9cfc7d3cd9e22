"""Shown words that are much like those that somebody types: a hint, never a hindrance."""

from typing import Final

from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from participation.workshops.models import Activity, Participant

SHORTEST: Final = 8
LIKE_ENOUGH: Final = 72
MOST: Final = 3


def nearest(activity: Activity, text: str, *, but: Participant) -> list[str]:
    """At most three of others' shown contributions, the most alike first.

    Alike is the higher of two measures from 0 to 100 (rapidfuzz): the words whatever their order,
    and the letters as they stand.
    """
    text = text.strip()[:500]
    if len(text) < SHORTEST:
        return []
    shown = activity.contributions.shown().exclude(participant=but)
    others = list(dict.fromkeys(shown.values_list("text", flat=True)[:1000]))
    found = process.extract(
        text,
        others,
        scorer=_alike,
        processor=default_process,
        limit=MOST,
        score_cutoff=LIKE_ENOUGH,
    )
    return [match[0] for match in found]


def _alike(one: str, other: str, **_: object) -> float:
    return max(fuzz.token_sort_ratio(one, other), fuzz.ratio(one, other))
