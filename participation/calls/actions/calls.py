"""The write door of calls: made, published, changed with a reason, extended, assessed, released."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Manager, Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from commissioning.design.when import moment_zone
from commissioning.ground.answers import Invalid, require
from commissioning.ground.locks import lock
from commissioning.notices.actions import tell
from commissioning.people.models import User
from commissioning.programmes.history import record
from commissioning.programmes.level_field import publish_level_field
from commissioning.programmes.models import Membership, Programme
from commissioning.programmes.rules import may_lead
from participation.calls import rules
from participation.calls.clock import database_now
from participation.calls.library import BY_KEY
from participation.calls.models import (
    Assessor,
    Call,
    CallChange,
    EligibilityCheck,
    Expression,
    LateAllowance,
    Question,
    WantedDocument,
)
from places.directory.models import Organisation

Asked = Question | WantedDocument | EligibilityCheck

# What a published call may still change, with a reason; dates and sums are not among them.
CORRECTABLE = ("title", "about", "funded", "not_funded", "who_may_apply", "already_done")


def lock_call(call_id: UUID, *, shared: bool = False) -> Call:
    """The call as it is once nobody else is changing it. Shared: others may submit meanwhile."""
    lock(f"call:{call_id}", shared=shared)
    return Call.objects.select_related("programme__place").get(pk=call_id)


@transaction.atomic
def make_call(user: User, programme: Programme, title: str) -> Call:
    """A new draft."""
    require(rules.may_build(user, programme))
    return Call.objects.create(
        programme=programme, title=title, made_by=user, decided_by=programme.led_by.name[:200]
    )


@transaction.atomic
def write_call(user: User, call: Call, values: dict[str, Any]) -> Call:
    """Write some of a draft's fields (``outcomes`` among them)."""
    call = lock_call(call.pk)
    require(rules.may_edit_draft(user, call))
    outcomes = values.pop("outcomes", None)
    for name, value in values.items():
        setattr(call, name, value)
    call.save(update_fields=list(values) or None)
    if outcomes is not None:
        call.outcomes.set(outcomes)
    return call


@transaction.atomic
def discard_call(user: User, call: Call) -> None:
    """Throw a draft away."""
    call = lock_call(call.pk)
    require(rules.may_edit_draft(user, call))
    call.delete()


# What a call asks ----------------------------------------------------------------------------


def _free_to_ask(user: User, call: Call) -> Call:
    """The call, locked, if what it asks may still change."""
    call = lock_call(call.pk)
    require(rules.may_build(user, call.programme))
    if call.status != Call.Status.DRAFT:
        require(rules.may_correct(user, call))
    free = rules.questions_are_free(call)
    if not free:
        raise Invalid(free.reason)
    return call


def _next_position(rows: QuerySet[Any]) -> int:
    last: int | None = rows.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


@transaction.atomic
def add_from_library(user: User, call: Call, keys: list[str]) -> list[Question]:
    """Ask questions of the library, in its order."""
    call = _free_to_ask(user, call)
    position = _next_position(call.questions.all())
    chosen = [question for key, question in BY_KEY.items() if key in keys]
    return Question.objects.bulk_create(
        Question(
            call=call,
            position=position + offset,
            section=str(question.section),
            words=str(question.words),
            help=str(question.help),
            kind=question.kind,
            word_limit=question.word_limit,
            choices=[str(choice) for choice in question.choices],
            required=question.required,
        )
        for offset, question in enumerate(chosen)
    )


@transaction.atomic
def save_asked(user: User, call: Call, row: Asked) -> Asked:
    """Write a question, a wanted document or an eligibility check; a new one goes to the end."""
    call = _free_to_ask(user, call)
    row.call = call
    if row.position is None:
        row.position = _next_position(type(row)._default_manager.filter(call=call))
    row.save()
    _note_if_published(user, call, _("changed what the call asks"))
    return row


@transaction.atomic
def remove_asked(user: User, call: Call, row: Asked) -> None:
    """Take a question, a wanted document or an eligibility check out."""
    call = _free_to_ask(user, call)
    row.delete()
    _note_if_published(user, call, _("changed what the call asks"))


