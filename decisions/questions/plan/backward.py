"""Counting back: every step as late as it can be, from the day the present arrangement ends."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from decisions.questions.plan import standstill
from decisions.questions.plan.standstill import Regime
from decisions.questions.plan.ways import (
    BESIDE,
    DECISION_NOTICE,
    INTENTION_SOURCE,
    NOTICE,
    OWN_LENGTH,
    PRACTICE,
    WAYS,
    Assumption,
    Unit,
    Way,
    assumptions_of,
)
from decisions.questions.plan.working_days import (
    ONE,
    before,
    clear_days_before,
    months_before,
    on_or_after,
    on_or_before,
)

# Steps that are counted and not assumed.
SIGNED: Final = "The agreement is signed"
BEGINS: Final = "The new thing can begin"
# Ten years ahead: no end of a present arrangement that is looked for lies further.
FURTHEST: Final = 3660


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the plan. ``starts`` to ``ends``, both whole days; a milestone has one day.

    ``beside`` steps run beside the line, counted back from their own day.
    """

    key: str
    title: str
    starts: date
    ends: date
    length: str = ""
    source: str = ""
    seen: bool = True
    beside: bool = False
    # Done already: it stands with its day, and is no more counted.
    done: bool = False
    # Its days were written down: they are no last ones, and nobody can be late for them.
    given: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it is still to be begun, by a day that was counted."""
        return not self.done and not self.given

    @property
    def is_milestone(self) -> bool:
        """One day on which one thing happens."""
        return not self.length

    def is_late(self, today: date) -> bool:
        """Whether its latest day to begin has passed."""
        return self.is_open and self.starts < today


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole plan of one way. ``steps`` in order of their beginning."""

    way: Way
    ends_on: date
    steps: tuple[Step, ...]
    # For a new thing nothing ends: the day after ``ends_on`` is the first that it could begin on.
    is_new: bool = False
    # The day of the decision, where what follows it is counted from there, as soon as it can be.
    counted_from: date | None = None

    def step(self, key: str) -> Step:
        """A step by its key."""
        return next(step for step in self.steps if step.key == key)

    @property
    def begin_by(self) -> date:
        """The last day on which work must have begun."""
        return min((step.starts for step in self.steps if step.is_open), default=self.ends_on)

    @property
    def new_begins_on(self) -> date:
        """The first day of what comes after; a new thing begins on a working day."""
        return on_or_after(self.ends_on + ONE) if self.is_new else self.ends_on + ONE

    @property
    def procurement_begins(self) -> Step:
        """The step whose first day decides which facts apply."""
        began = [step for step in self.steps if step.key == self.way.begins_with]
        # Where it is done already, nothing of it is left in the plan.
        return (began or [step for step in self.steps if step.is_open])[0]

    def passed(self, today: date, *, chosen: bool = False) -> frozenset[Step]:
        """Steps whose latest day to begin has passed.

        Where the way is ``chosen``, what led to the choice (appraising, talking, writing) is done:
        only steps from the procurement or award on can have passed. Where steps are counted as
        soon as they can be, their days are no last ones.
        """
        if self.counted_from is not None:
            return frozenset()
        since = self.procurement_begins.starts if chosen else date.min
        return frozenset(
            step for step in self.steps if step.is_late(today) and step.starts >= since
        )

    def is_too_late(self, today: date) -> bool:
        """Whether work should have begun before today."""
        return self.begin_by < today


def lengths_of(
    way: Way,
    lengths: Mapping[str, int],
    *,
    key_decision: bool,
    notice: Assumption | None = NOTICE,
    papers: Assumption | None = None,
) -> list[Assumption]:
    """The assumptions with the place's own lengths; never shorter than the law's least."""
    return [
        _lengthened(one, max(one.least, lengths.get(one.key, one.length)))
        for one in assumptions_of(way, key_decision=key_decision, notice=notice, papers=papers)
    ]


def _lengthened(one: Assumption, length: int) -> Assumption:
    """With another length, which is the place's own word: no default is passed off as one."""
    if length == one.length:
        return one
    source = OWN_LENGTH if one.source == PRACTICE else f"{one.source}. {OWN_LENGTH}"
    return replace(one, length=length, source=source)


def plan_back(
    way_key: str,
    ends_on: date,
    lengths: Mapping[str, int] | None = None,
    *,
    key_decision: bool = True,
    is_new: bool = False,
    notice: Assumption | None = NOTICE,
    papers: Assumption | None = None,
) -> Plan:
    """The plan. Raises ``KeyError`` for a way that is not in the table, ``ValueError`` for a year
    that calendars do not hold."""
    way = WAYS[way_key]
    told = lengths_of(way, lengths or {}, key_decision=key_decision, notice=notice, papers=papers)
    found = {one.key: one for one in told}
    try:
        steps = _line(way, ends_on, found, is_new=is_new)
        steps += _beside(ends_on, steps, found, is_new=is_new)
    except OverflowError as error:
        raise ValueError("no calendar reaches that far") from error
    ordered = tuple(sorted(steps, key=lambda step: (step.starts, step.ends)))
    return Plan(way, ends_on, ordered, is_new)


