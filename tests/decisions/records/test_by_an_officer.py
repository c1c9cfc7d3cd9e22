"""An officer decides at no meeting: no agenda, no minute, no body; the papers say so."""

import pytest

from commissioning.ground.answers import Invalid
from commissioning.people.models import User
from decisions.questions.planned import planned
from decisions.records.actions import correcting, deciding, drafting
from decisions.records.models import Decision
from decisions.records.route_plans import plan_of
from tests.decisions.records.conftest import SECTIONS, fresh, minute, write_all
from tests.decisions.records.test_on_paper import section
from tests.decisions.records.test_route_plans import Walked, walked
from tests.decisions.records.test_what_next import made

__all__ = ["walked"]
HEAD = {"body_kind": "officer", "body_name": "Head of Place, Rivermead Council"}


@pytest.fixture
def by_the_head(ada: User, draft: Decision) -> Decision:
    """Decided by the head of place."""
    ready = write_all(ada, draft, power=SECTIONS["power"] | HEAD)
    decided = minute(decided_by="Rowan Sandling, Head of Place", call_in_until=None)
    return deciding.enter_decision(ada, drafting.recommend(ada, ready), decided)


@pytest.mark.parametrize(
    ("body", "report", "decides"),
    [
        ("officer", "put it before the officer who decides", "The officer with the power decides"),
        ("cabinet", "bring it to the agenda", "The body with the power decides"),
    ],
)
def test_the_plan_brings_an_officers_report_to_no_agenda(
    ada: User, walked: Walked, body: str, report: str, decides: str
) -> None:
    draft = walked("open_competition", net_value=400_000)
    named = HEAD["body_name"] if body == "officer" else draft.body_name
    Decision.objects.filter(pk=draft.pk).update(body_kind=body, body_name=named)
    plan = plan_of(fresh(draft))
    assert plan is not None
    steps = [plan.step("report").title, plan.step("decide").title]
    assert steps == [
        f"The decision of who gets it: write the report and {report}",
        f"The decision of who gets it: {decides[:1].lower()}{decides[1:]}",
    ]
    drafting.recommend(ada, fresh(draft))
    asked = planned(fresh(draft).question, None, "competition")
    assert asked is not None
    assert asked.step("report").title == f"Write the report and {report}"


def test_once_an_officer_decided_the_plan_says_that_an_officer_did(walked: Walked) -> None:
    grant = walked("grant", payment_for="their_own_project", label="grant", net_value=4_800)
    named = {"form": "named_recipient", "no_call": "It is the only hall."}
    plan = plan_of(made(grant, body_kind="officer", **named))
    assert plan is not None
    assert plan.step("decide").title == "The officer with the power decided"


def test_the_record_of_an_officer_names_no_minute(ada: User, by_the_head: Decision) -> None:
    correcting.correct(ada, by_the_head, {"minute": "Delegated decision 9"}, "The clerk's number.")
    said = str(section(fresh(by_the_head), "power"))
    assert said.count("Reference of the decision notice") == 2, "and of its slip"
    assert "Reference of the minute" not in said


def test_a_slip_in_the_name_of_the_post_is_corrected_and_makes_nobody_who_gains_the_decider(
    ada: User, priya: User, by_the_head: Decision
) -> None:
    with pytest.raises(Invalid, match="could gain"):
        correcting.correct(ada, by_the_head, {"body_name": str(priya)}, "A slip.")
    now = {"body_name": "Head of Streets, Rivermead Council"}
    correcting.correct(ada, by_the_head, now, "The scheme of delegation names the post so.")
    said = str(section(fresh(by_the_head), "power"))
    assert "Name of the body or post" in said
    assert "Head of Streets, Rivermead Council" in said
