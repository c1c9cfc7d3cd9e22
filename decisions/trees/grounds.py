"""On how many answers a ranking rests, and whether anybody knows that something must be bought.

Worked out from the plain data of a result, so that one that was locked years ago is told too.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Rows = Iterable[Mapping[str, Any]]
NOT_KNOWN: Final = "not_known"
NEED: Final = "need_to_buy"
# Families of routes that choose and pay nobody for a service or a project.
_BUY_NOTHING: Final = frozenset({"as_is", "market", "community", "public", "stop"})


def how_many_known(path: Rows) -> str:
    """How much of what ranks routes nobody knew; "" where everything was known."""
    asked = [row for row in path if row["group"] == "place"]
    unknown = sum(row["answer"] == NOT_KNOWN for row in asked)
    if not unknown:
        return ""
    told = ngettext(
        "%(unknown)d of %(all)d questions of the place was answered “we do not know”.",
        "%(unknown)d of %(all)d questions of the place were answered “we do not know”.",
        unknown,
    ) % {"unknown": unknown, "all": len(asked)}
    left = len(asked) - unknown
    rests = ngettext(
        "The order of the routes rests on the other %d.",
        "The order of the routes rests on the other %d.",
        left,
    )
    return f"{told} {rests % left if left else _('Nothing puts the routes in order.')}"


def need_in_doubt(path: Rows, routes: Rows) -> str:
    """What was said of whether anything need be bought, where one of these routes would buy and
    nobody has settled that it must be; "" otherwise."""
    if all(route.get("family", "stop") in _BUY_NOTHING for route in routes):
        return ""
    said = next((row for row in path if row["question"] == NEED), None)
    if said is None or said["answer"] == "yes" or said["answer"] == "no":
        return ""
    return _(
        "Check first: “%(question)s” was answered “%(said)s”. Whether anybody must be "
        "paid for it is not settled. Look at the people, buildings and services that the place "
        "has before anybody is."
    ) % {"question": said["text"], "said": said["said"]}
