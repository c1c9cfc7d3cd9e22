"""Who may do what with calls and expressions, each answer with the reason people are shown."""

from datetime import datetime
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import YES, Answer, no
from commissioning.people.models import User
from commissioning.programmes.models import Programme, Role
from commissioning.programmes.rules import has_role, may_decide, may_run, membership_of, money_gate
from participation.calls.models import Call, Expression, LateAllowance
from places.directory.models import Organisation
from places.directory.rules import acts_for

Person = User | AnonymousUser


class Phase(StrEnum):
    """Where a call is, by the database's clock."""

    DRAFT = "draft"
    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSED = "closed"
    ASSESSING = "assessing"
    RELEASED = "released"


def phase_of(call: Call, now: datetime) -> Phase:
    """The call's phase at that moment."""
    if call.status != Call.Status.PUBLISHED:
        return Phase(call.status)
    if call.opens_at and now < call.opens_at:
        return Phase.UPCOMING
    return Phase.CLOSED if call.has_closed_at(now) else Phase.OPEN


def may_build(user: Person, programme: Programme) -> Answer:
    """Leads and commissioners make calls, once the programme may speak of money."""
    return money_gate(programme) & may_run(user, programme)


def may_edit_draft(user: Person, call: Call) -> Answer:
    """A draft is changed freely; a published call only with a published reason."""
    if call.status != Call.Status.DRAFT:
        return no(_("This call is published. Changes to it are made with a reason, on its page."))
    return may_build(user, call.programme)


def may_correct(user: Person, call: Call) -> Answer:
    """Published words may be corrected, with a reason, until assessing begins."""
    if call.status != Call.Status.PUBLISHED:
        return no(_("Only a published call, before it is assessed, is changed with a reason."))
    return may_build(user, call.programme)


def questions_are_free(call: Call) -> Answer:
    """What a call asks may change until somebody has begun to answer it."""
    if call.expressions.exists():
        return no(
            _("Somebody has begun an expression of interest, so what the call asks is frozen.")
        )
    return YES


def may_open_now(call: Call, now: datetime) -> Answer:
    """Whether an expression could be sent now, without any special leave."""
    match phase_of(call, now):
        case Phase.OPEN:
            return YES
        case Phase.UPCOMING | Phase.DRAFT:
            return no(_("This call is not open yet."))
        case _:
            return no(_("This call has closed."))


def late_leave(call: Call, organisation: Organisation, now: datetime) -> LateAllowance | None:
    """The lead's leave to submit late that still runs and has not been used."""
    if call.status == Call.Status.RELEASED:
        return None
    return call.late_allowances.filter(
        organisation=organisation, until__gt=now, used_for__isnull=True
    ).first()


def may_begin(user: Person, call: Call, organisation: Organisation, now: datetime) -> Answer:
    """Anyone who acts for an organisation begins while the call is open, or by special leave."""
    acting = acts_for(user, organisation)
    if not acting or late_leave(call, organisation, now):
        return acting
    return may_open_now(call, now)


def assesses(user: Person, call: Call) -> bool:
    """Whether the person is one of the call's assessors, and still a member."""
    member = membership_of(user, call.programme)
    return member is not None and call.assessors.filter(membership=member).exists()


def may_see_list(user: Person, call: Call) -> Answer:
    """Assessors, and those who run the call, see what came in; never those who could gain."""
    if not assesses(user, call):
        running = has_role(user, call.programme, Role.LEAD, Role.COMMISSIONER)
        if not running:
            return no(_("This is for the assessors of the call."))
    return may_decide(user, call.programme)


def conflict_of(user: Person, expression: Expression) -> Answer:
    """No where the person can't be fair about this expression."""
    if acts_for(user, expression.organisation):
        return no(
            _("You act for %s, so you cannot open its expression here.")
            % expression.organisation.name
        )
    if isinstance(user, User) and expression.conflicts.filter(user=user).exists():
        return no(_("You declared a conflict of interest, so you cannot open this expression."))
    member = membership_of(user, expression.call.programme)
    if member and member.organisation_id == expression.organisation_id:
        return no(_("You speak for the organisation that applies, so you cannot open this."))
    return YES


def may_read(user: Person, expression: Expression) -> Answer:
    """Who may read an expression as assessor: entitled, fair, and not before the close."""
    listed = may_see_list(user, expression.call)
    if not listed:
        return listed
    if expression.call.status not in (Call.Status.ASSESSING, Call.Status.RELEASED):
        return no(_("Nobody opens an expression before the call closes and assessing begins."))
    return conflict_of(user, expression)


def files_are_kept(expression: Expression) -> Answer:
    """A year after the decisions (seven where it was funded) the files are gone."""
    if expression.forgotten_at is None:
        return YES
    return no(_("These files were removed some time after the decision, as the privacy page says."))


def may_judge(user: Person, expression: Expression) -> Answer:
    """Who may check, ask and decide: an assessor of the call, while it is assessed."""
    reading = may_read(user, expression)
    if not reading:
        return reading
    if expression.call.status != Call.Status.ASSESSING:
        return no(_("The decisions are released, and they stand."))
    if not assesses(user, expression.call):
        return no(_("You are not one of this call's assessors."))
    return YES


def may_give_feedback(user: Person, expression: Expression) -> Answer:
    """Assessors write feedback, before the release or after it."""
    reading = may_read(user, expression)
    if reading and not assesses(user, expression.call):
        return no(_("You are not one of this call's assessors."))
    return reading


def may_release(user: Person, call: Call) -> Answer:
    """The lead releases all decisions at once."""
    leading = has_role(user, call.programme, Role.LEAD)
    return leading & may_decide(user, call.programme) if leading else leading


def may_prepare_entry(user: Person, expression: Expression) -> Answer:
    """The organisation, or those who run the call, prepare how it stands on the ballot."""
    if expression.call.status != Call.Status.RELEASED:
        return no(_("Ballot entries are prepared once the decisions are released."))
    decision = getattr(expression, "decision", None)
    if decision is None or decision.outcome != decision.Outcome.APPROVED:
        return no(_("Only approved expressions stand on the ballot."))
    if acts_for(user, expression.organisation):
        return YES
    return may_run(user, expression.call.programme)
