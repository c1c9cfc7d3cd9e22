"""What a set says of itself in words: by what it is for, for pages, the paper and the record."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commissioning.ground.answers import Text
from decisions.criteria.models import CriteriaSet
from decisions.criteria.said import CONDITIONS

For = CriteriaSet.For

# What the process is by law. The five names were read; what else the regulations say was not.
_LAW: Final[dict[str, Text]] = {
    For.HEALTH_COMPETE: gettext_lazy(
        "Providers are invited to offer. The criteria take the five key criteria into account, and "
        "the basic selection criteria are applied (SI 2023/1348 regs 5, 11 and 19: check before "
        "relying on it)."
    ),
    For.HEALTH_SUITABLE: gettext_lazy(
        "Nobody is invited to bid. The authority weighs the providers that it knows of, and those "
        "who come forward after its notice, by the five key criteria and the basic selection "
        "criteria (SI 2023/1348 regs 5, 10 and 19: check before relying on it)."
    ),
    For.HEALTH_EXISTING: gettext_lazy(
        "Nobody else is weighed. With the five key criteria taken into account and the basic "
        "selection criteria applied, the authority has to be satisfied that the existing provider "
        "is satisfying its contract and is likely to satisfy the next to a sufficient standard (SI "
        "2023/1348 regs 5, 9 and 19: check before relying on it)."
    ),
}
_RELATIVE: Final = gettext_lazy(
    "How much each key criterion matters is the authority's own choice for each award, with its "
    "reason; all five are taken into account, those that weigh nothing too (statutory guidance of "
    "NHS England: check before relying on it)."
)
_RECORD: Final = gettext_lazy(
    "Keep a record of how the key criteria were taken into account and the basic selection "
    "criteria applied (SI 2023/1348 reg.24: check before relying on it)."
)
_NAMES: Final[dict[str, Text]] = {
    "suitability": gettext_lazy("Suitability to pursue the activity"),
    "standing": gettext_lazy("Economic and financial standing"),
    "ability": gettext_lazy("Technical and professional ability"),
}
OF_THE_BASICS: Final = gettext_lazy(
    "Met or not met: no marks. Each is in proportion to what is bought (SI 2023/1348 reg.19 and "
    "Schedule 16: check before relying on it)."
)


def law_of(held: CriteriaSet) -> list[str]:
    """What the health regime's process asks of the criteria; nothing for any other kind."""
    said = _LAW.get(held.what_for)
    return [str(said), str(_RELATIVE), str(_RECORD)] if said else []


@dataclass(frozen=True, slots=True)
class Condition:
    """One matter of the basic selection criteria, with what has to be met, a sentence each."""

    title: str
    lines: list[str]


def conditions_of(held: CriteriaSet) -> list[Condition]:
    """The basic selection criteria, matters without any left out."""
    found = [
        Condition(
            str(_NAMES[name]),
            [line.strip() for line in getattr(held, name).splitlines() if line.strip()],
        )
        for name in CONDITIONS
    ]
    return [one for one in found if held.is_health and one.lines]


def burden_of(held: CriteriaSet, low: int, high: int) -> str:
    """How long it takes whoever has to answer."""
    hours = {"low": low, "high": high}
    if held.is_grant:
        return _("Whoever applies will spend about %(low)s to %(high)s hours on this.") % hours
    if held.has_bids:
        return _("Each bidder will spend about %(low)s to %(high)s hours on this.") % hours
    if not high:
        return _("No provider is asked to write anything: the authority gathers what it weighs.")
    if not held.chooses:
        return (
            _("The existing provider will spend about %(low)s to %(high)s hours on this.") % hours
        )
    return _("Each provider will spend about %(low)s to %(high)s hours on this.") % hours


def told_in_the_record(held: CriteriaSet) -> list[tuple[str, str]]:
    """What a record says of criteria beside their table: name and words, nothing that is empty."""
    facts = [
        (_("What they are for"), str(held.get_what_for_display())),
        (_("Why they were written for another open way than the question's own"), held.why_other),
        (_("Why each weighs what it weighs"), held.importance),
        (
            _("How price or value is judged"),
            str(held.get_price_method_display()) if held.has_price else "",
        ),
        (_("What breaks a tie"), held.tie_break if held.chooses else ""),
        *(
            (_("Why “%s” weighs nothing") % one.title, one.why_nothing)
            for one in held.criteria.filter(weight=0)
        ),
    ]
    return [(name, words) for name, words in facts if words]


def judged_named(held: CriteriaSet) -> str:
    """How a record names its section of the criteria."""
    if held.is_grant:
        return _("How applications are judged")
    return _("How bids are judged") if held.has_bids else _("How providers are judged")


def trying_named(held: CriteriaSet) -> str:
    """The page on which the weights are tried out."""
    if held.is_grant:
        return _("Try them on made-up applications")
    return _("Try them on made-up bids") if held.has_bids else _("Try them on made-up providers")


# What the forms say above their fields --------------------------------------------------------


def demands_named(held: CriteriaSet) -> str:
    """The page of prices, ties and demands: only of those that there are."""
    if held.is_grant:
        return _("Ties, and what else you ask for")
    if held.has_bids:
        return _("Price, ties, and what else you ask for")
    return _("Ties, and what you ask for") if held.chooses else _("What you ask for")


def demands_lead(held: CriteriaSet) -> str:
    """What to bear in mind while asking for things."""
    if held.has_bids:
        return _("Whatever you ask of everybody, most will have done for nothing.")
    return _("Nobody is invited to bid. Ask providers for little, and only what you lack.")


def library_lead(held: CriteriaSet) -> str:
    """What becomes of suggestions, and where those of the health regime are from."""
    if held.is_grant:
        return _(
            "Ask what people know of these communities. Never ask where they sit. These are good "
            "practice, the same for everybody who applies; the Procurement Act 2023 is not about "
            "grants."
        )
    if not held.is_health:
        return _("Ask what people know of these communities. Never ask where they sit.")
    return _(
        "Each becomes a part of one of the five key criteria (SI 2023/1348 reg.5 and the statutory "
        "guidance of NHS England; the words are ours: check before relying on them). Never ask "
        "where anybody sits."
    )


def basics_lead() -> str:
    """The two things that the health regime leaves to the authority."""
    return _(
        "No law says how much each key criterion matters: you do, with your reason. Then say what "
        "any provider has to meet. That is met or not met, without marks, and in proportion (SI "
        "2023/1348 reg.19 and Schedule 16: check before relying on it)."
    )


def weights_in_words(held: CriteriaSet) -> str:
    """What each of the five weighs now, a line each."""
    return "\n".join(
        f"{one.title}: {one.weight.normalize():f}%" for one in held.criteria.exclude(key="")
    )
