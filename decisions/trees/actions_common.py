"""What every action of a walk does first."""

from uuid import UUID

from commissioning.design.revisions import Overtaken
from commissioning.ground.locks import lock
from decisions.trees.models import Appraisal


class Stale(Overtaken):
    """The page was opened before something that changes what it says. Nothing was written."""


def lock_walk(walk_id: UUID) -> Appraisal:
    """The walk as it is once nobody else is saying anything in it."""
    lock(f"walk:{walk_id}")
    return (
        Appraisal.objects.select_related(
            "question__programme__place", "question__programme__gate_lift", "tree", "sheet__place"
        )
        .defer("tree__text")
        .get(pk=walk_id)
    )


def next_number(walk: Appraisal) -> int:
    """The next place among all that was said; called under the walk's lock."""
    walk.moves += 1
    walk.save(update_fields=["moves"])
    return walk.moves
