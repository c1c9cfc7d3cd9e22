"""A call is built, published behind the money gate, changed only with a published reason."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from commissioning.ground.answers import Invalid, Refused
from commissioning.notices.models import Notice
from commissioning.people.models import User
from commissioning.programmes.models import Programme
from participation.calls import rules
from participation.calls.actions import calls as actions
from participation.calls.actions import questions
from participation.calls.clock import database_now
from participation.calls.models import Call, EligibilityCheck, Expression, Question, WantedDocument
from participation.calls.rules import Phase, phase_of
from participation.calls.tasks import open_due, remind_of_close
from places.directory.models import Organisation
from tests.cast import SignIn
from tests.participation.calls.conftest import close, closes, member

pytestmark = pytest.mark.django_db


def test_no_call_is_made_while_the_programme_does_not_speak_of_money(
    vision_programme: Programme, ada: User
) -> None:
    with pytest.raises(Refused, match="Never ever start by talking about the money"):
        actions.make_call(ada, vision_programme, "Play streets")


@pytest.mark.parametrize("who", ["femi", "priya", "sami", "olu", "nell"])
def test_only_those_who_run_the_programme_make_calls(
    programme: Programme, who: str, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(Refused):
        actions.make_call(request.getfixturevalue(who), programme, "A call")


def test_a_bare_draft_says_all_that_is_missing(programme: Programme, ada: User) -> None:
    call = actions.make_call(ada, programme, "A call")

    steps = {step for step, _sentence in actions.missing_to_publish(call, database_now())}

    assert steps == {"about", "scope", "money", "odds", "dates", "questions", "assessors"}
    with pytest.raises(Invalid, match="Say what is funded"):
        actions.publish_call(ada, call)


def test_a_private_programme_publishes_no_call(draft_call: Call, ada: User) -> None:
    Programme.objects.filter(pk=draft_call.programme_id).update(is_public=False)
    with pytest.raises(Invalid, match="journey page"):
        actions.publish_call(ada, draft_call)


def test_publishing_an_open_call_publishes_the_level_field(call: Call) -> None:
    call.programme.refresh_from_db()
    call.refresh_from_db()

    assert call.opened_at is not None
    assert call.programme.level_field_published_at is not None


def test_a_call_that_opens_later_is_acted_on_when_its_time_comes(
    draft_call: Call, ada: User
) -> None:
    Call.objects.filter(pk=draft_call.pk).update(opens_at=database_now() + timedelta(hours=1))
    call = actions.publish_call(ada, draft_call)
    assert phase_of(call, database_now()) == Phase.UPCOMING
    assert open_due() == 0

    Call.objects.filter(pk=call.pk).update(opens_at=database_now() - timedelta(seconds=1))
    assert open_due() == 1
    assert open_due() == 0


def test_words_change_only_with_a_reason_that_everybody_reads(
    call: Call, ada: User, begun: Expression, priya: User
) -> None:
    with pytest.raises(Invalid, match="Say why"):
        actions.correct_call(ada, call, {"funded": "Meals."}, " ")

    actions.correct_call(ada, call, {"funded": "Meals."}, "Visits are paid by the surgery now.")

    change = call.changes.get()
    assert "what is funded" in change.what
    assert change.reason == "Visits are paid by the surgery now."
    assert Notice.objects.filter(kind="calls.call_changed", user=priya).exists()


def test_a_change_of_nothing_is_no_change(call: Call, ada: User) -> None:
    with pytest.raises(Invalid, match="Nothing was changed"):
        actions.correct_call(ada, call, {"funded": call.funded}, "A reason.")


def test_a_change_is_never_erased(call: Call, ada: User) -> None:
    actions.correct_call(ada, call, {"funded": "Meals."}, "A reason.")
    with pytest.raises(DatabaseError), transaction.atomic():
        call.changes.all().delete()


def test_a_call_closes_later_with_a_reason_and_never_earlier(call: Call, ada: User) -> None:
    assert call.closes_at is not None
    later = call.closes_at + timedelta(days=2)
    with pytest.raises(Invalid, match="only close later"):
        actions.extend_call(ada, call, call.closes_at - timedelta(hours=1), "Oops.")

    actions.extend_call(ada, call, later, "The post was late.")

    call.refresh_from_db()
    assert call.closes_at == later
    assert "moved the close to" in call.changes.get().what


def test_a_closed_call_is_not_opened_again(call: Call, ada: User) -> None:
    close(call)
    with pytest.raises(Invalid, match="has closed"):
        actions.extend_call(ada, call, database_now() + timedelta(days=2), "Please.")


def test_what_a_call_asks_is_frozen_once_somebody_has_begun(
    call: Call, ada: User, begun: Expression
) -> None:
    question = call.questions.first()
    assert question is not None
    assert "frozen" in str(rules.questions_are_free(call).reason)
    with pytest.raises(Invalid, match="frozen"):
        actions.remove_asked(ada, call, question)
    for change in (
        lambda: Question.objects.filter(pk=question.pk).update(words="Other?"),
        lambda: Question.objects.filter(pk=question.pk).delete(),
        lambda: Question.objects.create(
            call=call, position=99, section="More", words="More?", kind=Question.Kind.SHORT
        ),
    ):
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            change()


def test_questions_are_put_in_another_order(draft_call: Call, ada: User) -> None:
    first, second, third = draft_call.questions.all()
    actions.move_asked(ada, draft_call, third, up=True)
    actions.move_asked(ada, draft_call, first, up=True)

    assert list(draft_call.questions.all()) == [first, third, second]


@pytest.mark.parametrize(
    ("kind", "new"),
    [
        ("documents", lambda words: WantedDocument(title=words)),
        ("checks", lambda words: EligibilityCheck(words=words)),
    ],
)
def test_documents_and_checks_are_put_in_another_order_too(
    kind: str,
    new: Callable[[str], WantedDocument | EligibilityCheck],
    draft_call: Call,
    ada: User,
    sign_in: SignIn,
) -> None:
    draft_call.wanted_documents.all().delete()
    draft_call.checks.all().delete()
    _first, second = [actions.save_asked(ada, draft_call, new(words)) for words in ("One", "Two")]
    where = [draft_call.programme.slug, draft_call.pk, kind]
    browser = sign_in(ada)
    for _again in range(2):
        browser.post(reverse("calls:move", args=[*where, second.pk]), {"to": "up"})
    page = browser.get(reverse("calls:rows", args=where)).content.decode()
    assert page.index(">Two<") < page.index(">One<")


def test_a_published_call_is_neither_rewritten_nor_thrown_away(call: Call, ada: User) -> None:
    with pytest.raises(Refused, match="published"):
        actions.write_call(ada, call, {"title": "Other"})
    with pytest.raises(Refused, match="published"):
        actions.discard_call(ada, call)
    with pytest.raises(DatabaseError), transaction.atomic():
        Call.objects.filter(pk=call.pk).delete()


def test_assessors_are_members_of_this_programme(
    draft_call: Call, ada: User, other_programme: Programme, nell: User
) -> None:
    with pytest.raises(Invalid, match="members of the programme"):
        actions.choose_assessors(ada, draft_call, [member(other_programme, nell)])


def test_a_question_is_answered_for_everybody_without_who_asked(
    call: Call, gwen: User, northbank: Organisation, cora: User
) -> None:
    question = questions.ask_publicly(gwen, call, northbank, "May we, Northbank Athletic, hire?")
    questions.answer_publicly(cora, question, "May we hire a hall?", "Yes.")

    question.refresh_from_db()
    assert question.shown_as == "May we hire a hall?"
    noted = call.programme.level_field.get(organisation=northbank)
    assert "hire" not in noted.what
    assert Notice.objects.filter(kind="calls.public_answer", user=gwen).count() == 1


def test_questions_end_with_the_close(call: Call, gwen: User, northbank: Organisation) -> None:
    close(call)
    with pytest.raises(Invalid, match="until it closes"):
        questions.ask_publicly(gwen, call, northbank, "Too late?")


def test_people_are_reminded_of_drafts_once_before_each_close(
    call: Call, begun: Expression, priya: User
) -> None:
    assert remind_of_close() == 0

    closes(call, timedelta(days=2))
    remind_of_close()
    remind_of_close()

    assert Notice.objects.filter(kind="calls.closing_soon", user=priya).count() == 1
