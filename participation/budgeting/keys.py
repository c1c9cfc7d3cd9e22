"""The keys of a round. Pure: files and bytes, no database.

The round's secret lives in one file that PostgreSQL, Redis and Celery never see. It is read
for each use and never kept: when the file is destroyed, nobody can open a ballot again.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SECRET_BYTES = 32


class KeyMissing(Exception):
    """The round's secret is not there: destroyed, never made, or its disk is not mounted."""


@dataclass(frozen=True)
class RoundKeys:
    """What is derived from the round's secret, when it is asked for.

    Never printed, logged, stored or sent.
    """

    round_id: UUID
    secret: bytes = field(repr=False)

    @cached_property
    def box(self) -> bytes:
        """The key of the sealed ballots."""
        return _derive(self.secret, "ballot box", self.round_id)

    @cached_property
    def code(self) -> bytes:
        """The key that the codes of cards come from."""
        return _derive(self.secret, "codes", self.round_id)

    @cached_property
    def order(self) -> bytes:
        """The key of the order in which each voter at home sees the ideas."""
        return _derive(self.secret, "display order", self.round_id)

    @cached_property
    def sheet(self) -> bytes:
        """The key of the printed sheets, until they are fetched."""
        return _derive(self.secret, "card sheets", self.round_id)


def _derive(secret: bytes, purpose: str, round_id: UUID) -> bytes:
    return HKDF(SHA256(), SECRET_BYTES, salt=round_id.bytes, info=purpose.encode()).derive(secret)


def path_of(directory: Path, round_id: UUID) -> Path:
    """Where the round's secret lives."""
    return directory / f"{round_id}.key"


def _sync(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _writing(path: Path) -> Iterator[int]:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    try:
        yield handle
        os.fsync(handle)
    finally:
        os.close(handle)


def make(directory: Path, round_id: UUID) -> None:
    """Make the round's secret, on disk before this returns. Does nothing where there is one.

    The secret is written beside its place and linked into it, so that a crash leaves a whole
    secret or none, and of two makers at once one wins and the other finds it made.
    """
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = path_of(directory, round_id)
    if path.exists():
        return
    beside = directory / f".{round_id}.{secrets.token_hex(8)}"
    with _writing(beside) as handle:
        os.write(handle, secrets.token_bytes(SECRET_BYTES))
    try:
        os.link(beside, path)
    except FileExistsError:
        pass
    finally:
        beside.unlink()
    _sync(directory)


def exists(directory: Path, round_id: UUID) -> bool:
    """Whether the round's secret is there."""
    return path_of(directory, round_id).exists()


def read(directory: Path, round_id: UUID) -> RoundKeys:
    """The round's keys, read from the file each time. Raises :class:`KeyMissing`."""
    path = path_of(directory, round_id)
    try:
        secret = _secret_in(path)
    except OSError as error:
        raise KeyMissing("the round's key cannot be read") from error
    if not path.exists():
        # Destroyed meanwhile: what was read may be what it was overwritten with.
        raise KeyMissing("the round's key is destroyed")
    if len(secret) != SECRET_BYTES:
        raise KeyMissing("the round's key is damaged")
    return RoundKeys(round_id, secret)


def _secret_in(path: Path) -> bytes:
    """What the file holds, and of a file that is too long a byte too many."""
    handle = os.open(path, os.O_RDONLY)
    try:
        return os.read(handle, SECRET_BYTES + 1)
    finally:
        os.close(handle)


def lookup_key(pepper: str, round_id: UUID) -> bytes:
    """The key of the register's code digests. It outlives the close: "was my card counted?"."""
    if not pepper:
        raise KeyMissing("VOTE_PEPPER is not set")
    return _derive(pepper.encode(), "lookup", round_id)


def destroy(directory: Path, round_id: UUID) -> None:
    """Overwrite and remove the round's secret. Does nothing where it is gone already.

    It is taken out of its place first: whoever looks finds the whole secret or none, and a crash
    half way leaves a remainder that the next call goes on with. Overwriting is worth little on
    flash and copy-on-write disks; an encrypted volume or memory file system is what the
    operations guide asks for.
    """
    remainder = directory / f".{round_id}.destroyed"
    with suppress(FileNotFoundError):
        path_of(directory, round_id).rename(remainder)
        _sync(directory)
    try:
        handle = os.open(remainder, os.O_WRONLY | os.O_NOFOLLOW)
    except FileNotFoundError:
        return
    try:
        os.write(handle, secrets.token_bytes(SECRET_BYTES))
        os.fsync(handle)
    finally:
        os.close(handle)
    remainder.unlink(missing_ok=True)
    _sync(directory)
