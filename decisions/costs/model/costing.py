"""Costing a route, and what in it matters most."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from decisions.costs.model.draws import SEED, chances
from decisions.costs.model.estimates import Array, Estimate
from decisions.costs.model.inputs import Frame, check_route, complete
from decisions.costs.model.lines import LINES, WHEN, Bearer, Pocket, Stage, Values, When
from decisions.costs.model.purses import Authority, Delay, Others, together
from decisions.costs.model.rounding import Three, three

END_TO_END: Final = (
    "The authority's cash and staff time, and other people's time, end to end: what it takes from"
    " everybody before anyone is helped and while it runs. No one purse pays it."
)
WHILE_IT_RUNS: Final = frozenset(
    {"monitor_hours_year", "report_hours_each_year", "intermediary_share"}
)
_NIL: Final[Array] = np.zeros(1)


@dataclass(frozen=True, slots=True, eq=False)
class Purses:
    """What one route takes from each purse, draw by draw; ``losers`` is a part of ``others``."""

    authority: Authority
    others: Others
    losers: Others
    delay: Delay
    # Parts of both: choosing, changing over, while it runs.
    authority_when: Mapping[When, Array]
    others_when: Mapping[When, Array]


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
    # Both purses again, in parts that add up: choosing, changing over, while it runs.
    authority_when: Mapping[When, Three]
    others_when: Mapping[When, Three]


@dataclass(frozen=True, slots=True)
class Swing:
    """How far one input moves a purse: all else at its average, this one low, then high.

    The figure that is shown, the average of all draws, lies between the two. ``authority`` and
    ``others`` are pounds, ``months`` months; they are never added.
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
    parts = {ours: dict.fromkeys(When, _NIL) for ours in (True, False)}
    hours, lost, lost_hours = _NIL, _NIL, _NIL
    for line in LINES:
        worth = line.worth(values, frame)
        pounds[line.pocket] = pounds[line.pocket] + worth
        mine = parts[line.pocket is not Pocket.OTHERS]
        mine[WHEN[line.stage]] = mine[WHEN[line.stage]] + worth
        given = line.hours(values, frame) if line.hours else _NIL
        hours = hours + given
        if line.bearer is Bearer.LOSERS:
            lost, lost_hours = lost + worth, lost_hours + given
    return Purses(
        authority=Authority(pounds[Pocket.CASH], pounds[Pocket.STAFF]),
        others=Others(pounds[Pocket.OTHERS], hours),
        losers=Others(lost, lost_hours),
        delay=Delay(values["months"], values["months"] * values["people_waiting"]),
        authority_when=parts[True],
        others_when=parts[False],
    )


def cost(
    inputs: Mapping[str, Estimate],
    frame: Frame,
    *,
    is_grant: bool = False,
    then: Mapping[str, Estimate] | None = None,
    seed: int = SEED,
) -> Costed:
    """Cost one route. Raises ``InvalidInputs`` that names the input which cannot be.

    ``then``: the inputs of a purchase that must follow it, which is chosen and changed over to as
    well. What runs is looked after once.
    """
    whole = complete(inputs)
    check_route(whole, is_grant=is_grant)
    purses = purses_of(drawn(whole, seed), frame)
    if then:
        purses = _followed(purses, purses_of(drawn(_until_it_runs(then), seed), frame))
    return Costed(figures(purses, frame), swings(whole, frame, purses))


def _until_it_runs(inputs: Mapping[str, Estimate]) -> dict[str, Estimate]:
    """Without what is paid while it runs: that is counted with the route itself."""
    return {key: one for key, one in complete(inputs).items() if key not in WHILE_IT_RUNS}


def _followed(first: Purses, then: Purses) -> Purses:
    """One after the other, purse by purse and draw by draw."""
    return Purses(
        authority=first.authority + then.authority,
        others=first.others + then.others,
        losers=first.losers + then.losers,
        delay=first.delay + then.delay,
        authority_when=_both(first.authority_when, then.authority_when),
        others_when=_both(first.others_when, then.others_when),
    )


def _both(one: Mapping[When, Array], other: Mapping[When, Array]) -> dict[When, Array]:
    return {when: one[when] + other[when] for when in When}


def figures(purses: Purses, frame: Frame) -> Figures:
    """The round figures of what was drawn."""
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
        authority_when={when: three(worth) for when, worth in purses.authority_when.items()},
        others_when={when: three(worth) for when, worth in purses.others_when.items()},
    )


def breakdown(
    inputs: Mapping[str, Estimate],
    frame: Frame,
    then: Mapping[str, Estimate] | None = None,
    seed: int = SEED,
) -> list[Cell]:
    """Line by line: when it is paid, who bears it, how much; with a purchase that follows."""
    every = [drawn(inputs, seed)]
    if then:
        every.append(drawn(_until_it_runs(then), seed))
    return [
        Cell(
            line.key,
            line.stage,
            line.bearer,
            line.pocket,
            three(_NIL + sum(line.worth(values, frame) for values in every)),
        )
        for line in LINES
    ]


def _share(pounds: Array, frame: Frame) -> Three | None:
    """In hundredths of the value, to two figures: a small share is not lifted to a larger one."""
    return three(pounds / frame.value * 100, 0.01) if frame.value else None


def swings(whole: Mapping[str, Estimate], frame: Frame, drawn: Purses) -> tuple[Swing, ...]:
    """Each input at its low and its high, everything else at its average.

    All of it in one evaluation: column 2i holds input i at its low, column 2i+1 at its high, and
    the last column everything at its average. What an input moves is counted from the average of
    all draws, so that the figure shown always lies in its own range.
    """
    moving = [key for key, estimate in whole.items() if not estimate.is_exact]
    columns = 2 * len(moving) + 1
    values = {key: np.full(columns, estimate.mean) for key, estimate in whole.items()}
    for place, key in enumerate(moving):
        values[key][2 * place] = whole[key].low
        values[key][2 * place + 1] = whole[key].high
    moved, shown = _pounds_and_months(purses_of(values, frame)), _pounds_and_months(drawn)
    ranges = {
        purse: _ranges(np.broadcast_to(moved[purse], (columns,)), float(np.mean(shown[purse])))
        for purse in moved
    }
    return tuple(
        Swing(key, **{purse: every[place] for purse, every in ranges.items()})
        for place, key in enumerate(moving)
    )


def _pounds_and_months(purses: Purses) -> dict[str, Array]:
    return {
        "authority": purses.authority.total,
        "others": purses.others.worth,
        "months": purses.delay.months,
    }


def _ranges(column: Array, shown: float) -> list[tuple[float, float]]:
    """Of each input in turn, around the figure that is shown."""
    moved = column - column[-1] + shown
    pairs = moved[:-1].reshape(-1, 2)
    # An input may turn round between its ends: the figure shown stays inside all the same.
    return [
        (min(float(low), shown), max(float(high), shown))
        if low <= high
        else (max(float(low), shown), min(float(high), shown))
        for low, high in pairs
    ]
