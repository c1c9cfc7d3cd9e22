"""What was decided: up to how much, by which power and whom, and from when it has effect."""

from datetime import timedelta
from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.design.when import day
from commissioning.ground.money import money_text
from commissioning.programmes.voices import voices_of
from decisions.questions.models import Vat
from decisions.records import blocks
from decisions.records.blocks import Section
from decisions.records.meeting import in_a_record as in_a_record_of_the_meeting
from decisions.records.models import Body, Decision
from decisions.records.powers import parts_of
from decisions.records.route_plans import plan_of, way_of
from decisions.records.sections.corrected import corrections, reference_in_words
from decisions.records.sections.walk import (
    in_a_record,
    key_by_own_sum,
    notices,
    own_key_sum,
    standstill_due,
)
from decisions.records.sums import is_recommended

SHORT: Final = 900  # characters of reasons that still leave the summary on one page
SEVERAL: Final = 2  # areas of the place; whether they are wards, no area of ours says


def amount(decision: Decision) -> str:
    """The sum that the minute names; "" where whoever wrote it down gave none.

    It is written down without VAT, and says so where VAT may come on top.
    """
    if decision.amount is None:
        return ""
    said = money_text(decision.amount)
    return _("%s without VAT") % said if Vat(decision.question.vat).rate else said


def outcome(decision: Decision) -> str:
    """What came of it; the amount may be corrected to another than was recommended."""
    if not decision.outcome:
        return ""
    if decision.outcome == Decision.Outcome.AGREED and another_sum(decision):
        return _("Agreed, with another amount than was recommended")
    return decision.get_outcome_display()


def another_sum(decision: Decision) -> bool:
    """Whether the amount that was decided is none that was recommended."""
    return not is_recommended(decision, decision.amount)


def is_short(decision: Decision) -> bool:
    """Whether the reasons fit on the first page whole.

    They are never cut: a passage marked to be left out could lie across the cut.
    """
    return len(decision.reasons) <= SHORT


def reasons(decision: Decision) -> Section | None:
    """Why this way, and not another, where that is too long for the first page."""
    if is_short(decision):
        return None
    return blocks.section("reasons", _("Why this way"), blocks.text(decision.reasons))


def power(decision: Decision) -> Section | None:
    """Who decided, under which power, how, and from when it counts."""
    own_rules = notices(decision, own_rules=True)
    return blocks.section(
        "power",
        _("Who decided, and how") if decision.is_decided else _("Who decides, and how"),
        blocks.facts(
            [
                (_("Body or person"), decision.body_name),
                (_("Kind"), decision.get_body_kind_display() if decision.body_kind else ""),
                *_power(decision),
                (_("Written down as recommended"), _recommended(decision)),
                (_("Agenda and report published"), in_a_record_of_the_meeting(decision)),
                (_("Decided"), day(decision.decided_on)),
                (_("Decided by"), decision.decided_by),
                (_("Amount decided"), amount(decision)),
                (_("Outcome"), outcome(decision)),
                (_("What was changed, and why"), decision.change_words),
                (reference_in_words(decision), decision.minute),
                (_("Key decision"), _key(decision)),
                (_("Open to call-in"), call_in(decision)),
                (_("Why it was called in"), decision.called_in_for),
                (_("What came of the call-in"), decision.call_in_words),
                (_("In effect"), effect(decision)),
                (_("Public or exempt"), _publicity(decision)),
            ]
        ),
        blocks.quote(decision.decision_words, decision.body_name)
        if decision.decision_words
        else None,
        corrections(decision),
        blocks.heading(_("What its own rules say")),
        blocks.items(own_rules) or blocks.text(_no_own_rules(decision)),
    )


def _power(decision: Decision) -> list[tuple[str, str]]:
    """The law, and the body's own rules by which it is this one that decides."""
    law, paragraph = parts_of(decision.power)
    said = law or (_("No law is named.") if paragraph else "")
    return [(_("Power"), said), (_("By its own rules"), paragraph)]


def _no_own_rules(decision: Decision) -> str:
    """One organisation's rules are not another's: where its own are not known, that is said.

    A parish is both, the body that decides and the organisation.
    """
    buyer = decision.question.who_buys.name
    parish = decision.body_name if decision.body_kind == Body.PARISH else ""
    return _(
        "The own rules of %s are not known here. Check in them who decides, up to which sum, "
        "and what they ask for."
    ) % (parish or buyer)


def _recommended(decision: Decision) -> str:
    if decision.recommended_at is None:
        return ""
    voices = voices_of(decision.question.programme, AnonymousUser())
    return _("%(day)s, by %(who)s") % {
        "day": day(decision.recommended_at),
        "who": voices.of(decision.recommended_by).name,
    }


