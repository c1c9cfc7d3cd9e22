"""The write door of expressions: begun, saved as typed, submitted, amended, withdrawn."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.ground.answers import Answer, Invalid, require
from commissioning.ground.digests import canonical_json, sha256_hex
from commissioning.notices.actions import tell
from commissioning.people.models import User
from commissioning.programmes.rules import money_gate
from participation.calls import rules
from participation.calls.actions.calls import lock_call
from participation.calls.clock import database_now
from participation.calls.content import Content, content_of
from participation.calls.forms.sections import Raw, Sections
from participation.calls.models import (
    Attachment,
    Call,
    Expression,
    LateAllowance,
    SectionDraft,
    Submission,
)
from places.directory.models import Organisation
from places.directory.rules import acts_for


class Stale(Exception):
    """Somebody else saved this section meanwhile. ``saved`` is how it stands now."""

    def __init__(self, saved: SectionDraft) -> None:
        super().__init__("saved by somebody else meanwhile")
        self.saved = saved


@dataclass(frozen=True, slots=True)
class Edit:
    """Which open page saves, and which revision it began from."""

    base: int
    page: UUID


@transaction.atomic
def begin_expression(user: User, call: Call, organisation: Organisation) -> Expression:
    """Begin an expression for the organisation; where it may make only one, go on with that."""
    call = lock_call(call.pk)
    require(money_gate(call.programme))
    require(acts_for(user, organisation))
    if not call.several_per_organisation:
        present = call.expressions.filter(organisation=organisation).first()
        if present is not None:
            return present
    may = rules.may_begin(user, call, organisation, database_now())
    if not may:
        raise Invalid(may.reason)
    last: int | None = call.expressions.aggregate(last=Max("number"))["last"]
    return Expression.objects.create(
        call=call,
        organisation=organisation,
        number=(last or 0) + 1,
        started_by=user,
        only_one=not call.several_per_organisation,
    )


def _own(user: User, expression: Expression) -> Expression:
    """The expression, locked, for somebody who acts for its organisation."""
    own = (
        Expression.objects.select_for_update(of=("self",))
        .select_related("call__programme__place", "organisation")
        .get(pk=expression.pk)
    )
    require(acts_for(user, own.organisation))
    require(money_gate(own.call.programme))
    return own


def _draft(user: User, expression: Expression) -> Expression:
    """As :func:`_own`, if it is being written."""
    own = _own(user, expression)
    if own.state == Expression.State.SUBMITTED:
        raise Invalid(_("This has been submitted. To change it, choose “Change it” first."))
    if own.state == Expression.State.WITHDRAWN:
        raise Invalid(_("This was withdrawn. Take it up again before you change it."))
    return own


def sections_of(expression: Expression) -> Sections:
    """The sections with what was typed into each."""
    raws = dict(expression.drafts.values_list("key", "raw"))
    return Sections(expression.call, expression.organisation, raws)


@transaction.atomic
def save_section(
    user: User, expression: Expression, key: str, raw: Raw, edit: Edit
) -> SectionDraft:
    """Keep a section as it was typed, right or wrong. Late or not: a draft is never refused.

    Raises :class:`Stale` where somebody else saved it since this page was opened, unless what
    they saved is the same.
    """
    own = _draft(user, expression)
    draft, _made = SectionDraft.objects.select_for_update().get_or_create(
        expression=own, key=key, defaults={"saved_by": user}
    )
    if draft.raw == raw and draft.revision:
        return draft
    same_page = draft.page == edit.page and edit.base >= draft.page_since
    if edit.base != draft.revision and not same_page:
        raise Stale(draft)
    if not same_page:
        draft.page, draft.page_since = edit.page, draft.revision
    draft.raw, draft.saved_by, draft.saved_at = raw, user, database_now()
    draft.revision += 1
    draft.save()
    return draft


# Submitting ----------------------------------------------------------------------------------


def present_attachments(expression: Expression) -> list[Attachment]:
    """The files that are in the draft now."""
    return list(expression.attachments.filter(removed_at__isnull=True).select_related("wanted"))


def problems_of(
    expression: Expression, sections: Sections, attachments: list[Attachment]
) -> list[tuple[str, str]]:
    """What still stands against submitting: (section key, sentence) pairs."""
    problems = []
    for key, form in sections.forms.items():
        if not form.is_bound:
            problems.append((key, _("%s: not begun yet.") % form.title))
        elif not form.is_valid():
            count = len(form.errors)
            sentence = ngettext(
                "%(title)s: %(count)d answer needs a look.",
                "%(title)s: %(count)d answers need a look.",
                count,
            )
            problems.append((key, sentence % {"title": form.title, "count": count}))
    sent = {attachment.wanted_id for attachment in attachments}
    for wanted in expression.call.wanted_documents.filter(required=True):
        if wanted.pk not in sent:
            problems.append(("documents", _("Send this document: %s.") % wanted.title))
    return problems


def may_submit_now(call: Call, organisation: Organisation) -> tuple[Answer, LateAllowance | None]:
    """Whether it may be submitted at this moment by the database's clock, and by which leave."""
    now = database_now()
    timely = rules.may_open_now(call, now)
    if timely:
        return timely, None
    leave = rules.late_leave(call, organisation, now)
    return (Answer(True), leave) if leave else (timely, None)


