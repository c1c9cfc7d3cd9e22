"""Which duties bind whatever is bought or given here: of those nobody says that they do not apply.

As known on the day that :mod:`decisions.records.duties` names. What binds is worked out from who
decides, from the law that the chosen route is under, and from the answers of the walk.
"""

from collections.abc import Callable
from typing import Final

from django.utils.translation import gettext as _

from decisions.records.concerned import WITH_LOTS, binds_as_principal_council, duties_of
from decisions.records.models import Decision, DutyAnswer
from decisions.records.route_plans import way_of
from decisions.records.sections.walk import answer_in_walk, regime_of_decision, rests_on
from decisions.records.talks import DUTY as TALKS
from decisions.records.talks import took_part
from decisions.trees.regime import Regime, holds_in

KEY_CRITERIA: Final = "key_criteria"
# Statutory guidance may be departed from, for a reason; what an Act asks for may not.
MAY_DEPART: Final = frozenset({"best_value"})
_OF_SERVICES: Final = frozenset({"light_touch", "services"})


def _equality(_decision: Decision, _regime: Regime) -> str:
    return _(
        "It always binds: a public body has due regard to equality in whatever it does (Equality "
        "Act 2010, section 149)."
    )


def _conflicts(_decision: Decision, regime: Regime) -> str:
    laws = {
        Regime.ABOVE: _("Procurement Act 2023, sections 81 to 83"),
        Regime.HEALTH: "SI 2023/1348",
    }
    law = laws.get(regime) or _("the code of conduct of those who decide")
    return _("It always binds: interests are looked for in every decision (%s).") % law


def _best_value(decision: Decision, _regime: Regime) -> str:
    if not binds_as_principal_council(decision):
        return ""
    return _(
        "It always binds this council (Local Government Act 1999, section 3); the three months' "
        "notice is guidance, which may be departed from for a reason. Where nothing is cut or "
        "ended, say that."
    )


def _social_value(decision: Decision, regime: Regime) -> str:
    if regime == Regime.HEALTH:
        return _("It binds here: social value is one of the key criteria of SI 2023/1348.")
    if regime == Regime.ABOVE and answer_in_walk(decision, "contract_type") in _OF_SERVICES:
        return _(
            "It binds here: by the walk these are services at or above the threshold (Public "
            "Services (Social Value) Act 2012, section 1)."
        )
    walk = rests_on(decision.question)
    if regime == Regime.BELOW and walk is not None and holds_in(walk, "social_value_light_touch"):
        return _(
            "It binds here: by the walk these are light-touch services of a value that is below "
            "their threshold, and that the Public Services (Social Value) Act 2012 reaches "
            "(section 1(16) and (17))."
        )
    return ""


def _key_criteria(decision: Decision, regime: Regime) -> str:
    if regime != Regime.HEALTH or only_the_process(decision):
        return ""
    return _("It binds here: the route is under the provider selection regime (SI 2023/1348).")


def _small_suppliers(decision: Decision, regime: Regime) -> str:
    if regime == Regime.ABOVE:
        return _(
            "It binds here: by the walk this is a purchase at or above the threshold (Procurement "
            "Act 2023, section 12)."
        )
    # A school's contract is none that section 84 regulates.
    if regime == Regime.BELOW and answer_in_walk(decision, "buyer") != "school":
        return _(
            "It binds here: by the walk this is a purchase below the threshold (Procurement Act "
            "2023, section 86)."
        )
    return ""


def _lots(decision: Decision, regime: Regime) -> str:
    # What is bought through a framework that is there already needs no tender notice.
    if regime != Regime.ABOVE or decision.route not in WITH_LOTS - {"framework"}:
        return ""
    return _(
        "It binds here: by the walk this is a purchase at or above the threshold (Procurement Act "
        "2023, section 18). It can be done until the tender notice."
    )


def _grant_power(_decision: Decision, regime: Regime) -> str:
    return _("It binds here: nothing is given without a power.") if regime == Regime.GRANT else ""


def _early_talks(decision: Decision, regime: Regime) -> str:
    if regime != Regime.ABOVE or not took_part(decision.question):
        return ""
    return _(
        "It binds here: by the walk possible providers took part, and the purchase is at or above "
        "the threshold (Procurement Act 2023, sections 16 and 17)."
    )


_BINDING: Final[dict[str, Callable[[Decision, Regime], str]]] = {
    "equality": _equality,
    "conflicts": _conflicts,
    "best_value": _best_value,
    "social_value": _social_value,
    KEY_CRITERIA: _key_criteria,
    "lots": _lots,
    "small_suppliers": _small_suppliers,
    "grant_power": _grant_power,
    TALKS: _early_talks,
}


def only_the_process(decision: Decision) -> bool:
    """Whether only the way of choosing is decided, and no provider has been judged yet."""
    way = way_of(decision)
    return way is not None and not way.decides_who


def standing_in_words(decision: Decision, key: str, standing: str) -> str:
    """What is said of a duty; of the five key criteria, that they are due later where they are."""
    later = key == KEY_CRITERIA and standing == DutyAnswer.Standing.NOT_APPLY
    if later and only_the_process(decision):
        return _("Not yet: due when the provider is chosen")
    if key == "vat" and standing == DutyAnswer.Standing.MET:
        # A tax is accounted for; it is no duty of the decision that can be met.
        return _("Answered")
    return str(DutyAnswer.Standing(standing).label)


def still_to_do(decision: Decision) -> list[str]:
    """Each duty that is not met yet, with what is to be done, by whom and by when."""
    left = {
        one.key: one.words
        for one in decision.duties.all()
        if one.standing == DutyAnswer.Standing.TO_DO
    }
    return [f"{one.title}: {left[one.key]}" for one in duties_of(decision) if one.key in left]


def why_it_binds(decision: Decision, key: str, regime: Regime | None = None) -> str:
    """Why a duty cannot be said not to apply here, with the law; "" where it can."""
    if key not in _BINDING:
        return ""
    return _BINDING[key](decision, regime or regime_of_decision(decision))


def is_denied(key: str, standing: str) -> bool:
    """Whether a duty that binds cannot be answered so: only guidance can be departed from."""
    departed = standing == DutyAnswer.Standing.DEPARTED and key not in MAY_DEPART
    return departed or standing == DutyAnswer.Standing.NOT_APPLY


def denied(decision: Decision, titles: dict[str, str]) -> list[str]:
    """Of the duties by title, those that bind here and are said not to apply, or were departed from
    though nothing allows that; each with the law."""
    left = [one for one in decision.duties.all() if is_denied(one.key, one.standing)]
    if not left:
        return []
    regime = regime_of_decision(decision)
    return [
        f"{titles[one.key]}: {why}"
        for one in left
        if one.key in titles and (why := why_it_binds(decision, one.key, regime))
    ]