def _key(decision: Decision) -> str:
    if decision.body_kind not in {Body.CABINET, Body.OFFICER}:
        return ""
    if not decision.is_key:
        why = decision.why_not_key.strip() or _why_not_key(decision)
        return _("No: %s") % why if why else _("No")
    if decision.notice_on:
        said = _("Yes; notice published on %s") % day(decision.notice_on)
    else:
        said = _("Yes; it could not wait for 28 clear days: %s") % decision.urgency
    return ". ".join(part for part in (said, _why_key(decision)) if part)


def _why_not_key(decision: Decision) -> str:
    """Of one area nobody is asked why: that it is one, beside the own sum where it is below it."""
    areas = [area.name for area in decision.question.areas.all()]
    if len(areas) != 1:
        return ""
    least, value = own_key_sum(decision), decision.question.estimated_value
    if least is None or value is None or value >= least:
        return _("it is about one area of the place, %s") % areas[0]
    return _(
        "it is about one area of the place, %(area)s, and worth %(value)s with any VAT and every "
        "option, which is less than the %(sum)s from which its own rules make a decision a key one"
    ) % {"area": areas[0], "value": money_text(value), "sum": money_text(least)}


def _why_key(decision: Decision) -> str:
    """The rule, and what the case says to each limb of it: the place's own sum, and the areas.

    An area may be a ward, an estate or a village: the record counts areas, and calls none a ward.
    """
    said = [
        _(
            "A decision is key where it is likely to spend or save what is significant against the "
            "budget, or to be significant for communities in two or more wards or electoral "
            "divisions (SI 2012/2089, regulation 8)"
        )
    ]
    said += [in_a_record(one).removesuffix(".") for one in key_by_own_sum(decision)]
    areas = [area.name for area in decision.question.areas.all()]
    if len(areas) >= SEVERAL:
        said.append(
            _("This one is about %(count)d areas of the place: %(names)s")
            % {"count": len(areas), "names": ", ".join(areas)}
        )
    return ". ".join(said)


def call_in(decision: Decision) -> str:
    """Until when it can be called in, or why it cannot."""
    if decision.status == Decision.Status.CALLED_IN:
        return _("It was called in, within the time until %s") % day(decision.call_in_until)
    if decision.call_in_until:
        return _("Until %s") % day(decision.call_in_until)
    if decision.no_call_in:
        return _("It cannot be called in: %s") % decision.no_call_in
    return ""


def effect(decision: Decision) -> str:
    """From which day it counts; while it can be called in, on which day it will."""
    if decision.outcome == Decision.Outcome.REFUSED:
        return _("Nothing takes effect: it was not agreed")
    if decision.effective_on:
        return _("From %s") % day(decision.effective_on) + subject_to_standstill(decision)
    if not decision.is_decided:
        return ""
    if decision.status == Decision.Status.CALLED_IN:
        return _("Not in effect: it was called in, and waits to be looked at again")
    assert decision.call_in_until is not None
    first = decision.call_in_until + timedelta(days=1)
    said = _("Not yet: from %s, if nobody calls it in") % day(first)
    return said + subject_to_standstill(decision)


def subject_to_standstill(decision: Decision) -> str:
    """Where this decision settles who gets it and a standstill must be kept: nothing is signed yet.

    "" for every other decision: one on the way of choosing has its standstill at the end of it.
    """
    way = way_of(decision)
    if way is None or not way.decides_who or not standstill_due(decision):
        return ""
    plan = plan_of(decision)
    steps = plan.steps if plan else ()
    last = next((one.ends for one in steps if one.key == "standstill"), None)
    if last is None:
        return _(", subject to the standstill: nothing is signed before it has ended")
    return _(
        ", subject to the standstill: nothing is signed before it has ended, by the plan at "
        "midnight on %s, or later if anybody makes representations"
    ) % day(last)


def _publicity(decision: Decision) -> str:
    """Public; or what is kept back, on which ground and why."""
    said = []
    if decision.is_exempt:
        values = {"ground": decision.get_exemption_display(), "why": decision.public_interest}
        said.append(_("Parts are exempt: %(ground)s. %(why)s") % values)
    left_out = list(decision.removals.all())
    if left_out:
        said.append(
            ngettext(
                "The public edition leaves out %d passage.",
                "The public edition leaves out %d passages.",
                len(left_out),
            )
            % len(left_out)
        )
        grounds = {f"{one.get_ground_display()}. {one.public_interest}": "" for one in left_out}
        said += [one for one in grounds if one not in said[0]]
    return "\n".join(said) or _("Public")
