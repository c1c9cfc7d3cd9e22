"""The scrutineers' copy: every ballot of a round too small to publish, sealed with a passphrase.

The passphrase is shown once and kept nowhere. Whoever has file and passphrase can check the count
with ``manage.py open_scrutineers_copy``; the file alone opens nothing.
"""

import json
import os
import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Invalid, require
from commissioning.ground.digests import canonical_json
from commissioning.people.models import User
from commissioning.programmes.history import record
from participation.budgeting import rules
from participation.budgeting.close import digest_of
from participation.budgeting.codes import ALPHABET
from participation.budgeting.models import Ballot, Round

MAGIC: Final = b"scrutineers' copy 1\n"
SALT_BYTES, NONCE_BYTES = 16, 12
# 24 symbols of 32: 120 bits, in groups of four.
GROUPS, GROUP = 6, 4


class CannotRead(Exception):
    """The file is not a scrutineers' copy, or the passphrase is not the one it was sealed with."""


def make_copy(user: User, round_: Round) -> tuple[bytes, str]:
    """The sealed file and its passphrase, for officers who could not gain. Written in the history.

    Never for a round that is open: until the count there is nothing to copy.
    """
    require(rules.may_publish(user, round_))
    lines = list(
        Ballot.objects.filter(round=round_).order_by("n").values_list("choices", flat=True)
    )
    if digest_of(lines) != round_.closing.digest:
        raise Invalid(_("The ballots do not have the digest of the close. Tell the operators."))
    content = canonical_json({"terms": round_.config, "ballots": lines})
    passphrase = " ".join(
        "".join(secrets.choice(ALPHABET) for _place in range(GROUP)) for _group in range(GROUPS)
    )
    with transaction.atomic():
        record(
            round_.programme,
            user,
            f"made a sealed copy of the ballots of {round_.title} for scrutineers",
        )
    return _seal(content, passphrase), passphrase


def open_copy(content: bytes, passphrase: str) -> tuple[str, list[str]]:
    """The frozen terms and the ballots' lines. Raises :class:`CannotRead`."""
    if not content.startswith(MAGIC):
        raise CannotRead("This file is not a scrutineers' copy.")
    sealed = content.removeprefix(MAGIC)
    salt, rest = sealed[:SALT_BYTES], sealed[SALT_BYTES:]
    try:
        plain = _key(passphrase, salt).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], MAGIC)
    except (InvalidTag, ValueError):
        raise CannotRead("The passphrase does not open this file.") from None
    value = json.loads(plain)
    return value["terms"], value["ballots"]


def _seal(content: bytes, passphrase: str) -> bytes:
    salt, nonce = os.urandom(SALT_BYTES), os.urandom(NONCE_BYTES)
    return MAGIC + salt + nonce + _key(passphrase, salt).encrypt(nonce, content, MAGIC)


def _key(passphrase: str, salt: bytes) -> AESGCM:
    typed = "".join(passphrase.upper().split()).encode()
    return AESGCM(Scrypt(salt=salt, length=32, n=2**14, r=8, p=1).derive(typed))
