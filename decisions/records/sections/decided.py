"""What the decision itself says: power, advice, duties, conflicts, comments, dissent."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.design.when import day
from commissioning.programmes.voices import voices_of
from decisions.records import blocks
from decisions.records.blocks import Block, Section
from decisions.records.duties import AS_KNOWN_ON, DUTIES
from decisions.records.models import Body, Decision
from decisions.records.sections.costs import in_a_sentence
from decisions.records.sections.place import who_could_gain


def summary(decision: Decision) -> Section | None:
    """The whole in plain words, on the first page: what was decided, what happens next."""
    return blocks.section(
        "summary",
        _("In plain words"),
        blocks.text(decision.summary),
        blocks.heading(_("What happens next")) if decision.next_steps else None,
        blocks.text(decision.next_steps),
    )


def glance(decision: Decision) -> list[list[str]]:
    """What stands beside the summary: when it counts, what it costs, who disagreed."""
    pairs = [
        (_("In effect"), _effect(decision)),
        (_("What choosing this way costs"), in_a_sentence(decision)),
        (_("Comments on the draft"), _commented(decision)),
        (_("Who disagreed"), _disagreed(decision)),
        (_("The money gate"), _gate(decision)),
    ]
    return [[name, value] for name, value in pairs if value]


def _commented(decision: Decision) -> str:
    number = decision.comments.count()
    if decision.consult_until is None:
        return ""
    if not number:
        return _("Nobody commented.")
    return ngettext("%d; it has its answer.", "%d; each has its answer.", number) % number


def _disagreed(decision: Decision) -> str:
    number = decision.dissents.count()
    if not number:
        return ""
    return (
        ngettext(
            "%d member; their words stand in this record as they wrote them.",
            "%d members; their words stand in this record as they wrote them.",
            number,
        )
        % number
    )


def _gate(decision: Decision) -> str:
    """Only where it was lifted early: that is said on the first page already."""
    lift = getattr(decision.question.programme, "gate_lift", None)
    return (
        _("Lifted early on %s; the reason is in this record.") % day(lift.created_at)
        if lift
        else ""
    )


def reasons(decision: Decision) -> Section | None:
    """Why this way, and not another."""
    return blocks.section("reasons", _("Why this way"), blocks.text(decision.reasons))


def power(decision: Decision) -> Section | None:
    """Who decided, under which power, how, and from when it counts."""
    return blocks.section(
        "power",
        _("Who decided, and how"),
        blocks.facts(
            [
                (_("Body or person"), decision.body_name),
                (_("Kind"), decision.get_body_kind_display() if decision.body_kind else ""),
                (_("Power"), decision.power),
                (_("Recommended"), _recommended(decision)),
                (_("Decided"), day(decision.decided_on)),
                (_("Decided by"), decision.decided_by),
                (_("Outcome"), decision.get_outcome_display() if decision.outcome else ""),
                (_("Minute"), decision.minute),
                (_("Key decision"), _key(decision)),
                (_("Open to call-in until"), day(decision.call_in_until)),
                (_("What came of the call-in"), decision.call_in_words),
                (_("In effect"), _effect(decision)),
                (_("Public or exempt"), _publicity(decision)),
            ]
        ),
        blocks.quote(decision.decision_words, decision.body_name)
        if decision.decision_words
        else None,
    )


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
        return _("Yes; notice published on %s") % day(decision.notice_on)
    return _("Yes; it could not wait for 28 clear days: %s") % decision.urgency


def _effect(decision: Decision) -> str:
    if decision.effective_on:
        return _("From %s") % day(decision.effective_on)
    return _("Not in effect before call-in has passed") if decision.is_decided else ""


def _publicity(decision: Decision) -> str:
    if not decision.is_exempt:
        return _("Public")
    return _("Parts are exempt: %(ground)s. %(why)s") % {
        "ground": decision.get_exemption_display(),
        "why": decision.public_interest,
    }


def advice(decision: Decision) -> Section | None:
    """What the officers with a duty to speak said."""
    said: list[Block | None] = [
        blocks.quote(
            one.words,
            f"{one.get_kind_display()}: {one.officer}, {day(one.given_on)}",
        )
        for one in decision.advice.all()
    ]
    return blocks.section("advice", _("What the officers advise"), *said)


def duties(decision: Decision) -> Section | None:
    """Each duty with its answer, its source, and what to check."""
    answers = {answer.key: answer for answer in decision.duties.all()}
    rows = []
    for duty in DUTIES:
        answer = answers.get(duty.key)
        check = _(" Check before relying on it: %s.") % duty.check if duty.check else ""
        rows.append(
            (
                duty.title,
                answer.get_standing_display() if answer else _("Not answered"),
                answer.words if answer else "",
                f"{duty.source}.{check}",
            )
        )
    return blocks.section(
        "duties",
        _("Duties"),
        blocks.table(
            _("Each duty, and how it was met"),
            [_("Duty"), _("Answer"), _("How, or why not"), _("Source")],
            rows,
        ),
        blocks.note(_("Law as known on %s. This is not legal advice.") % AS_KNOWN_ON),
    )


def conflicts(decision: Decision) -> Section | None:
    """Who could gain, who declared an interest, and what was done about it."""
    interests = blocks.table(
        _("Interests of those who decided or advised"),
        [_("Who"), _("Interest"), _("What was done")],
        [(one.who, one.what, one.dispensation) for one in decision.interests.all()],
    )
    return blocks.section(
        "conflicts",
        _("Conflicts of interest"),
        who_could_gain(decision.question.programme)
        or blocks.text(_("No member declared that they could gain.")),
        interests or blocks.text(_("Nobody who decided or advised declared an interest.")),
    )


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
        blocks.table(
            _("Comments, and what became of them"), [_("Who"), _("Comment"), _("Answer")], rows
        )
        or blocks.text(_("Nobody commented.")),
    )


def dissent(decision: Decision) -> Section | None:
    """Who disagreed, in their own words."""
    voices = voices_of(decision.question.programme, AnonymousUser())
    said: list[Block | None] = []
    for one in decision.dissents.select_related("by"):
        voice = voices.of(one.by)
        about = ", ".join(part for part in (voice.name, voice.organisation, voice.gain) if part)
        said.append(blocks.quote(one.words, about))
    return blocks.section(
        "dissent",
        _("Who disagreed, in their own words"),
        *(said or [blocks.text(_("Nobody recorded dissent."))]),
    )


def next_steps(decision: Decision) -> Section | None:
    """What happens next, and when."""
    return blocks.section(
        "next", _("What happens next, and when"), blocks.text(decision.next_steps)
    )
