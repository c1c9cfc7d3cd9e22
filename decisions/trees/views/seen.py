"""What a member sees of other seats: nothing of an answer before they have given their own."""

from typing import Any

from commissioning.programmes.models import Membership
from decisions.trees.results import clashes_in_words
from decisions.trees.standpoint import Standing


def hidden_from(standing: Standing, member: Membership | None) -> frozenset[str]:
    """Questions of the path whose answers a member who answers may not see yet."""
    return frozenset(key for key in standing.working.path if not _may_see(standing, member, key))


def veiled(
    path: list[dict[str, Any]], standing: Standing, member: Membership | None
) -> list[dict[str, Any]]:
    """The path without what others said where the member has not answered: theirs comes first."""
    hidden = hidden_from(standing, member)
    return [
        row | {"said": "", "seats": [], "differs": False, "others": len(row["seats"])}
        if row["question"] in hidden
        else row
        for row in path
    ]


def clashes_shown(
    standing: Standing, member: Membership | None, keys: frozenset[str] = frozenset()
) -> list[dict[str, Any]]:
    """Answers that do not go together; of ``keys`` only, where there are any.

    A member who answers is shown those whose answers they may see: given by themselves too, or
    settled.
    """
    found = clashes_in_words(standing.working.walked)
    return [
        clash
        for clash in found
        if (not keys or keys & {one["question"] for one in clash["answers"]})
        and all(_may_see(standing, member, one["question"]) for one in clash["answers"])
    ]


def _may_see(standing: Standing, member: Membership | None, key: str) -> bool:
    seen = member is None or standing.walk.is_what_if or key in standing.working.settled
    return seen or standing.own(key, member) is not None
