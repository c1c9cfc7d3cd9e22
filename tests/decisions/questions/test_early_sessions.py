"""Sessions that organisations came to may have been early talks: whoever runs it says."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from commissioning.ground.answers import Invalid, Refused
from commissioning.people.models import User
from commissioning.programmes.level_field import note
from commissioning.programmes.models import LevelFieldEntry
from decisions.questions.early_sessions import Judged, Session, judge_session, sessions_of
from decisions.questions.level_field import lines_of
from decisions.questions.models import FieldChoice, Question
from decisions.records.models import Decision
from decisions.records.sections.weighed import level_field
from decisions.trees import paper
from decisions.trees.models import Appraisal
from participation.workshops.actions import joining, preparing, running
from participation.workshops.agendas import ready
from places.directory.models import Organisation
from tests.cast import SignIn
from tests.decisions.records.conftest import draft
from tests.decisions.walks.conftest import at, said, walk, whole
from tests.participation.workshops.conftest import settings_of

__all__ = ["draft", "walk", "whole"]

ATTENDED, SAW = LevelFieldEntry.Kind.ATTENDED, LevelFieldEntry.Kind.SAW
EVENING = "The workshop “Growing up here” on 2 September 2026."


@pytest.fixture
def evening(question: Question, lanes: Organisation) -> Session:
    """A session before the question was put: a charity and the body that buys were there."""
    for body in (lanes, question.who_buys):
        note(question.programme, body, ATTENDED, EVENING)
    question.put_at = LevelFieldEntry.objects.latest("at").at.replace(year=2030)
    question.save(update_fields=["put_at"])
    (one,) = sessions_of(question, lines_of(question))
    return one


def page(question: Question, session: Session) -> str:
    """Where it is judged."""
    return reverse("questions:session", args=[question.programme.slug, question.pk, session.key])


def belonging(question: Question) -> list[tuple[str, str]]:
    """Kind and words of the lines that are about the question."""
    return [(one.entry.kind, one.entry.what) for one in lines_of(question) if one.belongs]


def test_a_real_session_with_an_organisation_in_the_room_is_put_before_the_lead(
    question: Question, ada: User, femi: User, sami: User, lanes: Organisation, sign_in: SignIn
) -> None:
    workshop = preparing.make_workshop(femi, question.programme, ready("whole-place"), "Our Lanes")
    preparing.write_settings(femi, workshop, settings_of(workshop, safeguarding_lead=sami))
    workshop = running.open_workshop(femi, workshop)
    joining.come_in(workshop, organisation=lanes)
    joining.come_in(workshop)
    running.close_workshop(femi, workshop)
    (found,) = sessions_of(question, lines_of(question))
    assert "“Our Lanes”" in found.what
    assert found.bodies == [lanes], "nobody who gave no organisation is made into one"


def test_only_organisations_beside_the_buyer_are_known_to_have_been_there(
    evening: Session, question: Question, lanes: Organisation, ada: User, sign_in: SignIn
) -> None:
    assert (evening.bodies, evening.was) == ([lanes], "")
    address = page(question, evening)
    assert address in said(sign_in(ada), question.get_absolute_url())


def test_it_is_written_down_as_a_talk_with_the_words_that_the_page_offers_and_once(
    evening: Session,
    question: Question,
    lanes: Organisation,
    ada: User,
    draft: Decision,
    sign_in: SignIn,
) -> None:
    browser, address = sign_in(ada), page(question, evening)
    form = browser.get(address).context["form"]
    assert form["what"].value().startswith(EVENING)
    assert form["bodies"].value() == [str(lanes.pk)]
    words = f"{EVENING} The lunch club needs a bigger kitchen."
    sent = {
        "was": "yes",
        "bodies": [str(lanes.pk)],
        "kind": "said",
        "what": words,
        "opened_at": form["opened_at"].value(),
    }
    for _twice in range(2):
        assert browser.post(address, sent).status_code == 302
    assert sorted(belonging(question)) == [("attended", EVENING), ("said", words)]
    assert question.programme.level_field.filter(kind="said").count() == 1
    printed = str(level_field(draft))
    assert "The lunch club needs a bigger kitchen." in printed
    assert "may have been early talks" not in printed
    assert address not in said(browser, question.get_absolute_url()), "nothing is left to say"


def test_it_was_not_with_a_reason_that_the_papers_print(
    evening: Session,
    question: Question,
    ada: User,
    draft: Decision,
    whole: Appraisal,
    sign_in: SignIn,
) -> None:
    browser, address = sign_in(ada), page(question, evening)
    untold = f"{EVENING} Lanes Neighbours attended. Nobody has said whether it was about this"
    assert untold in str(level_field(draft))
    why = "It was about the playground alone."
    assert browser.post(address, {"was": "no", "reason": why}).status_code == 302
    assert belonging(question) == []
    told = f"{EVENING} Lanes Neighbours attended. It was not about this question: {why}"
    assert told in str(level_field(draft))
    assert told in paper.data(whole.pk)["sessions"]
    fairness = said(browser, at("fairness", whole))
    assert why in fairness
    assert address in fairness


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "was"),
        ({"was": "no", "reason": " "}, "reason"),
        ({"was": "yes", "what": ""}, "what"),
    ],
)
def test_half_an_answer_is_refused_beside_its_field(
    evening: Session,
    question: Question,
    lanes: Organisation,
    ada: User,
    sign_in: SignIn,
    sent: dict[str, str],
    field: str,
) -> None:
    answer = sign_in(ada).post(
        page(question, evening), {**sent, "bodies": [str(lanes.pk)], "kind": "saw"}
    )
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not FieldChoice.objects.exists()


def test_a_late_tab_does_not_undo_what_was_said_meanwhile(
    evening: Session, question: Question, ada: User, sign_in: SignIn
) -> None:
    browser, address = sign_in(ada), page(question, evening)
    opened = browser.get(address).context["form"]["opened_at"].value()
    judge_session(ada, question, evening.key, Judged(was=False, reason="Another evening."))
    late = browser.post(address, {"was": "yes", "what": EVENING, "opened_at": opened})
    assert late.status_code == 422
    assert [one.name for one in late.context["form"].both] == ["was"]
    assert belonging(question) == []


def test_who_does_not_run_it_a_strange_line_and_a_decided_question_are_refused(
    evening: Session, question: Question, ada: User, sami: User, sign_in: SignIn
) -> None:
    judged = Judged(was=False, reason="Another evening.")
    with pytest.raises(Refused):
        judge_session(sami, question, evening.key, judged)
    with pytest.raises(Invalid, match="not in the file"):
        judge_session(ada, question, question.pk, judged)
    with pytest.raises(Invalid, match="Say why"):
        judge_session(ada, question, evening.key, Judged(was=False))
    address = page(question, evening).replace(str(evening.key), str(question.pk))
    assert sign_in(ada).get(address).status_code == 404
    for state in (Question.State.DECIDING, Question.State.DECIDED):
        Question.objects.filter(pk=question.pk).update(state=state)
    with pytest.raises(Refused, match="decided"):
        judge_session(ada, question, evening.key, judged)


def test_the_database_keeps_a_reason_only_for_a_line_that_is_not_about_it(
    evening: Session, question: Question, ada: User
) -> None:
    judge_session(ada, question, evening.key, Judged(was=False, reason="Another evening."))
    with (
        pytest.raises(IntegrityError, match="field_choice_reason_where_it_is_not"),
        transaction.atomic(),
    ):
        FieldChoice.objects.update(belongs=True)
