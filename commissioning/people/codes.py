"""Codes that are e-mailed: how they are made, written, read back and kept."""

import secrets
from datetime import timedelta
from uuid import UUID

from django.conf import settings

from commissioning.ground.digests import keyed_digest

# No vowels, so that no code is a word; nothing that is read as something else (0 O 1 I L 5 S 8 B).
ALPHABET = "2346789CDFGHJKMNPQRTVWXZ"
LENGTH = 8
LASTS = timedelta(minutes=10)
TRIES = 5
# For one address in an hour, whoever asks: enough for a bad day, too few to guess or to pester.
ASKS_AN_HOUR = 20


def new_code() -> str:
    """A random code of 36 bits: with five tries each, guessing one takes billions of mails."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def shown(code: str) -> str:
    """As people are shown it: two groups of four."""
    return f"{code[:4]}-{code[4:]}"


def typed(text: str) -> str:
    """As people type it, made plain: any case, with or without spaces and dashes."""
    return "".join(text.split()).replace("-", "").replace("–", "").upper()


def code_digest(row: UUID, code: str) -> str:
    """What is kept of a code: without the key nobody can try the 36 bits out."""
    key = keyed_digest(settings.SECRET_KEY.encode(), b"people.mailed_code")
    return keyed_digest(key, f"{row}:{code}".encode()).hex()
