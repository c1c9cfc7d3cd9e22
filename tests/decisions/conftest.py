"""A question in Ada's programme: daytime company in the Lanes."""

from datetime import date
from decimal import Decimal

import pytest

from commissioning.people.models import User
from commissioning.programmes.models import Programme
from decisions.questions.actions import (
    Value,
    Words,
    make_question,
    open_question,
    value_question,
)
from decisions.questions.models import Question, Vat


def company_words(programme: Programme) -> Words:
    """What Ada asks."""
    return Words(
        title="Daytime company in the Lanes",
        what="How should people over 65 in the Lanes find company in the daytime?",
        for_whom="People over 65 who live alone in the Lanes",
        outcomes=list(programme.outcomes.all()),
        areas=list(programme.place.areas.filter(name="The Lanes")),
        present_ends_on=date(2027, 6, 30),
        begins_on=date(2027, 1, 11),
    )


@pytest.fixture
def draft_question(programme: Programme, ada: User) -> Question:
    """The question as a draft, without a value."""
    return make_question(ada, programme, company_words(programme))


@pytest.fixture
def question(draft_question: Question, ada: User) -> Question:
    """The question, put to everybody, with its value."""
    value = Value(Decimal(180_000), Decimal(120_000), Vat.NONE, 36, 24)
    value_question(ada, draft_question, value)
    return open_question(ada, draft_question)
