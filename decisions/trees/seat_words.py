"""What a seat is called: by its role, and whose side it is on.

A seat that could gain gives evidence. It is never called a commissioner, whatever its role is.
"""

from typing import Final

from django.utils.translation import gettext_lazy

from commissioning.ground.answers import Text
from commissioning.programmes.models import Membership, Role

IF_IT_GAINS: Final[dict[str, Text]] = {
    Role.LEAD: gettext_lazy("Member"),
    Role.COMMISSIONER: gettext_lazy("Member"),
    Role.CITIZEN: gettext_lazy("Citizen"),
}


def role_in_words(role: str, *, gains: bool) -> str:
    """The role as Who is in has it; for who could gain never a commissioner's."""
    return str(IF_IT_GAINS[role] if gains and role in IF_IT_GAINS else Role(role).label)


def seat_in_words(member: Membership, *, gains: bool) -> str:
    """The role, and whom the member speaks for; who could gain is marked beside the name."""
    side = member.organisation.name if member.organisation else ""
    return ", ".join(part for part in (role_in_words(member.role, gains=gains), side) if part)
