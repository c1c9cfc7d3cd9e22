"""The criteria as a release of the Open Contracting Data Standard, version 1.1.

``tender.awardCriteria`` and ``awardCriteriaDetails`` are the standard's own; the weights stand once
more, one by one, where the extension "award criteria breakdown" puts them: in the single lot.
"""

from typing import Any, Final

from decisions.criteria.models import CriteriaSet
from decisions.criteria.reading import Reading

# Whoever publishes contracts has a prefix of their own from the standard; a draft has none yet.
NO_PREFIX: Final = "ocds-unregistered"
EXTENSIONS: Final = (
    "https://raw.githubusercontent.com/open-contracting-extensions/ocds_lots_extension/v1.1.5/extension.json",
    "https://raw.githubusercontent.com/open-contracting-extensions/ocds_awardCriteriaBreakdown_extension/master/extension.json",
)


def release_package(held: CriteriaSet, address: str) -> dict[str, Any]:
    """A package with one release; ``address`` is where it is published."""
    assert held.finalised_at is not None
    date = held.finalised_at.isoformat(timespec="seconds")
    return {
        "uri": address,
        "version": "1.1",
        "extensions": list(EXTENSIONS),
        "publishedDate": date,
        "publisher": {"name": held.question.who_buys.name},
        "releases": [release(held, date)],
    }


def release(held: CriteriaSet, date: str) -> dict[str, Any]:
    """The release: whoever buys, and the tender with its criteria."""
    question, buyer = held.question, held.question.who_buys
    party = {"id": str(buyer.pk), "name": buyer.name}
    return {
        "ocid": f"{NO_PREFIX}-{question.pk}",
        "id": f"{question.pk}-criteria-{held.version}",
        "date": date,
        "tag": ["tender"] if held.version == 1 else ["tenderUpdate"],
        "initiationType": "tender",
        "language": "en",
        "parties": [{**party, "roles": ["buyer"]}],
        "buyer": party,
        "tender": _tender(held),
    }


def _tender(held: CriteriaSet) -> dict[str, Any]:
    reading = Reading(held)
    return {
        "id": str(held.question_id),
        "title": held.question.title,
        "description": held.question.what,
        "status": "planning",
        "mainProcurementCategory": "services",
        "awardCriteria": _code(reading),
        "awardCriteriaDetails": details(reading),
        "lots": [
            {
                "id": "1",
                "title": held.question.title,
                "awardCriteria": {
                    "description": str(held.get_price_method_display()),
                    "criteria": [_criterion(one) for one in reading.leaves],
                },
            }
        ],
    }


def _code(reading: Reading) -> str:
    """A code of the awardCriteria codelist."""
    prices = [one.is_price for one in reading.leaves]
    if all(prices):
        return "priceOnly"
    return "ratedCriteria" if any(prices) else "qualityOnly"


def _criterion(one: Any) -> dict[str, Any]:
    return {
        "type": "price" if one.is_price else "quality",
        "name": one.title,
        "description": f"{one.asks}\n\n{one.judged}".strip(),
        "numbers": [{"number": float(one.weight), "weight": "percentageExact"}],
    }


def details(reading: Reading) -> str:
    """The whole in words, for those who read no extension."""
    lines = []
    for one in reading.leaves:
        least = f" Least score: {one.minimum}." if one.minimum else ""
        lines.append(f"{one.title} ({one.weight.normalize():f}%). {one.judged}{least}")
    scale = "; ".join(f"{score}: {words}" for score, words in sorted(reading.scale.items()))
    method = str(reading.held.get_price_method_display())
    return "\n".join([*lines, f"Scores: {scale}.", f"Price: {method}.", reading.held.tie_break])
