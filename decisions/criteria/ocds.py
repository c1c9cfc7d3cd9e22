"""The criteria as a release of the Open Contracting Data Standard, version 1.1.

``tender.awardCriteria`` and ``awardCriteriaDetails`` are the standard's own; the weights stand once
more, one by one, where the extension "award criteria breakdown" puts them: in the single lot.
"""

from typing import Any, Final

from decisions.criteria.models import CriteriaSet, Criterion
from decisions.criteria.reading import Reading

# Whoever publishes contracts has a prefix of their own from the standard; a draft has none yet.
NO_PREFIX: Final = "ocds-unregistered"
EXTENSIONS: Final = (
    "https://raw.githubusercontent.com/open-contracting-extensions/ocds_lots_extension/v1.1.5/extension.json",
    "https://raw.githubusercontent.com/open-contracting-extensions/ocds_awardCriteriaBreakdown_extension/master/extension.json",
)

_LEGAL_BASIS: Final = "https://raw.githubusercontent.com/open-contracting-extensions/ocds_legalBasis_extension/master/extension.json"
# The provider selection regime, as United Kingdom statutory instruments are named.
_REGIME: Final = {"scheme": "UKSI", "id": "2023/1348"}
# How the standard's codelist names a process in which nobody is invited to bid.
_METHODS: Final = {
    CriteriaSet.For.HEALTH_SUITABLE: "limited",
    CriteriaSet.For.HEALTH_EXISTING: "direct",
}


def release_package(held: CriteriaSet, address: str) -> dict[str, Any]:
    """A package with one release; ``address`` is where it is published."""
    assert held.finalised_at is not None
    date = held.finalised_at.isoformat(timespec="seconds")
    return {
        "uri": address,
        "version": "1.1",
        "extensions": [*EXTENSIONS, *([_LEGAL_BASIS] if held.is_health else [])],
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
    words = str(held.get_price_method_display() if held.has_price else held.get_what_for_display())
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
                    "description": words,
                    "criteria": [_criterion(name, one) for name, one in reading.named],
                },
            }
        ],
        # The standard knows purchases alone: that this is none is said in its own words.
        **({"procurementMethodDetails": str(held.get_what_for_display())} if held.is_grant else {}),
        **_of_the_health_regime(reading),
    }


def _of_the_health_regime(reading: Reading) -> dict[str, Any]:
    """Its law, its process, and what is met or not met: the standard's own words for them."""
    held = reading.held
    if not held.is_health:
        return {}
    method = _METHODS.get(CriteriaSet.For(held.what_for))
    met = [f"{one.title}: {' '.join(one.lines)}" for one in reading.conditions]
    return {
        "legalBasis": dict(_REGIME),
        "procurementMethodDetails": str(held.get_what_for_display()),
        "eligibilityCriteria": "\n".join(met),
        **({"procurementMethod": method} if method else {}),
    }


def _code(reading: Reading) -> str:
    """A code of the awardCriteria codelist."""
    prices = [one.is_price for one in reading.leaves]
    if all(prices):
        return "priceOnly"
    return "ratedCriteria" if any(prices) else "qualityOnly"


def _criterion(name: str, one: Criterion) -> dict[str, Any]:
    return {
        "type": "price" if one.is_price else "quality",
        "name": name,
        "description": f"{one.asks}\n\n{one.judged}".strip(),
        "numbers": [{"number": float(one.weight), "weight": "percentageExact"}],
    }


def details(reading: Reading) -> str:
    """The whole in words, for those who read no extension."""
    held, lines = reading.held, [reading.held.importance] if reading.held.importance else []
    for name, one in reading.named:
        least = f" Least score: {one.minimum}." if one.minimum else ""
        lines.append(f"{name} ({one.weight.normalize():f}%). {one.judged}{least}")
        if one.why_nothing:
            lines.append(f"Why it weighs nothing: {one.why_nothing}")
    scale = "; ".join(f"{score}: {words}" for score, words in sorted(reading.scale.items()))
    lines.append(f"Scores: {scale}.")
    if held.has_price:
        lines.append(f"Price: {held.get_price_method_display()}.")
    if held.chooses:
        lines.append(held.tie_break)
    return "\n".join(lines)
