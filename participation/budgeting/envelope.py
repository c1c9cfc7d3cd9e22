"""Sealed envelopes: choices encrypted so that all of a round look alike. Pure.

A sealed value is ``nonce || AES-256-GCM(padded choices)``. Its associated data names the round,
the register entry, the revision and the part, so that a swapped, stale or forged value fails to
open. Every value of a round has one length, whatever is in it.
"""

import os
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from participation.budgeting.choices import Choices, from_canonical

NONCE_BYTES = 12
TAG_BYTES = 16
OVERHEAD = NONCE_BYTES + TAG_BYTES
# ISO/IEC 7816-4: one mark byte, then zeros. JSON never ends in either.
_MARK = b"\x80"


class CannotOpen(Exception):
    """A sealed value does not open: wrong key, moved, stale or forged."""


@dataclass(frozen=True, slots=True)
class Address:
    """What a sealed value belongs to."""

    round_id: UUID
    entry_id: UUID
    rev: int
    part: str

    def associated(self) -> bytes:
        """The associated data that is authenticated with the value."""
        return b"|".join(
            [self.round_id.bytes, self.entry_id.bytes, str(self.rev).encode(), self.part.encode()]
        )


def padded_length(longest: int) -> int:
    """The length that every padded ballot of a round has, given its longest canonical form."""
    return -(-(longest + len(_MARK)) // 16) * 16


def padded(choices: Choices, length: int) -> bytes:
    """The choices as they are sealed; ``length`` is the round's padded length in bytes."""
    plain = choices.canonical() + _MARK
    if len(plain) > length:
        raise ValueError("the choices are longer than the round's longest ballot")
    return plain.ljust(length, b"\0")


def seal(key: bytes, address: Address, plain: bytes) -> bytes:
    """Seal what :func:`padded` gave."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, address.associated())


def unseal(key: bytes, address: Address, value: bytes) -> Choices:
    """The choices in a sealed value. Raises :class:`CannotOpen`."""
    try:
        plain = AESGCM(key).decrypt(value[:NONCE_BYTES], value[NONCE_BYTES:], address.associated())
    except (InvalidTag, ValueError) as error:
        raise CannotOpen("a sealed ballot does not open") from error
    return from_canonical(plain.rstrip(b"\0")[: -len(_MARK)])
