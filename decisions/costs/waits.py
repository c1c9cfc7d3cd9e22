"""Whether anybody waits because of a way of choosing, in words that nobody has to work out.

Where something runs until the new thing begins, nobody waits unless it comes too late. People are
counted only where somebody here has said how many there are.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from commissioning.design.when import day
from decisions.costs.model.rounding import Three
from decisions.questions.plan.working_days import months_before


@dataclass(frozen=True, slots=True)
class Waits:
    """``short`` stands beside a bar; ``words`` is the whole sentence.

    ``months`` is how long choosing takes until the new thing serves people; None where nothing new
    comes.
    """

    short: str
    words: str
    months: Three | None = None


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


def takes(months: Three) -> Waits:
    """Nothing is known that serves people until then."""
    words = _("%(months)s until people are served.") % {"months": span(months)}
    return Waits(span(months), words, months)


def bridged(months: Three, ends_on: date, today: date) -> Waits:
    """What there is now serves people until it ends: they wait only if the new thing is late."""
    left, said = _months_between(today, ends_on), {"months": span(months), "day": day(ends_on)}
    if months.high <= left:
        said["begin"] = day(months_before(ends_on, int(months.high)))
        words = _(
            "%(months)s. Nobody waits because of it: what there is now runs until %(day)s, if work "
            "begins by %(begin)s."
        )
    elif months.low <= left:
        words = _(
            "%(months)s. What there is now runs until %(day)s: nobody waits unless it takes longer "
            "than that, so a bridge may be needed."
        )
    else:
        words = _(
            "%(months)s, which is too late: what there is now runs only until %(day)s. After that "
            "nobody is served until the new thing begins, unless there is a lawful bridge."
        )
    return Waits(span(months), words % said, months)


def span(months: Three) -> str:
    """5 to 8 months."""
    if months.low == months.high:
        return _("%(high)g months") % {"high": months.high}
    return _("%(low)g to %(high)g months") % {"low": months.low, "high": months.high}


def _months_between(today: date, then: date) -> float:
    whole = (then.year - today.year) * 12 + then.month - today.month
    return max(0, whole + (then.day - today.day) / 31)
