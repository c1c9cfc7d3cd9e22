"""What tells a row from every other: digests that are the same whenever the same thing comes again.

Pure. 128 bits of BLAKE2b, as a UUID because databases keep those small.
"""

from collections.abc import Iterable
from hashlib import blake2b
from typing import Final
from uuid import UUID, SafeUUID

# Between the parts of a content; no text that people write has it.
BETWEEN: Final = "\x1f"


_UNKNOWN: Final = SafeUUID.unknown


def digest_of(*parts: object) -> UUID:
    """The digest of the parts' text, in their order. Capitals make no difference."""
    text = BETWEEN.join(map(str, parts)).lower()
    raw = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    return uuid_of(int.from_bytes(raw))


def uuid_of(number: int) -> UUID:
    """The UUID of 128 bits. ``UUID(int=...)`` asks so much first that a long file notices."""
    made = object.__new__(UUID)
    object.__setattr__(made, "int", number)
    object.__setattr__(made, "is_safe", _UNKNOWN)
    return made


class Occurrences:
    """Counts how often the same content has stood in a file: equal payments are several payments.

    Holds 64 bits for each row, so that two million rows take some 200 MB at most.
    """

    def __init__(self) -> None:
        self._seen: dict[int, int] = {}
        # How many said exactly what an earlier one said.
        self.again = 0

    def key(self, content: str) -> UUID:
        """The key of this content at its next occurrence."""
        return uuid_of(self.numbers((content,))[0])

    def numbers(self, contents: Iterable[str]) -> list[int]:
        """The keys of contents that follow one another, as numbers of 128 bits."""
        seen, keys = self._seen, []
        for content in contents:
            raw = blake2b(content.lower().encode("utf-8", "surrogatepass"), digest_size=16)
            number = int.from_bytes(raw.digest())
            times = seen.get(number >> 64, 0)
            seen[number >> 64] = times + 1
            if times:
                self.again += 1
                raw.update(b"\x1e%d" % times)
                number = int.from_bytes(raw.digest())
            keys.append(number)
        return keys
