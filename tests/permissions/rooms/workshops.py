"""Who gets in where in workshops."""

import uuid
from typing import Any, Final

from participation.workshops.actions import (
    afterwards,
    contributing,
    hearing,
    joining,
    planning,
    preparing,
    rehearsing,
    running,
    worries,
)
from participation.workshops.agendas import ready
from participation.workshops.models import Workshop
from tests.permissions.groups import DRAFTERS, EVERYONE, NOBODY, RUNNERS, Row, group
from tests.permissions.world import Cast, World

# Sami is the safeguarding lead of the workshop, and helps.
LEAD_FOR_WORRIES: Final = group("sami")
HELPERS: Final = DRAFTERS | {"sami"}

ROWS: Final[dict[str, Row]] = {
    "workshops:ask_to_leave": Row(DRAFTERS, DRAFTERS),
    "workshops:car_park": Row(HELPERS, NOBODY),
    "workshops:close": Row(DRAFTERS, DRAFTERS),
    "workshops:come_in": Row(NOBODY, EVERYONE),
    "workshops:copy": Row(DRAFTERS, DRAFTERS),
    "workshops:desk": Row(HELPERS, NOBODY),
    "workshops:do": Row(NOBODY, HELPERS),
    "workshops:drop_step": Row(DRAFTERS, DRAFTERS),
    "workshops:enter": Row(EVERYONE, EVERYONE),
    "workshops:guest_list": Row(DRAFTERS, DRAFTERS),
    "workshops:hand_over": Row(DRAFTERS, DRAFTERS),
    "workshops:helpers": Row(DRAFTERS, DRAFTERS),
    "workshops:drop_join_question": Row(DRAFTERS, DRAFTERS),
    "workshops:drop_plan_line": Row(DRAFTERS, DRAFTERS),
    "workshops:hear": Row(EVERYONE, EVERYONE),
    "workshops:hearer": Row(EVERYONE, EVERYONE),
    "workshops:hearer_record": Row(NOBODY, NOBODY),
    "workshops:hide": Row(HELPERS, HELPERS),
    "workshops:issue_record": Row(NOBODY, RUNNERS),
    "workshops:join_question": Row(DRAFTERS, DRAFTERS),
    "workshops:keep_agenda": Row(DRAFTERS, DRAFTERS),
    "workshops:leave": Row(EVERYONE, EVERYONE),
    "workshops:move_step": Row(NOBODY, DRAFTERS),
    "workshops:near": Row(NOBODY, EVERYONE),
    "workshops:new_join_question": Row(DRAFTERS, DRAFTERS),
    "workshops:new_plan_line": Row(DRAFTERS, DRAFTERS),
    "workshops:new_step": Row(DRAFTERS, DRAFTERS),
    "workshops:new_workshop": Row(DRAFTERS, DRAFTERS),
    "workshops:news": Row(RUNNERS, RUNNERS),
    "workshops:opinion_map": Row(HELPERS, NOBODY),
    "workshops:paper": Row(HELPERS, HELPERS),
    "workshops:papers": Row(HELPERS, NOBODY),
    "workshops:outcome": Row(EVERYONE, NOBODY),
    "workshops:print_paper": Row(NOBODY, DRAFTERS),
    "workshops:people": Row(DRAFTERS, NOBODY),
    "workshops:plan": Row(DRAFTERS, NOBODY),
    "workshops:plan_line": Row(DRAFTERS, DRAFTERS),
    "workshops:privacy": Row(EVERYONE, NOBODY),
    "workshops:rehearse": Row(NOBODY, DRAFTERS),
    "workshops:read_words": Row(RUNNERS, RUNNERS),
    "workshops:remove": Row(HELPERS, HELPERS),
    "workshops:room": Row(EVERYONE, NOBODY),
    "workshops:room_map": Row(EVERYONE, NOBODY),
    "workshops:run_step": Row(NOBODY, HELPERS),
    "workshops:said_csv": Row(EVERYONE, NOBODY),
    "workshops:said_json": Row(EVERYONE, NOBODY),
    "workshops:say": Row(NOBODY, EVERYONE),
    "workshops:settings": Row(DRAFTERS, DRAFTERS),
    "workshops:step": Row(DRAFTERS, DRAFTERS),
    "workshops:wall": Row(HELPERS, NOBODY),
    "workshops:wipe": Row(DRAFTERS, DRAFTERS),
    "workshops:words": Row(RUNNERS, RUNNERS),
    "workshops:workshop": Row(DRAFTERS, NOBODY),
    "workshops:workshops": Row(EVERYONE, NOBODY),
    "workshops:worries": Row(LEAD_FOR_WORRIES, NOBODY),
    "workshops:worry": Row(EVERYONE, EVERYONE),
    "workshops:worry_done": Row(LEAD_FOR_WORRIES, LEAD_FOR_WORRIES),
}


