"""What programmes tell people by e-mail."""

from collections.abc import Mapping
from typing import Any

from commissioning.notices.kinds import Kind
from commissioning.notices.links import site_link
from commissioning.programmes.actions.members import invitation_token
from commissioning.programmes.models import Invitation
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


INVITED = Kind(template="programmes/notices/invited", context=_invited)
