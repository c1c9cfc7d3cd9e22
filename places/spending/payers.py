"""Which organisation a payer is: one council stands in its files under several names.

There are few payers, so what is likely is worked out when somebody looks, and only what a person
said is kept. Names alike: the same words once those that councils share are left out, or nearly the
same letters.
"""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from rapidfuzz import fuzz

from places.directory.models import Organisation
from places.spending.matching import ALIKE, nearby
from places.spending.models import Payer
from places.spending.names import match_key, payee_key

# What one body's name has in one file and lacks in another.
_SHARED: Final = frozenset(
    (
        *("bc", "borough", "cbc", "cc", "city", "council", "county", "dc", "district", "lb", "lbc"),
        *("london", "mbc", "metropolitan", "of", "rb", "royal", "the", "unitary", "authority"),
    )
)


def core(name: str) -> str:
    """The words that tell one body from others; all of them where nothing else is left.

    >>> core("London Borough of Weirside"), core("Weirside Council"), core("City of London")
    ('weirside', 'weirside', 'city of london')
    """
    key = match_key(name)
    kept = [word for word in key.split() if word not in _SHARED]
    return " ".join(kept) or key


def alike(one: str, other: str) -> bool:
    """Whether two names may well be one body's: somebody should look."""
    if core(one) == core(other):
        return True
    return fuzz.token_sort_ratio(match_key(one), match_key(other)) >= ALIKE


@dataclass(frozen=True, slots=True)
class Perhaps:
    """A payer that has no organisation yet, and which ones it may be."""

    payer: Payer
    organisations: list[Organisation]


def suggestions(place: UUID) -> list[Perhaps]:
    """The payers that may be organisations of the directory, or of no place. Two queries."""
    waiting = list(Payer.objects.filter(place=place, organisation=None, leave_unmatched=False))
    if not waiting:
        return []
    organisations = nearby(place)
    found = [
        Perhaps(payer, [one for one in organisations if alike(payer.name, one.name)])
        for payer in waiting
    ]
    return [one for one in found if one.organisations]


def match_same_names(place: UUID) -> int:
    """Match payers that have the very name of one organisation alone. How many."""
    waiting = list(Payer.objects.filter(place=place, organisation=None, leave_unmatched=False))
    if not waiting:
        return 0
    organisations = nearby(place)
    matched = []
    for payer in waiting:
        for how, key in ((Payer.How.EXACT, str.lower), (Payer.How.NORMALISED, payee_key)):
            same = [one for one in organisations if key(one.name) == key(payer.name)]
            if len(same) == 1:
                payer.organisation, payer.how = same[0], how
                matched.append(payer)
                break
    Payer.objects.bulk_update(matched, ["organisation", "how"])
    return len(matched)
