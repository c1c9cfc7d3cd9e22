"""By what a route is closed: by the law, or by what is so in this case (nothing to extend, say).

Worked out from a result's plain data, so that one that was locked years ago says it too. A
statement of a tree that is no law names "The case itself" as its source.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeVar

OF_THE_CASE: Final = "The case itself"
Row = Mapping[str, Any]
R = TypeVar("R", bound=Row)


def is_of_the_case(reason: Row) -> bool:
    """Whether a reason rests on the facts of this case, and on no law."""
    return str(reason["source"]).startswith(OF_THE_CASE)


def is_closed_by_law(row: Row) -> bool:
    """Whether at least one of the reasons that close a route is a reason of law."""
    return any(one["effect"] == "exclude" and not is_of_the_case(one) for one in row["because"])


def parted(excluded: Sequence[R]) -> tuple[list[R], list[R]]:
    """The closed routes: (by the law, by the facts of this case)."""
    by_law = [row for row in excluded if is_closed_by_law(row)]
    return by_law, [row for row in excluded if row not in by_law]
