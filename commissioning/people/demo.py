"""People of the demo place, for signing in by one click in development."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from commissioning.ground.answers import Text
from commissioning.people.models import User
from commissioning.people.registers import demo_roles


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody fictional, and what they are in the demo place."""

    user: User
    role: Text


def demo_people() -> list[DemoPerson]:
    """Everybody of the demo place, by name. Nobody at all outside development."""
    if not settings.LOCAL:
        return []
    users = list(User.objects.filter(is_demo=True, is_active=True).order_by("joined_at", "name"))
    roles: dict[UUID, Text] = {}
    for describe in demo_roles:
        roles.update(describe([user.pk for user in users]))
    return [DemoPerson(user, roles.get(user.pk, "")) for user in users]
