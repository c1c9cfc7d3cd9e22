"""An officer, a parish and an NHS board decide too, each by their own rules and words."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commissioning.ground.answers import Invalid
from commissioning.people.models import User
from decisions.records.actions import deciding, drafting, recording
from decisions.records.models import Decision
from decisions.records.story import story
from tests.cast import SignIn
from tests.decisions.records.conftest import WHY, Issue, minute, write_all
from tests.decisions.records.test_record import text_of

BODIES = {
    "officer": (
        "Director of adult services",
        "Localism Act 2011; scheme of delegation, paragraph 7",
    ),
    "committee": (
        "Community grants committee",
        "Localism Act 2011; terms of reference, paragraph 2",
    ),
    "parish": ("Quay Parish Council", "Section 137 of the Local Government Act 1972"),
    "nhs_board": (
        "Board of Rivermead NHS Trust",
        "NHS Act 2006, s.3; standing orders, section 4",
    ),
}


def url(name: str, decision: Decision, *more: object) -> str:
    """An address of the decision."""
    return reverse(f"records:{name}", args=[decision.question.programme.slug, decision.pk, *more])


def drafted(ada: User, draft: Decision, kind: str) -> Decision:
    """The draft for this kind of body, recommended."""
    name, power = BODIES[kind]
    values: dict[str, object] = {"body_kind": kind, "body_name": name, "power": power}
    return drafting.recommend(ada, write_all(ada, draft, power=values))


@pytest.mark.parametrize("kind", ["committee", "parish", "nhs_board"])
def test_a_body_without_an_executive_decides_at_once_and_is_asked_nothing_of_call_in(
    ada: User, draft: Decision, sign_in: SignIn, issue: Issue, kind: str
) -> None:
    before = drafted(ada, draft, kind)
    form = sign_in(ada).get(url("decide", before)).context["form"]
    assert {"call_in_until", "no_call_in"}.isdisjoint(form.fields)
    with pytest.raises(Invalid, match="Only decisions of an executive"):
        deciding.enter_decision(ada, before, minute(call_in_until=None, no_call_in="Urgent."))
    made = deciding.enter_decision(ada, before, minute(call_in_until=None))
    assert made.status == Decision.Status.EFFECTIVE
    said = text_of(issue(made)["records.decision"])
    assert f"{BODIES[kind][0]} decided on" in said
    assert BODIES[kind][1] in said
    for words in ("call-in", "Key decision", "cabinet"):
        assert words not in said, words


def test_an_officer_is_asked_for_a_decision_notice_and_may_be_called_in(
    ada: User, draft: Decision, sign_in: SignIn, issue: Issue
) -> None:
    before = drafted(ada, draft, "officer")
    form = sign_in(ada).get(url("decide", before)).context["form"]
    assert form.fields["words"].label == "In the words of the decision notice"
    assert "if your rules allow it" in str(form.fields["call_in_until"].label)
    made = deciding.enter_decision(ada, before, minute())
    said = text_of(issue(made)["records.decision"])
    assert "Director of adult services decided on" in said
    assert "An officer, under delegated power" in said


def test_an_nhs_board_keeps_words_back_by_its_own_law(ada: User, draft: Decision) -> None:
    before = drafted(ada, draft, "nhs_board")
    with pytest.raises(Invalid, match="not one of this body"):
        recording.mark_removal(ada, before, "Wilma Lock", "individual", WHY)
    recording.mark_removal(ada, before, "Wilma Lock", "nhs", WHY)
    power = next(str(one) for one in story(before)["sections"] if one["key"] == "power")
    assert "Confidential to patients or staff (NHS bodies)" in power


def test_duties_of_a_health_route_name_the_regimes_own_rules(
    ada: User, draft: Decision, sign_in: SignIn
) -> None:
    Decision.objects.filter(pk=draft.pk).update(route="health_competitive")
    draft.refresh_from_db()
    told = next(str(one) for one in story(draft)["sections"] if one["key"] == "duties")
    assert "Procurement Act 2023" not in told
    assert told.count("SI 2023/1348") == 3, "one of them how the key criteria were weighed"
    page = sign_in(ada).get(url("duties", draft)).content.decode()
    assert "SI 2023/1348" in page


def test_a_new_version_says_line_by_line_what_it_changes(
    ada: User, decided: Decision, issue: Issue
) -> None:
    issue(decided)
    later = timezone.localdate() - timedelta(days=1)
    Decision.objects.filter(pk=decided.pk).update(call_in_until=later)
    deciding.take_effect_where_due()
    decided.refresh_from_db()
    second = issue(decided, "It is in effect.")["records.decision"]
    changed = text_of(second).split("What version 2 changes")[1].split("What was to be decided")[0]
    assert "In effect: Not yet: from" in changed
    assert "In effect: From" in changed
    assert "Localism Act" not in changed, "what did not change is not in the list"


def test_next_steps_begin_from_a_decision_in_effect(
    ada: User, draft: Decision, sign_in: SignIn, client: Client
) -> None:
    made = deciding.enter_decision(
        ada, drafted(ada, draft, "committee"), minute(call_in_until=None)
    )
    browser = sign_in(ada)
    page = browser.get(made.get_absolute_url()).content.decode()
    for name in ("records:begin_call", "records:begin_vote"):
        address = reverse(name, args=[made.question.programme.slug, made.pk])
        assert address in page, name
        assert 'value="Daytime company in the Lanes"' in browser.get(address).content.decode()
    way = f"{reverse('questions:plan_file', args=[made.question.programme.slug, made.question_id])}"
    assert f"{way}?way=grant" in page
    assert "BEGIN:VCALENDAR" in browser.get(f"{way}?way=grant").content.decode()
    # Somebody who passes by begins nothing.
    assert "Begin a call from it" not in client.get(made.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("name", "field"),
    [("power", "paragraph"), ("publicity", "urgency"), ("publicity", "public_interest")],
)
def test_200_kb_in_any_long_field_are_refused_in_words(
    ada: User, draft: Decision, sign_in: SignIn, name: str, field: str
) -> None:
    answer = sign_in(ada).post(url("section", draft, name), {field: "because " * 25_000})
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]


def test_200_kb_of_advice_are_refused_in_words(ada: User, draft: Decision, sign_in: SignIn) -> None:
    answer = sign_in(ada).post(url("advice", draft, "legal"), {"words": "because " * 25_000})
    assert answer.status_code == 422
    assert answer.context["form"].errors["words"]
