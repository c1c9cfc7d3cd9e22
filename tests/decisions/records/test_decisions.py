"""A decision is drafted in the open, recommended, and made by who has the power."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commissioning.design.revisions import OPENED
from commissioning.design.when import day
from commissioning.ground.answers import Invalid, Refused
from commissioning.people.models import User
from commissioning.programmes.actions import members
from commissioning.programmes.models import Programme
from decisions.questions.models import Question
from decisions.records.actions import deciding, drafting, recording
from decisions.records.models import Comment, Decision, Dissent
from decisions.records.readiness import missing_to_recommend
from decisions.records.story import story
from decisions.trees.models import Appraisal, RulesSheet
from places.directory.models import Organisation
from tests.cast import SignIn
from tests.decisions.records.conftest import SECTIONS, WHY, minute, write_all

Status = Decision.Status
_WARDS = ("Eastfields", "Old Town", "The Lanes")


def test_a_draft_says_what_it_lacks(ada: User, draft: Decision) -> None:
    sections = [section for section, _sentence in missing_to_recommend(draft)]
    assert set(sections) == {"power", "route", "words", "duties"}
    with pytest.raises(Invalid, match="Say which body or person decides"):
        drafting.recommend(ada, draft)


def test_what_is_key_by_the_places_own_sum_is_not_called_otherwise(ready: Decision) -> None:
    assert ready.is_key is False
    assert missing_to_recommend(ready) == []
    own = "At £300,000 this is a key decision by your own sum of £250,000."
    sheet = RulesSheet(content={"decides": "cabinet"})
    noted = {"notices": [{"id": "key_decision", "words": own}]}
    walked = Appraisal(sheet=sheet, result=noted)
    ready.question.__dict__["_rests_on"] = walked
    assert missing_to_recommend(ready) == [("publicity", own)]


def test_a_cabinets_decision_can_be_called_in_for_some_days(
    ada: User, recommended: Decision
) -> None:
    today = timezone.localdate()
    with pytest.raises(Invalid, match="some days after"):
        deciding.enter_decision(ada, recommended, minute(call_in_until=today))


def test_one_decision_at_a_time(ada: User, cora: User, draft: Decision) -> None:
    with pytest.raises(Invalid, match="being drafted already"):
        drafting.begin_decision(cora, draft.question, "Another")
    drafting.withdraw(ada, draft, "It was begun by mistake.")
    assert drafting.begin_decision(cora, draft.question, "Another").status == Status.DRAFT


def test_those_who_do_not_run_the_programme_draft_nothing(
    draft: Decision, sami: User, priya: User, nell: User
) -> None:
    for person in (sami, priya, nell):
        with pytest.raises(Refused):
            drafting.write_section(person, draft, "route", {"route": "grant", "route_name": ""})


def test_an_approver_who_could_gain_does_not_recommend_or_enter(
    ada: User, cora: User, programme: Programme, ready: Decision
) -> None:
    members.declare(cora, programme, could_gain=True, words="My sister runs a group.")
    with pytest.raises(Refused, match="could gain"):
        drafting.recommend(cora, ready)
    before_cabinet = drafting.recommend(ada, ready)
    with pytest.raises(Refused, match="could gain"):
        deciding.enter_decision(cora, before_cabinet, minute())


def test_what_is_recommended_is_not_reworded(ada: User, recommended: Decision) -> None:
    with pytest.raises(Refused, match="Send it back to change it"):
        drafting.write_section(ada, recommended, "route", {"route": "x", "route_name": "x"})
    with pytest.raises(DatabaseError), transaction.atomic():
        recommended.advice.update(words="Everything speaks for it.")
    assert recommended.question.state == Question.State.DECIDING
    back = drafting.send_back(ada, recommended, "The figures were last year's.")
    assert back.status == Status.DRAFT


def test_the_cabinets_decision_takes_effect_when_nobody_calls_it_in(
    ada: User, decided: Decision
) -> None:
    assert decided.status == Status.DECIDED
    assert deciding.take_effect_where_due() == 0
    last = timezone.localdate() - timedelta(days=1)
    # The clock goes on: the last day of call-in was yesterday.
    Decision.objects.filter(pk=decided.pk).update(call_in_until=last)
    assert deciding.take_effect_where_due() == 1
    decided.refresh_from_db()
    assert decided.status == Status.EFFECTIVE
    assert decided.effective_on == timezone.localdate()
    assert Question.objects.get(pk=decided.question_id).state == Question.State.DECIDED


def test_during_call_in_the_question_says_that_it_is_decided(
    ada: User, decided: Decision, client: Client
) -> None:
    question = decided.question
    pages = (
        question.get_absolute_url(),
        reverse("questions:questions", args=[question.programme.slug]),
        decided.get_absolute_url(),
        reverse("records:decisions", args=[question.programme.slug]),
    )
    waits = f"Decided, in call-in until {day(decided.call_in_until)}"
    for page in pages:
        said = client.get(page).content.decode()
        assert waits in said, page
        assert "Before the body that decides" not in said
    deciding.call_in(ada, decided, "The buses.")
    assert "Decided, and called in" in client.get(pages[0]).content.decode()


def test_a_decision_that_is_called_in_waits_and_is_not_late(
    ada: User, sami: User, decided: Decision, sign_in: SignIn
) -> None:
    """Its plan should have begun long ago; that is no reproach while members look at it again."""
    question = decided.question
    Question.objects.filter(pk=question.pk).update(
        present_ends_on=timezone.localdate() + timedelta(days=30)
    )
    pages = (
        question.get_absolute_url(),
        reverse("questions:plan", args=[question.programme.slug, question.pk]),
    )
    deciding.call_in(ada, decided, "The buses.")
    browser = sign_in(sami)
    for page in pages:
        shown = browser.get(page).content.decode()
        assert "Decided, and called in" in shown, page
        for reproach in ("should have begun", "This is too late", ">Passed<", "--late"):
            assert reproach not in shown, (page, reproach)
    decision = Decision.objects.get(pk=decided.pk)
    told = str(story(decision))
    assert "The decision was called in, and waits." in told
    assert "It was called in, within the time until" in told
    assert "came after" not in told


def test_nothing_is_begun_from_a_decision_that_is_called_in(
    ada: User, decided: Decision, sign_in: SignIn
) -> None:
    deciding.call_in(ada, decided, "The buses.")
    page = sign_in(ada).get(decided.get_absolute_url()).content.decode()
    assert "What starts from here" not in page
    assert "Begin a call from it" not in page
    with time_machine.travel(timezone.now() + timedelta(days=60)):
        assert deciding.take_effect_where_due() == 0
    assert Decision.objects.get(pk=decided.pk).status == Status.CALLED_IN


def test_nothing_takes_effect_before_call_in_has_passed(decided: Decision) -> None:
    with pytest.raises(DatabaseError, match="effective_after_call_in"), transaction.atomic():
        Decision.objects.filter(pk=decided.pk).update(
            status="effective", effective_on=timezone.localdate()
        )


def test_a_call_in_can_send_it_back(ada: User, decided: Decision) -> None:
    called = deciding.call_in(ada, decided, "Five members ask about the buses.")
    assert called.status == Status.CALLED_IN
    back = deciding.answer_call_in(ada, called, stands=False, words="Think about the buses.")
    assert (back.status, back.outcome, back.decided_on) == (Status.DRAFT, "", None)
    assert "buses" in back.call_in_words


def test_a_call_in_can_leave_it_standing(ada: User, decided: Decision) -> None:
    called = deciding.call_in(ada, decided, "Five members ask about the buses.")
    stands = deciding.answer_call_in(ada, called, stands=True, words="The buses run.")
    assert stands.status == Status.EFFECTIVE
    assert stands.call_in_until is not None
    assert stands.effective_on == stands.call_in_until + timedelta(days=1)


def test_a_key_decision_has_28_clear_days_of_notice(ada: User, ready: Decision) -> None:
    today = timezone.localdate()
    publicity: dict[str, object] = {
        "is_key": True,
        "notice_on": today - timedelta(days=28),
        "urgency": "",
        "is_exempt": False,
        "exemption": "",
        "public_interest": "",
    }
    ready = drafting.write_section(ada, ready, "publicity", publicity)
    before_cabinet = drafting.recommend(ada, ready)
    # 28 days apart are 27 clear days: neither the day of the notice nor that of the meeting counts.
    with pytest.raises(Invalid, match="28 clear days"):
        deciding.enter_decision(ada, before_cabinet, minute())
    ready = drafting.send_back(ada, before_cabinet, "The notice is a day short.")
    publicity["notice_on"] = today - timedelta(days=29)
    ready = drafting.write_section(ada, ready, "publicity", publicity)
    entered = deciding.enter_decision(ada, drafting.recommend(ada, ready), minute())
    assert entered.status == Status.DECIDED


def test_a_key_decision_says_the_rule_and_counts_areas_without_calling_them_wards(
    ada: User, ready: Decision
) -> None:
    key = SECTIONS["publicity"] | {"is_key": True, "notice_on": date(2026, 1, 5)}
    ready = drafting.write_section(ada, ready, "publicity", key)
    rule = "significant for communities in two or more wards or electoral divisions"
    told = str(story(ready)["sections"])
    assert rule in told
    assert "areas of the place:" not in told, "one area alone is no reason"
    place = ready.question.programme.place
    ready.question.areas.set([place.areas.get_or_create(name=name)[0] for name in _WARDS])
    (power,) = (
        one for one in story(Decision.objects.get(pk=ready.pk))["sections"] if one["key"] == "power"
    )
    assert "This one is about 3 areas of the place: " in str(power)
    assert "3 wards" not in str(power)


def test_a_notice_of_tomorrow_is_no_notice(ada: User, ready: Decision) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    key = SECTIONS["publicity"] | {"is_key": True, "notice_on": tomorrow}
    with pytest.raises(Invalid, match="not come yet"):
        drafting.write_section(ada, ready, "publicity", key)


def test_a_parish_is_not_called_in(ada: User, draft: Decision) -> None:
    parish: dict[str, dict[str, object]] = {
        "power": {
            "body_kind": "parish",
            "body_name": "Quay Parish Council",
            "power": "LGA 1972, s.137",
        }
    }
    before_parish = drafting.recommend(ada, write_all(ada, draft, **parish))
    with pytest.raises(Invalid, match="Only decisions of an executive"):
        deciding.enter_decision(ada, before_parish, minute())
    entered = deciding.enter_decision(ada, before_parish, minute(call_in_until=None))
    assert entered.status == Status.EFFECTIVE


def test_what_was_refused_leaves_the_question_open(ada: User, recommended: Decision) -> None:
    refused = deciding.enter_decision(
        ada, recommended, minute(outcome="refused", words="Not agreed.")
    )
    assert refused.status == Status.DECIDED
    question = Question.objects.get(pk=refused.question_id)
    assert question.state == Question.State.APPRAISING
    assert drafting.begin_decision(ada, question, "Another way").status == Status.DRAFT


def test_what_was_decided_stays(decided: Decision) -> None:
    for change in ({"reasons": "x"}, {"decision_words": "x"}, {"route": "x"}, {"title": "x"}):
        with pytest.raises(DatabaseError, match="not reworded"), transaction.atomic():
            Decision.objects.filter(pk=decided.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Decision.objects.filter(pk=decided.pk).update(status="draft")
    with pytest.raises(DatabaseError), transaction.atomic():
        decided.delete()


def test_people_comment_until_the_last_day_and_are_answered(
    ada: User, ready: Decision, priya: User, sami: User, lanes: Organisation, olu: User
) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(Invalid, match="at least until tomorrow"):
        drafting.consult(ada, ready, timezone.localdate())
    out = drafting.consult(ada, ready, tomorrow)
    said = drafting.comment(priya, out, "Pay the drivers' petrol.", lanes)
    assert ready.question.programme.level_field.filter(what__contains="petrol").exists()
    with pytest.raises(Invalid, match="may still comment"):
        drafting.recommend(ada, out)
    drafting.reply(ada, said, "The call says so now.")
    with pytest.raises(Invalid, match="answer already"):
        drafting.reply(ada, said, "Twice.")
    with pytest.raises(DatabaseError), transaction.atomic():
        Comment.objects.filter(pk=said.pk).update(words="I agree.")


def test_people_have_less_time_than_they_were_told_only_for_a_reason_that_they_read(
    ada: User, ready: Decision
) -> None:
    today = timezone.localdate()
    out = drafting.consult(ada, ready, today + timedelta(days=14))
    sooner = today + timedelta(days=7)
    with pytest.raises(Invalid, match="Say why they have less time"):
        drafting.consult(ada, out, sooner)
    with pytest.raises(DatabaseError, match="needs a reason"), transaction.atomic():
        Decision.objects.filter(pk=out.pk).update(consult_until=sooner)
    out = drafting.consult(ada, out, sooner, "The cabinet meets a week earlier.")
    assert out.consult_until == sooner
    told = next(str(one) for one in story(out)["sections"] if one["key"] == "comments")
    assert "People had less time than they were told." in told
    assert "The cabinet meets a week earlier." in told
    later = drafting.consult(ada, out, today + timedelta(days=20))
    assert "a week earlier" in later.consult_words, "what was once announced is not forgotten"


def test_a_cabinets_decision_is_called_in_or_says_why_it_is_not(
    ada: User, recommended: Decision
) -> None:
    with pytest.raises(Invalid, match="or why it cannot be"):
        deciding.enter_decision(ada, recommended, minute(call_in_until=None))
    with pytest.raises(Invalid, match="not both"):
        deciding.enter_decision(ada, recommended, minute(no_call_in="Urgent."))
    entered = deciding.enter_decision(
        ada, recommended, minute(call_in_until=None, no_call_in="Urgent; the chair agreed.")
    )
    assert entered.status == Status.EFFECTIVE
    assert "It cannot be called in: Urgent; the chair agreed." in str(story(entered)["glance"])


def test_an_officers_key_decision_says_so_too_and_a_small_one_need_not(
    ada: User, draft: Decision
) -> None:
    officer: dict[str, object] = {
        "body_kind": "officer",
        "body_name": "Director of adult services",
        "power": "Localism Act 2011; scheme of delegation, paragraph 7",
    }
    key = SECTIONS["publicity"] | {"is_key": True, "urgency": "The roof fell in."}
    big = drafting.recommend(ada, write_all(ada, draft, power=officer, publicity=key))
    with pytest.raises(Invalid, match="or why it cannot be"):
        deciding.enter_decision(ada, big, minute(call_in_until=None))
    small = drafting.send_back(ada, big, "It is not a key decision after all.")
    small = drafting.write_section(ada, small, "publicity", SECTIONS["publicity"])
    entered = deciding.enter_decision(
        ada, drafting.recommend(ada, small), minute(call_in_until=None)
    )
    assert entered.status == Status.EFFECTIVE


def test_what_is_exempt_names_its_paragraph_and_why_that_serves_the_public(
    ada: User, ready: Decision, recommended: Decision
) -> None:
    draft = drafting.send_back(ada, recommended, "Parts are exempt.")
    exempt = SECTIONS["publicity"] | {"is_exempt": True}
    for missing, words in (
        (exempt, "Name the paragraph"),
        (exempt | {"exemption": "meetings"}, "not one of this body"),
        (exempt | {"exemption": "business"}, "serves the public better"),
    ):
        with pytest.raises(Invalid, match=words):
            drafting.write_section(ada, draft, "publicity", missing)
    whole = exempt | {"exemption": "business", "public_interest": WHY}
    marked = drafting.write_section(ada, draft, "publicity", whole)
    with pytest.raises(Invalid, match="no words are left out yet"):
        drafting.recommend(ada, marked)
    drafting.write_section(ada, marked, "publicity", SECTIONS["publicity"])
    drafting.recommend(ada, draft)
    with pytest.raises(DatabaseError, match="exempt_on_a_ground"), transaction.atomic():
        Decision.objects.filter(pk=draft.pk).update(is_exempt=True)


def test_an_untouched_draft_has_nothing_done(ada: User, draft: Decision, sign_in: SignIn) -> None:
    browser = sign_in(ada)
    page = browser.get(draft.get_absolute_url())
    assert {task["tag"] for task in page.context["tasks"]} == {
        *("To do", "Not given", "None written down")
    }
    assert "First say who decides." in page.content.decode()


def test_a_parish_is_asked_nothing_of_key_decisions(
    ada: User, draft: Decision, sign_in: SignIn
) -> None:
    parish = {
        "body_kind": "parish",
        "body_name": "Quay Parish Council",
        "power": "LGA 1972, s.137",
    }
    draft = drafting.write_section(ada, draft, "power", parish)
    browser = sign_in(ada)
    address = reverse(
        "records:section", args=[draft.question.programme.slug, draft.pk, "publicity"]
    )
    form = browser.get(address).context["form"]
    assert set(form.fields) - {OPENED} == {"is_exempt", "exemption", "public_interest"}
    assert [value for value, _words in form.fields["exemption"].choices] == [
        "",
        "meetings",
        "data_protection",
    ]
    assert browser.post(address, {}).status_code in {200, 302}


def test_priya_reads_in_every_state_why_she_takes_no_part(
    ada: User, priya: User, ready: Decision, sign_in: SignIn
) -> None:
    hers, why = sign_in(priya), "You declared that you or your organisation could gain"

    def page() -> str:
        return str(hers.get(ready.get_absolute_url()).content.decode())

    drafting.consult(ada, ready, timezone.localdate() + timedelta(days=1))
    assert why in page()
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        before = drafting.recommend(ada, ready)
        assert why in page()
        decided = deciding.enter_decision(ada, before, minute())
        assert why in page()
        called = deciding.call_in(ada, decided, "The buses.")
        assert why in page()
        deciding.answer_call_in(ada, called, stands=True, words="They run.")
        assert why in page()


def test_a_runner_who_could_gain_hides_withdraws_and_calls_in_nothing(
    ada: User, cora: User, programme: Programme, decided: Decision, sign_in: SignIn
) -> None:
    members.declare(cora, programme, could_gain=True, words="My sister runs a group.")
    with pytest.raises(Refused, match="could gain"):
        recording.mark_removal(cora, decided, "Wilma Lock", "individual", WHY)
    with pytest.raises(Refused, match="could gain"):
        deciding.call_in(cora, decided, "I ask for it.")
    with pytest.raises(Refused, match="could gain"):
        drafting.withdraw(cora, decided, "No.")
    page = sign_in(cora).get(decided.get_absolute_url()).content.decode()
    assert "What the public edition leaves out" not in page


def test_dissent_is_in_the_dissenters_words_once(
    recommended: Decision, sami: User, olu: User, nell: User
) -> None:
    drafting.dissent(sami, recommended, "Nobody asked the carers.")
    with pytest.raises(Invalid, match="already"):
        drafting.dissent(sami, recommended, "Nobody at all.")
    for person in (olu, nell):
        with pytest.raises(Refused):
            drafting.dissent(person, recommended, "Me too.")
    with pytest.raises(DatabaseError), transaction.atomic():
        Dissent.objects.update(words="I agree.")
