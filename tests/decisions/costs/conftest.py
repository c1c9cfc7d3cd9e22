"""What the tests of costs share."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from commissioning.people.models import User
from commissioning.programmes.models import Programme
from decisions.questions.actions import (
    Value,
    Words,
    make_question,
    open_question,
    value_question,
)
from decisions.questions.models import Question

ROOT = Path(__file__).resolve().parents[3]
SHARED_FACTS = ROOT.parent / "shared" / "facts" / "costs.yaml"


def url(name: str, question: Question, *more: object) -> str:
    return reverse(f"costs:{name}", args=[question.programme.slug, question.pk, *more])


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return " ".join(response.content.decode().split())


def put_question(ada: User, programme: Programme, title: str = "Daytime company") -> Question:
    """A question that everybody may read, worth £400,000 over three years."""
    words = Words(title, "How should company and lunch be there every day?", "Everyone over 65")
    question = make_question(ada, programme, words)
    question = value_question(ada, question, Value(Decimal(400_000), length_months=36))
    return open_question(ada, question)


@pytest.fixture
def question(programme: Programme, ada: User) -> Question:
    """Ada's question in Growing older together."""
    return put_question(ada, programme)
