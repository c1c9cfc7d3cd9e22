"""What people wrote in a session is forgotten in its time; vision, record and numbers stay."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from commissioning.ground.answers import Invalid
from commissioning.people.models import User
from commissioning.programmes.actions.vision import agreed_vision
from commissioning.programmes.models import Programme
from participation.workshops import evidence
from participation.workshops.actions import afterwards, hearing, paper, worries
from participation.workshops.models import (
    Consent,
    Contribution,
    Dot,
    DraftVersion,
    Hearer,
    JoinCount,
    Participant,
    StatementVote,
    Theme,
    ThemeStep,
    Workshop,
    Worry,
)
from participation.workshops.record import data, may_issue
from participation.workshops.tasks import forget
from tests.cast import SignIn
from tests.commissioning.documents.conftest import SEED
from tests.participation.calls.conftest import media as media_folder
from tests.participation.workshops.conftest import phone_of
from tests.participation.workshops.held import VISION, hold
from tests.participation.workshops.test_outcome import issue, release

pytestmark = pytest.mark.django_db
media = media_folder
PEOPLES_OWN = (Contribution, Participant, Consent, Dot, StatementVote, Theme, ThemeStep, JoinCount)


@pytest.fixture(autouse=True)
def signed(settings: Settings, media: Path) -> None:
    """A worker that can seal."""
    settings.RECORD_SIGNING_KEY = SEED


@pytest.fixture
def held(femi: User, sami: User, ada: User, vision_programme: Programme) -> Workshop:
    return hold(femi, sami, ada, vision_programme)


def days_ago(workshop: Workshop, days: int) -> None:
    """As if it had closed so many days ago."""
    Workshop.objects.filter(pk=workshop.pk).update(closed_at=timezone.now() - timedelta(days=days))
    workshop.refresh_from_db()


def rows() -> int:
    return sum(table.objects.count() for table in PEOPLES_OWN)


def test_what_people_wrote_is_forgotten_after_eighteen_months_and_not_before(
    held: Workshop, ada: User, sign_in: SignIn, vision_programme: Programme
) -> None:
    release(ada, held)
    browser, outcome = sign_in(ada), f"{held.get_absolute_url()}outcome/"
    rendering = issue(browser, held)
    days_ago(held, 547)
    before = browser.get(outcome).content.decode()
    forget()
    assert rows() > 400
    assert Client().get(f"{outcome}said.csv").status_code == 200
    assert "then what people wrote is forgotten" in before

    days_ago(held, 549)
    forget()
    assert rows() == 0
    held.refresh_from_db()
    assert held.forgotten_at is not None
    after = Client().get(outcome).content.decode()
    for words in ("40 people took part", "Under 25", "Missing, or far fewer than live here"):
        assert words in before
        assert words in after
    assert "It was forgotten on" in after
    assert f"Record {held.record.number} (PDF)" in after  # type: ignore[union-attr]
    with rendering.file.open("rb") as paper_kept:
        assert paper_kept.read(5) == b"%PDF-"
    agreed = agreed_vision(vision_programme)
    assert agreed is not None
    assert agreed.statement == VISION
    assert held.activities.get(kind="drafting").drafts.get(number=2).statement == VISION
    for export in ("said.csv", "said.json"):
        assert Client().get(outcome + export).status_code == 404
    told = [item.words for item in evidence.who_took_part(vision_programme, ada)]
    assert any("40 people took part" in words for words in told)


def test_no_count_below_five_outlives_the_words(held: Workshop) -> None:
    raw = {count.choice: count.number for count in JoinCount.objects.all()}
    assert raw[0] == 3
    days_ago(held, 549)
    forget()
    held.refresh_from_db()
    assert held.remembered is not None
    kept = held.remembered["asked"][0]["lines"]
    assert kept[0]["number"] is None
    assert all(line["number"] is None or line["number"] >= 5 for line in kept)


def test_names_of_chaperones_and_of_the_list_go_too_and_from_the_history(
    held: Workshop, femi: User
) -> None:
    held.invited.create(name="Wyn Alderney")
    held.chaperones, held.guardian_contact = "Joan Sluicegate", "01632 960 018"
    held.save(update_fields=["chaperones", "guardian_contact"])
    days_ago(held, 549)
    forget()
    held.refresh_from_db()
    assert (held.chaperones, held.guardian_contact, held.invited.count()) == ("", "", 0)
    events = apps.get_model("workshops", "WorkshopEvent").objects.filter(pgh_obj_id=held.pk)
    assert not events.exclude(chaperones="", guardian_contact="").exists()


def test_what_is_forgotten_stays_so(held: Workshop, ada: User, femi: User) -> None:
    release(ada, held)
    days_ago(held, 549)
    ideas = held.activities.get(kind="ideas")
    forget()
    held.refresh_from_db()
    ideas.refresh_from_db()
    with pytest.raises(Invalid, match="forgotten"):
        paper.type_in(femi, ideas, ["One more"])
    with pytest.raises(Invalid, match="forgotten"):
        afterwards.release_words(ada, held, [], seen="")
    assert not may_issue(ada, held.pk)
    assert data(held.pk)["people"] == 40


@pytest.mark.parametrize(
    "change",
    [
        lambda room: Workshop.objects.filter(pk=room.pk).update(forgotten_at=None, remembered=None),
        lambda room: Workshop.objects.filter(pk=room.pk).update(remembered={"people": 4_000}),
        lambda room: Participant.objects.create(workshop=room, token_digest="later"),
        lambda room: Contribution.objects.create(
            workshop=room, activity=room.activities.first(), op=uuid4(), text="Later"
        ),
        lambda room: DraftVersion.objects.filter(agreed_at__isnull=False).update(statement="No"),
    ],
)
def test_the_database_lets_nothing_else_change(held: Workshop, change: Any) -> None:
    days_ago(held, 549)
    forget()
    with pytest.raises(DatabaseError), transaction.atomic():
        change(held)


def test_the_database_lets_nobody_forget_a_session_early(held: Workshop) -> None:
    days_ago(held, 500)
    with pytest.raises(DatabaseError), transaction.atomic():
        Workshop.objects.filter(pk=held.pk).update(
            forgotten_at=timezone.now(), remembered={}, chaperones="", guardian_contact=""
        )


def test_a_session_that_nobody_closed_is_closed_and_forgotten_later(
    workshop: Workshop,
) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(opened_at=timezone.now() - timedelta(days=600))
    forget()
    workshop.refresh_from_db()
    assert workshop.status == "closed"
    assert workshop.forgotten_at is None
    days_ago(workshop, 549)
    forget()
    workshop.refresh_from_db()
    assert workshop.forgotten_at is not None


def test_a_worry_is_forgotten_a_year_after_it_was_looked_after_and_never_before(
    held: Workshop, sami: User
) -> None:
    person = held.participants.earliest("created_at")
    seen, unseen = (worries.raise_worry(person, text, "", op=uuid4()) for text in ("One", "Two"))
    worries.close_worry(sami, held, seen.pk, "Rang the school.")
    Worry.objects.filter(pk=seen.pk).update(done_at=timezone.now() - timedelta(days=364))
    forget()
    assert Worry.objects.count() == 2
    Worry.objects.filter(pk=seen.pk).update(done_at=timezone.now() - timedelta(days=366))
    Worry.objects.filter(pk=unseen.pk).update(created_at=timezone.now() - timedelta(days=3_000))
    days_ago(held, 549)
    forget()
    assert Worry.objects.get().words == "Two"


def test_an_address_left_behind_goes_with_the_words(held: Workshop) -> None:
    phone = held.participants.earliest("created_at")
    hearing.leave_address(phone, "wyn@example.org")
    Hearer.objects.update(created_at=timezone.now() - timedelta(days=549))
    days_ago(held, 549)
    forget()
    assert not Hearer.objects.exists()


def test_people_are_told_at_the_door_when_their_words_go(workshop: Workshop) -> None:
    page = phone_of(workshop).get(f"/j/{workshop.code}/privacy/").content.decode()
    assert "forgotten 18 months after the session, by itself" in page
    assert "a year after the named person wrote down what they did" in page
