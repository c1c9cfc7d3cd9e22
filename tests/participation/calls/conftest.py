"""A call in Ada's programme, and how people get from there to a decision."""

import uuid
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pgtrigger
import pytest
from pytest_django import Settings

from commissioning.people.models import User
from commissioning.programmes.models import Membership, Programme
from participation.calls.actions import applying
from participation.calls.actions.calls import (
    add_from_library,
    begin_assessing,
    choose_assessors,
    make_call,
    publish_call,
    save_asked,
    write_call,
)
from participation.calls.clock import database_now
from participation.calls.forms.sections import field_name
from participation.calls.models import Call, EligibilityCheck, Expression, Question, Submission
from places.directory.models import Area, Organisation, OrganisationMember
from tests.cast import make_person

Typed = dict[str, str]


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    """Each test's own storage."""
    options = {"location": str(tmp_path / "media"), "base_url": None}
    default = settings.STORAGES["default"] | {"OPTIONS": options}
    settings.STORAGES = settings.STORAGES | {"default": default}
    return tmp_path / "media"


def member(programme: Programme, user: User) -> Membership:
    """The person's membership."""
    return Membership.objects.get(programme=programme, user=user)


@pytest.fixture
def draft_call(programme: Programme, ada: User) -> Call:
    """A call that has everything but its publication."""
    now = database_now()
    call = make_call(ada, programme, "Company for everyone over 65")
    call = write_call(
        ada,
        call,
        {
            "about": "Somebody to talk to, on every street.",
            "outcomes": list(programme.outcomes.all()),
            "funded": "Meals, visits, walks.",
            "not_funded": "Buildings.",
            "who_may_apply": "Any group that works in Rivermead.",
            "already_done": "The Bridge Club meets on Mondays.",
            "amount_available": Decimal(30000),
            "project_minimum": Decimal(500),
            "project_maximum": Decimal(5000),
            "expected_applications": 30,
            "can_fund": 8,
            "decided_by": "Cabinet",
            "opens_at": now - timedelta(days=30),
            "closes_at": now + timedelta(days=20),
            "decision_on": (now + timedelta(days=50)).date(),
        },
    )
    add_from_library(ada, call, ["what_you_will_do", "who_takes_part", "safeguarding"])
    save_asked(ada, call, EligibilityCheck(words="It works in Rivermead."))
    cora = User.objects.get(email="cora@example.org")
    sami = User.objects.get(email="sami@example.org")
    choose_assessors(ada, call, [member(programme, cora), member(programme, sami)])
    return call


@pytest.fixture
def call(draft_call: Call, ada: User) -> Call:
    """The call, published and open."""
    return publish_call(ada, draft_call)


@pytest.fixture
def ravi(lanes: Organisation) -> User:
    """Priya's colleague: an editor of Lanes Neighbours, in no programme."""
    ravi = make_person("Ravi Shah")
    OrganisationMember.objects.create(
        organisation=lanes, user=ravi, role=OrganisationMember.Role.EDITOR
    )
    return ravi


@pytest.fixture
def northbank(place: Any) -> Organisation:
    """Northbank Athletic, kept by Gwen, who is in no programme."""
    club = Organisation.objects.create(
        slug="northbank-athletic",
        name="Northbank Athletic",
        kind=Organisation.Kind.COMMUNITY_GROUP,
        place=place,
    )
    OrganisationMember.objects.create(
        organisation=club, user=make_person("Gwen Tull"), role=OrganisationMember.Role.KEEPER
    )
    return club


@pytest.fixture
def gwen(northbank: Organisation) -> User:
    """Keeper of Northbank Athletic."""
    return User.objects.get(email="gwen@example.org")


def answers_to(call: Call, name: str = "Front-room lunches") -> dict[str, Typed]:
    """A whole expression, as somebody would type it."""
    questions = {question.kind: question for question in call.questions.all()}
    return {
        "organisation": {
            "contact_name": "Priya Raman",
            "contact_email": "priya@example.org",
            "contact_telephone": "",
            "profile_right": "on",
        },
        "project": {
            "name": name,
            "summary": "Neighbours cook for four people in their own front rooms.",
            "area": str(Area.objects.get(name="The Lanes").pk),
        },
        "questions-1": {
            field_name(questions[Question.Kind.LONG]): "Lunch for four, every Thursday.",
        },
        "questions-2": {field_name(questions[Question.Kind.NUMBER]): "40"},
        "questions-3": {field_name(questions[Question.Kind.YES_NO]): "no"},
        "budget": {
            "asked": "4,800",
            "line_what_0": "Food",
            "line_amount_0": "4000",
            "line_what_1": "Taxis",
            "line_amount_1": "1300",
            "match_what_0": "Church collection",
            "match_amount_0": "500",
        },
    }


def type_in(user: User, expression: Expression, key: str, typed: Typed) -> None:
    """Save one section from a page that has just been opened."""
    saved = expression.drafts.filter(key=key).first()
    base = saved.revision if saved else 0
    applying.save_section(user, expression, key, typed, applying.Edit(base, uuid.uuid4()))


def write_all(user: User, expression: Expression, **options: str) -> None:
    """Fill every section in."""
    for key, typed in answers_to(expression.call, **options).items():
        type_in(user, expression, key, typed)


@pytest.fixture
def begun(call: Call, priya: User, lanes: Organisation) -> Expression:
    """Lanes Neighbours has begun."""
    return applying.begin_expression(priya, call, lanes)


@pytest.fixture
def written(begun: Expression, priya: User) -> Expression:
    """Everything is filled in, nothing is submitted."""
    write_all(priya, begun)
    return begun


@pytest.fixture
def submitted(written: Expression, priya: User) -> Submission:
    """Lanes Neighbours has submitted."""
    return applying.submit(priya, written, op=uuid.uuid4())


def closes(call: Call, after: timedelta) -> Call:
    """Set the close. Outside tests the database refuses to move it to an earlier time."""
    with pgtrigger.ignore("calls.Call:closes_only_later"):
        Call.objects.filter(pk=call.pk).update(closes_at=database_now() + after)
    call.refresh_from_db()
    return call


def close(call: Call) -> Call:
    """Let the close pass."""
    return closes(call, timedelta(seconds=-1))


@pytest.fixture
def assessing_call(submitted: Submission, cora: User) -> Call:
    """The call has closed, and assessing has begun."""
    call = submitted.expression.call
    close(call)
    return begin_assessing(cora, call)