def build(world: World, cast: Cast) -> None:
    """Make what the addresses of this room open."""
    sami = cast.programme.memberships.get(role="citizen").user
    workshop = preparing.make_workshop(cast.ada, cast.programme, ready("whole-place"), "A session")
    values: dict[str, Any] = {name: getattr(workshop, name) for name in preparing.SETTINGS}
    workshop = preparing.write_settings(cast.ada, workshop, values | {"safeguarding_lead": sami})
    preparing.choose_helpers(cast.ada, workshop, [sami])
    running.open_workshop(cast.ada, workshop)
    person, _token = joining.come_in(workshop, name="Wyn")
    last = workshop.activities.order_by("-position")[0]
    ideas = workshop.activities.get(kind="ideas")
    workshop = running.go_on(cast.ada, workshop, "")
    for _ in range(ideas.position - 1):
        workshop = running.go_on(cast.ada, workshop, workshop.current_id)
    said = contributing.say(person, ideas, "A bench in the sun").contribution
    worry = worries.raise_worry(person, "", "", op=uuid.uuid4())
    assert said is not None
    world.by_room["workshops"] = {
        "slug": cast.programme.slug,
        "workshop_id": workshop.pk,
        "activity_id": ideas.pk,
        "contribution_id": said.pk,
        "participant_id": person.pk,
        "worry_id": worry.pk,
        "code": workshop.code,
    }
    rehearsal = rehearsing.begin_rehearsal(cast.ada, workshop)
    world.give("workshops:wipe", workshop_id=rehearsal.pk)
    world.give("workshops:drop_step", activity_id=last.pk)
    _plan(world, cast, workshop)
    _held(world, cast, workshop)
    statements = workshop.activities.get(kind="statements")
    world.give("workshops:opinion_map", activity_id=statements.pk)
    world.give("workshops:room_map", activity_id=statements.pk)


def _plan(world: World, cast: Cast, workshop: Workshop) -> None:
    """A line of the plan and a question at the door."""
    line = planning.write_line(cast.ada, workshop, planning.Who("Young carers"))
    yes: planning.Choice = {"words": "Yes", "percent": None}
    no: planning.Choice = {"words": "No", "percent": None}
    asked = planning.Question("Is it your first time?", (yes, no))
    question = planning.write_question(cast.ada, workshop, asked)
    world.by_room["workshops"] |= {"line_id": line.pk, "question_id": question.pk}


def _held(world: World, cast: Cast, workshop: Workshop) -> None:
    """A session that is over, read and told; somebody left an address."""
    held = preparing.copy_workshop(cast.ada, workshop, "A session that is over")
    held = running.open_workshop(cast.ada, held)
    person, _token = joining.come_in(held)
    held = running.close_workshop(cast.ada, held)
    seen = afterwards.seen_digest(afterwards.to_read(held))
    afterwards.release_words(cast.ada, held, [], seen=seen)
    hearing.leave_address(person, "wyn@example.org")
    world.give(
        "workshops:outcome said_csv said_json read_words news issue_record", workshop_id=held.pk
    )
    world.give("workshops:hear", code=held.code)
    token = hearing.hearer_token(held.hearers.get())
    world.give("workshops:hearer hearer_record", token=token)
