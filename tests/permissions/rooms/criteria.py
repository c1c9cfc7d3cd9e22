"""Who gets in where in criteria."""

from typing import Final

from decisions.criteria.actions import begin_criteria
from tests.decisions.costs.conftest import put_question
from tests.decisions.criteria.conftest import make_final, write_draft
from tests.permissions.groups import EVERYONE, NOBODY, RUNNERS, Row
from tests.permissions.world import Cast, World

ROWS: Final[dict[str, Row]] = {
    "criteria:all": Row(EVERYONE, NOBODY),
    "criteria:basics": Row(RUNNERS, RUNNERS),
    "criteria:begin": Row(RUNNERS, RUNNERS),
    "criteria:criteria": Row(EVERYONE, NOBODY),
    "criteria:criterion": Row(RUNNERS, RUNNERS),
    "criteria:demands": Row(RUNNERS, RUNNERS),
    "criteria:discard": Row(RUNNERS, RUNNERS),
    "criteria:finalise": Row(RUNNERS, RUNNERS),
    "criteria:judges": Row(RUNNERS, RUNNERS),
    "criteria:library": Row(RUNNERS, RUNNERS),
    "criteria:new_criterion": Row(RUNNERS, RUNNERS),
    "criteria:ocds": Row(EVERYONE, NOBODY),
    "criteria:paper": Row(NOBODY, RUNNERS),
    "criteria:remove_criterion": Row(RUNNERS, RUNNERS),
    "criteria:scale": Row(RUNNERS, RUNNERS),
    "criteria:try": Row(EVERYONE, NOBODY),
}


def build(world: World, cast: Cast) -> None:
    """Make what the addresses of this room open: final criteria, another question's draft."""
    final = make_final(cast.cora, write_draft(cast.cora, put_question(cast.ada, cast.programme)))
    other = put_question(cast.ada, cast.programme, "Lunches")
    draft = write_draft(cast.cora, other)
    row = draft.criteria.first()
    assert row is not None
    world.by_room["criteria"] = {
        "slug": cast.programme.slug,
        "question_id": other.pk,
        "set_id": draft.pk,
        "criterion_id": row.pk,
    }
    names = "criteria try ocds paper all"
    world.give(f"criteria:{names}", question_id=final.question_id, set_id=final.pk)
    health = begin_criteria(
        cast.cora, put_question(cast.ada, cast.programme, "Wounds"), "health_suitable"
    )
    world.give("criteria:basics", question_id=health.question_id, set_id=health.pk)
