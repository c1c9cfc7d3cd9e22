"""What a reason rests on, as people read it: law, guidance, practice, this case, or own rules.

Law closes and allows. Statutory guidance is law's own: whoever it is addressed to has to have
regard to it, so it never stands among practice. Practice is what commissioners and voluntary
organisations have found. The three must never look alike.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from decisions.trees.closed import is_of_the_case

Row = Mapping[str, Any]
# How trees cited it before they called it practice: in walks that were locked then.
FORMERLY: Final = "Note of a Better Way dinner, 14 November 2018"
PRACTICE: Final = "Practice"
STATUTORY: Final = "statutory guidance"


def is_guidance(reason: Row) -> bool:
    """Whether a reason that puts routes in order rests on statutory guidance."""
    return _puts_in_order(reason) and STATUTORY in str(reason["source"]).lower()


def is_practice(reason: Row) -> bool:
    """Whether a reason speaks for or against a route, and is neither law nor its guidance."""
    return _puts_in_order(reason) and not is_guidance(reason)


def _puts_in_order(reason: Row) -> bool:
    return reason["effect"] in {"raise", "lower"}


def cited(reason: Row) -> str:
    """The source without its kind, for where the kind stands before it."""
    said = str(reason["source"])
    for start in (FORMERLY, PRACTICE):
        said = said.removeprefix(start).removeprefix(": ")
    return said


def rests_on(reason: Row) -> str:
    """The kind of a reason's source: law, guidance, practice, this case, or our own rules."""
    if is_of_the_case(reason):
        return _("This case")
    if is_guidance(reason):
        return _("Guidance, to be had regard to")
    if is_practice(reason):
        return _("Practice")
    return _("Law") if reason["effect"] in {"exclude", "allow"} else _("Our own rules")


def what_practice_is() -> str:
    """Said once where reasons stand: what the word means, and where it comes from."""
    return _(
        "Three kinds of reason stand here, and are named. Law closes a route or allows it, and its "
        "act or regulation is cited. Guidance is statutory guidance: it puts the routes in order "
        "here, and the body that it is for has to have regard to it and says why where it departs "
        "from it. Practice is what commissioners and voluntary organisations "
        "have found to work: it puts the routes in order, binds nobody and closes nothing. It is "
        "from the Better Way network's discussion of collaborative commissioning (note of 14 "
        "November 2018), and where it says so from the National Audit Office's commissioning "
        "toolkit, other guidance and other models."
    )
