"""Where a thing could be given or bought: how the best way of the other side stands.

Whoever leaves that open asks above all whether to give or to buy, so a result says it in its lead,
however far down the other side stands.
"""

from typing import Any, Final

from decisions.trees.heading import STOP

Row = dict[str, Any]
QUESTION, EITHER = "payment_for", "could_be_either"
# Families of routes, as every tree names them.
GIVEN: Final = frozenset({"grant"})
BOUGHT: Final = frozenset(
    {"pilot", "below_threshold", "act_competition", "reserved", "direct_award"}
)


def other_side(result: Row) -> list[Row]:
    """``{"row": row, "place": 3, "of": 12, "is_given": bool}`` for each side that stands first
    with none of its ways: its best one that is open, and its place among all that are."""
    answers = {(step["question"], step["answer"]) for step in result["path"]}
    if (QUESTION, EITHER) not in answers:
        return []
    ways = [
        row for row in result["ranked"] if row["standing"] != "excluded" and row["option"] != STOP
    ]
    first = {row["family"] for row in ways if row["standing"] == "recommended"}
    return [
        {"row": ways[place], "place": place + 1, "of": len(ways), "is_given": side is GIVEN}
        for side in (GIVEN, BOUGHT)
        if not first & side
        for place in _best(ways, side)
    ]


def _best(ways: list[Row], side: frozenset[str]) -> list[int]:
    return [place for place, row in enumerate(ways) if row["family"] in side][:1]
