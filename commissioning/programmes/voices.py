"""Who is speaking: the name, role and declaration that stand beside everything a member says."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commissioning.ground.answers import Text
from commissioning.people.models import User
from commissioning.programmes.models import Declaration, Membership, Programme, Role
from commissioning.programmes.rules import Person

# People who take part in their own time: outsiders read what they are, not who.
PRIVATE_ROLES = frozenset({Role.CITIZEN, Role.OBSERVER})
# What outsiders read instead of a name.
UNNAMED: Final[dict[str, Text]] = {
    Role.CITIZEN: gettext_lazy("A citizen commissioner"),
    Role.OBSERVER: gettext_lazy("An observer"),
}


@dataclass(frozen=True, slots=True)
class Voice:
    """A member as this viewer sees them. ``gain`` is empty for who declared no interest."""

    name: str
    role: str = ""
    organisation: str = ""
    gain: str = ""
    declaration: Declaration | None = None
    membership: Membership | None = None


class Voices:
    """Every member in force of a programme, loaded with two queries, as one viewer may see them."""

    def __init__(self, programme: Programme, viewer: Person) -> None:
        members = (
            programme.memberships.in_force()
            .select_related("user", "organisation")
            .prefetch_related("declarations")
        )
        self.members = {member.user_id: member for member in members}
        self.from_inside = viewer.is_authenticated and viewer.pk in self.members

    def of(self, user: User | None) -> Voice:
        """The voice of somebody who did or said something, in the programme now or not."""
        if user is None:
            return Voice(_("The application"))
        member = self.members.get(user.pk)
        return self.voice(member) if member else Voice(user.short_name)

    def voice(self, member: Membership) -> Voice:
        """A member's name, role, organisation and what they declared."""
        role = str(member.get_role_display()).lower()
        hidden = member.role in PRIVATE_ROLES and not self.from_inside
        declaration = standing(member)
        return Voice(
            name=str(UNNAMED[member.role]) if hidden else member.user.short_name,
            role="" if hidden else role,
            organisation=member.organisation.name if member.organisation else "",
            gain=_gain(declaration),
            declaration=declaration,
            membership=member,
        )

    def all(self) -> list[Voice]:
        """Everybody, by role and name."""
        order = list(Role)
        ranked = sorted(
            self.members.values(),
            key=lambda member: (order.index(Role(member.role)), str(member.user)),
        )
        return [self.voice(member) for member in ranked]


def standing(member: Membership) -> Declaration | None:
    """The declaration that counts, from prefetched rows (newest first)."""
    newest = next(iter(member.declarations.all()), None)
    return newest if newest and newest.created_at >= member.since else None


def _gain(declaration: Declaration | None) -> str:
    if declaration is None:
        return _("not declared yet")
    return _("could gain: declared") if declaration.could_gain else ""


def voices_of(programme: Programme, viewer: Person) -> Voices:
    """The voices, loaded once for a page."""
    kept: dict[object, Voices] = programme.__dict__.setdefault("_voices", {})
    if viewer.pk not in kept:
        kept[viewer.pk] = Voices(programme, viewer)
    return kept[viewer.pk]
