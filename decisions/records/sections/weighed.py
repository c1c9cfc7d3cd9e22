"""What was weighed around it: advice, duties, fairness, conflicts, comments; what follows."""

from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commissioning.design.when import day
from commissioning.ground.answers import Text
from commissioning.programmes.voices import voices_of
from decisions.records import blocks
from decisions.records.before_it import power_not_confirmed, too_late_after
from decisions.records.binding import standing_in_words, still_to_do
from decisions.records.blocks import Block, Section
from decisions.records.concerned import binds_as_principal_council, duties_of
from decisions.records.duties import AS_KNOWN_ON, source_of
from decisions.records.models import Advice, Body, Decision
from decisions.records.posts import lower_first, posts_heard
from decisions.records.rules import KEY_BODIES
from decisions.records.sections import place
from decisions.records.sections.corrected import named_who_could_gain
from decisions.records.sections.place import (
    gains_by_fact,
    not_declared,
    who_could_gain,
)
from decisions.records.sections.walk import (
    answer_in_walk,
    answered_by,
    notices,
    regime_of_decision,
)
from decisions.records.talks import FILE, contradictions, took_part
from decisions.records.what_next import what_next
from decisions.trees.regime import Regime

# Said above the duties: which law they are answered under.
UNDER: Final[dict[Regime, Text]] = {
    Regime.ABOVE: gettext_lazy(
        "By the answers of the walk this is a purchase at or above the threshold, under the "
        "Procurement Act 2023."
    ),
    Regime.BELOW: gettext_lazy(
        "By the answers of the walk this is a purchase below the threshold of the Procurement Act "
        "2023: most of the Act's duties do not bind it. Those that do stand in the table and among "
        "what must be checked."
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
    bought = answer_in_walk(decision, "contract_type")
    for duty in duties_of(decision):
        answer = answers.get(duty.key)
        source, to_check = source_of(duty, regime, decision.body_kind, bought)
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
            _("Each duty, and where it stands"),
            [_("Duty"), _("Answer"), _("How, or why not"), _("Source")],
            rows,
        ),
        *(blocks.note(one) for one in _before_it(decision)),
        blocks.note(_("Law as known on %s. This is not legal advice.") % AS_KNOWN_ON),
    )


def _before_it(decision: Decision) -> list[str]:
    return [one for one in (*too_late_after(decision), power_not_confirmed(decision)) if one]


def level_field(decision: Decision) -> Section | None:
    """The file of talks, beside what the walk and the duty say of them."""
    # Who is still to be talked to stands in no file yet: that contradicts nothing.
    differ = (words for where, words in contradictions(decision) if where != FILE)
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
    gaining = who_could_gain(
        decision.question, answered_by(decision.question), decided=decision.is_decided
    )
    return blocks.section(
        "conflicts",
        _("Conflicts of interest"),
        *(blocks.text(one) for one in gains_by_fact(decision.question)),
        *gaining,
        None if any(gaining) else blocks.text(_("No member could gain, by what they declared.")),
        not_declared(decision.question),
        interests or blocks.text(_nobody_declared(decision)),
        named_who_could_gain(decision),
    )


def _nobody_declared(decision: Decision) -> str:
    if decision.had_interest is False:
        return _(
            "Asked when it was written down: everybody who decided or advised was asked, and "
            "nobody who decided or advised had an interest. What "
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


def statement_of(decision: Decision) -> list[str]:
    """The written statement that follows an executive decision of a council in England."""
    if not binds_as_principal_council(decision) or decision.body_kind not in KEY_BODIES:
        return []
    if decision.body_kind == Body.OFFICER:
        words = _(
            "Where it is an executive decision, the officer's written statement of it, its "
            "reasons, the alternatives rejected and any conflict of interest, as soon as "
            "reasonably practicable. (SI 2012/2089 regs 13(4) and 14)"
        )
    else:
        words = _(
            "The written statement of the decision, its reasons, the alternatives rejected and any "
            "conflict of interest, as soon as reasonably practicable after the meeting. (SI "
            "2012/2089 regs 12 and 14)"
        )
    return [words]


def next_steps(decision: Decision) -> Section | None:
    """What happens next, and what the law asks to be published on the way."""
    law, left = [*notices(decision), *statement_of(decision)], still_to_do(decision)
    return blocks.section(
        "next",
        _("What happens next, and when"),
        blocks.text(decision.next_steps),
        *_by_the_plan(decision),
        blocks.heading(_("Duties still to be done")) if left else None,
        blocks.items(left),
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
