"""Who is at this phone: a token in a cookie, another in each workshop; the server keeps a digest.

No session row and no account: closing the browser, sleeping, another network change nothing.
"""

from collections.abc import Mapping
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from commissioning.ground.digests import token_digest
from participation.workshops.models import Participant, Workshop

# Long enough for a session that goes on another evening, and to read the record afterwards.
KEPT_SECONDS: Final = 30 * 24 * 3600


def cookie_name(code: str) -> str:
    """The cookie of one workshop: tokens of two workshops never meet."""
    name = f"room-{code.replace('-', '').lower()}"
    return f"__Host-{name}" if settings.HTTPS else name


def digest_in(cookies: Mapping[str, str], code: str) -> str | None:
    """The digest of the token that the browser holds for this workshop."""
    token = cookies.get(cookie_name(code), "")
    return token_digest(token) if 20 <= len(token) <= 64 else None


def participant_of(request: HttpRequest, workshop: Workshop) -> Participant | None:
    """Whoever is at this phone, in the room or not; None for who has not come in."""
    digest = digest_in(request.COOKIES, workshop.code)
    if digest is None:
        return None
    return Participant.objects.filter(workshop=workshop, token_digest=digest).first()


def admit(response: HttpResponse, workshop: Workshop, token: str) -> None:
    """Give the browser its token."""
    response.set_cookie(
        cookie_name(workshop.code),
        token,
        max_age=KEPT_SECONDS,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def leave(response: HttpResponse, workshop: Workshop) -> None:
    """Forget the person on this device."""
    response.delete_cookie(cookie_name(workshop.code), samesite="Lax")
