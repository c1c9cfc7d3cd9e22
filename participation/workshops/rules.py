"""Who may do what in a workshop, each answer with the reason people are shown."""

from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import YES, Answer, no
from commissioning.programmes.models import Programme
from commissioning.programmes.rules import Person, may_draft, membership_of, money_gate
from participation.workshops.models import Activity, Contribution, Participant, Workshop


def may_facilitate(user: Person, programme: Programme) -> Answer:
    """Leads, commissioners and facilitators prepare and run workshops, and stand in for another."""
    return may_draft(user, programme)


def may_help(user: Person, workshop: Workshop) -> Answer:
    """Who runs it, and the helpers named for it while they are members: grouping, releasing."""
    if may_facilitate(user, workshop.programme):
        return YES
    member = membership_of(user, workshop.programme)
    if member and workshop.helpers.filter(user=member.user).exists():
        return YES
    return no(_("This is for the facilitators of the workshop and their helpers."))


def may_prepare(user: Person, workshop: Workshop) -> Answer:
    """The running order may change until the end, by those who run it."""
    if workshop.status == Workshop.Status.CLOSED:
        return no(_("This workshop is closed, and stays as it was."))
    return may_facilitate(user, workshop.programme)


def may_read_worries(user: Person, workshop: Workshop) -> Answer:
    """The safeguarding lead reads worries; nobody else does, whatever their role."""
    if user.is_authenticated and workshop.safeguarding_lead_id == user.pk:
        return YES
    return no(_("Only the safeguarding lead of this workshop reads worries."))


def may_come_in(workshop: Workshop) -> Answer:
    """Whether the room is open to anybody now."""
    if workshop.status == Workshop.Status.PREPARED:
        return no(_("This session has not begun yet. Keep this page: it opens by itself."))
    if workshop.status == Workshop.Status.CLOSED:
        return no(_("This session is over. Thank you for coming."))
    return YES


def may_say(participant: Participant, activity: Activity, workshop: Workshop) -> Answer:
    """Whether words of this person are taken for this activity.

    A phone that lost its connection may send what was written when the room has gone on already.
    """
    if participant.state == Participant.State.WAITING:
        return no(_("You are not in the room yet. The facilitator lets you in."))
    if participant.state == Participant.State.REMOVED:
        return no(_("You were asked to leave this session, so nothing is taken from this phone."))
    if workshop.status == Workshop.Status.CLOSED:
        return no(_("This session is over, so nothing more is taken. Thank you for coming."))
    if not activity.has_started:
        return no(_("The room has not come to this yet."))
    return YES


def may_open_car_park(workshop: Workshop) -> Answer:
    """What talks of money is opened with the money gate, and not before."""
    return money_gate(workshop.programme)


def is_author(participant: Participant, contribution: Contribution) -> bool:
    """Whether it is theirs."""
    return contribution.participant_id == participant.pk
