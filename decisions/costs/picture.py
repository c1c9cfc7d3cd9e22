"""The picture of the bars: where each begins and ends, in hundredths of the width.

Two purses lie end to end, the buying body's solid and other people's hatched; that is said beside
the picture. The line runs from low to high of the two together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from commissioning.ground.answers import Text
from decisions.costs.rows import RouteCost
from decisions.costs.waits import Waits


@dataclass(frozen=True, slots=True)
class Bar:
    """One route's bar; all in hundredths of the widest."""

    key: str
    name: Text
    council: float
    others: float
    others_from: float
    low: float
    high: float
    waits: Waits
    figures: object
    # What is said of it: that it is chosen, or closed here.
    mark: Text = ""


def bars(routes: Sequence[RouteCost], marks: Mapping[str, Text]) -> list[Bar]:
    """The bars to one scale."""
    widest = max((one.costed.figures.end_to_end.high for one in routes), default=0.0) or 1.0
    return [_bar(one, widest, marks.get(one.key, "")) for one in routes]


def _bar(one: RouteCost, widest: float, mark: Text) -> Bar:
    figures = one.costed.figures

    def part(value: float) -> float:
        return round(min(value / widest, 1.0) * 100, 1)

    council, others = part(figures.authority.middle), part(figures.others.middle)
    return Bar(
        key=one.key,
        name=one.name,
        council=council,
        others=min(others, 100 - council),
        others_from=council,
        low=part(figures.end_to_end.low),
        high=part(figures.end_to_end.high),
        waits=one.waits,
        figures=figures,
        mark=mark,
    )


def as_json(drawn: Sequence[Bar]) -> dict[str, Any]:
    """The bars as JSON values, for a record."""
    return {
        "bars": [
            {
                "key": bar.key,
                "name": str(bar.name),
                "mark": str(bar.mark),
                "council": bar.council,
                "others": bar.others,
                "others_from": bar.others_from,
                "low": bar.low,
                "high": bar.high,
            }
            for bar in drawn
        ]
    }