@transaction.atomic
def move_asked(user: User, call: Call, moved: Asked, *, up: bool) -> None:
    """Put what is asked one place higher or lower; at the end of the list nothing happens."""
    call = _free_to_ask(user, call)
    kind: Manager[Any] = type(moved)._default_manager
    rows = list(kind.filter(call=call))
    here = next(place for place, row in enumerate(rows) if row.pk == moved.pk)
    there = here - 1 if up else here + 1
    if 0 <= there < len(rows):
        rows[here], rows[there] = rows[there], rows[here]
        for position, row in enumerate(rows, start=1):
            row.position = position
        kind.bulk_update(rows, ["position"])


def _note_if_published(user: User, call: Call, what: str) -> None:
    if call.is_published:
        CallChange.objects.create(
            call=call, by=user, what=what, reason=_("Before anybody had begun to answer.")
        )


# Assessors -----------------------------------------------------------------------------------


@transaction.atomic
def choose_assessors(user: User, call: Call, members: list[Membership]) -> None:
    """Set who assesses: members of the programme, changed until the decisions are released."""
    call = lock_call(call.pk)
    require(rules.may_build(user, call.programme))
    if call.status == Call.Status.RELEASED:
        raise Invalid(_("The decisions are released: who assessed is part of the record."))
    if any(member.programme_id != call.programme_id for member in members):
        raise Invalid(_("Assessors are members of the programme."), "assessors")
    call.assessors.exclude(membership__in=members).delete()
    for member in members:
        Assessor.objects.get_or_create(call=call, membership=member)
    if call.is_published:
        record(call.programme, user, _("changed who assesses “%s”") % call.title)


# Publishing ----------------------------------------------------------------------------------


def missing_to_publish(call: Call, now: datetime) -> list[tuple[str, str]]:
    """What still stands against publishing: (step, sentence) pairs."""
    tests: list[tuple[bool, str, str]] = [
        (bool(call.about), "about", _("Say what the call is for.")),
        (call.outcomes.exists(), "about", _("Choose at least one outcome.")),
        (bool(call.funded), "scope", _("Say what is funded.")),
        (bool(call.not_funded), "scope", _("Say what is not funded.")),
        (bool(call.who_may_apply), "scope", _("Say who may apply.")),
        (bool(call.already_done), "scope", _("Say whether someone already does it.")),
        (call.amount_available is not None, "money", _("Say how much there is.")),
        (call.project_maximum is not None, "money", _("Say the most that one project may ask.")),
        (call.expected_applications is not None, "odds", _("Say how many you expect to apply.")),
        (call.can_fund is not None, "odds", _("Say how many you can fund.")),
        (bool(call.decided_by), "dates", _("Say who decides.")),
        (call.opens_at is not None, "dates", _("Say when it opens.")),
        (
            call.closes_at is not None and call.closes_at > now,
            "dates",
            _("Say when it closes, later than now."),
        ),
        (
            call.decision_on is not None
            and call.closes_at is not None
            and call.decision_on >= timezone.localdate(call.closes_at),
            "dates",
            _("Say when people hear: on the day it closes or later."),
        ),
        (call.questions.exists(), "questions", _("Ask at least one question.")),
        (call.assessors.exists(), "assessors", _("Choose who assesses.")),
        (
            call.programme.is_public,
            "programme",
            _("Let anyone read the programme's journey page: a call is public."),
        ),
    ]
    return [(step, sentence) for met, step, sentence in tests if not met]


@transaction.atomic
def publish_call(user: User, call: Call) -> Call:
    """Let the public read it. From here on it changes only with a published reason."""
    call = lock_call(call.pk)
    require(rules.may_edit_draft(user, call))
    now = database_now()
    missing = missing_to_publish(call, now)
    if missing:
        raise Invalid(" ".join(sentence for _step, sentence in missing))
    call.status = Call.Status.PUBLISHED
    call.published_at = now
    call.save(update_fields=["status", "published_at"])
    record(call.programme, user, _("published the call “%s”") % call.title)
    act_on_opening(call.pk)
    return call


@transaction.atomic
def act_on_opening(call_id: UUID) -> bool:
    """Publish the level-playing-field file with a call that has opened; once. True if it did."""
    call = lock_call(call_id)
    now = database_now()
    opens = call.opens_at
    if call.opened_at or not call.is_published or opens is None or now < opens:
        return False
    call.opened_at = now
    call.save(update_fields=["opened_at"])
    publish_level_field(call.programme, _("The call “%s” opened.") % call.title)
    record(call.programme, None, _("opened the call “%s”") % call.title)
    return True


