"""What a way of choosing costs, in one sentence that says what is choosing and what is not."""

from collections.abc import Callable, Mapping
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commissioning.ground.answers import Text
from decisions.costs.costed import RouteCost
from decisions.costs.model.lines import When
from decisions.costs.model.rounding import Three

Pounds = Callable[[float], str]
OURS: Final[dict[When, Text]] = {
    When.CHOOSING: gettext_lazy("choosing %(sum)s"),
    When.CHANGING: gettext_lazy("changing over %(sum)s"),
    When.RUNNING: gettext_lazy("looking after it while it runs %(sum)s"),
}
THEIRS: Final[dict[When, Text]] = {
    When.CHOOSING: gettext_lazy("bidding or applying %(sum)s"),
    When.CHANGING: gettext_lazy("changing over %(sum)s"),
    When.RUNNING: gettext_lazy("reporting back while it runs %(sum)s"),
}


def own_parts(one: RouteCost, pounds: Pounds) -> str:
    """Choosing £4,500; changing over £750; looking after it while it runs £7,500."""
    return _parts(one.costed.figures.authority_when, OURS, pounds)


def others_parts(one: RouteCost, pounds: Pounds) -> str:
    """The same of other people's time; with what those who get nothing bear."""
    parts = _parts(one.costed.figures.others_when, THEIRS, pounds)
    losers = one.costed.figures.losers
    if losers.is_nothing:
        return parts
    borne = _("of the bidding, those who get nothing bear %(sum)s") % {"sum": pounds(losers.middle)}
    return f"{parts}; {borne}"


def _parts(parts: Mapping[When, Three], names: Mapping[When, Text], pounds: Pounds) -> str:
    known = ((names[when], worth) for when, worth in parts.items() if not worth.is_nothing)
    return "; ".join(str(name) % {"sum": pounds(worth.middle)} for name, worth in known)
