"""What a reason rests on, as people read it: law, practice, this case, or the place's own rules.

Law closes and allows. What speaks for or against a route is practice: what commissioners and
voluntary organisations have found. The two must never look alike.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from decisions.trees.closed import is_of_the_case

Row = Mapping[str, Any]
# How trees cited it before they called it practice: in walks that were locked then.
FORMERLY: Final = "Note of a Better Way dinner, 14 November 2018"
PRACTICE: Final = "Practice"


def is_practice(reason: Row) -> bool:
    """Whether a reason speaks for or against a route, and is no law."""
    return reason["effect"] in {"raise", "lower"}


def cited(reason: Row) -> str:
    """The source without its kind, for where the kind stands before it."""
    said = str(reason["source"])
    for start in (FORMERLY, PRACTICE):
        said = said.removeprefix(start).removeprefix(": ")
    return said


def rests_on(reason: Row) -> str:
    """The kind of a reason's source: "Law", "Practice", "This case", "Our own rules"."""
    if is_of_the_case(reason):
        return _("This case")
    if is_practice(reason):
        return _("Practice")
    return _("Law") if reason["effect"] in {"exclude", "allow"} else _("Our own rules")


def what_practice_is() -> str:
    """Said once where reasons stand: what the word means, and where it comes from."""
    return _(
        "Two kinds of reason stand here, and are named. Law closes a route or allows it, and its "
        "act or regulation is cited. Practice is what commissioners and voluntary organisations "
        "have found to work: it puts the routes in order, binds nobody and closes nothing. It is "
        "from the Better Way network's discussion of collaborative commissioning (note of 14 "
        "November 2018), and where it says so from the National Audit Office's commissioning "
        "toolkit, other guidance and other models."
    )
