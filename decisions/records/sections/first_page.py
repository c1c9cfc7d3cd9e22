"""The first page: what was decided, why, for how much, by whom, what next, and what to know."""

from typing import Final
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.design.when import day
from commissioning.programmes.voices import Voices, standing, voices_of
from decisions.records import blocks
from decisions.records.before_it import too_late_after
from decisions.records.binding import still_to_do
from decisions.records.blocks import Block, Section
from decisions.records.concerned import duties_of
from decisions.records.models import Decision
from decisions.records.posts import lower_first, posts_heard
from decisions.records.sections.costs import in_a_sentence
from decisions.records.sections.decided import amount, call_in, effect, is_short
from decisions.records.sections.place import how_long, worth
from decisions.records.sections.routes import why_not
from decisions.records.sections.walk import how_known, in_doubt
from decisions.records.sums import close_to, written_for
from decisions.records.what_next import FIRST, what_next
from decisions.trees.seat_words import role_in_words

# Characters of its words with which a first page has no room for a list; nor to say where it is.
NO_LIST: Final = 1500
NO_LINE: Final = 1850


def summary(decision: Decision) -> Section | None:
    """The whole in plain words, on the first page: what, why, for how much, by whom, what next."""
    parts = [
        ("", decision.summary),
        (_("Why this way"), decision.reasons if is_short(decision) else ""),
        _why_not(decision),
        (_("What it is worth"), _money(decision)),
        (_who_heading(decision), _who(decision)),
    ]
    other = written_for(decision)
    said: list[Block | None] = [blocks.note(other) if other else None]
    said += [blocks.note(words) for words in close_to(decision)]
    for heading, words in parts:
        if words:
            said += [blocks.heading(heading) if heading else None, blocks.text(words)]
    said += _next(decision)
    return blocks.section("summary", _("In plain words"), *said)


def _why_not(decision: Decision) -> tuple[str, str]:
    """That the walk puts another first, or others as much, and why this one all the same."""
    heading, told = why_not(decision)
    return heading, f"{told}\n\n{decision.why_other}".strip() if heading else ""


def _next(decision: Decision) -> list[Block | None]:
    """The words, the next few steps of the plan, and where the others stand."""
    follows = what_next(decision)
    lines = follows.lines if follows else []
    if not (decision.next_steps or lines):
        return []
    said = [blocks.heading(_("What happens next")), blocks.text(decision.next_steps)]
    written = _written(decision)
    shown = lines[: 0 if written > NO_LIST else FIRST]
    if follows and shown:
        said += [blocks.text(follows.lead), blocks.items(shown)]
    if (more := len(lines) - len(shown)) and written <= NO_LINE:
        said.append(blocks.pointer(_others(more, whole=not shown), "next"))
    if follows and follows.late:
        said.append(blocks.pointer(_("By its plan it is late"), "next"))
    return said


def _others(number: int, *, whole: bool) -> str:
    if whole:
        return ngettext("%d step with its day", "%d steps with their days", number) % number
    return ngettext("And %d more step", "And %d more steps", number) % number


def _written(decision: Decision) -> int:
    """How long its words are; what has no room beside them stands in its section."""
    reasons = decision.reasons if is_short(decision) else ""
    other = _why_not(decision)[1]
    return len(decision.summary) + len(reasons) + len(other) + len(decision.next_steps)


def _who_heading(decision: Decision) -> str:
    return _("Who decided") if decision.is_decided else _("Who decides")


def _who(decision: Decision) -> str:
    """The body, and on which day and in which minute it decided."""
    if not decision.is_decided:
        return decision.body_name
    by = decision.decided_by
    body = decision.body_name if decision.body_name in by else f"{decision.body_name} ({by})"
    said = _("%(body)s, on %(day)s.") % {"body": body, "day": day(decision.decided_on)}
    return f"{said} {decision.minute}.".strip() if decision.minute else said


def _money(decision: Decision) -> str:
    """What the thing itself costs, so that nobody takes the cost of choosing for its price."""
    asked, decided, estimated = decision.question, amount(decision), worth(decision.question)
    length = how_long(asked)
    said = [
        _("Decided: %s.") % decided if decided else "",
        _("Estimated: %s.") % estimated if estimated else "",
        _("For %s.") % length if length and (decided or estimated) else "",
    ]
    return " ".join(part for part in said if part)


def glance(decision: Decision) -> list[list[str]]:
    """What stands beside the summary: when it counts, what it costs, who disagreed."""
    pairs = [
        (_("Is it needed?"), in_doubt(decision)),
        (_("What the ranking rests on"), how_known(decision)),
        (_("Open to call-in"), call_in(decision)),
        (_("In effect"), effect(decision)),
        (_("Officers' advice"), _advised(decision)),
        (_("Duties still to be done"), _left(decision)),
        (_("What choosing costs, on top of the thing itself"), in_a_sentence(decision)),
        (_("Comments on the draft"), _commented(decision)),
        (_("Who disagreed"), _disagreed(decision)),
        (_("The money gate"), _gate(decision)),
    ]
    return [[name, value] for name, value in pairs if value]


def _left(decision: Decision) -> str:
    left = len(still_to_do(decision))
    if not left:
        return ""
    said = _("%(left)d of %(all)d: what is left to do stands in this record.") % {
        "left": left,
        "all": len(duties_of(decision)),
    }
    return " ".join([said, *too_late_after(decision)])


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
    voices = voices_of(decision.question.programme, AnonymousUser())
    said = ngettext(
        "%(number)d member of the programme (%(roles)s), which is not the body that decides; "
        "their words stand in this record as they wrote them.",
        "%(number)d members of the programme (%(roles)s), which is not the body that decides; "
        "their words stand in this record as they wrote them.",
        number,
    ) % {"number": number, "roles": _roles(decision, voices)}
    gain = [one for one in decision.dissents.all() if _could_gain(voices, one.by_id)]
    if not gain:
        return said
    could = ngettext("%d of them could gain.", "%d of them could gain.", len(gain)) % len(gain)
    return f"{said} {could}"


def _roles(decision: Decision, voices: Voices) -> str:
    """As what they disagreed: roles, each once, and no name."""
    found = {
        role_in_words(member.role, gains=_could_gain(voices, one.by_id)).lower(): ""
        for one in decision.dissents.all()
        if (member := voices.members.get(one.by_id))
    }
    return ", ".join(found) or _("no longer in it")


def _could_gain(voices: Voices, user_id: UUID) -> bool:
    member = voices.members.get(user_id)
    declared = standing(member) if member else None
    return declared is not None and declared.could_gain


def _gate(decision: Decision) -> str:
    """Only where it was lifted early: that is said on the first page already."""
    lift = getattr(decision.question.programme, "gate_lift", None)
    return (
        _("Lifted early on %s; the reason is in this record.") % day(lift.created_at)
        if lift
        else ""
    )


def _advised(decision: Decision) -> str:
    """Whose hand the advice is, on the first page: nothing unconfirmed passes for theirs."""
    given = {one.kind: one for one in decision.advice.all()}
    hands: dict[str, list[str]] = {}
    for kind, post in posts_heard(decision).items():
        one = given.get(kind)
        if one is None:
            how = _("Not given: %s.")
        elif one.confirmed_at:
            how = _("Given or confirmed by themselves: %s.")
        else:
            how = _("Typed in, not confirmed by them: %s.")
        hands.setdefault(how, []).append(lower_first(str(post)))
    return " ".join(how % ", ".join(posts) for how, posts in hands.items())
