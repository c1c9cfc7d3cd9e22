"""How a duty was met, or why it does not apply, where the walk, the question or the declarations
already say so: filled in with where it is known from, for whoever drafts to read and confirm.

Nothing is suggested where a judgement is asked for (equality, social value), or where what is known
is not enough. What was confirmed and is said otherwise now is told before it is recommended.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from decisions.criteria.models import CriteriaSet
from decisions.questions.conflicts import Stake, stakes
from decisions.questions.level_field import entries_of
from decisions.questions.models import Vat
from decisions.records.binding import only_the_process
from decisions.records.concerned import duties_of
from decisions.records.duties import NO_SERVICES
from decisions.records.models import Decision, DutyAnswer
from decisions.records.sections.walk import chosen, regime_of_decision, rests_on
from decisions.records.small_assistance import SMALL_BASES, within_only_if
from decisions.records.worked import ask_them, undeclared
from decisions.trees.regime import Regime
from decisions.trees.without import without_in_words

MET: Final = DutyAnswer.Standing.MET.value
NOT_APPLY: Final = DutyAnswer.Standing.NOT_APPLY.value
TO_DO: Final = DutyAnswer.Standing.TO_DO.value
# Each suggestion begins with where it is known from; by that it is known again.
SOURCES: Final = (
    "From the walk: ",
    "From the question: ",
    "From the declarations: ",
    "From the criteria: ",
)
OF_THE_OTHERS: Final = gettext_lazy(
    "; of the others it is known from what they declared for the programme as a whole, or by the "
    "organisation that they belong to."
)
# Answers by which it is open whether the money gives or buys.
PAYS_FOR_OPEN: Final = frozenset({"", "not_sure", "could_be_either"})
LOTS: Final = "lots"  # the form of a route
# In a competition the price is the market's.
COMPETITIONS: Final = frozenset(
    {
        "below_threshold_competition",
        "below_threshold_reserved_vcse",
        "below_threshold_reserved_area",
        "light_touch_competition",
        "open_competition",
        "framework",
    }
)


@dataclass
class _Case:
    """What is known of a decision: the answers of its walk, its regime and its chosen route."""

    decision: Decision
    steps: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        found = rests_on(self.decision.question)
        path = (found.result or {}).get("path", []) if found else []
        self.steps = {step["question"]: step for step in path}
        self.regime = regime_of_decision(self.decision)
        self.route = str(chosen(self.decision).get("title", ""))

    def says(self, key: str) -> str:
        """The walk's answer to a question; "" where it was not asked."""
        return str(self.steps.get(key, {}).get("answer", ""))

    def quote(self, key: str) -> str:
        """The question and its answer, in their own words."""
        step = self.steps[key]
        return _("“%(text)s” was answered “%(said)s”.") % step


Suggestion = tuple[str, str]


def suggested_duties(decision: Decision) -> dict[str, Suggestion]:
    """By duty: its standing ("" where somebody must judge) and its words.

    None before a walk was locked and a route chosen.
    """
    case = _Case(decision)
    if not case.steps or not decision.route:
        return {}
    asked = {duty.key for duty in duties_of(decision)}
    found = {key: ask(case) for key, ask in _SUGGEST.items() if key in asked}
    return {key: one for key, one in found.items() if one is not None}


def no_longer_so(decision: Decision) -> list[str]:
    """Duties that were confirmed as suggested, and of which something else is known now."""
    confirmed = [one for one in decision.duties.all() if one.words.startswith(SOURCES)]
    if not confirmed:
        return []
    now = suggested_duties(decision)
    titles = {duty.key: str(duty.title) for duty in duties_of(decision)}
    return [
        titles.get(one.key, one.key)
        for one in confirmed
        if not _still_says(one.words.replace("\r\n", "\n"), now.get(one.key, ("", ""))[1])
    ]


def _still_says(words: str, now: str) -> bool:
    """Whether the words are what is known now, whatever somebody wrote behind it."""
    return bool(now) and words.strip().startswith(now.strip())


def _final_criteria(case: _Case) -> CriteriaSet | None:
    sets = [one for one in case.decision.question.criteria_sets.all() if one.is_final]
    return max(sets, key=lambda one: one.version, default=None)