@transaction.atomic
def correct_call(user: User, call: Call, values: dict[str, Any], reason: str) -> list[CallChange]:
    """Change a published call's words, with the reason on its page; who has begun is told."""
    call = lock_call(call.pk)
    require(rules.may_correct(user, call))
    if not reason.strip():
        raise Invalid(_("Say why it changes: everybody can read it."), "reason")
    changed = [
        name for name in CORRECTABLE if name in values and getattr(call, name) != values[name]
    ]
    if not changed:
        raise Invalid(_("Nothing was changed."))
    for name in changed:
        setattr(call, name, values[name])
    call.save(update_fields=changed)
    labels = {field.name: str(field.verbose_name) for field in Call._meta.fields}
    names = ", ".join(labels[name] for name in changed)
    return [_record_change(user, call, _("changed the call: %s") % names, reason)]


@transaction.atomic
def extend_call(user: User, call: Call, closes_at: datetime, reason: str) -> CallChange:
    """Close later, with a published reason; never earlier, and not once it has closed."""
    call = lock_call(call.pk)
    require(rules.may_correct(user, call))
    now = database_now()
    assert call.closes_at is not None
    if call.has_closed_at(now):
        raise Invalid(
            _("This call has closed. The lead can allow one organisation to submit late.")
        )
    if closes_at <= call.closes_at:
        raise Invalid(_("A call may only close later than it said."), "closes_at")
    if call.decision_on and timezone.localdate(closes_at) > call.decision_on:
        raise Invalid(_("That is after the day on which people hear the decision."), "closes_at")
    if not reason.strip():
        raise Invalid(_("Say why it closes later: everybody can read it."), "reason")
    call.closes_at = closes_at
    call.save(update_fields=["closes_at"])
    return _record_change(user, call, _("moved the close to %s") % moment_zone(closes_at), reason)


def _record_change(user: User, call: Call, what: str, reason: str) -> CallChange:
    change = CallChange.objects.create(call=call, by=user, what=what[:300], reason=reason)
    record(call.programme, user, f"{what} (“{call.title}”)", reason=reason)
    for person in applicants_of(call.expressions.exclude(state=Expression.State.WITHDRAWN)):
        tell("calls.call_changed", person, about={"change": str(change.pk)}, key=f"{change.pk}")
    return change


def applicants_of(expressions: QuerySet[Expression]) -> QuerySet[User]:
    """Everyone who acts for the organisations of these expressions."""
    return User.objects.filter(
        acts_for__organisation__in=expressions.values("organisation"), is_active=True
    ).distinct()


# After the close -----------------------------------------------------------------------------


@transaction.atomic
def allow_late(
    user: User, call: Call, organisation: Organisation, reason: str, until: datetime
) -> LateAllowance:
    """The lead lets one organisation submit once after the close; everybody can read why."""
    call = lock_call(call.pk)
    require(may_lead(user, call.programme))
    now = database_now()
    if not call.has_closed_at(now) or call.status == Call.Status.RELEASED:
        raise Invalid(_("Late leave is for a call that has closed and is not yet decided."))
    if not reason.strip():
        raise Invalid(_("Say why: everybody can read it."), "reason")
    if not now < until <= now + timedelta(days=14):
        raise Invalid(_("Choose a time from now on, within two weeks."), "until")
    leave = LateAllowance.objects.create(
        call=call, organisation=organisation, by=user, reason=reason, until=until
    )
    record(
        call.programme,
        user,
        _("allowed one organisation to submit late to “%s”") % call.title,
        reason=reason,
    )
    for member in organisation.members.select_related("user"):
        tell("calls.late_allowed", member.user, about={"leave": str(leave.pk)}, key=f"{leave.pk}")
    return leave


@transaction.atomic
def begin_assessing(user: User, call: Call) -> Call:
    """Open what came in, together, once the call has closed."""
    call = lock_call(call.pk)
    require(rules.may_build(user, call.programme))
    if not call.has_closed_at(database_now()):
        raise Invalid(_("Nobody opens an expression before the call closes."))
    if call.status == Call.Status.PUBLISHED:
        call.status = Call.Status.ASSESSING
        call.assessing_at = database_now()
        call.save(update_fields=["status", "assessing_at"])
        record(call.programme, user, _("began assessing “%s”") % call.title)
    return call