@transaction.atomic
def submit(
    user: User, expression: Expression, *, op: UUID, hours: Decimal | None = None
) -> Submission:
    """Submit it, with one receipt however often the button is pressed.

    The moment is judged by the database's clock once the lock is held; too late, the draft stays.
    """
    call = lock_call(expression.call_id, shared=True)
    own = _own(user, expression)
    own.call = call
    repeated = Submission.objects.filter(op=op, expression=own).first()
    if repeated is not None:
        return repeated
    if own.state == Expression.State.SUBMITTED and own.standing is not None:
        return own.standing
    own = _draft(user, expression)
    may, leave = may_submit_now(call, own.organisation)
    if not may:
        raise Invalid(_too_late(own, may))
    submission = _write_submission(user, own, op, leave)
    own.state = Expression.State.SUBMITTED
    own.standing = submission
    own.hours = hours if hours is not None else own.hours
    own.save(update_fields=["state", "standing", "hours"])
    for recipient in {user, own.started_by}:
        tell(
            "calls.received",
            recipient,
            about={"submission": str(submission.pk)},
            key=f"received:{submission.pk}",
        )
    return submission


def _too_late(expression: Expression, answer: Answer) -> str:
    if expression.standing_id:
        kept = _("What you submitted before stands. Your changes are kept as a draft.")
    else:
        kept = _("Your draft is kept, and nothing you wrote is lost.")
    return f"{answer.reason} {kept}"


def _write_submission(
    user: User, expression: Expression, op: UUID, leave: LateAllowance | None
) -> Submission:
    sections = sections_of(expression)
    attachments = present_attachments(expression)
    problems = problems_of(expression, sections, attachments)
    if problems:
        raise Invalid(" ".join(sentence for _key, sentence in problems))
    content: Content = content_of(sections, attachments)
    last: int | None = expression.submissions.aggregate(last=Max("number"))["last"]
    return Submission.objects.create(
        expression=expression,
        number=(last or 0) + 1,
        by=user,
        op=op,
        at=database_now(),
        late=leave,
        title=content["project"]["name"],
        summary=content["project"]["summary"],
        area_id=content["project"]["area_id"] or None,
        asked=Decimal(content["budget"]["asked"]),
        content=content,
        digest=sha256_hex(canonical_json(content)),
    )


@transaction.atomic
def reopen(user: User, expression: Expression) -> Expression:
    """Take it up again to change it. What was submitted stands until it is submitted again."""
    call = lock_call(expression.call_id, shared=True)
    own = _own(user, expression)
    if own.state == Expression.State.DRAFT:
        return own
    may, _leave = may_submit_now(call, own.organisation)
    if not may:
        raise Invalid(f"{may.reason} {_('What you submitted stands as it is.')}")
    own.state = Expression.State.DRAFT
    own.save(update_fields=["state"])
    return own


@transaction.atomic
def withdraw(user: User, expression: Expression) -> Expression:
    """Take it out of the call, until the decisions are released."""
    call = lock_call(expression.call_id, shared=True)
    own = _own(user, expression)
    if own.state == Expression.State.WITHDRAWN:
        return own
    if call.status == Call.Status.RELEASED:
        raise Invalid(_("The decisions are released. Write to the people who run the call."))
    own.state = Expression.State.WITHDRAWN
    own.standing = None
    own.save(update_fields=["state", "standing"])
    tell("calls.withdrawn", user, about={"expression": str(own.pk)}, key=f"withdrawn:{own.pk}")
    return own
