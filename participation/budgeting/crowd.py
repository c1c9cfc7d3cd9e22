"""Where the crowd is too small to hide in."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from participation.budgeting.models import Round


def is_small(round_: Round, result: Mapping[str, Any], purse: Mapping[str, Any]) -> bool:
    """Whether so few chose among an area's ideas that figures would tell how somebody voted.

    Only where areas are counted by themselves: a round that is small as a whole has totals, which
    it declared, and nothing else.
    """
    return len(result["purses"]) > 1 and purse["voters"] < round_.publish_area_from


def why_hidden(round_: Round) -> str:
    """What is said instead of figures."""
    return _(
        "Fewer than %(n)d people chose among the ideas of this area, so no figures are shown: "
        "they would tell how somebody voted."
    ) % {"n": round_.publish_area_from}
