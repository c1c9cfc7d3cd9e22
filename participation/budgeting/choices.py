"""What is on one ballot. Pure."""

import json
from dataclasses import dataclass
from typing import Any

from commissioning.ground.digests import canonical_json

Mark = tuple[int, int]


class BadBallot(ValueError):
    """A ballot that breaks a rule of its style. ``number`` is the project to show it beside."""

    def __init__(self, reason: str, number: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.number = number


@dataclass(frozen=True, slots=True)
class Choices:
    """Marks as (project number, value) in order of number; or blank, on purpose.

    The value is 1 for an approval, the score, the points, or the place in a ranking.
    """

    marks: tuple[Mark, ...] = ()
    blank: bool = False

    @classmethod
    def of(cls, marks: dict[int, int], *, blank: bool = False) -> "Choices":
        """Choices from a mapping of project numbers to values, sorted by number."""
        return cls(tuple(sorted(marks.items())), blank)

    @property
    def by_number(self) -> dict[int, int]:
        """Project number to value."""
        return dict(self.marks)

    @property
    def numbers(self) -> list[int]:
        """The marked projects' numbers, in order."""
        return [number for number, _ in self.marks]

    def canonical(self) -> bytes:
        """The one way of writing these choices, before they are sealed."""
        return canonical_json({"blank": self.blank, "marks": self.marks})

    def line(self) -> str:
        """The anonymous ballot as it is counted and digested: its marks, ``[]`` when blank."""
        return canonical_json(self.marks).decode()


NOTHING = Choices()


def from_canonical(data: bytes) -> Choices:
    """The choices that :meth:`Choices.canonical` wrote."""
    value: dict[str, Any] = json.loads(data)
    return Choices(_marks(value["marks"]), bool(value["blank"]))


def from_line(line: str) -> Choices:
    """The choices of an anonymous ballot."""
    marks = _marks(json.loads(line))
    return Choices(marks, blank=not marks)


def _marks(pairs: list[list[int]]) -> tuple[Mark, ...]:
    return tuple((int(number), int(value)) for number, value in pairs)