def _line(way: Way, ends_on: date, found: Mapping[str, Assumption], *, is_new: bool) -> list[Step]:
    """The steps that follow one another, built from the last to the first."""
    first = ends_on + ONE
    steps = [
        Step("begins", BEGINS, on_or_after(first), on_or_after(first))
        if is_new
        else Step("ends", "The present arrangement ends", ends_on, ends_on)
    ]
    # The day by which the step before must be over: its last day is earlier.
    limit = ends_on + ONE
    for one in reversed(way.after_decision):
        step = _span(way, found[one.key], limit)
        if step:
            steps.append(step)
            limit = step.starts
        if step and one.key == "standstill" and way.regime == Regime.HEALTH:
            limit = step.starts - ONE
            steps.append(_intention(limit))
        if one.key == "mobilise":
            limit = on_or_before(limit - ONE)
            steps += _signed(way, limit)
    decided = on_or_before(limit - ONE)
    steps.append(Step("decide", "The body with the power decides", decided, decided))
    limit = decided
    if papers := found.get("papers"):
        # So many whole days lie between the papers and the meeting.
        limit = before(decided, papers.length + 1)
        steps.append(_papers(papers, limit))
    for one in reversed(way.until_decision):
        step = _span(way, found[one.key], limit)
        if step:
            steps.append(step)
            limit = step.starts
    return steps


def _papers(one: Assumption, published: date) -> Step:
    """A day that has a length behind it all the same, with its source."""
    title = f"{one.title} ({one.length} at least)"
    return Step(one.key, title, published, published, source=one.source, seen=one.seen)


def _intention(published: date) -> Step:
    """The notice that a standstill of the health regime follows, from the day after it."""
    return Step(
        "intention",
        "Publish the notice of intention to award; standstill begins on the day after",
        published,
        published,
        source=INTENTION_SOURCE,
    )


def _signed(way: Way, signed: date) -> list[Step]:
    """The day of it; beside the line, what is published of the award within so many days."""
    sign, one = Step("sign", SIGNED, signed, signed), way.award_notice
    if one is None:
        return [sign]
    last = signed + timedelta(days=one.length - one.first_day_counts)
    notice = Step(one.key, one.title, signed, last, one.words, one.source, one.seen, beside=True)
    return [sign, notice]


def _span(way: Way, one: Assumption, limit: date) -> Step | None:
    """A step whose last day is before ``limit``; None for one that takes no time."""
    if one.length == 0:
        return None
    if one.key == "standstill":
        published = standstill.latest_publication(way.regime, limit, one.length)
        ends = standstill.last_day(way.regime, published, one.length)
        starts = standstill.first_day(way.regime, published)
    elif one.unit == Unit.DAYS:
        ends = on_or_before(limit - ONE)
        starts = on_or_before(ends - timedelta(days=one.length))
    else:
        ends = on_or_before(limit - ONE)
        starts = before(ends, one.length - 1)
    return Step(one.key, one.title, starts, ends, one.words, one.source, one.seen)


def _beside(
    ends_on: date, line: list[Step], found: Mapping[str, Assumption], *, is_new: bool
) -> list[Step]:
    steps = []
    decided = next(step.starts for step in line if step.key == "decide")
    for one in (one for key, one in found.items() if key in BESIDE):
        # Where there is nothing now, nobody is told of its end and no staff transfer.
        if one.length == 0 or (is_new and one.key != DECISION_NOTICE.key):
            continue
        if one.unit == Unit.MONTHS:
            starts, ends = on_or_before(months_before(ends_on, one.length)), ends_on
        elif one.unit == Unit.CLEAR_DAYS:
            starts, ends = on_or_before(clear_days_before(decided, one.length)), decided - ONE
        else:
            ends = on_or_before(ends_on)
            starts = before(ends, one.length - 1)
        steps.append(
            Step(one.key, one.title, starts, ends, one.words, one.source, one.seen, beside=True)
        )
    return steps


def earliest_end(
    way_key: str,
    today: date,
    lengths: Mapping[str, int] | None = None,
    *,
    key_decision: bool = True,
    notice: Assumption | None = NOTICE,
    papers: Assumption | None = None,
) -> date:
    """The first day on which the present arrangement could end, if work began today.

    A later end never means an earlier beginning, so halving finds it.
    """

    def in_time(end: date) -> bool:
        plan = plan_back(
            way_key, end, lengths, key_decision=key_decision, notice=notice, papers=papers
        )
        return not plan.is_too_late(today)

    return first_end(today, in_time)


def first_end(after: date, fits: Callable[[date], bool]) -> date:
    """The first end from a day on that fits, where every later one fits too."""
    low, high = 0, FURTHEST
    while low < high:
        middle = (low + high) // 2
        if fits(after + timedelta(days=middle)):
            high = middle
        else:
            low = middle + 1
    return after + timedelta(days=low)


def plan_new(counted: Callable[[date], Plan], begins_on: date) -> Plan:
    """The plan of a new thing whose procurement or award begins on that day, or the next that it
    can: what comes before is counted back from there, and what follows as soon as it can be.

    ``counted`` is the plan by its end.
    """
    return counted(
        first_end(begins_on, lambda end: counted(end).procurement_begins.starts >= begins_on)
    )
