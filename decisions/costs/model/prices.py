"""Old money in today's pounds, by a stated index; euros in pounds, by a stated rate."""

from collections.abc import Mapping
from dataclasses import dataclass


class NoFigure(LookupError):
    """The index or rate has no figure for a year; says which."""


@dataclass(frozen=True, slots=True)
class Index:
    """A price index: its figure for each year, where it comes from, and whether that was read."""

    key: str
    name: str
    source: str
    seen: bool
    figures: Mapping[int, float]

    def at(self, year: int) -> float:
        """The figure for a year. Raises :class:`NoFigure` rather than guess."""
        try:
            return self.figures[year]
        except KeyError:
            raise NoFigure(f"{self.name} has no figure for {year}.") from None

    @property
    def latest(self) -> int:
        """The last year that it knows."""
        return max(self.figures)

    def uplift(self, amount: float, from_year: int, to_year: int | None = None) -> float:
        """An amount of ``from_year`` in the money of ``to_year`` (the latest, if not said)."""
        return amount * self.at(to_year or self.latest) / self.at(from_year)


@dataclass(frozen=True, slots=True)
class Rate:
    """Pounds for one unit of a currency, as a year's average."""

    currency: str
    name: str
    source: str
    seen: bool
    figures: Mapping[int, float]

    def pounds(self, amount: float, year: int) -> float:
        """The amount in pounds of that year. Raises :class:`NoFigure` rather than guess."""
        try:
            return amount * self.figures[year]
        except KeyError:
            raise NoFigure(f"{self.name} has no figure for {year}.") from None
