"""What the decision itself says: power, advice, duties, conflicts, comments, dissent."""

from datetime import timedelta
from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commissioning.design.when import day
from commissioning.ground.answers import Text
from commissioning.ground.money import money_text
from commissioning.programmes.voices import voices_of
from decisions.records import blocks
from decisions.records.binding import standing_in_words
from decisions.records.blocks import Block, Section
from decisions.records.concerned import duties_of
from decisions.records.duties import AS_KNOWN_ON, source_of
from decisions.records.meeting import in_a_record as in_a_record_of_the_meeting
from decisions.records.models import Advice, Body, Decision
from decisions.records.posts import lower_first, posts_heard
from decisions.records.powers import parts_of
from decisions.records.route_plans import plan_of, way_of
from decisions.records.sections import place
from decisions.records.sections.corrected import corrections, named_who_could_gain
from decisions.records.sections.place import (
    not_declared,
    one_group,
    present_provider,
    who_could_gain,
)
from decisions.records.sections.walk import (
    answered_by,
    in_a_record,
    key_by_own_sum,
    notices,
    regime_of_decision,
    standstill_due,
)
from decisions.records.sums import is_recommended
from decisions.records.talks import contradictions, took_part
from decisions.records.what_next import what_next
from decisions.trees.regime import Regime

SHORT: Final = 900  # characters of reasons that still leave the summary on one page
# Said above the duties: which law they are answered under.
UNDER: Final[dict[Regime, Text]] = {
    Regime.ABOVE: gettext_lazy(
        "By the answers of the walk this is a purchase at or above the threshold, under the "
        "Procurement Act 2023."
    ),
    Regime.BELOW: gettext_lazy(
        "By the answers of the walk this is a purchase below the threshold of the Procurement Act "
        "2023: most of the Act's duties do not bind it, and the table says which do."
    ),
    Regime.HEALTH: gettext_lazy(
        "By the answers of the walk this is under the provider selection regime, whatever it is "
        "worth."
    ),
    Regime.GRANT: gettext_lazy(
        "The route is a grant, not a purchase: the Procurement Act 2023 is not about it."
    ),
    Regime.OPEN: gettext_lazy(
        "The route buys nothing, or no walk says under which law it would be bought."
    ),
}
SEVERAL: Final = 2  # areas of the place; whether they are wards, no area of ours says


def amount(decision: Decision) -> str:
    """The sum that the minute names; "" where whoever wrote it down gave none.

    The most that it may cost, where who gets it is still to be chosen.
    """
    if decision.amount is None:
        return ""
    way = way_of(decision)
    most = way is not None and not way.decides_who
    return (_("up to %s") if most else "%s") % money_text(decision.amount)


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
                (_("Reference of the minute"), decision.minute),
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
        return _("No")
    if decision.notice_on:
        said = _("Yes; notice published on %s") % day(decision.notice_on)
    else:
        said = _("Yes; it could not wait for 28 clear days: %s") % decision.urgency
    return ". ".join(part for part in (said, _why_key(decision)) if part)


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
        "midnight on %s at the latest, and later if anybody makes representations"
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


def advice(decision: Decision) -> Section | None:
    """What the officers with a duty to speak said, and whose hand wrote it here."""
    given = {
        one.kind: one for one in decision.advice.select_related("typed_by", "confirmed_by").all()
    }
    said: list[Block | None] = []
    for kind, named in posts_heard(decision).items():
        one = given.get(kind)
        if one is None:
            post = lower_first(str(named))
            said.append(blocks.text(_("The comments of the %s were not given.") % post))
            continue
        said.append(blocks.quote(one.words, f"{named}: {one.officer}. {_hand(one)}"))
    return blocks.section("advice", _("What the officers advise"), *said)


def _hand(one: Advice) -> str:
    """Given by themselves; typed in for them and confirmed; or typed in, and not confirmed."""
    typed = one.typed_by.short_name if one.typed_by else _("somebody who was not noted")
    values = {
        "officer": one.officer,
        "given": day(one.given_on),
        "typed": typed,
        "by": one.confirmed_by.short_name if one.confirmed_by else "",
        "on": day(one.confirmed_at),
    }
    if one.confirmed_at is None:
        return (
            _("Typed in by %(typed)s from their advice of %(given)s, not confirmed by them.")
            % values
        )
    if one.typed_by_id == one.confirmed_by_id:
        return _("Given by %(by)s on %(on)s.") % values
    return (
        _("Typed in by %(typed)s from their advice of %(given)s; confirmed by %(by)s on %(on)s.")
        % values
    )


