"""Links in mails: absolute, and the one to stop a group of notices."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from commissioning.ground.digests import keyed_digest
from commissioning.notices.kinds import Group
from commissioning.notices.models import Notice

_SALT = "notices.stop"


@dataclass(frozen=True, slots=True)
class Stop:
    """Whose notices of which group a stop link switches off."""

    group: Group
    user_id: UUID | None = None
    address_digest: str = ""


def site_link(view: str, *args: object) -> str:
    """The absolute address of one of our pages."""
    return str(settings.SITE_URL) + reverse(view, args=[str(arg) for arg in args])


def address_digest(email: str) -> str:
    """What is kept of an address that has no account: nobody else can test guesses against it."""
    key = keyed_digest(settings.SECRET_KEY.encode(), b"notices.address")
    return keyed_digest(key, email.lower().encode()).hex()


def stop_token(notice: Notice, group: Group) -> str:
    """A signed value that lets its holder stop one group for one person, and nothing else."""
    who = {"u": str(notice.user_id)} if notice.user_id else {"a": address_digest(notice.email)}
    return signing.dumps(who | {"g": group.value}, salt=_SALT)


def read_stop_token(token: str) -> Stop | None:
    """What the token stops, or None where we did not sign it."""
    try:
        value = signing.loads(token, salt=_SALT)
        user_id = UUID(value["u"]) if "u" in value else None
        return Stop(Group(value["g"]), user_id, value.get("a", ""))
    except (signing.BadSignature, KeyError, ValueError):
        return None
