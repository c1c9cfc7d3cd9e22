"""Who may do what with a decision, each answer with the reason that people are shown."""

import datetime as dt
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commissioning.design.when import day
from commissioning.ground.answers import YES, Answer, no
from commissioning.programmes.models import Role
from commissioning.programmes.rules import (
    Person,
    may_run,
    may_see,
    membership_of,
    money_gate,
    standing_declaration,
)
from decisions.questions.conflicts import may_decide_on
from decisions.questions.models import Question
from decisions.records.models import NAMED, Advice, Body, Decision, Exemption

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
    if decision.status not in {Status.DRAFT, Status.WITHDRAWN}:
        return may_see(user, programme)
    runs = may_run(user, programme)
    return YES if runs or advises(user, decision) else runs


def may_read_whole(user: Person, decision: Decision) -> Answer:
    """The record with nothing removed: those who run the programme, everyone if nothing is."""
    if decision.is_exempt or decision.removals.exists():
        return may_run(user, decision.question.programme)
    return may_show(user, decision)


def may_write(user: Person, decision: Decision) -> Answer:
    """Those who run the programme, until it is recommended."""
    return may_run(user, decision.question.programme) & is_open(decision)


def could_not_gain(user: Person, decision: Decision) -> Answer:
    """Who could gain gives evidence; withdraws nothing, hides nothing, calls nothing in."""
    return may_decide_on(user, decision.question)


def advises(user: Person, decision: Decision) -> bool:
    """Whether somebody was asked for advice on it, and is still a member."""
    return (
        user.is_authenticated
        and decision.advisers.filter(user=user).exists()
        and membership_of(user, decision.question.programme) is not None
    )


def is_adviser(user: Person, decision: Decision, kind: str) -> bool:
    """Whether somebody was named as this officer, and still may be."""
    return (
        user.is_authenticated
        and decision.advisers.filter(kind=kind, user=user).exists()
        and bool(may_be_adviser(user, decision))
    )


def may_be_adviser(user: Person, decision: Decision) -> Answer:
    """A member who declared, and could not gain: in whatever role, an observer too."""
    member = membership_of(user, decision.question.programme)
    if member is None:
        return no(_("Invite them to the programme first: advisers are members, and declare."))
    declaration = standing_declaration(member)
    if declaration is None:
        return no(_("They have not declared yet whether they could gain."))
    if declaration.could_gain:
        return no(_("They declared that they could gain, so they give no officer's advice."))
    return YES


def may_advise(user: Person, decision: Decision, kind: str) -> Answer:
    """Those who write the draft type it in; who was named gives it themselves."""
    if is_adviser(user, decision, kind):
        return is_open(decision)
    return may_write(user, decision)


def may_name_adviser(user: Person, decision: Decision, kind: str) -> Answer:
    """As for the draft; later, only whom to ask to confirm what was typed in for them."""
    if decision.is_open_to_change or decision.status == Status.WITHDRAWN:
        return may_write(user, decision)
    if not Advice.objects.filter(decision=decision, kind=kind, confirmed_by=None).exists():
        return no(_("Nothing of this officer waits to be confirmed, and nothing is reworded now."))
    return may_run(user, decision.question.programme)


def may_confirm(user: Person, decision: Decision, kind: str) -> Answer:
    """Who was named, once, however late: it adds a day and rewords nothing."""
    if not is_adviser(user, decision, kind):
        return no(_("Only who was named as this officer confirms what they advise."))
    if decision.status == Status.WITHDRAWN:
        return no(_("The draft was withdrawn, so nothing about it changes."))
    if Advice.objects.filter(decision=decision, kind=kind, confirmed_by_id=user.pk).exists():
        return no(_("You have confirmed it already."))
    return YES


# Grounds that every body has; councils go by Schedule 12A, the others by the Act of 1960.
ANY_BODY: Final = frozenset({Exemption.DATA_PROTECTION})
BY_ACT_OF_1960: Final = {
    Body.PARISH: frozenset({Exemption.MEETINGS}),
    Body.NHS_BOARD: frozenset({Exemption.MEETINGS, Exemption.NHS_CONFIDENTIAL}),
}
SCHEDULE_12A: Final = frozenset(Exemption) - {Exemption.MEETINGS, Exemption.NHS_CONFIDENTIAL}


