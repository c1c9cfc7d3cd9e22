"""Sessions: where somebody is signed in, and ending that."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from commissioning.ground.events import access_ended
from commissioning.people.models import User

# Longest first: Edge and Opera also call themselves Chrome, and Chrome calls itself Safari.
BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "Chrome": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "CrOS": "Chromebook",
    "Mac OS X": "Mac",
    "Linux": "Linux",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A browser that somebody is signed in on."""

    id: int
    device: str
    since: datetime
    is_this: bool


def device(user_agent: str) -> str:
    """A browser in words: "Firefox on Windows"."""
    browser = next((name for mark, name in BROWSERS.items() if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS.items() if mark in user_agent), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("A browser we do not know")


def places(user: User, current_key: str | None) -> list[Place]:
    """Where the person is signed in now, newest first."""
    return [
        Place(row.pk, device(row.user_agent), row.created_at, row.session_key == current_key)
        for row in _alive(user).order_by("-created_at")
    ]


def _alive(user: User) -> QuerySet[UserSession]:
    living = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    rows: QuerySet[UserSession] = UserSession.objects.filter(
        user_id=user.pk, session_key__in=living
    )
    return rows


def end_session(user: User, session_id: int) -> bool:
    """Sign one browser out. False where it is not theirs or has gone already."""
    return _end(user, UserSession.objects.filter(user_id=user.pk, pk=session_id)) > 0


def end_other_sessions(user: User, current_key: str | None) -> int:
    """Sign every other browser out; say how many."""
    others = UserSession.objects.filter(user_id=user.pk).exclude(session_key=current_key or "")
    return _end(user, others)


def end_all_sessions(user: User) -> int:
    """Sign the person out everywhere."""
    return _end(user, UserSession.objects.filter(user_id=user.pk))


@transaction.atomic
def _end(user: User, rows: Iterable[UserSession]) -> int:
    """Delete the sessions, and tell the streams that they opened to close once that commits."""
    keys = [row.session_key for row in rows]
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
    for key in keys:
        access_ended.send(User, user_id=user.pk, session_key=key)
    return len(keys)
