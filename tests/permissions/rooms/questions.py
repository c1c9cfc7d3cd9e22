"""Who gets in where in questions."""

from datetime import date
from typing import Final

from commissioning.programmes.level_field import note
from commissioning.programmes.models import LevelFieldEntry
from decisions.questions.actions import Words, make_question, open_question, set_plan
from tests.permissions.groups import EVERYONE, MEMBERS, NOBODY, RUNNERS, Row
from tests.permissions.world import Cast, World

ROWS: Final[dict[str, Row]] = {
    "questions:declare": Row(MEMBERS, MEMBERS),
    "questions:discard": Row(RUNNERS, RUNNERS),
    "questions:edit": Row(RUNNERS, RUNNERS),
    "questions:new": Row(RUNNERS, RUNNERS),
    "questions:open": Row(RUNNERS, RUNNERS),
    "questions:plan": Row(EVERYONE, NOBODY),
    "questions:plan_file": Row(EVERYONE, NOBODY),
    "questions:plan_lengths": Row(RUNNERS, RUNNERS),
    "questions:plan_paper": Row(NOBODY, MEMBERS),
    "questions:question": Row(EVERYONE, NOBODY),
    "questions:questions": Row(EVERYONE, NOBODY),
    "questions:session": Row(RUNNERS, RUNNERS),
    "questions:talks": Row(RUNNERS, RUNNERS),
    "questions:value": Row(RUNNERS, RUNNERS),
}


def build(world: World, cast: Cast) -> None:
    """Make what the addresses of this room open."""
    words = Words(
        title="Daytime company in the Lanes",
        what="How should people find company in the daytime?",
        present_ends_on=date(2027, 6, 30),
    )
    question = open_question(cast.ada, make_question(cast.ada, cast.programme, words))
    set_plan(cast.ada, question, "light_touch", key_decision=False, lengths={})
    arguments = {"slug": cast.programme.slug, "question_id": question.pk}
    world.by_room["questions"] = dict(arguments)
    attended = LevelFieldEntry.Kind.ATTENDED
    came = note(cast.programme, cast.lanes, attended, "The workshop “Growing up here”.")
    world.give("questions:session", entry_id=came.pk)
    draft = make_question(cast.ada, cast.programme, words)
    world.give("questions:discard", question_id=draft.pk)
