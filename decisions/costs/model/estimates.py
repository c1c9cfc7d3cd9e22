"""Three-point estimates: low, likely, high."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
LARGEST: Final = 1e12


class InvalidEstimate(ValueError):
    """Three points that cannot be an estimate; says why in a sentence."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A quantity that is not known exactly, in the unit of its input (hours, people, pounds...).

    Drawn from the **triangular** distribution on (low, likely, high), by its inverse
    (:meth:`at`). Why triangular and not PERT: anybody can repeat it in a spreadsheet; it errs wide,
    which is honest where the three points are judgement; and raising a point never lowers a draw,
    so that more hours can never come out cheaper by chance.
    """

    low: float
    likely: float
    high: float

    def __post_init__(self) -> None:
        points = (self.low, self.likely, self.high)
        if not all(np.isfinite(point) and abs(point) <= LARGEST for point in points):
            raise InvalidEstimate("Give three numbers.")
        if not self.low <= self.likely <= self.high:
            raise InvalidEstimate("The low figure comes first, then the likely, then the high.")

    @classmethod
    def exactly(cls, value: float) -> "Estimate":
        """Something that is known."""
        return cls(value, value, value)

    @property
    def is_exact(self) -> bool:
        """Whether there is nothing to draw."""
        return self.low == self.high

    @property
    def mean(self) -> float:
        """The mean of the triangular distribution: a third of the sum of its points."""
        return (self.low + self.likely + self.high) / 3

    def at(self, chances: Array) -> Array:
        """Values that a draw stays below with each of these chances (0 to 1): the inverse."""
        if self.is_exact:
            return np.full(chances.shape, self.likely)
        width = self.high - self.low
        rising = (self.likely - self.low) / width
        up = self.low + np.sqrt(chances * width * (self.likely - self.low))
        down = self.high - np.sqrt((1 - chances) * width * (self.high - self.likely))
        return np.where(chances < rising, up, down)

    def scaled(self, factor: float) -> "Estimate":
        """The same estimate of a thing ``factor`` times as large."""
        return Estimate(self.low * factor, self.likely * factor, self.high * factor)
