"""Round figures: an estimate is never shown as if it were known to the pound."""

from dataclasses import dataclass
from math import floor, log10

import numpy as np

from decisions.costs.model.draws import HIGH, LOW
from decisions.costs.model.estimates import Array


def round_figure(value: float, smallest: float = 50) -> float:
    """To two figures, and never finer than ``smallest``: 27,431 is 27,000; 640 is 650.

    Something above nothing never becomes nothing.
    """
    if value == 0:
        return 0.0
    step = max(smallest, 10.0 ** (floor(log10(abs(value))) - 1))
    rounded = floor(abs(value) / step + 0.5) * step
    return float(np.copysign(max(rounded, step), value))


def round_down(value: float, smallest: float = 1) -> float:
    """To two figures downwards, and never finer than ``smallest``: 4.7 is 4, and 226 is 220."""
    if value < smallest:
        return float(floor(value))
    step = max(smallest, 10.0 ** (floor(log10(value)) - 1))
    return float(floor(value / step + 1e-9) * step)


@dataclass(frozen=True, slots=True)
class Three:
    """Three round figures: one draw in ten lies below ``low``, one in ten above ``high``;
    ``middle`` is the average of all draws.

    The average, and not the draw in the middle, since averages add up: the lines of a route come to
    what the route costs, but for rounding. Low and high figures do not add up, as not everything
    is dear at once.
    """

    low: float
    middle: float
    high: float

    @property
    def is_nothing(self) -> bool:
        """Whether all three are nothing."""
        return self.low == self.middle == self.high == 0


def three(values: Array, smallest: float = 50) -> Three:
    """The three round figures of draws."""
    low, high = np.quantile(values, (LOW, HIGH))
    points = (low, np.mean(values), high)
    return Three(*(round_figure(float(point), smallest) for point in points))
