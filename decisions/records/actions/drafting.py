"""Drafting a decision: its words, advice, duties and interests; out for comment; recommended."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commissioning.design.revisions import Stood, hold
from commissioning.design.when import day
from commissioning.ground.answers import Invalid, require
from commissioning.people.models import User
from commissioning.programmes.history import record
from commissioning.programmes.level_field import note
from commissioning.programmes.models import LevelFieldEntry
from commissioning.programmes.rules import may_run
from decisions.questions.actions import lock_question, name_group
from decisions.questions.models import Question
from decisions.records import rules
from decisions.records.actions.common import locked, move
from decisions.records.binding import why_it_binds
from decisions.records.concerned import body_fits
from decisions.records.duties import BY_KEY
from decisions.records.models import NAMED, Comment, Decision, Dissent, DutyAnswer, Interest, Reply
from decisions.records.readiness import missing_to_consult, missing_to_recommend
from decisions.records.route_plans import keep_plan
from decisions.records.routes import forms_of, may_recommend_route
from decisions.records.said import (
    SAY_THE_REST,
    answered,
    named_group,
    power_parts,
    stops_short,
    what_to_say,
)
from decisions.records.worked import not_met
from places.directory.models import Organisation
from places.directory.rules import acts_for

Status = Decision.Status
# The sections of a draft, and the fields that each writes.
SECTIONS: Final[dict[str, tuple[str, ...]]] = {
    "power": ("body_kind", "body_name", "power"),
    "route": ("route", "form", "no_call", "route_name", "why_other"),
    "words": ("title", "summary", "reasons", "next_steps"),
    "publicity": (
        "is_key",
        "why_not_key",
        "notice_on",
        "urgency",
        "is_exempt",
        "exemption",
        "public_interest",
    ),
}


def _check_route(decision: Decision, values: Mapping[str, object]) -> None:
    lawful = may_recommend_route(decision.question, str(values["route"]))
    if not lawful:
        raise Invalid(lawful.reason, "route")
    form = str(values.get("form") or "")
    if form and form not in forms_of(decision.question, str(values["route"])):
        raise Invalid(_("That route does not take this form."), "form")


def _check_publicity(decision: Decision, values: Mapping[str, object]) -> None:
    """What is kept from the public names its paragraph, and why that serves the public."""
    notice = values.get("notice_on")
    if isinstance(notice, date) and notice > timezone.localdate():
        raise Invalid(_("That day has not come yet."), "notice_on")
    if not values.get("is_exempt"):
        return
    ground = str(values.get("exemption") or "")
    if not ground:
        raise Invalid(_("Name the paragraph that makes it exempt."), "exemption")
    if not (fits := rules.ground_fits(decision, ground)):
        raise Invalid(fits.reason, "exemption")
    if not str(values.get("public_interest") or "").strip():
        raise Invalid(
            _("Say why keeping it back serves the public better than publishing it."),
            "public_interest",
        )


def _with_its_form(values: Mapping[str, object]) -> Mapping[str, object]:
    """A route that is written without a form takes none; why nobody else is asked is said only
    where nobody is."""
    form = str(values.get("form") or "")
    no_call = values.get("no_call", "") if form == NAMED else ""
    return {**values, "form": form, "no_call": no_call}


def _check_power(decision: Decision, values: Mapping[str, object]) -> None:
    """A cabinet decides for no NHS body."""
    kind = str(values.get("body_kind") or "")
    if not (fits := body_fits(decision.question, kind)):
        raise Invalid(fits.reason, "body_kind")


_CHECKS: Final[dict[str, Callable[[Decision, Mapping[str, object]], None]]] = {
    "power": _check_power,
    "route": _check_route,
    "publicity": _check_publicity,
}


@transaction.atomic
def begin_decision(user: User, question: Question, title: str) -> Decision:
    """A draft of the decision on a question. One at a time."""
    question = lock_question(question.pk)
    require(rules.may_begin(user, question))
    try:
        with transaction.atomic():
            decision = Decision.objects.create(question=question, title=title)
    except IntegrityError as error:
        raise Invalid(_("A decision on this question is being drafted already.")) from error
    record(question.programme, user, f"began to draft the decision “{title}”", is_public=False)
    return decision


@transaction.atomic
def write_section(
    user: User,
    decision: Decision,
    section: str,
    values: Mapping[str, object],
    *,
    stood: Stood = None,
) -> Decision:
    """Keep one section of the draft. ``stood``: what the form behind it was held against."""
    decision = locked(decision)
    require(rules.may_write(user, decision))
    hold(stood, _stands(decision, section))
    if section == "route":
        values = _with_its_form(values)
    # A form leaves out what this kind of body is not asked.
    fields = [name for name in SECTIONS[section] if name in values]
    if check := _CHECKS.get(section):
        check(decision, values)
    for name in fields:
        setattr(decision, name, values[name])
    decision.save(update_fields=fields)
    if section == "route":
        _name_group(user, decision, values)
    record(
        decision.question.programme,
        user,
        f"wrote the section “{section}” of the decision “{decision.title}”",
        is_public=False,
    )
    return decision


def _stands(decision: Decision, section: str) -> dict[str, object]:
    """What a section's form is held against."""
    now = {name: getattr(decision, name) for name in SECTIONS[section]}
    if section == "power":
        return {**now, **power_parts(decision)}
    return {**now, **named_group(decision)} if section == "route" else now


