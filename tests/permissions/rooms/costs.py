"""Who gets in where in costs."""

from typing import Final

from decisions.costs import actions
from tests.decisions.costs.conftest import put_question
from tests.permissions.groups import EVERYONE, NOBODY, RUNNERS, Row
from tests.permissions.world import Cast, World

ROWS: Final[dict[str, Row]] = {
    "costs:choose": Row(RUNNERS, RUNNERS),
    "costs:close_survey": Row(RUNNERS, RUNNERS),
    "costs:compare": Row(EVERYONE, NOBODY),
    "costs:forget": Row(RUNNERS, RUNNERS),
    "costs:inputs": Row(RUNNERS, RUNNERS),
    "costs:keep": Row(RUNNERS, RUNNERS),
    "costs:price": Row(RUNNERS, RUNNERS),
    "costs:report": Row(EVERYONE, EVERYONE),
    "costs:route": Row(EVERYONE, NOBODY),
    "costs:sources": Row(EVERYONE, NOBODY),
    "costs:survey": Row(RUNNERS, NOBODY),
    "costs:surveys": Row(RUNNERS, RUNNERS),
    "costs:uses": Row(RUNNERS, RUNNERS),
    "costs:versions": Row(EVERYONE, NOBODY),
}


def build(world: World, cast: Cast) -> None:
    """Make what the addresses of this room open."""
    question = put_question(cast.ada, cast.programme, "What choosing costs")
    survey = actions.make_survey(cast.ada, question, "Lunches, 2025", "grant", 5)
    link = survey.links.first()
    assert link is not None
    world.by_room["costs"] = {
        "slug": cast.programme.slug,
        "question_id": question.pk,
        "survey_id": survey.pk,
        "route": "grant",
        "part": "applicants",
        "token": actions.link_token(link.pk),
    }
