"""Who may do what in the directory. Every answer carries a reason that people are shown."""

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import YES, Answer, no
from commissioning.people.models import User
from places.directory.models import (
    Organisation,
    OrganisationInvitation,
    OrganisationMember,
    Place,
)

Person = User | AnonymousUser


def acts_for(user: Person, organisation: Organisation) -> Answer:
    """Whether the person is a member of the organisation, whatever their role there."""
    if isinstance(user, User) and organisation.members.filter(user=user).exists():
        return YES
    return no(_("This is for the people who act for %s.") % organisation.name)


def keeps(user: Person, organisation: Organisation) -> Answer:
    """Whether the person looks after who acts for the organisation."""
    keeper = OrganisationMember.Role.KEEPER
    if isinstance(user, User) and organisation.members.filter(user=user, role=keeper).exists():
        return YES
    return no(_("This is for the keepers of %s.") % organisation.name)


def runs_installation(user: Person) -> Answer:
    """Whether the person looks after this installation as a whole."""
    if isinstance(user, User) and user.is_staff and user.is_active:
        return YES
    return no(_("This is for the people who run this installation."))


def may_lead_programmes(organisation: Organisation) -> Answer:
    """Councils, NHS bodies and support bodies lead programmes, once they are confirmed.

    Kind is what an organisation says of itself at sign-up, so it is not enough alone.
    """
    if organisation.kind not in Organisation.LEADING_KINDS:
        return no(_("Programmes are led by councils, NHS bodies and support bodies."))
    if organisation.confirmed_at is None:
        return no(
            _("%s has not been confirmed yet by the people who run this installation.")
            % organisation.name
        )
    return YES


def may_edit_place(user: Person, place: Place) -> Answer:
    """The people of the bodies that lead programmes in a place look after its page and areas."""
    if runs_installation(user):
        return YES
    leading = Organisation.objects.acted_for_by(user).filter(
        place=place, kind__in=Organisation.LEADING_KINDS, confirmed_at__isnull=False
    )
    if leading.exists():
        return YES
    return no(
        _("%s is looked after by its council, its NHS bodies and its support bodies.") % place.name
    )


def organisation_invitation_stands(invitation: OrganisationInvitation) -> Answer:
    """Not used, not withdrawn, not lapsed, and whoever invited still keeps the organisation."""
    if invitation.accepted_at:
        return no(_("This invitation has been used. If that was you, just sign in."))
    if invitation.withdrawn_at:
        return no(_("This invitation was withdrawn."))
    if invitation.expires_at <= timezone.now():
        return no(_("This invitation has lapsed. Ask whoever invited you for a new one."))
    if not keeps(invitation.invited_by, invitation.organisation):
        return no(_("Whoever sent this invitation no longer looks after the organisation."))
    return YES
