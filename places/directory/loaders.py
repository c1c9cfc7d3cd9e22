"""The ways to reach a row of the directory: each asks who is asking, and gives one and the same
404 for what is not there and what is not theirs."""

from uuid import UUID

from django.http import Http404

from places.directory.models import (
    Area,
    BoundaryUpload,
    JoinRequest,
    Measure,
    Organisation,
    OrganisationInvitation,
    OrganisationMember,
    Place,
)
from places.directory.rules import Person, acts_for, keeps, may_edit_place


def place_or_404(user: Person, slug: str) -> Place:
    """A place: anybody may read its page."""
    place = Place.objects.filter(slug=slug).first()
    if place is None:
        raise Http404
    return place


def area_or_404(user: Person, place: Place, area_id: UUID) -> Area:
    """An area of the place, for those who look after it."""
    area = place.areas.filter(pk=area_id).first()
    if area is None or not may_edit_place(user, place):
        raise Http404
    return area


def boundary_upload_or_404(user: Person, place: Place, upload_id: UUID) -> BoundaryUpload:
    """A file of boundaries, for those who look after the place."""
    upload = place.boundary_uploads.filter(pk=upload_id).select_related("by").first()
    if upload is None or not may_edit_place(user, place):
        raise Http404
    return upload


def organisation_or_404(user: Person, slug: str) -> Organisation:
    """An organisation: anybody may read its profile."""
    organisation = Organisation.objects.filter(slug=slug).select_related("place").first()
    if organisation is None:
        raise Http404
    return organisation


def member_or_404(user: Person, organisation: Organisation, member_id: UUID) -> OrganisationMember:
    """A person who acts for the organisation, for its keepers and for the person themselves."""
    member = organisation.members.filter(pk=member_id).select_related("user").first()
    if member is None or not (member.user == user or keeps(user, organisation)):
        raise Http404
    return member


def organisation_invitation_or_404(
    user: Person, organisation: Organisation, invitation_id: UUID
) -> OrganisationInvitation:
    """An invitation that the organisation's keepers look after."""
    invitation = organisation.invitations.filter(pk=invitation_id).first()
    if invitation is None or not keeps(user, organisation):
        raise Http404
    return invitation


def join_request_or_404(user: Person, organisation: Organisation, request_id: UUID) -> JoinRequest:
    """A request to join, for the organisation's keepers."""
    request = organisation.join_requests.filter(pk=request_id).select_related("user").first()
    if request is None or not keeps(user, organisation):
        raise Http404
    return request


def measure_or_404(user: Person, organisation: Organisation, measure_id: UUID) -> Measure:
    """Something the organisation measures and has not taken away, for those who act for it."""
    measure = organisation.measures.standing().filter(pk=measure_id).first()
    if measure is None or not acts_for(user, organisation):
        raise Http404
    return measure
