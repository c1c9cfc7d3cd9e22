"""In words: which answers changed after somebody recommended a route. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

MOST_NAMED: Final = 3


def made_before(one: Mapping[str, Any]) -> str:
    """That a recommendation was made before answers changed, and which; "" where it stands.

    A walk that was locked before the changes were kept says only that there was one.
    """
    if one["stands"]:
        return ""
    changed = one.get("changed", [])
    if not changed:
        return _("Made before an answer changed.")
    return _("Made before an answer changed: %s.") % changes_in_words(changed)


def changes_in_words(changed: Sequence[Mapping[str, str]]) -> str:
    """The first few of them, and how many more."""
    said = "; ".join(_change(change) for change in changed[:MOST_NAMED])
    more = len(changed) - MOST_NAMED
    rest = _("; and %d more") % more if more > 0 else ""
    return f"{said}{rest}"


def _change(change: Mapping[str, str]) -> str:
    if not change["before"]:
        return _("“%(text)s” was not asked, and is now “%(now)s”") % change
    if not change["now"]:
        return _("“%(text)s” was “%(before)s”, and is no longer asked") % change
    return _("“%(text)s” was “%(before)s”, and is now “%(now)s”") % change
