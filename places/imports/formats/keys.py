"""What tells a row from every other: digests that are the same whenever the same thing comes again.

Pure. 128 bits of BLAKE2b, as a UUID because databases keep those small.
"""

from collections.abc import Iterable
from hashlib import blake2b
from uuid import UUID

_BETWEEN = "\x1f"


def digest_of(*parts: object) -> UUID:
    """The digest of the parts' text, in their order. Capitals make no difference."""
    text = _BETWEEN.join(map(str, parts)).lower()
    return UUID(bytes=blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest())


class Occurrences:
    """Counts how often the same content has stood in a file: equal payments are several payments.

    Holds 64 bits for each row, so that two million rows take some 200 MB at most.
    """

    def __init__(self) -> None:
        self._seen: dict[int, int] = {}

    def key(self, content: str) -> UUID:
        """The key of this content at its next occurrence."""
        raw = blake2b(content.lower().encode("utf-8", "surrogatepass"), digest_size=16)
        short = int.from_bytes(raw.digest()[:8], "big")
        times = self._seen.get(short, 0)
        self._seen[short] = times + 1
        if times:
            raw.update(b"\x1e%d" % times)
        return UUID(bytes=raw.digest())


def joined(parts: Iterable[object]) -> str:
    """Parts as one text that no other parts give."""
    return _BETWEEN.join(map(str, parts))
