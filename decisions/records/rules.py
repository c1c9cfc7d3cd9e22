"""Who may do what with a decision, each answer with the reason that people are shown."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commissioning.design.when import day
from commissioning.ground.answers import YES, Answer, no
from commissioning.programmes.models import Role
from commissioning.programmes.rules import (
    Person,
    may_decide,
    may_run,
    may_see,
    membership_of,
    money_gate,
)
from decisions.questions.models import Question
from decisions.records.models import Body, Decision

Status = Decision.Status
CLEAR_DAYS = 28  # between the notice of a key decision and the day it is taken, both left out
# Executive decisions can be called in by the council's own members before they take effect.
CAN_BE_CALLED_IN = frozenset({Body.CABINET, Body.OFFICER})
KEY_BODIES = frozenset({Body.CABINET, Body.OFFICER})


def may_begin(user: Person, question: Question) -> Answer:
    """Those who run the programme, once the question has been appraised in the open."""
    if question.state != Question.State.APPRAISING:
        return no(_("A decision is drafted while its question is being appraised."))
    return may_run(user, question.programme) & money_gate(question.programme)


def may_show(user: Person, decision: Decision) -> Answer:
    """Drafts are for those who run the programme; the rest for everyone who sees it."""
    programme = decision.question.programme
    if decision.status in {Status.DRAFT, Status.WITHDRAWN}:
        return may_run(user, programme)
    return may_see(user, programme)


def may_read_whole(user: Person, decision: Decision) -> Answer:
    """The record with nothing removed: those who run the programme, everyone if nothing is."""
    if decision.is_exempt or decision.removals.exists():
        return may_run(user, decision.question.programme)
    return may_show(user, decision)


def may_write(user: Person, decision: Decision) -> Answer:
    """Those who run the programme, until it is recommended."""
    return may_run(user, decision.question.programme) & is_open(decision)


def is_open(decision: Decision) -> Answer:
    """What stands before the body that decides is not reworded under it."""
    if decision.is_open_to_change:
        return YES
    if decision.status == Status.RECOMMENDED:
        return no(_("It is recommended as it stands. Send it back to change it."))
    return no(_("What was decided is not reworded."))


def may_recommend(user: Person, decision: Decision) -> Answer:
    """Who runs the programme and could not gain."""
    return may_write(user, decision) & may_decide(user, decision.question.programme)


def may_enter(user: Person, decision: Decision) -> Answer:
    """Whoever writes down what the body decided runs the programme and could not gain."""
    programme = decision.question.programme
    if decision.status != Status.RECOMMENDED:
        return no(_("Only what has been recommended is decided."))
    return may_run(user, programme) & may_decide(user, programme)


def may_comment(user: Person, decision: Decision) -> Answer:
    """Anyone signed in who sees the programme, until the last day has passed."""
    if not user.is_authenticated:
        return no(_("Sign in first, so that people know who is speaking."))
    if decision.status != Status.CONSULTING or decision.consult_until is None:
        return no(_("This decision is not out for comment now."))
    if timezone.localdate() > decision.consult_until:
        return no(_("Comments closed on %s.") % day(decision.consult_until))
    return may_see(user, decision.question.programme)


def may_dissent(user: Person, decision: Decision) -> Answer:
    """Members who are more than observers, from the time it is out until it takes effect."""
    member = membership_of(user, decision.question.programme)
    if member is None or member.role == Role.OBSERVER:
        return no(_("Dissent is recorded for the members of the programme; observers watch."))
    if decision.status in {Status.DRAFT, Status.EFFECTIVE, Status.WITHDRAWN}:
        return no(_("Dissent is recorded from the time a decision is out until it takes effect."))
    return YES


def may_mark(user: Person, decision: Decision) -> Answer:
    """Those who run the programme say what the public edition leaves out."""
    return may_run(user, decision.question.programme)


def may_issue(user: Person, decision: Decision) -> Answer:
    """Officers who could not gain, once it is decided."""
    if not decision.is_decided:
        return no(_("The record is issued once the decision has been made."))
    programme = decision.question.programme
    return may_run(user, programme) & may_decide(user, programme)


def notice_long_enough(decision: Decision, decided_on: dt.date) -> Answer:
    """A key decision of an executive has 28 clear days of notice, or a reason why it could not."""
    if not decision.is_key or decision.body_kind not in KEY_BODIES or decision.urgency.strip():
        return YES
    if decision.notice_on is None:
        return no(_("A key decision needs its notice first, or the reason why it cannot wait."))
    if (decided_on - decision.notice_on).days - 1 >= CLEAR_DAYS:
        return YES
    first = decision.notice_on + dt.timedelta(days=CLEAR_DAYS + 1)
    return no(
        _("The notice of %(notice)s allows a decision from %(first)s on: 28 clear days.")
        % {"notice": day(decision.notice_on), "first": day(first)}
    )
