"""Digests and canonical JSON: one way to turn a value into bytes that anybody can repeat."""

import hashlib
import hmac
import json
import secrets
from typing import Any


def canonical_json(value: Any) -> bytes:
    """UTF-8 JSON with sorted keys and no spaces: the same value always gives the same bytes."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


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
