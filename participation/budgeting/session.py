"""Who is at the ballot: an encrypted cookie and nothing on the server.

No session row, no signed-in user: what a browser shows here is a card's right to vote, which an
idle half hour takes away again. Nobody but this server can read or make one.
"""

import base64
import binascii
import os
import time
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from participation.budgeting.cast import Voter

IDLE_SECONDS: Final = 30 * 60
# Tries are forgotten after so long.
TRIES_SECONDS: Final = 10 * 60


@dataclass(frozen=True, slots=True)
class Tries:
    """How many wrong codes this browser has sent."""

    misses: int = 0
    known: bool = False


def voter_of(request: HttpRequest) -> Voter | None:
    """The voter at this browser, unless idle for half an hour."""
    value = _read(request, _name("vote"), IDLE_SECONDS)
    if value is None or len(value) != 48:
        return None
    return Voter(UUID(bytes=value[:16]), UUID(bytes=value[16:32]), UUID(bytes=value[32:]))


def admit(response: HttpResponse, voter: Voter) -> None:
    """Let this browser vote as the voter; each page and save begins the half hour anew."""
    value = voter.round_id.bytes + voter.elector_id.bytes + voter.credential_id.bytes
    _write(response, _name("vote"), value, IDLE_SECONDS)


def leave(response: HttpResponse) -> None:
    """Finish: the next person at this device has to show a card."""
    response.delete_cookie(_name("vote"), samesite="Strict")


def tries_of(request: HttpRequest) -> Tries:
    """How often this browser was wrong."""
    value = _read(request, _name("vote-tries"), TRIES_SECONDS)
    return Tries() if value is None else Tries(int.from_bytes(value), known=True)


def keep_tries(response: HttpResponse, misses: int) -> None:
    """Remember in the browser how often it was wrong."""
    _write(response, _name("vote-tries"), min(misses, 255).to_bytes(1), TRIES_SECONDS)


def forget_tries(response: HttpResponse) -> None:
    """A right code ends the count."""
    response.delete_cookie(_name("vote-tries"), samesite="Strict")


def _name(name: str) -> str:
    return f"__Host-{name}" if settings.HTTPS else name


def _key(name: str) -> AESGCM:
    return _derived(settings.SECRET_KEY, name)


@lru_cache(maxsize=8)
def _derived(secret: str, name: str) -> AESGCM:
    """Kept: a hall reads and writes these cookies many times a second."""
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=name.encode()).derive(secret.encode()))


def _write(response: HttpResponse, name: str, value: bytes, seconds: int) -> None:
    nonce = os.urandom(12)
    dated = int(time.time()).to_bytes(8) + value
    sealed = nonce + _key(name).encrypt(nonce, dated, name.encode())
    response.set_cookie(
        name,
        base64.urlsafe_b64encode(sealed).decode(),
        max_age=seconds,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Strict",
    )


def _read(request: HttpRequest, name: str, seconds: int) -> bytes | None:
    try:
        sealed = base64.urlsafe_b64decode(request.COOKIES.get(name, ""))
        dated = _key(name).decrypt(sealed[:12], sealed[12:], name.encode())
    except (InvalidTag, ValueError, binascii.Error):
        return None
    age = time.time() - int.from_bytes(dated[:8])
    return dated[8:] if age <= seconds else None
