"""What the tests of criteria share."""

from decimal import Decimal
from typing import Any

import pytest

from commissioning.people.models import User
from commissioning.programmes.models import Membership, Programme, Role
from decisions.criteria import actions
from decisions.criteria.judging.library import library
from decisions.criteria.models import CriteriaSet
from decisions.questions.models import Question
from tests.decisions.costs.conftest import put_question

# Local knowledge 35, lived experience 15, the work 20, price 30.
TAKEN = (
    "knows_the_communities",
    "reaches_people",
    "lived_experience",
    "how_you_will_do_it",
    "price",
)
WEIGHTS = dict(zip(TAKEN, (25, 10, 15, 20, 30), strict=True))


@pytest.fixture
def question(programme: Programme, ada: User) -> Question:
    """Ada's question in Growing older together."""
    return put_question(ada, programme)


@pytest.fixture
def draft(question: Question, cora: User) -> CriteriaSet:
    """Criteria that Cora has begun from the library; nothing is missing but judges and a tie."""
    return write_draft(cora, question)


def write_draft(cora: User, question: Question, what_for: str = "above") -> CriteriaSet:
    """Criteria whose weights make 100."""
    held = actions.begin_criteria(cora, question, what_for)
    # Of a grant no price is a part: what the money does weighs as much.
    weights = {
        "value_for_money" if what_for == "grant" and key == "price" else key: weight
        for key, weight in WEIGHTS.items()
    }
    actions.add_suggestions(cora, held, list(weights))
    for row in held.criteria.all():
        row_values: dict[str, Any] = {"weight": Decimal(weights[row.suggestion])}
        actions.save_criterion(cora, held, row, row_values)
    return held


def make_final(cora: User, held: CriteriaSet) -> CriteriaSet:
    """Judges, a tie-break, final."""
    programme = held.question.programme
    judges = Membership.objects.filter(
        programme=programme, role__in=(Role.COMMISSIONER, Role.CITIZEN)
    )
    actions.choose_judges(cora, held, list(judges))
    actions.set_demands(cora, held, {"tie_break": "The higher score on local knowledge."})
    return actions.finalise(cora, held)


assert set(TAKEN) <= set(library().suggestions)