def _name_group(user: User, decision: Decision, values: Mapping[str, object]) -> None:
    """Who a grant goes to without a call stands at the question; nobody, for any other form."""
    named = decision.form == NAMED
    if named and "goes_to" not in values and "goes_to_words" not in values:
        return
    group = values.get("goes_to") if named else None
    words = str(values.get("goes_to_words") or "") if named else ""
    decision.question = name_group(
        user, decision.question, group if isinstance(group, Organisation) else None, words
    )


@transaction.atomic
def answer_duties(
    user: User,
    decision: Decision,
    answers: Mapping[str, tuple[str, str]],
    *,
    stood: Stood = None,
) -> None:
    """Keep how each duty was met: key to (standing, words). Those left empty stay as they were.

    ``stood``: what the form behind it was held against.
    """
    decision = locked(decision)
    require(rules.may_write(user, decision))
    hold(stood, answered(decision))
    for key, (standing, words) in answers.items():
        if key not in BY_KEY:
            raise Invalid(_("There is no such duty."))
        if not standing:
            continue
        if not words.strip():
            raise Invalid(what_to_say(standing), f"{key}_words")
        if stops_short(words):
            raise Invalid(SAY_THE_REST, f"{key}_words")
        if standing == DutyAnswer.Standing.NOT_APPLY and (why := why_it_binds(decision, key)):
            raise Invalid(why, key)
        DutyAnswer.objects.update_or_create(
            decision=decision, key=key, defaults={"standing": standing, "words": words}
        )


@transaction.atomic
def declare_interest(
    user: User, decision: Decision, *, who: str, what: str, dispensation: str
) -> Interest:
    """Write down a conflict of somebody who decides or advises, and what was done about it."""
    decision = locked(decision)
    require(may_run(user, decision.question.programme))
    if decision.is_decided or decision.status == Status.WITHDRAWN:
        raise Invalid(_("It is decided: the interests stand as they were declared."))
    return Interest.objects.create(decision=decision, who=who, what=what, dispensation=dispensation)


@transaction.atomic
def remove_interest(user: User, decision: Decision, interest_id: UUID) -> None:
    """Take out an interest that was written down by mistake."""
    decision = locked(decision)
    require(rules.may_write(user, decision) & rules.could_not_gain(user, decision))
    decision.interests.filter(pk=interest_id).delete()


@transaction.atomic
def consult(user: User, decision: Decision, until: date, why_less: str = "") -> Decision:
    """Put the draft out for comment until the end of a day; longer, or for a reason less long."""
    decision = locked(decision)
    require(rules.may_write(user, decision))
    if missing := missing_to_consult(decision):
        raise Invalid(" ".join(sentence for _section, sentence in missing))
    told = decision.consult_until
    less = told is not None and until < told
    _check_until(decision, until, why_less if less else "")
    decision.status, decision.consult_until = Status.CONSULTING, until
    if less:
        decision.consult_words = _less_time(decision.consult_words, told, until, why_less)
    decision.save(update_fields=["status", "consult_until", "consult_words"])
    record(
        decision.question.programme,
        user,
        f"put the draft decision “{decision.title}” out for comment until {day(until)}"
        + (f" instead of {day(told)}" if less else ""),
        reason=why_less if less else "",
    )
    return decision


