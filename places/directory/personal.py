"""What the directory holds about a person, and what it shows on the person's own page."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from commissioning.people.models import User
from commissioning.people.registers import PanelRow, PersonalData, PersonPanel
from places.directory.models import JoinRequest, Measure, OrganisationInvitation, OrganisationMember


def _rows(user: User) -> Sequence[PanelRow]:
    members = OrganisationMember.objects.filter(user=user).select_related("organisation")
    return [
        PanelRow(
            text=member.organisation.name,
            url=member.organisation.get_absolute_url(),
            tag=str(member.get_role_display()).partition(":")[0],
        )
        for member in members.order_by("organisation__sort_key")
    ]


PANEL = PersonPanel(
    title=_("Organisations you act for"),
    rows=_rows,
    empty=_("None yet. Find yours under Organisations, or put it in the directory."),
)


def _export(user: User) -> Any:
    return {
        "acts_for": [
            {"organisation": member.organisation.name, "role": member.role}
            for member in OrganisationMember.objects.filter(user=user).select_related(
                "organisation"
            )
        ],
        "asked_to_join": [
            {"organisation": request.organisation.name, "words": request.words}
            for request in JoinRequest.objects.filter(user=user).select_related("organisation")
        ],
        "invited_to": [
            {"organisation": invitation.organisation.name, "role": invitation.role}
            for invitation in OrganisationInvitation.objects.filter(
                email__iexact=user.email
            ).select_related("organisation")
        ],
        "measures_said": [
            {"organisation": measure.organisation.name, "measure": str(measure)}
            for measure in Measure.objects.filter(said_by=user).select_related("organisation")
        ],
    }


def _erase(user: User) -> None:
    """The person no longer acts for anyone; what they wrote stays with the organisations."""
    OrganisationMember.objects.filter(user=user).delete()
    JoinRequest.objects.filter(user=user).delete()


HELD = PersonalData(
    what=_("Which organisations you act for, and which you asked to join"),
    why=_("So that only their own people write for organisations."),
    kept=_("Until you leave the organisation."),
    export=_export,
    erase=_erase,
)
