"""What changes without the answers of those who could gain: in words.

Read by the result's page, the fairness paper, the duty on conflicts and the decision's record, so
that all four say the same.
"""

from typing import Any

from django.utils.translation import gettext as _

Row = dict[str, Any]


def without_in_words(result: Row) -> list[str]:
    """Whether the ranking is the same without them, and which settlements went with them."""
    return [_what_changes(result), *(_in_words(one) for one in result.get("set_aside", []))]


def _what_changes(result: Row) -> str:
    if result["same_without"]:
        return _("The ranking is the same with and without the answers of those who could gain.")
    if not result["without"]:
        words = _(
            "Without the answers of those who could gain nothing can be ranked: the walk would go "
            "on to “%s”, which nobody else has answered."
        )
        return str(words % result.get("waits_without", ""))
    first, others = _first(result["ranked"]), _first(result["without"])
    if first == others:
        return _(
            "Without the answers of those who could gain the same stands first, and others stand "
            "otherwise."
        )
    if not others:
        return _("Without the answers of those who could gain no way would be recommended.")
    would = _("Without the answers of those who could gain “%s” would come first.")
    return would % _("” and “").join(others)


def _first(ranked: list[Row]) -> list[str]:
    return [one["title"] for one in ranked if one["standing"] == "recommended"]


def _in_words(one: Row) -> str:
    words = (
        _(
            "“%(question)s” was settled as “%(settled)s”, which only a seat that could gain had "
            "answered; without it: %(without)s."
        )
        if one["only_theirs"]
        else _(
            "“%(question)s” was settled as “%(settled)s” because of a seat that could gain; "
            "without it: %(without)s."
        )
    )
    return words % {
        "question": one["text"],
        "settled": one["settled"],
        "without": f"“{one['without']}”" if one["without"] else _("nobody else answered it"),
    }
