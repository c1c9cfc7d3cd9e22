"""The keys of a round, where this installation keeps them."""

from uuid import UUID

from django.conf import settings

from commissioning.ground.digests import keyed_digest
from participation.budgeting import codes, keys


def make(round_id: UUID) -> None:
    """Make the round's secret, on disk before this returns; nothing where it is made already."""
    keys.make(settings.BALLOT_KEY_DIR, round_id)


def of(round_id: UUID) -> keys.RoundKeys:
    """The round's keys, read anew. Raises :class:`keys.KeyMissing`."""
    return keys.read(settings.BALLOT_KEY_DIR, round_id)


def exist(round_id: UUID) -> bool:
    """Whether the round's secret is still there."""
    return keys.exists(settings.BALLOT_KEY_DIR, round_id)


def destroy(round_id: UUID) -> None:
    """Destroy the round's secret; nothing where it is gone already."""
    keys.destroy(settings.BALLOT_KEY_DIR, round_id)


def code_of(round_keys: keys.RoundKeys, elector_id: UUID, issue_no: int, symbols: int) -> str:
    """The code of an elector's card: always the same one for an issue, and stored nowhere."""
    about = elector_id.bytes + issue_no.to_bytes(4)
    return codes.from_digest(keyed_digest(round_keys.code, about), symbols)


def lookup_key(round_id: UUID) -> bytes:
    """The key under which the register keeps its codes; it comes from the environment."""
    return keys.lookup_key(settings.VOTE_PEPPER, round_id)


def lookup_of(key: bytes, code: str) -> bytes:
    """What the register keeps of a code."""
    return keyed_digest(key, code.encode())


def display_order(round_keys: keys.RoundKeys, elector_id: UUID, numbers: list[int]) -> list[int]:
    """The projects shuffled for one elector: the same each time, stored nowhere."""

    def place(number: int) -> bytes:
        return keyed_digest(round_keys.order, elector_id.bytes + number.to_bytes(8))

    return sorted(numbers, key=place)
