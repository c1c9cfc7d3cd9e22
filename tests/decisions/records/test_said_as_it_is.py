"""A paper says who issues it, what members did and did not do, and what a version changes."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from commissioning.design.when import day
from commissioning.people.models import User
from commissioning.programmes.actions import members
from decisions.questions.actions import declare_about
from decisions.records.actions import drafting, recording
from decisions.records.models import Decision
from decisions.records.papers import public_data, record_data
from decisions.records.story import story
from tests.cast import SignIn
from tests.decisions.records.conftest import SECTIONS, Issue


def section(decision: Decision, key: str) -> str:
    return str(next(one for one in story(decision)["sections"] if one["key"] == key))


def test_members_who_could_gain_and_answered_nothing_did_not_give_evidence(
    decided: Decision, cora: User
) -> None:
    members.declare(cora, decided.question.programme, could_gain=True, words="My sister runs one.")
    said = section(decided, "conflicts")
    assert "they gave evidence" not in said
    assert "only for the programme as a whole that they could gain: they did not decide" in said
    assert "Gave no answer" in said
    declare_about(cora, decided.question, could_gain=True, words="She would run this one.")
    assert "Members who could gain: they did not decide" in section(decided, "conflicts")


def test_who_declared_for_the_programme_and_who_not_at_all_are_told_apart(
    draft: Decision, ada: User
) -> None:
    said = section(draft, "conflicts")
    assert "or not at all" not in said
    assert "Have declared for the programme, and not for this question" in said


def test_a_draft_without_a_body_is_put_to_nobody(draft: Decision) -> None:
    assert "who decides is not named yet" in story(draft)["sentence"]
    assert "To be put to" not in story(draft)["sentence"]


def test_a_record_is_issued_by_the_body_that_buys_and_not_by_the_place(
    decided: Decision, issue: Issue
) -> None:
    record = issue(decided)["records.decision"]
    buyer, place = decided.question.who_buys, decided.question.programme.place
    assert record.place_name == buyer.name != place.name
    assert record.number.startswith(place.prefix)


def test_the_first_public_edition_tells_of_no_version_before_it(
    ada: User, decided: Decision, issue: Issue
) -> None:
    issue(decided)
    recording.mark_removal(ada, decided, "Mrs Wilma Lock", "individual", "Nobody needs it.")
    drafting.dissent(ada, decided, "Not in one year.")
    both = issue(decided, "Somebody disagreed.")
    assert both["records.public"].version == 1
    assert record_data(decided.pk)["changed"]
    public = public_data(decided.pk)
    assert (public["changed"], public["why"]) == ([], "")
    again = issue(decided)
    assert again["records.public"].version == 1, "the same facts are the same paper"


def test_from_which_day_its_notice_lets_it_be_decided_is_said_while_it_is_drafted(
    ada: User, ready: Decision, sign_in: SignIn
) -> None:
    today = timezone.localdate()
    key = SECTIONS["publicity"] | {"is_key": True, "notice_on": today - timedelta(days=3)}
    drafting.write_section(ada, ready, "publicity", key)
    said = f"By its notice it can be decided from {day(today + timedelta(days=26))} on."
    browser = sign_in(ada)
    assert said in browser.get(ready.get_absolute_url()).content.decode()
    recommend = reverse("records:recommend", args=[ready.question.programme.slug, ready.pk])
    assert said in browser.get(recommend).content.decode()


def test_interests_are_a_task_of_the_draft(ada: User, ready: Decision, sign_in: SignIn) -> None:
    page = sign_in(ada).get(ready.get_absolute_url()).content.decode()
    assert "Interests of those who decide or advise" in page
    assert "None written down" in page
