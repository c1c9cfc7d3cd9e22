"""Which organisation a payee is: by the same name, by the same name spelt otherwise, by a person.

The first two are done as sets in SQL, only where exactly one organisation of the place has that
name; how it was done stands with the match, and a person can take it away. Anything less certain
is a suggestion that waits.
"""

from collections import Counter
from typing import Any, Final
from uuid import UUID

import numpy as np
from django.db import connection
from django.db.models import Q
from rapidfuzz import fuzz, process

from places.directory.models import Organisation
from places.spending.models import Payee, Suggestion
from places.spending.models.payees import How
from places.spending.names import match_key

# Below this the names share too little to be worth a person's look (rapidfuzz, 0 to 100).
ALIKE: Final = 84
PAYEES_AT_ONCE: Final = 500
KIND_OF: Final = {
    Organisation.Kind.COUNCIL: Payee.Kind.PUBLIC,
    Organisation.Kind.HEALTH: Payee.Kind.PUBLIC,
    Organisation.Kind.CHARITY: Payee.Kind.VCSE,
    Organisation.Kind.SOCIAL_ENTERPRISE: Payee.Kind.VCSE,
    Organisation.Kind.COMMUNITY_GROUP: Payee.Kind.VCSE,
    Organisation.Kind.INTERMEDIARY: Payee.Kind.VCSE,
    Organisation.Kind.BUSINESS: Payee.Kind.BUSINESS,
}

_MATCH = """
    UPDATE spending_payee AS payee
    SET organisation_id = known.id, how = %(how)s,
        kind = CASE WHEN payee.kind_is_said OR known.kind = '' THEN payee.kind ELSE known.kind END,
        is_local = CASE WHEN payee.local_is_said OR NOT known.local THEN payee.is_local
                   ELSE true END
    FROM unnest(%(ids)s::uuid[], %(names)s::text[], %(kinds)s::text[], %(local)s::bool[])
        AS known (id, name, kind, local)
    WHERE payee.place_id = %(place)s AND payee.organisation_id IS NULL
      AND NOT payee.leave_unmatched AND payee.kind NOT IN ('redacted', 'person')
      AND {column} = known.name
"""
_EXACT = _MATCH.format(column="lower(payee.name)")
_NORMALISED = _MATCH.format(column="payee.match_key")


def nearby(place: UUID) -> list[Organisation]:
    """The organisations a payee may be: of this place, or of no place in particular."""
    return list(
        Organisation.objects.filter(Q(place=place) | Q(place=None)).only("name", "kind", "place")
    )


def match_names(place: UUID) -> dict[str, int]:
    """Match what can be matched for certain; say how many by which way."""
    organisations = nearby(place)
    by_name = _only_ones([(one.name.lower(), one) for one in organisations])
    by_key = _only_ones([(match_key(one.name), one) for one in organisations])
    with connection.cursor() as cursor:
        found = {}
        for how, statement, known in (
            (How.EXACT, _EXACT, by_name),
            (How.NORMALISED, _NORMALISED, by_key),
        ):
            cursor.execute(statement, _known(place, how, known))
            found[how.value] = cursor.rowcount
    return found


def _only_ones(named: list[tuple[str, Organisation]]) -> dict[str, Organisation]:
    """Those names that one organisation alone has: of two with the same name, neither is chosen."""
    counted = Counter(name for name, _one in named)
    return {name: one for name, one in named if counted[name] == 1}


def _known(place: UUID, how: How, known: dict[str, Organisation]) -> dict[str, Any]:
    return {
        "place": place,
        "how": how.value,
        "ids": [one.pk for one in known.values()],
        "names": list(known),
        "kinds": [str(KIND_OF.get(Organisation.Kind(one.kind), "")) for one in known.values()],
        "local": [one.place_id == place for one in known.values()],
    }


_SUGGEST = """
    INSERT INTO spending_suggestion (id, payee_id, organisation_id, score, state)
    SELECT gen_random_uuid(), payee, organisation, score, %(waiting)s
    FROM unnest(%(payees)s::uuid[], %(organisations)s::uuid[], %(scores)s::int[])
        AS new (payee, organisation, score)
    ON CONFLICT (payee_id, organisation_id) DO NOTHING
"""


def suggest(place: UUID) -> int:
    """Note, for each payee without an organisation, the likest one: for a person to decide.

    One that was refused stays refused. Returns how many are new.
    """
    organisations = nearby(place)
    waiting = list(
        Payee.objects.filter(place=place, organisation=None)
        .exclude(kind__in=(Payee.Kind.REDACTED, Payee.Kind.PERSON))
        .values_list("pk", "match_key")
    )
    if not organisations or not waiting:
        return 0
    keys = [_in_order(match_key(one.name)) for one in organisations]
    made = 0
    for start in range(0, len(waiting), PAYEES_AT_ONCE):
        some = waiting[start : start + PAYEES_AT_ONCE]
        # Words in order once, not for each pair: then this is rapidfuzz's token_sort_ratio.
        names = [_in_order(key) for _pk, key in some]
        scores = process.cdist(names, keys, scorer=fuzz.ratio, score_cutoff=ALIKE, dtype=np.uint8)
        best = np.argmax(scores, axis=1)
        likest = scores[np.arange(len(some)), best]
        found = np.flatnonzero(likest)
        made += _note(
            {
                "payees": [some[row][0] for row in found],
                "organisations": [organisations[best[row]].pk for row in found],
                "scores": [int(likest[row]) for row in found],
            }
        )
    return made


def _in_order(key: str) -> str:
    return " ".join(sorted(key.split()))


def _note(new: dict[str, Any]) -> int:
    """Write suggestions as a set; how many of them were not there."""
    if not new["payees"]:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_SUGGEST, new | {"waiting": Suggestion.State.WAITING.value})
        made: int = cursor.rowcount
    return made