def grounds(decision: Decision) -> list[tuple[str, str]]:
    """The grounds that this kind of body has, as choices of a form."""
    own = BY_ACT_OF_1960.get(Body(decision.body_kind)) if decision.body_kind else None
    allowed = SCHEDULE_12A if own is None else own | ANY_BODY
    return [(one.value, str(one.label)) for one in Exemption if one in allowed]


def ground_fits(decision: Decision, ground: str) -> Answer:
    """Whether the law that the ground names is the law of this body."""
    if ground in dict(grounds(decision)):
        return YES
    return no(_("That ground is not one of this body's: choose another."))


def is_open(decision: Decision) -> Answer:
    """What stands before the body that decides is not reworded under it."""
    if decision.is_open_to_change:
        return YES
    if decision.status == Status.RECOMMENDED:
        return no(_("It is recommended as it stands. Send it back to change it."))
    return no(_("What was decided is not reworded."))


def may_recommend(user: Person, decision: Decision) -> Answer:
    """Who runs the programme and could not gain."""
    return may_write(user, decision) & may_decide_on(user, decision.question)


def may_enter(user: Person, decision: Decision) -> Answer:
    """Whoever writes down what the body decided runs the programme and could not gain."""
    programme = decision.question.programme
    if decision.status != Status.RECOMMENDED:
        return no(_("Only what has been recommended is decided."))
    return may_run(user, programme) & may_decide_on(user, decision.question)


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
    """Those who run the programme, and could not gain, say what the public edition leaves out."""
    return may_run(user, decision.question.programme) & could_not_gain(user, decision)


def may_begin_from(user: Person, decision: Decision) -> Answer:
    """A call or a vote begins from a decision in effect, by those who run the programme."""
    if decision.status != Status.EFFECTIVE or decision.outcome == Decision.Outcome.REFUSED:
        return no(_("A call or a vote begins from a decision that is in effect."))
    if decision.form == NAMED:
        return no(_("The grant goes to a group that was named: nobody is asked or votes."))
    programme = decision.question.programme
    return may_run(user, programme) & money_gate(programme)


def may_issue(user: Person, decision: Decision) -> Answer:
    """Officers who could not gain, once it is decided."""
    if not decision.is_decided:
        return no(_("The record is issued once the decision has been made."))
    programme = decision.question.programme
    return may_run(user, programme) & may_decide_on(user, decision.question)


def may_correct(user: Person, decision: Decision) -> Answer:
    """Who could issue the record; while it is called in, it waits to be decided anew."""
    if decision.status == Status.CALLED_IN:
        return no(_("It was called in: what comes of that is written down first."))
    return may_issue(user, decision)


def needs_call_in(decision: Decision) -> bool:
    """A cabinet's decisions, and an officer's key ones, wait for call-in or say why they do not."""
    is_officers = decision.body_kind == Body.OFFICER
    return decision.body_kind == Body.CABINET or (is_officers and bool(decision.is_key))


def asks_why_not_key(decision: Decision) -> bool:
    """Whether an executive's decision that is said not to be key is about more than one area.

    No area means the whole place. An area may be a ward or less: so it is asked, and not refused.
    """
    if decision.is_key is not False or decision.body_kind not in KEY_BODIES:
        return False
    return decision.question.areas.count() != 1


def first_day_by_notice(decision: Decision) -> dt.date | None:
    """The first day on which the notice of a key decision lets it be decided; None without one."""
    waits = decision.is_key and decision.body_kind in KEY_BODIES and not decision.urgency.strip()
    if not waits or decision.notice_on is None:
        return None
    return decision.notice_on + dt.timedelta(days=CLEAR_DAYS + 1)


def notice_long_enough(decision: Decision, decided_on: dt.date) -> Answer:
    """A key decision of an executive has 28 clear days of notice, or a reason why it could not."""
    if not decision.is_key or decision.body_kind not in KEY_BODIES or decision.urgency.strip():
        return YES
    first = first_day_by_notice(decision)
    if first is None or decision.notice_on is None:
        return no(_("A key decision needs its notice first, or the reason why it cannot wait."))
    if decided_on >= first:
        return YES
    return no(
        _("The notice of %(notice)s allows a decision from %(first)s on: 28 clear days.")
        % {"notice": day(decision.notice_on), "first": day(first)}
    )