def _check_until(decision: Decision, until: date, why_less: str) -> None:
    told, today = decision.consult_until, timezone.localdate()
    if until <= today:
        raise Invalid(_("Give people at least until tomorrow."), "until")
    if told is None or until >= told:
        return
    if told < today:
        raise Invalid(_("Their time is over already. It can only be made longer."), "until")
    if not why_less.strip():
        raise Invalid(
            _("People were told that they have until %s. Say why they have less time now.")
            % day(told),
            "why_less",
        )


def _less_time(before: str, told: date | None, until: date, why: str) -> str:
    """Every time that it became shorter, one below the other; kept, and printed."""
    said = _("Until %(until)s instead of %(told)s: %(why)s") % {
        "until": day(until),
        "told": day(told),
        "why": why.strip(),
    }
    return f"{before}\n{said}".strip()


@transaction.atomic
def comment(
    user: User, decision: Decision, words: str, organisation: Organisation | None = None
) -> Comment:
    """Say something about the draft, as yourself or for an organisation. Kept as it is said."""
    decision = locked(decision)
    require(rules.may_comment(user, decision))
    if organisation is not None:
        require(acts_for(user, organisation))
        note(
            decision.question.programme,
            organisation,
            LevelFieldEntry.Kind.SAID,
            f"About the draft decision “{decision.title}”: {words}",
        )
    return Comment.objects.create(
        decision=decision, by=user, organisation=organisation, words=words
    )


@transaction.atomic
def reply(user: User, comment_: Comment, words: str) -> Reply:
    """Say what became of a comment."""
    decision = locked(comment_.decision)
    require(rules.may_write(user, decision))
    try:
        with transaction.atomic():
            return Reply.objects.create(comment=comment_, by=user, words=words)
    except IntegrityError as error:
        raise Invalid(_("This comment has its answer already.")) from error


@transaction.atomic
def dissent(user: User, decision: Decision, words: str) -> Dissent:
    """Disagree, in one's own words, which nobody edits."""
    decision = locked(decision)
    require(rules.may_dissent(user, decision))
    try:
        with transaction.atomic():
            said = Dissent.objects.create(decision=decision, by=user, words=words)
    except IntegrityError as error:
        raise Invalid(_("Your dissent is recorded already, as you said it.")) from error
    record(
        decision.question.programme,
        user,
        f"recorded dissent from the decision “{decision.title}”",
    )
    return said


@transaction.atomic
def recommend(user: User, decision: Decision) -> Decision:
    """Put it before the body or person with the power. From here nothing is reworded."""
    decision = locked(decision)
    require(rules.may_recommend(user, decision))
    if missing := missing_to_recommend(decision):
        raise Invalid(" ".join(sentence for _section, sentence in missing))
    if silent := not_met(decision, user):
        raise Invalid(silent)
    keep_plan(user, decision)
    decision.status = Status.RECOMMENDED
    decision.recommended_by, decision.recommended_at = user, timezone.now()
    decision.save(update_fields=["status", "recommended_by", "recommended_at"])
    move(decision, Question.State.DECIDING)
    record(
        decision.question.programme,
        user,
        f"recommended the decision “{decision.title}” to {decision.body_name}",
    )
    return decision


@transaction.atomic
def send_back(user: User, decision: Decision, reason: str) -> Decision:
    """Take it back from the body that decides, to change it."""
    decision = locked(decision)
    require(rules.may_enter(user, decision))
    _as_draft(decision)
    record(
        decision.question.programme,
        user,
        f"took the decision “{decision.title}” back to change it",
        reason=reason,
    )
    return decision


def _as_draft(decision: Decision) -> None:
    decision.status = Status.DRAFT
    decision.save(update_fields=["status"])
    move(decision, Question.State.APPRAISING)


@transaction.atomic
def withdraw(user: User, decision: Decision, reason: str) -> Decision:
    """Give the draft up. What was said about it is kept."""
    decision = locked(decision)
    require(may_run(user, decision.question.programme) & rules.could_not_gain(user, decision))
    if decision.is_decided:
        raise Invalid(_("What was decided is not withdrawn. A new question can change it."))
    if decision.status == Status.RECOMMENDED:
        move(decision, Question.State.APPRAISING)
    if decision.question.one_group:
        # Whoever drafts the next one names it anew, or asks everybody.
        name_group(user, decision.question, None)
    decision.status = Status.WITHDRAWN
    decision.save(update_fields=["status"])
    record(
        decision.question.programme,
        user,
        f"withdrew the draft decision “{decision.title}”",
        reason=reason,
    )
    return decision
