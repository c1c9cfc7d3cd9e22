"""A question is asked in words; what it is worth waits for the money gate."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from commissioning.ground.answers import Invalid, Refused
from commissioning.people.models import User
from commissioning.programmes.models import Programme
from decisions.questions import actions
from decisions.questions.actions import Value, Words
from decisions.questions.models import Question, Vat
from tests.decisions.conftest import company_words


def test_before_the_vision_is_agreed_a_question_is_words_only(
    vision_programme: Programme, ada: User
) -> None:
    words = Words(title="Streets that close on Sundays", what="Who looks after the barriers?")
    question = actions.make_question(ada, vision_programme, words)

    with pytest.raises(Refused, match="Never ever start by talking about the money"):
        actions.value_question(ada, question, Value(Decimal(20_000)))
    with pytest.raises(Invalid, match="Take “£20,000” out for now"):
        actions.write_question(ada, question, replace(words, what="Who gets the £20,000?"))


def test_the_estimate_holds_vat_options_and_extensions(question: Question) -> None:
    assert question.net_of_everything == Decimal(300_000)
    assert question.estimated_value == Decimal("300000.00")
    assert question.whole_length_months == 60
    question.vat = Vat.STANDARD
    assert question.estimated_value == Decimal("360000.00")
    question.vat = Vat.UNKNOWN
    assert question.estimated_value == Decimal("360000.00")


def test_only_those_who_run_the_programme_ask_and_value(
    programme: Programme, question: Question, sami: User, priya: User, nell: User
) -> None:
    for person in (sami, priya, nell):
        with pytest.raises(Refused):
            actions.make_question(person, programme, company_words(programme))
        with pytest.raises(Refused):
            actions.value_question(person, question, Value(Decimal(1)))


def test_outcomes_and_areas_are_of_this_programme_and_place(
    programme: Programme, other_programme: Programme, ada: User
) -> None:
    words = company_words(programme)
    with pytest.raises(Invalid, match="another programme"):
        actions.make_question(
            ada, programme, replace(words, outcomes=list(other_programme.outcomes.all()))
        )


def test_what_stands_before_the_body_that_decides_is_not_changed_under_it(
    question: Question, ada: User
) -> None:
    with transaction.atomic():
        actions.move_question(question, Question.State.DECIDING)
    with pytest.raises(Refused, match="before the body that decides"):
        actions.value_question(ada, question, Value(Decimal(1)))
    with transaction.atomic():
        actions.move_question(question, Question.State.DECIDED)
    with pytest.raises(Refused, match="decided"):
        actions.write_question(ada, question, company_words(question.programme))


def test_the_database_keeps_what_people_have_read_and_goes_one_way(question: Question) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Question.objects.filter(pk=question.pk).update(state="decided")
    with pytest.raises(DatabaseError), transaction.atomic():
        question.delete()


def test_a_draft_is_thrown_away_and_an_open_question_is_not(
    draft_question: Question, question: Question, ada: User
) -> None:
    with pytest.raises(Invalid, match="People have read"):
        actions.discard_question(ada, question)
