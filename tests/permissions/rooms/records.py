"""Who gets in where in records: one decision out for comment, one before the cabinet, one made."""

from datetime import timedelta
from typing import Final

from django.utils import timezone

from decisions.questions.actions import Words, make_question, open_question
from decisions.records.actions import advising, deciding, drafting, recording
from decisions.records.models import Decision
from tests.decisions.records.conftest import WHY, minute, write_all
from tests.permissions.groups import EVERYONE, MEMBERS, NOBODY, RUNNERS, SIGNED_IN, Row, group
from tests.permissions.world import Cast, World

ADVISER: Final = group("cora")  # named by Ada as the finance officer
DISSENTERS: Final = MEMBERS - {"olu"}
ROWS: Final[dict[str, Row]] = {
    "records:advice": Row(RUNNERS, RUNNERS),
    "records:adviser": Row(RUNNERS, RUNNERS),
    "records:advice_confirm": Row(ADVISER, ADVISER),
    "records:begin": Row(RUNNERS, RUNNERS),
    "records:begin_call": Row(RUNNERS, RUNNERS),
    "records:begin_vote": Row(RUNNERS, RUNNERS),
    "records:call_in": Row(RUNNERS, RUNNERS),
    "records:comment": Row(SIGNED_IN, SIGNED_IN),
    "records:consult": Row(RUNNERS, RUNNERS),
    "records:correct": Row(RUNNERS, RUNNERS),
    "records:decide": Row(RUNNERS, RUNNERS),
    "records:decision": Row(EVERYONE, NOBODY),
    "records:decisions": Row(EVERYONE, NOBODY),
    "records:dissent": Row(DISSENTERS, DISSENTERS),
    "records:duties": Row(RUNNERS, RUNNERS),
    "records:interest": Row(RUNNERS, RUNNERS),
    "records:interest_remove": Row(NOBODY, RUNNERS),
    "records:issue": Row(RUNNERS, RUNNERS),
    "records:paper": Row(NOBODY, RUNNERS),
    "records:recommend": Row(RUNNERS, RUNNERS),
    "records:removal_remove": Row(NOBODY, RUNNERS),
    "records:removals": Row(RUNNERS, RUNNERS),
    "records:reply": Row(RUNNERS, RUNNERS),
    "records:section": Row(RUNNERS, RUNNERS),
    "records:send_back": Row(RUNNERS, RUNNERS),
    "records:withdraw": Row(RUNNERS, RUNNERS),
}


def _draft(cast: Cast, title: str) -> Decision:
    words = Words(title=title, what="How should people find company?")
    question = open_question(cast.ada, make_question(cast.ada, cast.programme, words))
    return write_all(cast.ada, drafting.begin_decision(cast.ada, question, title))


def build(world: World, cast: Cast) -> None:
    """Make what the addresses of this room open."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    out = drafting.consult(cast.ada, _draft(cast, "Company in the Lanes"), tomorrow)
    advising.name_adviser(cast.ada, out, "finance", cast.cora)
    comment = drafting.comment(cast.priya, out, "Pay the drivers' petrol.")
    interest = drafting.declare_interest(
        cast.ada, out, who="A member", what="Sits on a board.", dispensation="Left the room."
    )
    removal = recording.mark_removal(cast.ada, out, "Wilma Lock", "individual", WHY)
    before_cabinet = drafting.recommend(cast.ada, _draft(cast, "Company in Northbank"))
    made = drafting.recommend(cast.ada, _draft(cast, "Company in Old Town"))
    made = deciding.enter_decision(cast.ada, made, minute())
    free = make_question(cast.ada, cast.programme, Words(title="Free", what="What else?"))
    world.by_room["records"] = {
        "slug": cast.programme.slug,
        "decision_id": out.pk,
        "comment_id": comment.pk,
        "interest_id": interest.pk,
        "removal_id": removal.pk,
        "question_id": open_question(cast.ada, free).pk,
        "name": "words",
        "kind": "finance",
    }
    in_effect = drafting.recommend(cast.ada, _draft(cast, "Company in Station"))
    in_effect = deciding.enter_decision(
        cast.ada, in_effect, minute(call_in_until=None, no_call_in="Our rules have no call-in.")
    )
    world.give("records:begin_call begin_vote", decision_id=in_effect.pk)
    world.give("records:decide send_back", decision_id=before_cabinet.pk)
    world.give("records:issue call_in correct", decision_id=made.pk)
