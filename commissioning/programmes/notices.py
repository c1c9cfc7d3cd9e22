"""What programmes tell people by e-mail."""

from collections.abc import Mapping
from typing import Any

from commissioning.notices.kinds import Group, Kind
from commissioning.notices.links import site_link
from commissioning.people.models import User
from commissioning.programmes.actions.members import invitation_token
from commissioning.programmes.actions.vision import agreed_vision
from commissioning.programmes.models import Invitation, Vision
from commissioning.programmes.rules import invitation_stands


def _invited(about: dict[str, str]) -> Mapping[str, Any] | None:
    invitation = (
        Invitation.objects.select_related("programme__place", "organisation", "invited_by")
        .filter(pk=about["invitation"])
        .first()
    )
    if invitation is None or not invitation_stands(invitation):
        return None
    return {
        "invitation": invitation,
        "programme": invitation.programme,
        "link": site_link("programmes:invitation", invitation_token(invitation.pk)),
    }


def _endorse(about: dict[str, str]) -> Mapping[str, Any] | None:
    """Asked to stand behind a vision; dropped once another version counts."""
    vision = (
        Vision.objects.filter(pk=about["vision"], agreed_at__isnull=False)
        .select_related("programme__place")
        .first()
    )
    if vision is None or agreed_vision(vision.programme) != vision:
        return None
    asking = User.objects.filter(pk=about["by"]).first()
    return {
        "vision": vision,
        "programme": vision.programme,
        "who": asking.short_name if asking else vision.programme.place.name,
        "link": site_link("programmes:vision", vision.programme.slug),
    }


ENDORSE = Kind("programmes/notices/endorse", _endorse, Group.UPDATES)
INVITED = Kind(template="programmes/notices/invited", context=_invited)