def _social_value(case: _Case) -> Suggestion | None:
    """Where final criteria count it, by the library's own suggestion; where no service is bought,
    that the law is not about it."""
    newest = _final_criteria(case)
    if newest is None:
        return _no_service(case)
    # In the health regime it is a key criterion, whatever its parts are.
    its = Q(key="social_value", weight__gt=0) if newest.is_health else Q(suggestion="social_value")
    found = newest.criteria.filter(its).first()
    if found is None:
        return _no_service(case)
    words = _counted(newest)
    told = {"title": found.title, "weight": f"{found.weight.normalize():f}", "asks": found.asks}
    return MET, SOURCES[3] + words % told


def _no_service(case: _Case) -> Suggestion | None:
    if case.regime == Regime.GRANT or case.says("contract_type") not in NO_SERVICES:
        return None
    words = _("The Public Services (Social Value) Act 2012 is for services.")
    return NOT_APPLY, f"{SOURCES[0]}{case.quote('contract_type')} {words}"


def _counted(held: CriteriaSet) -> str:
    if held.is_grant:
        return _(
            "“%(title)s” counts for %(weight)s of 100 in the criteria, and those who apply are "
            "asked: %(asks)s"
        )
    if held.has_bids:
        return _(
            "“%(title)s” counts for %(weight)s of 100 in the criteria, and bidders are asked: "
            "%(asks)s"
        )
    return _("“%(title)s” counts for %(weight)s of 100 in the criteria. Looked at: %(asks)s")


def _key_criteria(case: _Case) -> Suggestion | None:
    """How final criteria of the health regime weigh the five; not yet, where nobody is judged."""
    newest = _final_criteria(case)
    weighed = newest is not None and newest.is_health
    said = _how_weighed(newest) if newest is not None and weighed else ""
    if only_the_process(case.decision):
        source = SOURCES[3] if weighed else SOURCES[0]
        later = _(
            "only the way of choosing is decided. No provider is judged yet: each is judged "
            "against all five when the provider is chosen, and the record of that says how."
        )
        return NOT_APPLY, f"{source}{later} {said}".strip()
    return (MET, SOURCES[3] + said) if weighed else None


def _how_weighed(held: CriteriaSet) -> str:
    weights = "; ".join(
        f"{one.title} {one.weight.normalize():f}" for one in held.criteria.exclude(key="")
    )
    words = _("all five are weighed, out of 100: %(weights)s. %(why)s")
    return words % {"weights": weights, "why": held.importance}


def _best_value(case: _Case) -> Suggestion | None:
    """Where nothing is cut or ended nobody is owed notice; the duty itself is more than that."""
    if case.says("ending_or_reducing") == "no":
        told = case.quote("ending_or_reducing")
    elif case.says("present") in {"nothing", "in_house"}:
        told = case.quote("present")
    else:
        return None
    words = _(
        "no notice of an end is owed: %s What was looked at for economy, efficiency and "
        "effectiveness (Local Government Act 1999, section 3):"
    )
    return "", SOURCES[0] + words % told


def _subsidy(case: _Case) -> Suggestion | None:
    if case.decision.route == "grant" and case.says("recipient_enterprise") == "no":
        return NOT_APPLY, SOURCES[0] + case.quote("recipient_enterprise")
    if case.decision.route == "grant" and case.says("subsidy_basis") in SMALL_BASES:
        return "", SOURCES[0] + within_only_if(case.decision, case.quote("subsidy_basis"))
    if case.decision.route not in COMPETITIONS:
        return None
    words = _(
        "“%s” pays for what it buys at the price of the tender that is chosen among others, so "
        "nobody is given anything."
    )
    return NOT_APPLY, SOURCES[0] + words % case.route


def _conflicts(case: _Case) -> Suggestion | None:
    """Once every member has declared; "met" only where each did for this very question."""
    found = stakes(case.decision.question)
    if not found or any(_is_open(one) for one in found):
        return None
    gaining = [one for one in found if one.could_gain]
    own = sum(one.own is not None for one in found)
    said = _("Declared for this very question: %(own)d of %(all)d") % {
        "own": own,
        "all": len(found),
    }
    said += str(OF_THE_OTHERS) if own < len(found) else "."
    if silent := ask_them(undeclared(case.decision)):
        said = f"{said} {silent}"
    standing = MET if own == len(found) else ""
    if not gaining:
        return standing, SOURCES[2] + said + " " + _("None of them could gain from it.")
    return standing, SOURCES[2] + " ".join([said, *_who_gains(gaining), *_without(case)])