def duties(decision: Decision) -> Section | None:
    """Each duty with its answer, its source, and what to check."""
    answers = {answer.key: answer for answer in decision.duties.all()}
    rows, regime = [], regime_of_decision(decision)
    for duty in duties_of(decision):
        answer = answers.get(duty.key)
        source, to_check = source_of(duty, regime, decision.body_kind)
        check = _(" Check before relying on it: %s.") % to_check if to_check else ""
        rows.append(
            (
                duty.title,
                standing_in_words(decision, duty.key, answer.standing)
                if answer
                else _("Not answered"),
                answer.words if answer else "",
                f"{source}.{check}",
            )
        )
    return blocks.section(
        "duties",
        _("Duties"),
        blocks.text(UNDER[regime]),
        blocks.table(
            _("Each duty, and how it was met"),
            [_("Duty"), _("Answer"), _("How, or why not"), _("Source")],
            rows,
        ),
        blocks.note(_("Law as known on %s. This is not legal advice.") % AS_KNOWN_ON),
    )


def level_field(decision: Decision) -> Section | None:
    """The file of talks, beside what the walk and the duty say of them."""
    differ = (words for _where, words in contradictions(decision))
    return place.level_field(decision.question, took_part(decision.question), differ)


def conflicts(decision: Decision) -> Section | None:
    """Who could gain, who declared an interest, and what was done about it."""
    interests = blocks.table(
        _("Interests of those who decided or advised")
        if decision.is_decided
        else _("Interests of those who decide or advise"),
        [_("Who"), _("Interest"), _("What was done")],
        [(one.who, one.what, one.dispensation) for one in decision.interests.all()],
    )
    return blocks.section(
        "conflicts",
        _("Conflicts of interest"),
        blocks.text(present_provider(decision.question)),
        blocks.text(one_group(decision.question)),
        who_could_gain(
            decision.question, answered_by(decision.question), decided=decision.is_decided
        )
        or blocks.text(_("No member could gain, by what they declared.")),
        not_declared(decision.question),
        interests or blocks.text(_nobody_declared(decision)),
        named_who_could_gain(decision),
    )


def _nobody_declared(decision: Decision) -> str:
    if decision.had_interest is False:
        return _(
            "Asked when it was written down: nobody who decided or advised had an interest. What "
            "the duties say of interests stands above."
        )
    if decision.is_decided:
        return _(
            "No interest of those who decided or advised was written down here, and it was not "
            "asked for."
        )
    return _("No interest of those who decide or advise is written down here so far.")


def comments(decision: Decision) -> Section | None:
    """What people said about the draft, and what became of it."""
    voices = voices_of(decision.question.programme, AnonymousUser())
    rows = [
        (
            comment.organisation.name
            if comment.organisation
            else voices.of(comment.by).name
            if comment.by_id in voices.members
            else _("A person of the place"),
            comment.words,
            comment.reply.words if hasattr(comment, "reply") else _("No answer yet"),
        )
        for comment in decision.comments.select_related("by", "organisation", "reply")
    ]
    if decision.consult_until is None:
        return None
    return blocks.section(
        "comments",
        _("What people said about the draft"),
        blocks.text(_("It was out for comment until %s.") % day(decision.consult_until)),
        _less_time(decision),
        blocks.table(
            _("Comments, and what became of them"), [_("Who"), _("Comment"), _("Answer")], rows
        )
        or blocks.text(_("Nobody commented.")),
    )


def _less_time(decision: Decision) -> Block | None:
    """Where people had less time than they were told: how much, and why."""
    if not decision.consult_words:
        return None
    said = _("People had less time than they were told.")
    return blocks.note(f"{said} {decision.consult_words}")


def next_steps(decision: Decision) -> Section | None:
    """What happens next, and what the law asks to be published on the way."""
    law = notices(decision)
    return blocks.section(
        "next",
        _("What happens next, and when"),
        blocks.text(decision.next_steps),
        *_by_the_plan(decision),
        blocks.heading(_("What must be published, and waited for")) if law else None,
        blocks.items(law),
    )


def _by_the_plan(decision: Decision) -> list[Block | None]:
    """Every dated step that follows, and what the plan has no time for."""
    follows = what_next(decision)
    if follows is None:
        return []
    late = blocks.note(follows.late) if follows.late else None
    return [blocks.text(follows.lead), blocks.items(follows.lines), late]
