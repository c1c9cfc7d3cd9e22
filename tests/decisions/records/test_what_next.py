"""What happens next is worked out with the record: nothing past stands as next."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from commissioning.design.when import day
from commissioning.people.models import User
from decisions.questions.models import Question
from decisions.records.models import Decision
from decisions.records.readiness import cautions
from decisions.records.route_plans import plan_of
from decisions.records.story import sentence, story
from decisions.records.suggested import suggested
from decisions.records.what_next import following, lateness, what_next
from tests.cast import SignIn
from tests.decisions.records.test_route_plans import Walked, walked

__all__ = ["walked"]

Made = Callable[..., Decision]
MADE = date(2026, 11, 27)


def made(decision: Decision, **values: object) -> Decision:
    """As if it had been decided."""
    said = {"decided_on": MADE, "outcome": "agreed"} | values
    Decision.objects.filter(pk=decision.pk).update(**said)
    return Decision.objects.get(pk=decision.pk)


def lines(decision: Decision) -> list[str]:
    """The list of what happens next."""
    found = what_next(decision)
    assert found is not None
    return found.lines


def block_words(decision: Decision, key: str) -> str:
    """A section as one text."""
    return str(next(one for one in story(decision)["sections"] if one["key"] == key))


@pytest.fixture
def warm_room(question: Question, walked: Walked) -> Decision:
    """A parish gives to one named group, for something new that would begin in January."""
    grant = walked("grant", payment_for="their_own_project", label="grant", net_value=4_800)
    Question.objects.filter(pk=question.pk).update(
        present_ends_on=None, begins_on=date(2027, 1, 11), goes_to_words="The village hall"
    )
    return made(grant, form="named_recipient", body_kind="parish", no_call="It is the only hall.")


def test_a_parish_that_gave_to_one_group_reads_only_what_follows(warm_room: Decision) -> None:
    said = lines(warm_room)
    assert [line.split(": ", 1)[1] for line in said] == [
        "The agreement is signed.",
        "Get ready to begin.",
        "The new thing can begin.",
    ]
    assert said[0] == "30 November 2026: The agreement is signed."
    plan = plan_of(warm_room)
    assert plan is not None
    assert plan.new_begins_on < date(2027, 1, 11), "the room opens in the winter that it is for"
    told = block_words(warm_room, "plan")
    assert "counted from the decision of 27 November 2026" in told
    assert "as late as this" not in told


@pytest.mark.parametrize(
    ("route", "answers"),
    [
        ("grant", {"payment_for": "their_own_project", "label": "grant"}),
        ("open_competition", {"net_value": 400_000}),
        ("health_most_suitable_provider", {"tree": "england-health"}),
        ("health_direct_award_c", {"tree": "england-health"}),
        ("in_house", {}),
    ],
)
def test_the_list_leaves_out_no_step_of_its_plan_and_none_is_past(
    walked: Walked, route: str, answers: dict[str, object]
) -> None:
    decision = made(walked(route, **answers), body_kind="cabinet")
    plan = plan_of(decision)
    assert plan is not None
    told = "\n".join(lines(decision))
    for step in plan.steps:
        assert (f": {step.title}" in told) is (not step.done and step.ends >= MADE), step.title
    first = next(
        one["lines"]
        for one in story(decision)["sections"][0]["blocks"]
        if one["kind"] == "items" and one["lines"][0] in told
    )
    assert first == lines(decision)[: len(first)]
    rest = len(lines(decision)) - len(first)
    assert f"And {rest} more step" in block_words(decision, "summary")


def test_the_steps_of_a_later_decision_are_said_to_be_of_it(walked: Walked) -> None:
    decision = made(
        walked("open_competition", net_value=400_000),
        body_kind="cabinet",
        call_in_until=date(2026, 12, 4),
    )
    for word in ("call-in", "the body with the power decides", "the agenda and the report"):
        assert [one for one in lines(decision) if word in one], word
    for line in lines(decision):
        if "call-in" in line.lower() or "agenda" in line or "power decides" in line:
            assert ": The decision of who gets it: " in line, line


def test_where_it_is_settled_who_gets_it_the_call_in_is_this_ones_own(walked: Walked) -> None:
    award = walked("health_direct_award_c", "england-health")
    decision = made(award, body_kind="cabinet", call_in_until=date(2026, 12, 4))
    assert lines(decision)[0] == (
        "28 November 2026 to 4 December 2026: Call-in of this decision: it is not effective until "
        "this has passed."
    )
    assert not [one for one in lines(made(decision, call_in_until=None)) if "all-in" in one]


def test_a_plan_that_begins_while_it_can_be_called_in_says_so(walked: Walked) -> None:
    decision = made(walked("open_competition", net_value=400_000), body_kind="cabinet")
    plan = plan_of(decision)
    assert plan is not None
    first = following(plan)[0]
    before = first.starts - timedelta(days=2)
    waits = made(decision, decided_on=before, call_in_until=first.starts + timedelta(days=2))
    said = lateness(waits)
    assert f"is carried out from {day(first.starts + timedelta(days=3))} on" in said
    assert first.title in said
    assert "called in any more" not in lateness(made(decision, call_in_until=before))


def test_a_plan_that_begins_before_the_decision_says_so_and_when_it_would_be_ready(
    walked: Walked,
) -> None:
    decision = made(
        walked("open_competition", net_value=400_000),
        decided_on=date(2027, 3, 1),
        body_kind="cabinet",
    )
    found = what_next(decision)
    assert found is not None
    assert "The plan begins before the day of the decision, 1 March 2027." in found.late
    assert "it ends after the day it is needed" in found.late
    assert "and it ends on 30 June 2027" in found.late
    assert not [one for one in found.lines if "January 2027" in one.split(":")[0]]
    assert "By its plan it is late" in block_words(decision, "summary")
    assert found.late in block_words(decision, "plan")


def test_the_words_that_are_offered_name_no_day_and_fit_the_route(walked: Walked) -> None:
    grant = walked("grant", payment_for="their_own_project", label="grant")
    Decision.objects.filter(pk=grant.pk).update(next_steps="")
    grant.refresh_from_db()
    offered = suggested(grant, "words")["next_steps"]
    assert "a later decision of its own" in offered
    assert "202" not in offered
    grant.next_steps = offered
    assert not [one for one in cautions(grant) if "what happens next" in one]
    grant.form = "named_recipient"
    assert [one for one in cautions(grant) if "were offered for another route" in one]
    assert "it is settled who gets it" in suggested(_without_words(grant), "words")["next_steps"]


def _without_words(decision: Decision) -> Decision:
    decision.next_steps = ""
    return decision


def test_kept_words_that_have_parted_from_the_plan_are_said_before_it_is_recommended(
    walked: Walked,
) -> None:
    decision = walked("grant", payment_for="their_own_project", label="grant")
    decision.next_steps = (
        "Ask for quotes and receive them: 3 March 2099.\n"
        "The agreement is signed: 3 March 2099.\nIt was on 3 March 2020."
    )
    said = " ".join(cautions(decision))
    assert "name days that have passed: 3 March 2020." in said
    assert "Ask for quotes and receive them; The agreement is signed" in said


def test_a_refused_decision_has_nothing_next_by_a_plan(ada: User, walked: Walked) -> None:
    decision = walked("grant", payment_for="their_own_project", label="grant")
    assert what_next(made(decision, outcome="refused")) is None


@pytest.mark.parametrize("route", ["health_direct_award_c", "health_direct_award_b"])
def test_the_notice_of_the_award_stands_in_the_plan_of_health_services(
    walked: Walked, route: str
) -> None:
    answers = {"unrestricted_choice": "yes"} if route.endswith("b") else {}
    plan = plan_of(walked(route, "england-health", **answers))
    assert plan is not None
    notice, signed = plan.step("award_notice"), plan.step("sign")
    assert (notice.ends - signed.starts).days == 30
    assert notice.seen, "the regulations say within how many days"
    assert "SI 2023/1348" in notice.source


def test_a_plan_that_begins_on_another_day_than_the_question_says_so(
    question: Question, walked: Walked
) -> None:
    decision = walked("open_competition", net_value=400_000)
    told = block_words(decision, "plan")
    assert question.begins_on is not None
    assert "the facts of that day were used" in told


def sentence_of(decision: Decision, **values: object) -> str:
    """The sentence at the top, once it was decided."""
    for name, value in values.items():
        setattr(decision, name, value)
    decision.status, decision.outcome = Decision.Status.EFFECTIVE, Decision.Outcome.AGREED
    return sentence(decision)


def test_the_sentence_says_what_was_decided_in_its_form_and_to_whom(
    warm_room: Decision,
) -> None:
    said = sentence_of(warm_room, amount=Decimal(180_000), route_name="")
    assert said.endswith(": Grant, to The village hall, without a call; £180,000.")


def test_where_somebody_is_still_to_be_chosen_the_sentence_says_so_and_up_to_how_much(
    walked: Walked,
) -> None:
    grant = walked("grant", payment_for="their_own_project", label="grant")
    said = sentence_of(made(grant), amount=Decimal(180_000), route_name="")
    assert said.endswith(": Grant, after an open call; who gets it is decided then; £180,000.")


def test_a_finished_record_says_whether_it_was_said_why_nobody_else_is_asked(
    warm_room: Decision,
) -> None:
    warm_room.status, warm_room.effective_on = Decision.Status.EFFECTIVE, MADE
    told = block_words(warm_room, "forms")
    assert "Say why nobody else is asked" not in told
    assert "Why nobody else is asked: it is said below." in told
    assert "It is the only hall." in told


def test_on_the_page_of_a_decision_the_other_steps_are_a_press_away(
    ada: User, walked: Walked, sign_in: SignIn
) -> None:
    decision = walked("grant", payment_for="their_own_project", label="grant")
    page = sign_in(ada).get(decision.get_absolute_url()).content.decode()
    assert 'href="#next"' in page
    assert '<div id="next">' in page, "folded in a draft; the pointer opens it"


def test_the_page_of_the_plan_says_so_too_where_it_begins_within_the_call_in(
    decided: Decision, ada: User, sign_in: SignIn
) -> None:
    asked = decided.question

    def page(ends_on: date) -> str:
        Question.objects.filter(pk=asked.pk).update(present_ends_on=ends_on)
        address = reverse("questions:plan", args=[asked.programme.slug, asked.pk])
        return sign_in(ada).get(address).content.decode()

    far = timezone.localdate() + timedelta(days=900)
    said = "until then people may be talked with"
    assert said not in page(far)
    plan = plan_of(Decision.objects.get(pk=decided.pk))
    assert plan is not None
    assert said in page(far - (plan.begin_by - timezone.localdate()) + timedelta(days=3))
