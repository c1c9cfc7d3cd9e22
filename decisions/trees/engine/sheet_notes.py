"""What a place's own rules sheet says to a walk: cited, never ranking and never excluding."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from commissioning.ground.money import money_text

from .notes import Note
from .rank import Reason
from .rules_sheet import BODIES

if TYPE_CHECKING:
    from .conditions import Case
    from .rank import Standing
    from .rules_sheet import PlaceRules

# The figure and the families of routes that a rules sheet speaks about, by convention of our trees.
VALUE = "estimated_value"
BELOW = "below_threshold"
GRANTS = "grant"


def with_sheet(case: Case, ranked: tuple[Standing, ...], rules: PlaceRules) -> tuple[Standing, ...]:
    """The same routes in the same order, with the sheet's rules among their reasons."""
    return tuple(_with_rules(case, standing, rules) for standing in ranked)


def _with_rules(case: Case, standing: Standing, rules: PlaceRules) -> Standing:
    family = case.tree.options[standing.option].family
    reason = None
    if standing.standing != "excluded":
        reason = _quotations(case, rules) if family == BELOW else _grants(family, rules)
    return replace(standing, because=(*standing.because, reason)) if reason else standing


def _quotations(case: Case, rules: PlaceRules) -> Reason | None:
    value = _value(case)
    level = rules.level(value) if value is not None else None
    if level is None:
        return None
    waiver = f" Waivers: {rules.waivers}" if rules.waivers else ""
    words = f"Your own rules ask, from {money_text(level.at_least)}: {level.ask}.{waiver}"
    return Reason((case.cite(VALUE),), rules.source, "note", words)


def _grants(family: str, rules: PlaceRules) -> Reason | None:
    if family != GRANTS or not rules.grants_policy:
        return None
    words = f"Your own grants policy: {rules.grants_policy}"
    return Reason((f"rules_sheet={rules.dated.isoformat()}",), rules.source, "note", words)


def rules_notes(case: Case, rules: PlaceRules) -> tuple[Note, ...]:
    """Who decides, whether it is a key decision by the place's own sum, and by which delegation."""
    value = _value(case)
    delegation = rules.delegation(value) if value is not None else None
    notes = []
    if rules.decides:
        where = f" ({rules.paragraph})" if rules.paragraph else ""
        who = BODIES.get(rules.decides, rules.decides)
        unless = ""
        if delegation and rules.decides != "officer":
            unless = f", unless {delegation.who} decides it by delegation"
        notes.append(Note("who_decides", f"Decided by {who}{where}{unless}.", rules.source))
    if rules.call_in_days:
        notes.append(Note("call_in", _call_in(rules), rules.source))
    if value is None:
        return tuple(notes)
    if rules.key_decision_sum is not None and value >= rules.key_decision_sum:
        notes.append(Note("key_decision", _key_decision(value, rules), rules.source))
    if delegation:
        words = (
            f"At {money_text(value)} it is within what {delegation.who} may decide by delegation,"
            f" up to {money_text(delegation.up_to)}. They may, and need not: what is not decided"
            " by delegation goes to the body."
        )
        notes.append(Note("delegation", words, rules.source))
    return tuple(notes)


def _call_in(rules: PlaceRules) -> str:
    days = "1 working day" if rules.call_in_days == 1 else f"{rules.call_in_days} working days"
    who = f" by {rules.call_in_who}" if rules.call_in_who else ""
    return (
        f"An executive decision can be called in{who} for {days} after it is made: it takes effect"
        " after that, and while a call-in stands it waits."
    )


def _key_decision(value: Decimal, rules: PlaceRules) -> str:
    assert rules.key_decision_sum is not None
    return (
        f"At {money_text(value)} this is a key decision by your own sum of"
        f" {money_text(rules.key_decision_sum)}: 28 clear days' notice before it is taken."
    )


def _value(case: Case) -> Decimal | None:
    return case.figure(VALUE) if VALUE in case.tree.figures else None
