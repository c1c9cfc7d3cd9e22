"""The ways to reach a programme and what is in it: each asks who is asking, and gives one and the
same 404 for what is not there and what is not theirs."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404

from commissioning.programmes.models import Invitation, Membership, Programme
from commissioning.programmes.rules import Person, may_invite_at_all, may_see

if TYPE_CHECKING:
    from django.db.models import QuerySet


def programme_or_404(user: Person, slug: str) -> Programme:
    """A programme that is public or that the person is a member of, with what its rules ask."""
    programmes: QuerySet[Programme] = Programme.objects.select_related(
        "place", "led_by", "gate_lift"
    )
    programme = programmes.filter(slug=slug).first()
    if programme is None or not may_see(user, programme):
        raise Http404
    return programme


def membership_or_404(user: Person, programme: Programme, membership_id: UUID) -> Membership:
    """A membership in force of a programme that the person may see and invites people to."""
    membership = (
        programme.memberships.in_force()
        .select_related("user", "organisation")
        .filter(pk=membership_id)
        .first()
    )
    if membership is None or not may_invite_at_all(user, programme):
        raise Http404
    return membership


def invitation_or_404(user: Person, programme: Programme, invitation_id: UUID) -> Invitation:
    """An invitation to the programme, for those who invite."""
    invitation = programme.invitations.filter(pk=invitation_id).first()
    if invitation is None or not may_invite_at_all(user, programme):
        raise Http404
    return invitation
