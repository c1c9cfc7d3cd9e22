"""Digests and canonical JSON: one way to turn a value into bytes that anybody can repeat."""

import base64
import hashlib
import hmac
import json
import secrets
from typing import Any, Final
from uuid import UUID

from django.conf import settings

_CANONICAL: Final = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
)


def canonical_json(value: Any) -> bytes:
    """UTF-8 JSON with sorted keys and no spaces: the same value always gives the same bytes."""
    return _CANONICAL.encode(value).encode()


def sha256_hex(data: bytes) -> str:
    """SHA-256 as 64 lower-case hex digits."""
    return hashlib.sha256(data).hexdigest()


def keyed_digest(key: bytes, data: bytes) -> bytes:
    """HMAC-SHA-256: 32 bytes that nobody without the key can test guesses against."""
    return hmac.new(key, data, hashlib.sha256).digest()


def new_token() -> str:
    """128 random bits, safe in a URL. Store :func:`token_digest` of it, never itself."""
    return secrets.token_urlsafe(16)


def token_digest(token: str) -> str:
    """What is stored of a token: it has 128 bits of its own, so a bare digest is enough."""
    return sha256_hex(token.encode())


def derived_token(purpose: str, id: UUID) -> str:  # noqa: A002 (the row's id is its name)
    """A secret that a row's id gives to nobody but this installation: 192 bits, safe in a URL.

    It is worked out again whenever a mail needs it, so that no table, task or log holds it; the
    row keeps :func:`token_digest` of it. A new id is a new secret, so withdrawing is a column.
    """
    key = keyed_digest(settings.SECRET_KEY.encode(), b"derived token")
    digest = keyed_digest(key, f"{purpose}:{id}".encode())
    return base64.urlsafe_b64encode(digest[:24]).decode()


def cache_key(key: str, prefix: str, version: int) -> str:
    """The key under which the cache keeps a value: a keyed digest of what the caller named."""
    digest = keyed_digest(settings.SECRET_KEY.encode(), f"cache:{key}".encode())
    return f"{prefix}:{version}:{digest.hex()}"
