"""A walk of England's general tree for the question of daytime company in the Lanes."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Final

import pytest
from django.test import Client
from django.urls import reverse

from commissioning.people.models import User
from decisions.questions.models import Question
from decisions.trees import actions
from decisions.trees.actions import Said, Settling
from decisions.trees.models import Appraisal, SeatAnswer
from decisions.trees.seen import last_said
from decisions.trees.standpoint import Standing

BEGINS: Final = date(2027, 1, 11)

# What Ada answers where she is not asked to answer otherwise: it ends in devolved grants.
COMPANY: Final[dict[str, str]] = {
    "need_to_buy": "yes",
    "need_evidence": "strong",
    "what_works": "known",
    "present_works": "partly",
    "local_knowledge": "much",
    "capable_providers": "few",
    "small_provider_risk": "high",
    "collaboration": "much",
    "shape_of_need": "many_small",
    "market_opening": "some",
    "residents_ready": "some",
    "history": "mixed",
    "community_lead": "possible",
    "intermediary": "yes",
    "personal_choice": "some",
    "own_staff": "no",
    "framework_available": "no",
    "label": "grant",
    "payment_for": "could_be_either",
    "recipient_enterprise": "no",
    "present": "nothing",
    "public_partner": "none",
    "individual_budgets": "no",
    "buyer": "council",
    "reorganisation": "no",
    "health_services": "no",
    "contract_type": "light_touch",
    "net_value": "180000",
    "options_value": "120000",
    "vat": "none",
    "area": "none",
    "reserved_to": "none",
}
WHY: Final = "At both workshops people said so."


def say(user: User, walk: Appraisal, key: str, value: str, reason: str = WHY) -> SeatAnswer:
    """Somebody answers a question, having seen their own latest answer."""
    standing = Standing(walk)
    own = standing.own(key, walk.question.programme.memberships.get(user=user))
    return actions.answer(
        user, walk, key, Said(value, reason, own.number if own else 0, uuid.uuid4())
    )


def settle(user: User, walk: Appraisal, key: str, value: str, *, carried: bool = False) -> None:
    """Somebody settles a question, having seen everything said on it."""
    seen = last_said(Standing(walk), key)
    actions.settle(
        user, walk, key, Settling(value, "The workshop was clear.", carried, seen, uuid.uuid4())
    )


def answer_all(user: User, walk: Appraisal, answers: Mapping[str, str] | None = None) -> Appraisal:
    """Somebody answers all that the walk asks; what is not listed, by its first answer."""
    wanted = COMPANY | dict(answers or {})
    while (waiting := Standing(walk).working.walked.next_question) is not None:
        first = next(iter(waiting.answers), "1")
        say(user, walk, waiting.id, wanted.get(waiting.id, first))
    walk.refresh_from_db()
    return walk


@pytest.fixture
def walk(question: Question, ada: User) -> Appraisal:
    """A walk that has just begun."""
    return actions.begin_walk(ada, question, "england-general", BEGINS)


@pytest.fixture
def whole(walk: Appraisal, ada: User) -> Appraisal:
    """The walk with every question answered by Ada."""
    return answer_all(ada, walk)


def at(name: str, walk: Appraisal, *more: object) -> str:
    """The address of a page of the walk."""
    question = walk.question
    return reverse(f"trees:{name}", args=[question.programme.slug, question.pk, walk.pk, *more])


def said(client: Client, address: str, status: int = 200) -> str:
    """What the page at an address says, as HTML."""
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()
