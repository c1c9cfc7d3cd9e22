"""Where everything stands in the plan's picture: bars on a line of months, drawn by a template."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from decisions.questions.plan.backward import Plan, Step

LEFT: Final = 250
RIGHT: Final = 985
LAST_NAME: Final = 960  # beyond it a month's name would be cut at the edge
TOP: Final = 44
ROW: Final = 40

_SHORT: Final = {
    "appraise": "Appraise",
    "engage": "Talk and listen",
    "prepare": "Write what is wanted",
    "ask": "Open to answers",
    "intend": "Notice of approach",
    "transparency": "Notice UK5",
    "agree": "Agree what it is for",
    "intention": "Notice of intention",
    "evaluate": "Score and check",
    "vote": "Residents vote",
    "report": "Report",
    "papers": "Papers out",
    "appraised": "Ways appraised",
    "recommended": "Way recommended",
    "chosen": "Way decided",
    "decision_notice": "Key decision notice",
    "decide": "Decision",
    "call_in": "Call-in",
    "standstill": "Standstill",
    "sign": "Agreement signed",
    "award_notice": "Notice of contract",
    "mobilise": "Get ready",
    "give_out": "First small grants",
    "notice": "Notice to people",
    "staff": "Staff transfer",
    "begins": "It can begin",
    "ends": "Present one ends",
}


# Steps that are something else in a vote.
_OF_A_VOTE: Final = {
    "prepare": "Write the rules",
    "ask": "Ideas come in",
    "evaluate": "Check the ideas",
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One step: ``x`` and ``width`` in the picture's units, ``y`` the top of its row."""

    label: str
    x: int
    width: int
    y: int
    late: bool
    is_milestone: bool
    beside: bool

    @property
    def middle(self) -> int:
        """Half way down the bar."""
        return self.y + 11

    @property
    def diamond(self) -> str:
        """The points of a milestone's mark."""
        x, y = self.x, self.middle
        return f"{x},{y - 11} {x + 11},{y} {x},{y + 11} {x - 11},{y}"


@dataclass(frozen=True, slots=True)
class Tick:
    """The first of a month on the line of time."""

    day: date
    x: int
    named: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """All that the template draws."""

    bars: list[Bar]
    ticks: list[Tick]
    today_x: int | None
    height: int


def draw(plan: Plan, today: date | None, passed: Collection[Step] = ()) -> Picture:
    """The picture of a plan, with a line for today where it lies within, and the steps ``passed``.

    On paper there is no today (None): the same plan is the same picture on every day. What was
    done before the line of time begins has no place on it: it stands in the table, with its day.
    """
    first, last = plan.begin_by, max(step.ends for step in plan.steps)
    steps = [step for step in plan.steps if step.starts >= first]
    days = max(1, (last - first).days)
    names = _SHORT | _OF_A_VOTE if plan.way.key == "vote" else _SHORT

    def place(day: date) -> int:
        return LEFT + round((RIGHT - LEFT) * (day - first).days / days)

    bars = [
        Bar(
            names[step.key],
            place(step.starts),
            max(6, place(step.ends) - place(step.starts)),
            TOP + number * ROW,
            step in passed,
            step.is_milestone,
            step.beside,
        )
        for number, step in enumerate(steps)
    ]
    return Picture(
        bars,
        _ticks(first, last, place),
        place(today) if today and first <= today <= last else None,
        TOP + len(bars) * ROW + 10,
    )


def _ticks(first: date, last: date, place: Callable[[date], int]) -> list[Tick]:
    months: list[date] = []
    index = first.year * 12 + first.month
    while (day := date(index // 12, index % 12 + 1, 1)) <= last:
        months.append(day)
        index += 1
    every = max(1, -(-len(months) // 10))
    return [
        Tick(day, place(day), number % every == 0 and place(day) <= LAST_NAME)
        for number, day in enumerate(months)
    ]
