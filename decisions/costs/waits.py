"""Whether anybody waits because of a way of choosing, in words that nobody has to work out.

Where something runs until the new thing begins, nobody waits unless it comes too late. People are
counted only where somebody here has said how many there are.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commissioning.design.when import day
from commissioning.ground.answers import Text
from decisions.costs.model.rounding import Three
from decisions.questions.plan.backward import Plan

DAYS_A_MONTH: Final = 365 / 12
_LATER_THAN_ITS_PLAN: Final[Text] = gettext_lazy(
    "%(months)s, as estimated. What there is now runs until %(day)s, so by its plan the "
    "procurement or award begins by %(latest)s; the question says %(begins)s. Unless it "
    "is quicker than its plan, people wait, or a bridge is needed."
)
_TOO_LATE: Final[Text] = gettext_lazy(
    "%(months)s, as estimated. What there is now runs until %(day)s, so by its plan work "
    "should have begun by %(begin)s. Unless it is quicker than its plan, people wait, or a "
    "bridge is needed."
)
_LONGER_THAN_ITS_PLAN: Final[Text] = gettext_lazy(
    "%(months)s, as estimated, which may be longer than its plan of steps. What there is now runs "
    "until %(day)s. By its plan work begins by %(begin)s at the latest; for the longest of the "
    "estimate by %(safe)s. If it takes longer than is left, a bridge is needed."
)
_LATE_AT_ITS_LONGEST: Final[Text] = gettext_lazy(
    "%(months)s, as estimated. What there is now runs until %(day)s. By its plan work begins by "
    "%(begin)s at the latest; at the longest of the estimate it comes too late even if it begins "
    "today, and then a bridge is needed."
)
_IN_TIME: Final[Text] = gettext_lazy(
    "%(months)s, as estimated. Nobody waits because of it if work begins by %(begin)s and "
    "each step keeps the length that its plan gives it: what there is now runs until "
    "%(day)s. If it takes longer than its plan, a bridge is needed."
)


@dataclass(frozen=True, slots=True)
class Waits:
    """``short`` stands beside a bar; ``words`` is the whole sentence.

    ``months`` is how long choosing takes until the new thing serves people; None where nothing new
    comes.
    """

    short: str
    words: str
    months: Three | None = None
    # Even at the shortest of the estimate.
    is_too_late: bool = False


def let_end(ends_on: date) -> Waits:
    """Nothing comes after: those who are served now no longer are."""
    words = _(
        "From the day after %(day)s nobody is served by it any more. What its end costs those who "
        "rely on it, and who does it now, is not counted here."
    )
    return Waits(
        _("nobody served after %(day)s") % {"day": day(ends_on)}, words % {"day": day(ends_on)}
    )


def goes_on() -> Waits:
    """What there is goes on as it is."""
    return Waits(_("no wait"), _("Nobody waits: what there is now goes on."))


def settled(months: Three, decided_on: date) -> Waits:
    """Who gets it was decided: what is left is a plan of days, and no estimate of choosing."""
    words = _(
        "%(months)s, as estimated, from beginning to end. It was decided on %(day)s: what is left, "
        "and by when, stands in the plan."
    )
    return Waits(span(months), words % {"months": span(months), "day": day(decided_on)}, months)


def takes(months: Three, *, is_made_then: bool = False) -> Waits:
    """Nothing is known that serves people until then. ``is_made_then``: works and goods, which
    serve nobody before they are done or there."""
    words = (
        _("%(months)s until it is ordered. To make it takes time of its own, as the question says.")
        if is_made_then
        else _("%(months)s until people are served.")
    )
    return Waits(span(months), words % {"months": span(months)}, months)


def bridged(
    months: Three, ends_on: date, today: date, plan: Plan | None, begins_on: date | None
) -> Waits:
    """What there is now serves people until it ends: they wait only if the new thing is late.

    The latest day is the plan's own, step by step, as every other page has it; ``months`` is an
    estimate of the whole. ``plan`` is None for a way that no plan is counted for.
    """
    said = {"months": span(months), "day": day(ends_on)}
    words: Text
    too_late = months.low > _months_between(today, ends_on)
    if too_late:
        words = _(
            "%(months)s, which is too late: what there is now runs only until %(day)s. After that "
            "nobody is served until the new thing begins, unless there is a lawful bridge."
        )
    elif plan is None:
        words = _without_a_plan(months, _months_between(today, ends_on))
    else:
        safe = ends_on - timedelta(days=round(months.high * DAYS_A_MONTH))
        latest = plan.procurement_begins.starts
        said |= {"begin": day(plan.begin_by), "latest": day(latest), "safe": day(safe)}
        if begins_on is not None and begins_on > latest:
            said["begins"] = day(begins_on)
            words = _LATER_THAN_ITS_PLAN
        else:
            words = _by_its_plan(plan, safe, today)
    return Waits(span(months), str(words) % said, months, is_too_late=too_late)


def _by_its_plan(plan: Plan, safe: date, today: date) -> Text:
    """``safe``: the day from which the longest of the estimate still ends in time."""
    if plan.is_too_late(today):
        return _TOO_LATE
    if safe >= plan.begin_by:
        return _IN_TIME
    return _LATE_AT_ITS_LONGEST if safe < today else _LONGER_THAN_ITS_PLAN


def _without_a_plan(months: Three, left: float) -> Text:
    if months.high <= left:
        return _(
            "%(months)s, as estimated; no plan of steps is counted for this way. What there is now "
            "runs until %(day)s: begun today, nobody would wait."
        )
    if months.middle > left:
        return _(
            "%(months)s, as estimated. What there is now runs until %(day)s, and this is likely to "
            "take longer: expect to need a bridge."
        )
    return _(
        "%(months)s, as estimated. What there is now runs until %(day)s. It may take longer "
        "than that; then people wait, or a bridge is needed."
    )


def span(months: Three) -> str:
    """5 to 8 months."""
    if months.low == months.high:
        words = ngettext("%(high)g month", "%(high)g months", 1 if months.high == 1 else 2)
        return words % {"high": months.high}
    return _("%(low)g to %(high)g months") % {"low": months.low, "high": months.high}


def _months_between(today: date, then: date) -> float:
    whole = (then.year - today.year) * 12 + then.month - today.month
    return max(0, whole + (then.day - today.day) / 31)