def _who_gains(gaining: list[Stake]) -> list[str]:
    """How many could gain from this question; apart, who said so of the programme only."""
    at_large = sum(one.only_at_large for one in gaining)
    here = len(gaining) - at_large
    from_this = ngettext(
        "%d could gain from it, and did not settle, recommend or lock anything.",
        "%d could gain from it, and did not settle, recommend or lock anything.",
        here,
    )
    of_all = ngettext(
        "%d declared only for the programme as a whole that they could gain, and did not settle, "
        "recommend or lock anything.",
        "%d declared only for the programme as a whole that they could gain, and did not settle, "
        "recommend or lock anything.",
        at_large,
    )
    return [words % number for words, number in ((from_this, here), (of_all, at_large)) if number]


def _without(case: _Case) -> list[str]:
    """What the ranking is without their answers, where there is a walk that they answered in."""
    found = rests_on(case.decision.question)
    answered = any(seat["could_gain"] for step in case.steps.values() for seat in step["seats"])
    return without_in_words(found.result) if found and found.result and answered else []


def _is_open(stake: Stake) -> bool:
    return stake.own is None and stake.general is None and not stake.by_fact


def _engagement(case: _Case) -> Suggestion | None:
    """Only where somebody said that nobody took part: an empty file does not say so."""
    if case.says("providers_took_part") != "no" or entries_of(case.decision.question):
        return None
    words = _("The level-playing-field file has no talk with a possible provider about it.")
    return NOT_APPLY, f"{SOURCES[0]}{case.quote('providers_took_part')} {words}"


def _staff(case: _Case) -> Suggestion | None:
    if case.says("present") != "nothing":
        return None
    return NOT_APPLY, SOURCES[0] + case.quote("present")


def _vat(case: _Case) -> Suggestion | None:
    question = case.decision.question
    # Where it is open what the money pays for, nobody knows its VAT.
    if case.says("payment_for") in PAYS_FOR_OPEN or question.vat == Vat.UNKNOWN:
        return None
    is_grant = case.regime == Regime.GRANT
    if is_grant != (case.says("payment_for") == "their_own_project"):
        return None
    what = _("It is a grant.") if is_grant else _("It is no grant, whatever it is called.")
    rate = _("VAT on top, by the question: %s.") % Vat(question.vat).label
    told = [what, case.quote("payment_for"), rate]
    if Vat(question.vat).rate:
        told.append(_("Whether the authority recovers it is for its finance officer to say."))
    if not is_grant and question.vat == Vat.NONE:
        due = _("By the finance officer, before anything is signed: which of the three it is.")
        return TO_DO, SOURCES[0] + " ".join([*told, due])
    return MET, SOURCES[0] + " ".join(told)


def _grant_power(case: _Case) -> Suggestion | None:
    if case.regime == Regime.GRANT:
        return None
    return NOT_APPLY, SOURCES[0] + _("By “%s” nothing is given as a grant.") % case.route


def _small(case: _Case) -> Suggestion | None:
    if case.decision.route != "below_threshold_reserved_vcse":
        return None
    words = _(
        "“%s” keeps the competition to small and voluntary organisations, so none of them bids "
        "against a large firm. By whoever writes the invitation, before anybody is invited: look "
        "at what else stands in their way (papers, insurance, time to answer), and at what the "
        "national policy statement asks."
    )
    return TO_DO, SOURCES[0] + words % case.route


def _lots(case: _Case) -> Suggestion | None:
    """By the form that was chosen; whether it could be divided, where it is not, nobody asked."""
    if case.decision.form != LOTS:
        return None
    return MET, SOURCES[0] + _("the form that was chosen divides it into lots.")


def _reorganisation(case: _Case) -> Suggestion | None:
    if case.says("reorganisation") != "no":
        return None
    return NOT_APPLY, SOURCES[0] + case.quote("reorganisation")


_SUGGEST: Final[dict[str, Callable[[_Case], Suggestion | None]]] = {
    "social_value": _social_value,
    "key_criteria": _key_criteria,
    "best_value": _best_value,
    "subsidy": _subsidy,
    "conflicts": _conflicts,
    "engagement_fairness": _engagement,
    "staff_transfer": _staff,
    "vat": _vat,
    "grant_power": _grant_power,
    "lots": _lots,
    "small_suppliers": _small,
    "reorganisation": _reorganisation,
}
