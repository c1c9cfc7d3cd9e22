"""What the directory tells people by e-mail."""

from collections.abc import Mapping
from typing import Any

from commissioning.notices.kinds import Kind
from commissioning.notices.links import site_link
from places.directory.actions import invitation_token
from places.directory.models import JoinRequest, OrganisationInvitation
from places.directory.rules import organisation_invitation_stands


def _invited(about: dict[str, str]) -> Mapping[str, Any] | None:
    invitation = (
        OrganisationInvitation.objects.select_related("organisation", "invited_by")
        .filter(pk=about["invitation"])
        .first()
    )
    if invitation is None or not organisation_invitation_stands(invitation):
        return None
    return {
        "invitation": invitation,
        "organisation": invitation.organisation,
        "link": site_link("directory:invitation", invitation_token(invitation.pk)),
    }


def _request(about: dict[str, str]) -> JoinRequest | None:
    return (
        JoinRequest.objects.select_related("organisation", "user")
        .filter(pk=about["request"])
        .first()
    )


def _asks(about: dict[str, str]) -> Mapping[str, Any] | None:
    request = _request(about)
    if request is None or request.answered_at:
        return None
    link = site_link("directory:people", request.organisation.slug)
    return {"asked": request, "organisation": request.organisation, "link": link}


def _answered(about: dict[str, str]) -> Mapping[str, Any] | None:
    request = _request(about)
    if request is None or request.answered_at is None:
        return None
    link = site_link("directory:organisation", request.organisation.slug)
    return {"asked": request, "organisation": request.organisation, "link": link}


INVITED = Kind(template="directory/notices/invited", context=_invited)
ASKS_TO_JOIN = Kind(template="directory/notices/asks_to_join", context=_asks)
JOIN_ANSWERED = Kind(template="directory/notices/join_answered", context=_answered)
