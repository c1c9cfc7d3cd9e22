"""The first lines of a result: what is recommended, why, and what would have to be different.

Worked out from the plain data of a result (``results.py``), so that a result that was locked years
ago is led in the same way.
"""

from collections.abc import Sequence
from typing import Any

Row = dict[str, Any]
MOST_WHY = 3
# What a walk notes from the place's rules sheet: no notice that is published.
OWN_RULES = frozenset({"who_decides", "delegation", "key_decision", "call_in"})


def summary_of(result: Row) -> Row:
    """``{"first": row, "equal": [rows], "why": [reasons], "against": reason, "law": [reasons],
    "next": row, "other": row}``.

    Where there is none of it: None, or an empty list.
    ``next``: the next route in the order, with what would let it win in its ``if``. ``other``:
    where nothing would, the first one after it that something would.
    """
    recommended = [row for row in result["ranked"] if row["standing"] == "recommended"]
    first = recommended[0] if recommended else None
    others = [
        row
        for row in result["ranked"]
        if row["standing"] == "possible" and row["option"] != "stop_and_take_advice"
    ]
    return {
        "first": first,
        "equal": recommended[1:],
        "why": _reasons(first, "raise")[:MOST_WHY],
        "against": next(iter(_reasons(first, "lower")), None),
        "law": _reasons(first, "allow"),
        "next": others[0] if others else None,
        "other": next((row for row in others if row["if"]), None),
    }


def _reasons(row: Row | None, effect: str) -> list[Row]:
    """Reasons of one effect, the strong ones first."""
    found = [one for one in row["because"] if one["effect"] == effect] if row else []
    return sorted(found, key=lambda one: not one["strong"])


def in_short(row: Row) -> Row:
    """A route with the one line that stands beside its name while the rest is folded away."""
    effects = ("exclude",) if row["standing"] == "excluded" else ("raise", "lower", "allow")
    told = [reason for effect in effects for reason in _reasons(row, effect)]
    return row | {"short": told[0] if told else None}


def for_routes(notes: Sequence[Row], titles: set[str]) -> tuple[list[Row], list[Row]]:
    """Notes that go with these routes or with the whole walk, and those only for other routes."""
    mine = [one for one in notes if not one["routes"] or titles & set(one["routes"])]
    return mine, [one for one in notes if one not in mine]
