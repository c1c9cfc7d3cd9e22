"""A room that has come to statements: written, answered, two camps of people."""

import uuid

import pytest
from django.core.cache import cache
from django.test import Client

from commissioning.people.models import User
from participation.workshops.actions import joining
from participation.workshops.models import (
    Activity,
    Contribution,
    StatementVote,
    Workshop,
)
from tests.participation.workshops.conftest import go_to


@pytest.fixture
def nothing_kept(redis_client: object) -> None:
    """No map that another test drew is kept."""
    cache.clear()


@pytest.fixture
def statements(workshop: Workshop, femi: User) -> Activity:
    """The room has come to statements."""
    return go_to(femi, workshop, "statements")


def stated(activity: Activity, text: str) -> Contribution:
    """A statement that nobody in the room wrote."""
    return Contribution.objects.create(
        workshop=activity.workshop, activity=activity, op=uuid.uuid4(), text=text
    )


def answer(phone: Client, activity: Activity, statement: Contribution, how: str) -> int:
    """Press a button of the phone."""
    values = {"activity": activity.pk, "statement": statement.pk, "answer": how}
    return phone.post(f"/j/{activity.workshop.code}/say/", values).status_code


def two_camps(activity: Activity, people: int = 24) -> list[Contribution]:
    """Ten statements: all agree on three, halves differ on seven; everybody has answered."""
    said = [stated(activity, f"Statement {number}") for number in range(10)]
    workshop = activity.workshop
    for number in range(people):
        person, _token = joining.come_in(workshop, name="")
        StatementVote.objects.bulk_create(
            StatementVote(
                statement=one,
                participant=person,
                value=1 if place < 3 or number % 2 else -1,
            )
            for place, one in enumerate(said)
        )
    return said


def map_url(activity: Activity) -> str:
    """Where the desk sees the map."""
    return f"{activity.workshop.get_absolute_url()}steps/{activity.pk}/map/"
