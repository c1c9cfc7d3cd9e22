"""Costing a route, and what in it matters most."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from decisions.costs.model.draws import SEED, chances
from decisions.costs.model.estimates import Array, Estimate
from decisions.costs.model.inputs import Frame, check_route, complete
from decisions.costs.model.lines import LINES, Bearer, Pocket, Stage, Values
from decisions.costs.model.purses import Authority, Delay, Others, together
from decisions.costs.model.rounding import Three, three

END_TO_END: Final = (
    "The authority's cash and staff time, and other people's time, end to end: what it takes from"
    " everybody before anyone is helped and while it runs. No one purse pays it."
)
_NIL: Final[Array] = np.zeros(1)


@dataclass(frozen=True, slots=True, eq=False)
class Purses:
    """What one route takes from each purse, draw by draw; ``losers`` is a part of ``others``."""

    authority: Authority
    others: Others
    losers: Others
    delay: Delay


@dataclass(frozen=True, slots=True)
class Cell:
    """One line of one route in pounds, by stage and bearer."""

    key: str
    stage: Stage
    bearer: Bearer
    pocket: Pocket
    worth: Three


@dataclass(frozen=True, slots=True)
class Figures:
    """A route's cost as it is shown: three round figures of each."""

    authority: Three
    cash: Three
    staff: Three
    others: Three
    others_hours: Three
    losers: Three
    losers_hours: Three
    months: Three
    person_months: Three
    # Both money purses end to end, for the length of a bar and for nothing else.
    end_to_end: Three
    # Of the value, in hundredths; None where there is no value to compare with.
    authority_share: Three | None
    others_share: Three | None


@dataclass(frozen=True, slots=True)
class Swing:
    """How far one input moves a purse: all else at its likely value, this one low, then high.

    ``authority`` and ``others`` are pounds, ``months`` months; they are never added.
    """

    key: str
    authority: tuple[float, float]
    others: tuple[float, float]
    months: tuple[float, float]

    def width(self, purse: str) -> float:
        """From low to high in one purse."""
        low, high = getattr(self, purse)
        return abs(float(high - low))


@dataclass(frozen=True, slots=True)
class Costed:
    """One route, costed."""

    figures: Figures
    swings: tuple[Swing, ...]

    def matters_most(self, purse: str, most: int = 3) -> list[Swing]:
        """The inputs that move a purse furthest, furthest first; those that move it not are left
        out."""
        moving = [swing for swing in self.swings if round(swing.width(purse), 6) > 0]
        return sorted(moving, key=lambda swing: -swing.width(purse))[:most]


def drawn(inputs: Mapping[str, Estimate], seed: int = SEED) -> dict[str, Array]:
    """10,000 values of each input (one, where it is known).

    An input moves alike in every route, so that routes differ by what differs in them and by
    nothing else.
    """
    return {
        key: np.array([estimate.likely]) if estimate.is_exact else estimate.at(chances(key, seed))
        for key, estimate in complete(inputs).items()
    }


def purses_of(values: Values, frame: Frame) -> Purses:
    """The lines, each in its purse."""
    pounds = dict.fromkeys(Pocket, _NIL)
    hours, lost, lost_hours = _NIL, _NIL, _NIL
    for line in LINES:
        worth = line.worth(values, frame)
        pounds[line.pocket] = pounds[line.pocket] + worth
        given = line.hours(values, frame) if line.hours else _NIL
        hours = hours + given
        if line.bearer is Bearer.LOSERS:
            lost, lost_hours = lost + worth, lost_hours + given
    return Purses(
        authority=Authority(pounds[Pocket.CASH], pounds[Pocket.STAFF]),
        others=Others(pounds[Pocket.OTHERS], hours),
        losers=Others(lost, lost_hours),
        delay=Delay(values["months"], values["months"] * values["people_waiting"]),
    )


def cost(
    inputs: Mapping[str, Estimate], frame: Frame, *, is_grant: bool = False, seed: int = SEED
) -> Costed:
    """Cost one route. Raises ``InvalidInputs`` that names the input which cannot be."""
    whole = complete(inputs)
    check_route(whole, is_grant=is_grant)
    return Costed(figures(drawn(whole, seed), frame), swings(whole, frame))


def figures(values: Values, frame: Frame) -> Figures:
    """The round figures of what was drawn."""
    purses = purses_of(values, frame)
    authority, others, delay = purses.authority, purses.others, purses.delay
    return Figures(
        authority=three(authority.total),
        cash=three(authority.cash),
        staff=three(authority.staff),
        others=three(others.worth),
        others_hours=three(others.hours, 5),
        losers=three(purses.losers.worth),
        losers_hours=three(purses.losers.hours, 5),
        months=three(delay.months, 1),
        person_months=three(delay.person_months, 5),
        end_to_end=three(together(authority, others, saying=END_TO_END).worth),
        authority_share=_share(authority.total, frame),
        others_share=_share(others.worth, frame),
    )


def breakdown(inputs: Mapping[str, Estimate], frame: Frame, seed: int = SEED) -> list[Cell]:
    """Line by line: when it is paid, who bears it, how much."""
    values = drawn(inputs, seed)
    return [
        Cell(line.key, line.stage, line.bearer, line.pocket, three(line.worth(values, frame)))
        for line in LINES
    ]


def _share(pounds: Array, frame: Frame) -> Three | None:
    """In hundredths of the value, to the nearest half."""
    return three(pounds / frame.value * 100, 0.5) if frame.value else None


def swings(whole: Mapping[str, Estimate], frame: Frame) -> tuple[Swing, ...]:
    """Each input at its low and its high, everything else at its likely value.

    All of it in one evaluation: column 2i holds input i at its low, column 2i+1 at its high.
    """
    moving = [key for key, estimate in whole.items() if not estimate.is_exact]
    values = {
        key: np.full(max(1, 2 * len(moving)), estimate.likely) for key, estimate in whole.items()
    }
    for place, key in enumerate(moving):
        values[key][2 * place] = whole[key].low
        values[key][2 * place + 1] = whole[key].high
    purses = purses_of(values, frame)
    every = [purses.authority.total, purses.others.worth, purses.delay.months]
    columns = [np.broadcast_to(worth, (max(1, 2 * len(moving)),)) for worth in every]
    return tuple(
        Swing(
            key,
            *((float(column[2 * place]), float(column[2 * place + 1])) for column in columns),
        )
        for place, key in enumerate(moving)
    )
