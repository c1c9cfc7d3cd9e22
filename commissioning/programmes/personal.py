"""What programmes hold about a person, and what they show on the person's own page."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from commissioning.people.models import User
from commissioning.people.registers import PanelRow, PersonalData, PersonPanel
from commissioning.programmes.models import Membership, Stage


def _rows(user: User) -> Sequence[PanelRow]:
    members = (
        Membership.objects.in_force()
        .filter(user=user)
        .select_related("programme", "organisation")
        .order_by("-programme__starts_on")
    )
    return [
        PanelRow(
            text=member.programme.title,
            url=member.programme.get_absolute_url(),
            note=member.organisation.name if member.organisation else "",
            tag=member.get_role_display(),
        )
        for member in members
    ]


PANEL = PersonPanel(
    title=_("Programmes you are in"),
    rows=_rows,
    empty=_("You are in no programme yet. Whoever runs one invites you by e-mail."),
)


def _export(user: User) -> Any:
    members = Membership.objects.filter(user=user).select_related("programme", "organisation")
    return {
        "memberships": [
            {
                "programme": member.programme.title,
                "stage": Stage(member.programme.stage).value,
                "role": member.role,
                "organisation": member.organisation.name if member.organisation else None,
                "since": member.since.isoformat(),
                "until": member.ends_on.isoformat() if member.ends_on else None,
                "declarations": [
                    {
                        "at": declaration.created_at.isoformat(),
                        "could_gain": declaration.could_gain,
                        "words": declaration.words,
                    }
                    for declaration in member.declarations.all()
                ],
            }
            for member in members.prefetch_related("declarations")
        ],
        "endorsements": [
            {"at": endorsement.created_at.isoformat(), "words": endorsement.words}
            for endorsement in user.endorsements.all()
        ],
        "history": [
            {"at": entry.at.isoformat(), "programme": entry.programme.title, "did": entry.sentence}
            for entry in user.did.select_related("programme")
        ],
    }


HELD = PersonalData(
    what=_("Your roles in programmes, your declarations, endorsements and what you did there"),
    why=_("So that everyone can see who takes part, who could gain, and who decided what."),
    kept=_("For as long as the programme's record is kept: decisions stay with their names."),
    export=_export,
)


def describe_demo_people(people: Iterable[UUID]) -> dict[UUID, str]:
    """What each of them is, for the list of one-click sign-ins in development."""
    members = Membership.objects.filter(user__in=people).select_related("programme")
    told: dict[UUID, list[str]] = {}
    for member in members.order_by("programme__title"):
        words = f"{member.get_role_display()}, {member.programme.title}"
        told.setdefault(member.user_id, []).append(words)
    return {user_id: "; ".join(words) for user_id, words in told.items()}
