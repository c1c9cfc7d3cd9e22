"""A decision is drafted in the open, recommended, and made by who has the power."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from commissioning.ground.answers import Invalid, Refused
from commissioning.people.models import User
from commissioning.programmes.actions import members
from commissioning.programmes.models import Programme
from decisions.questions.models import Question
from decisions.records.actions import deciding, drafting
from decisions.records.models import Comment, Decision, Dissent
from decisions.records.readiness import missing_to_recommend
from decisions.trees.models import Appraisal
from places.directory.models import Organisation
from tests.decisions.records.conftest import minute, write_all

Status = Decision.Status


def test_a_draft_says_what_it_lacks(ada: User, draft: Decision) -> None:
    sections = [section for section, _sentence in missing_to_recommend(draft)]
    assert set(sections) == {"power", "route", "words", "advice", "duties"}
    with pytest.raises(Invalid, match="Say which body or person decides"):
        drafting.recommend(ada, draft)


def test_what_is_key_by_the_places_own_sum_is_not_called_otherwise(ready: Decision) -> None:
    assert ready.is_key is False
    assert missing_to_recommend(ready) == []
    own = "At £300,000 this is a key decision by your own sum of £250,000."
    walked = Appraisal(result={"notices": [{"id": "key_decision", "words": own}]})
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


def test_a_parish_is_not_called_in(ada: User, draft: Decision) -> None:
    parish: dict[str, dict[str, object]] = {
        "power": {"body_kind": "parish", "body_name": "Quay Parish Council", "power": "x"}
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
    with pytest.raises(Invalid, match="only be later"):
        drafting.consult(ada, drafting.consult(ada, out, tomorrow + timedelta(days=3)), tomorrow)

    said = drafting.comment(priya, out, "Pay the drivers' petrol.", lanes)
    assert ready.question.programme.level_field.filter(what__contains="petrol").exists()
    with pytest.raises(Invalid, match="may still comment"):
        drafting.recommend(ada, out)
    drafting.reply(ada, said, "The call says so now.")
    with pytest.raises(Invalid, match="answer already"):
        drafting.reply(ada, said, "Twice.")
    with pytest.raises(DatabaseError), transaction.atomic():
        Comment.objects.filter(pk=said.pk).update(words="I agree.")


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
