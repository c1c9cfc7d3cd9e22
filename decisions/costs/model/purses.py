"""Three purses that are never added without saying so.

The authority's cash and staff time; other people's time and money; users' delay. Each adds to its
own kind only. :func:`together` adds the two that are money where somebody says what the sum means;
delay is time in people's lives, and has no price here.
"""

from dataclasses import dataclass
from typing import Any, NoReturn, Self

import numpy as np

from decisions.costs.model.estimates import Array


class PursesDiffer(TypeError):
    """Somebody tried to add what different people pay."""


class _Purse:
    """Adds to its own kind only."""

    def _refuse(self, other: object) -> NoReturn:
        raise PursesDiffer(
            f"{type(self).__name__} and {type(other).__name__} are different purses: show them side"
            " by side, or add them with together(..., saying=...)."
        )

    def __radd__(self, other: object) -> Self:
        # sum() begins with a bare nought.
        if not (type(other) is int and other == 0):
            self._refuse(other)
        return self


@dataclass(frozen=True, slots=True, eq=False)
class Authority(_Purse):
    """What the authority pays, in pounds: cash that leaves it, and its own people's time."""

    cash: Array
    staff: Array

    def __add__(self, other: object) -> "Authority":
        if not isinstance(other, Authority):
            self._refuse(other)
        return Authority(self.cash + other.cash, self.staff + other.staff)

    @property
    def total(self) -> Array:
        """Cash and staff time: one purse, two pockets."""
        return self.cash + self.staff


@dataclass(frozen=True, slots=True, eq=False)
class Others(_Purse):
    """What everybody else gives: hours, and what those hours and their own outlays are worth."""

    worth: Array
    hours: Array

    def __add__(self, other: object) -> "Others":
        if not isinstance(other, Others):
            self._refuse(other)
        return Others(self.worth + other.worth, self.hours + other.hours)


@dataclass(frozen=True, slots=True, eq=False)
class Delay(_Purse):
    """What waiting takes from the people who are to be served: months, and person-months."""

    months: Array
    person_months: Array

    def __add__(self, other: object) -> "Delay":
        if not isinstance(other, Delay):
            self._refuse(other)
        return Delay(self.months + other.months, self.person_months + other.person_months)


@dataclass(frozen=True, slots=True, eq=False)
class Together:
    """Pounds from two purses, with what was said when they were added."""

    worth: Array
    saying: str


def together(*purses: Any, saying: str) -> Together:
    """Pounds of the authority's purse and of other people's, added on purpose.

    ``saying`` is shown wherever the sum is. Raises :class:`PursesDiffer` for delay, which is not
    money, and ``ValueError`` where nothing is said.
    """
    if not saying.strip():
        raise ValueError("say what the sum of two purses means")
    worth: Array = np.zeros(1)
    for purse in purses:
        if isinstance(purse, Authority):
            worth = worth + purse.total
        elif isinstance(purse, Others):
            worth = worth + purse.worth
        else:
            raise PursesDiffer("People's waiting is not money, and is not added to it.")
    return Together(worth, saying)
