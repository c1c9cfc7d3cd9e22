"""Law excludes; place ranks.

1. A route is **excluded** when something that the law needs for it is not so. Nothing lifts that.
2. Open routes stand in order of their place reasons, counted, with no score behind it: first the
   strong reasons for, less the strong ones against; where these are equal, the other reasons for,
   less the others against; where those are equal too, the order in which the tree lists routes.
3. The first route in that order, and any that equals it in both counts, is **recommended** if its
   reasons for outweigh its reasons against. Every other open route is **possible**. So where no
   place answer speaks for anything, nothing is recommended, whatever the law allows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .words import filled

if TYPE_CHECKING:
    from .conditions import Case
    from .tree import Need, Option, Stop, Weight
    from .what_if import Change

PlaceReasons = Mapping[str, Sequence["Reason"]]
RECOMMENDED, POSSIBLE, EXCLUDED = "recommended", "possible", "excluded"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a route stands where it stands.

    answers: each as question=answer. effect: raise, lower, exclude, allow, or note (the place's
    own rules sheet, which neither ranks nor excludes). law: the statement relied on, by id.
    """

    answers: tuple[str, ...]
    source: str
    effect: str
    words: str
    strong: bool = False
    law: str = ""

    @property
    def answer(self) -> str:
        """The answers behind it, in one line."""
        return ", ".join(self.answers)


@dataclass(frozen=True, slots=True)
class Balance:
    """Reasons counted: strong for, strong against, other for, other against."""

    strong_for: int = 0
    strong_against: int = 0
    others_for: int = 0
    others_against: int = 0

    @property
    def net(self) -> tuple[int, int]:
        """What counts first, and what counts where that is equal."""
        return (self.strong_for - self.strong_against, self.others_for - self.others_against)


@dataclass(frozen=True, slots=True)
class Standing:
    """One route: its standing, every reason, and the changes that would let it win (if asked)."""

    option: str
    standing: str
    because: tuple[Reason, ...]
    balance: Balance = Balance()
    would_win_if: tuple[Change, ...] = ()

    def reasons(self, effect: str) -> tuple[Reason, ...]:
        """The reasons of one effect."""
        return tuple(reason for reason in self.because if reason.effect == effect)


@dataclass(frozen=True, slots=True)
class FormFit:
    """A form that a route may take, and whether the place's answers speak for it. No ground."""

    form: str
    fits: bool
    because: tuple[Reason, ...]


def weighed(case: Case, place: PlaceReasons) -> tuple[Standing, ...]:
    """Every route of the tree: recommended first, then possible, then excluded."""
    open_ones: list[Standing] = []
    excluded: list[Standing] = []
    for option in case.tree.options.values():
        law = _law_reasons(option, case)
        reasons = () if option.is_stop else tuple(place.get(option.id, ()))
        if any(reason.effect == "exclude" for reason in law):
            excluded.append(Standing(option.id, EXCLUDED, (*law, *reasons)))
        else:
            open_ones.append(Standing(option.id, POSSIBLE, (*reasons, *law), balance(reasons)))
    open_ones.sort(key=lambda standing: standing.balance.net, reverse=True)
    best = open_ones[0].balance.net if open_ones else (0, 0)
    return (*(_recommended(each, best) for each in open_ones), *excluded)


def _recommended(standing: Standing, best: tuple[int, int]) -> Standing:
    if standing.balance.net == best and best > (0, 0):
        return replace(standing, standing=RECOMMENDED)
    return standing


def balance(reasons: tuple[Reason, ...]) -> Balance:
    """Place reasons, counted."""
    counted = [(reason.effect, reason.strong) for reason in reasons]
    return Balance(
        counted.count(("raise", True)),
        counted.count(("lower", True)),
        counted.count(("raise", False)),
        counted.count(("lower", False)),
    )


def place_reasons(case: Case) -> PlaceReasons:
    """What the place's answers say for and against each route and form, by id."""
    reasons: dict[str, list[Reason]] = {}
    # A rule that names several routes is one weight for each: its reason is worked out once.
    told: dict[tuple[int, str, bool, bool], Reason | None] = {}
    for weight in case.tree.weights:
        rule = (id(weight.when), weight.words, weight.raises, weight.strong)
        if rule not in told:
            told[rule] = _place_reason(weight, case) if weight.when.holds(case) else None
        reason = told[rule]
        if reason is not None:
            reasons.setdefault(weight.target, []).append(reason)
    for each in reasons.values():
        each.sort(key=lambda reason: (reason.effect != "raise", not reason.strong))
    return reasons


def _place_reason(weight: Weight, case: Case) -> Reason:
    return Reason(
        answers=cited(weight.when.witness(case), case),
        source=weight.source,
        effect="raise" if weight.raises else "lower",
        words=filled(weight.words, case),
        strong=weight.strong,
    )


def cited(names: tuple[str, ...], case: Case) -> tuple[str, ...]:
    """Answers as they are cited. Where nothing was asked, the day it begins is what decided."""
    return tuple(case.cite(name) for name in names) or (case.cite("begins"),)


def _law_reasons(option: Option, case: Case) -> tuple[Reason, ...]:
    spoken = [(need, need.that.holds(case)) for need in option.needs if need.when.holds(case)]
    failing = [_law_reason(need, case, holds=False) for need, holds in spoken if not holds]
    if failing:
        return tuple(failing)
    return tuple(_law_reason(need, case, holds=True) for need, _ in spoken if need.holds)


def _law_reason(need: Need, case: Case, *, holds: bool) -> Reason:
    names = (*need.that.witness(case), *need.when.witness(case))
    return Reason(
        answers=cited(tuple(dict.fromkeys(names)), case),
        source=case.tree.laws[need.law].source,
        effect="allow" if holds else "exclude",
        words=filled(need.holds if holds else need.fails, case),
        law=need.law,
    )


def stopped_standings(case: Case, stop: Stop) -> tuple[Standing, ...]:
    """Where the tree stops, the one end left is to stop and take advice."""
    reason = Reason(
        answers=cited(stop.when.witness(case), case),
        source=case.tree.laws[stop.law].source,
        effect="allow",
        words=filled(stop.words, case),
        law=stop.law,
    )
    ends = [option.id for option in case.tree.options.values() if option.is_stop]
    return tuple(Standing(option, RECOMMENDED, (reason,)) for option in ends)


def forms_of(case: Case, place: PlaceReasons) -> tuple[FormFit, ...]:
    """Every form, and whether more place reasons speak for it than against it."""
    found = []
    for form in case.tree.forms:
        reasons = tuple(place.get(form, ()))
        found.append(FormFit(form, balance(reasons).net > (0, 0), reasons))
    return tuple(found)
