"""The public lot that breaks ties. Pure.

A seed that nobody could choose (dice thrown in public, the numbers of a lottery on a day named
beforehand) puts the projects in an order that anybody can work out again: by the SHA-256 of the
seed, a colon and the project's number.
"""

import hashlib
from collections.abc import Iterable


def drawn(seed: str, numbers: Iterable[int]) -> list[int]:
    """The project numbers in the order that the seed gives them."""

    def place(number: int) -> str:
        return hashlib.sha256(f"{seed}:{number}".encode()).hexdigest()

    return sorted(numbers, key=place)
