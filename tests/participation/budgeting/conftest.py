"""A round of eight ideas in Rivermead, with cards, ready to vote in."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from commissioning.people.models import User
from commissioning.programmes.models import Programme
from participation.budgeting import actions, cast, register
from participation.budgeting.cast import Recorded, Voter
from participation.budgeting.choices import Choices
from participation.budgeting.models import Credential, Elector, Round
from tests.cluster import Addresses
from tests.participation.budgeting.together import Mutant

PEPPER = "the pepper of the tests, which is long enough"
IDEAS = [
    ("Front-room lunches", 4800),
    ("A lift home after dark", 3900),
    ("Walking football", 2150),
    ("Garden tool library", 1700),
    ("Choir on the quay", 2600),
    ("Phone-a-friend rota", 900),
    ("Benches every 200 metres", 5200),
    ("Mending mornings", 1250),
]

MakeRound = Callable[..., Round]
Vote = Callable[..., Recorded]


@pytest.fixture(autouse=True)
def keys(settings: Settings, tmp_path: Path) -> Path:
    """Where the rounds' keys live: outside everything else."""
    settings.VOTE_PEPPER = PEPPER
    folder = tmp_path / "ballot-keys"
    settings.BALLOT_KEY_DIR = folder
    return folder


@pytest.fixture
def prepared(ada: User, programme: Programme) -> MakeRound:
    """Makes a round that is ready to open."""

    def make(ideas: list[tuple[str, int]] = IDEAS, **fields: Any) -> Round:
        now = timezone.now()
        declared = {
            "title": "Growing older together",
            "style": "approval",
            "style_options": {"at_most": 3},
            "rule": "greedy",
            "budget": Decimal(10_000),
            "eligibility": "Anyone who lives in Rivermead.",
            "opens_at": now - timedelta(hours=1),
            "closes_at": now + timedelta(days=3),
            "adopting_body": "Rivermead Council's cabinet",
            "adopting_power": "section 1 of the Localism Act 2011",
            "expected_cards": 3000,
        } | fields
        round_ = actions.make_round(ada, programme, declared)
        for title, cost in ideas:
            actions.add_project(ada, round_, {"title": title, "cost": Decimal(cost)})
        actions.draw_lot(ada, round_, "the dice said 4 2 6 1 1 5")
        round_.refresh_from_db()
        return round_

    return make


@pytest.fixture
def open_round(ada: User, prepared: MakeRound) -> MakeRound:
    """Makes an open round with so many cards handed out."""

    def make(cards: int = 5, **fields: Any) -> Round:
        round_ = prepared(**fields)
        if cards:
            register.make_cards(ada, round_, cards)
            register.hand_out(ada, round_, 1, cards)
        return actions.open_round(ada, round_)

    return make


def wait_for_the_close(round_: Round) -> None:
    """Until the database's own clock says that voting is over."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep_until(%s)", [round_.closes_at])


def voter_of(round_: Round, serial: int) -> Voter:
    """The voter with the card of that number."""
    elector = Elector.objects.get(round=round_, serial=serial)
    credential = Credential.objects.get(elector=elector, active=True)
    return Voter(round_.pk, elector.pk, credential.pk)


def save_marks(
    voter: Voter,
    marks: dict[int, int],
    *,
    base_rev: int = 0,
    op_id: UUID | None = None,
    blank: bool = False,
) -> Recorded:
    """Cast these marks as the page would."""
    choices = Choices.of(marks, blank=blank)
    return cast.save(voter, lambda _terms: choices, op_id=op_id or uuid4(), base_rev=base_rev)


@pytest.fixture
def vote() -> Vote:
    """Casts for the card of a number: the projects with these numbers, ticked."""

    def cast_for(round_: Round, serial: int, *numbers: int, base_rev: int = 0) -> Recorded:
        marks = dict.fromkeys(numbers, 1)
        return save_marks(voter_of(round_, serial), marks, base_rev=base_rev)

    return cast_for


@pytest.fixture
def superuser(test_addresses: Addresses, database_name: str) -> str:
    """The address of the database for whoever may do anything: the attacker with root."""
    return test_addresses.superuser.format(name=database_name)


@pytest.fixture
def mutant(superuser: str, transactional_db: None) -> Iterator[Mutant]:
    """The database without one of its guards, healed at the end."""
    weakened = Mutant(superuser)
    yield weakened
    connection.close()
    weakened.heal()
