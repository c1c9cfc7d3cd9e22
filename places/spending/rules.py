"""Who may see and sort the money. Every answer carries the reason that people are shown."""

from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import YES, Answer, no
from commissioning.people.models import User
from commissioning.programmes.models import Programme, Role
from commissioning.programmes.rules import Person, may_run, membership_of, money_gate
from places.spending.models import Annotation, Reply


def may_sort(user: Person, programme: Programme) -> Answer:
    """Those who run the programme say who is paid and what it is about, once amounts are open."""
    return money_gate(programme) & may_run(user, programme)


def may_note(user: Person, programme: Programme) -> Answer:
    """Members say how money could be used better, whatever they could gain: it is evidence."""
    gate = money_gate(programme)
    if not gate:
        return gate
    member = membership_of(user, programme)
    if member is None:
        return no(_("This is for the members of the programme."))
    if member.role == Role.OBSERVER:
        return no(_("Observers watch; they do not take part in the discussion."))
    return YES


def may_hide(user: Person, note: Annotation | Reply, programme: Programme) -> Answer:
    """Whoever wrote it, and those who run the programme."""
    if isinstance(user, User) and note.by_id == user.pk and membership_of(user, programme):
        return money_gate(programme)
    return may_sort(user, programme)
