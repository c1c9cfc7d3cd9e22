"""Who may do what with resources. Every answer carries a reason that people are shown."""

from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import YES, Answer, no
from commissioning.people.models import User
from commissioning.programmes.models import Membership, Programme, Role
from commissioning.programmes.rules import Person, may_draft, may_see
from places.directory.models import Organisation, Place
from places.directory.rules import acts_for, may_edit_place
from places.resources.models import Resource, State

LOOKING_AFTER = (Role.LEAD, Role.COMMISSIONER, Role.FACILITATOR)


def may_look_after(user: Person, place: Place) -> Answer:
    """Who runs or facilitates a programme here, and who looks after the place, moderates."""
    if not isinstance(user, User):
        return no(_("Sign in first."))
    running = Membership.objects.in_force().filter(
        user=user, role__in=LOOKING_AFTER, programme__place=place
    )
    if running.exists() or may_edit_place(user, place):
        return YES
    return no(
        _("This is for the people who run programmes in %s, or look after its page.") % place.name
    )


def may_suggest(user: Person) -> Answer:
    """Anybody who is signed in: whoever looks after the list reads it first."""
    if isinstance(user, User):
        return YES
    return no(_("Sign in first, so that we can tell you what became of it."))


def may_add(user: Person, place: Place, organisation: Organisation | None) -> Answer:
    """Who looks after the place; and who acts for the organisation whose it is."""
    if organisation is not None and acts_for(user, organisation):
        return YES
    return may_look_after(user, place)


def may_edit(user: Person, resource: Resource) -> Answer:
    """The same people, once it is there."""
    return may_add(user, resource.place, resource.organisation)


def may_read(user: Person, resource: Resource) -> Answer:
    """Published ones are everybody's; others are for who looks after them and who suggested them.

    What came through a private programme is for those who may see that programme.
    """
    if resource.programme is not None and not may_see(user, resource.programme):
        return no(_("This is for the members of the programme."))
    if resource.state == State.PUBLISHED:
        return YES
    if isinstance(user, User) and resource.added_by_id == user.pk:
        return YES
    return may_edit(user, resource)


def may_link(user: Person, resource: Resource, programme: Programme) -> Answer:
    """Leads, commissioners and facilitators say what a resource does for an outcome."""
    if programme.place_id != resource.place_id:
        return no(_("That programme is about another place."))
    return may_draft(user, programme)
