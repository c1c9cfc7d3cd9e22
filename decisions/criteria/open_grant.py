"""The criteria of a grant as data. A grant is no purchase, so it is no release of the Open
Contracting Data Standard: that has a buyer and what it buys. Its own plain names stand here.
"""

from typing import Any

from decisions.criteria.models import CriteriaSet, Criterion
from decisions.criteria.reading import Reading


def grant_file(held: CriteriaSet, address: str) -> dict[str, Any]:
    """The final criteria in one object; weights are out of 100; ``address``: where it stands."""
    assert held.finalised_at is not None
    reading, question = Reading(held), held.question
    return {
        "uri": address,
        "publishedDate": held.finalised_at.isoformat(timespec="seconds"),
        "language": "en",
        "funder": {"id": str(question.who_buys.pk), "name": question.who_buys.name},
        "question": {
            "id": str(question.pk),
            "title": question.title,
            "description": question.what,
        },
        "kind": str(held.get_what_for_display()),
        "version": held.version,
        "criteria": [_criterion(name, one) for name, one in reading.named],
        "scores": [
            {"score": score, "means": words} for score, words in sorted(reading.scale.items())
        ],
        "tieBreak": held.tie_break,
    }


def _criterion(name: str, one: Criterion) -> dict[str, Any]:
    return {
        "name": name,
        "asks": one.asks,
        "judged": one.judged,
        "weight": float(one.weight),
        "leastScore": one.minimum,
        "mostWords": one.words or None,
    }
