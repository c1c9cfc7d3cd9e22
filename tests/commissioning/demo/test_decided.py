"""The demo's decision holds together: an auditor finds no two lines of it that quarrel."""

import os
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from commissioning.demo import company, costs, decided, spending, steady, walks
from commissioning.demo.content import rivermead
from commissioning.demo.people import make_town
from commissioning.documents.making import make
from commissioning.documents.models import IssuedDocument
from decisions.criteria.base import fit_of
from decisions.criteria.reading import Reading
from decisions.records.actions import recording
from decisions.records.models import Decision
from decisions.records.story import story
from tests.commissioning.documents.conftest import SEED
from tests.participation.budgeting.conftest import keys  # noqa: F401  fixture
from tests.participation.calls.conftest import media  # noqa: F401  fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys", "media")]


@pytest.fixture
def made(settings: Settings) -> Decision:
    """The demo up to its decision."""
    settings.RECORD_SIGNING_KEY = SEED
    town = make_town(rivermead())
    programme = company.make_company(town)
    spending.make_spending(town, programme)
    walks.make_question_of_company(town, programme)
    costs.make_costs(town, programme)
    decided.make_decided(town, programme)
    return Decision.objects.get(title=decided.TITLE)


def on(when: date | datetime | None) -> date:
    """The day of something that has one."""
    assert when is not None
    return timezone.localdate(when) if isinstance(when, datetime) else when


def test_the_demos_decision_holds_together(made: Decision) -> None:
    sections = story(made)["sections"]
    told = {one["key"]: str(one) for one in sections}
    whole = " ".join(told.values())
    programme, today = made.question.programme, timezone.localdate()

    # Nothing is framed that says nothing.
    blocks = [block for one in sections for block in one["blocks"]]
    assert all(block["words"].strip() for block in blocks if block["kind"] in ("note", "quote"))

    # Every day comes after the one before it.
    vision = programme.visions.get(agreed_at__isnull=False)
    walk = made.question.appraisals.get()
    (legal,) = made.advice.filter(kind="legal")
    days = [
        on(vision.agreed_at),
        on(programme.level_field.get(what__contains="five sitters").at),
        on(walk.locked_at),
        on(made.consult_until),
        on(legal.given_on),
        on(made.recommended_at),
        on(made.decided_on),
        on(made.call_in_until),
    ]
    assert days == sorted(set(days)), days
    assert on(made.decided_on) - on(made.notice_on) > timedelta(days=28)
    assert days[-1] < today

    # Key, as three wards are named; advertised, as the place's own rules ask from £100,000.
    assert made.is_key
    assert made.question.areas.count() == 3
    assert "advertised" in told["summary"] + told["next"]
    assert "organisations are invited" not in whole
    # What speaks of a day off is told once, and nothing that speaks of something else.
    has = next(one for key, one in told.items() if "What the place already has" in one)
    assert has.count("Sitters for an afternoon") == has.count("Carers' Circle, second") == 1
    for other in ("Befriending", "Dog walkers"):
        assert other not in has, other
    # No line of spending is not the same as no spending.
    assert whole.count("has no line of its own in them") == 1
    # Each officer signed.
    assert "not confirmed" not in told["advice"]
    assert "not given" not in whole
    # Those who could gain are four in the table and in the words.
    assert told["conflicts"].count("Could gain: declared") == 4
    assert "Four members' organisations could gain" in told["duties"]
    assert "two workshops" not in whole
    assert "see below" not in whole
    assert "{" not in "".join(
        str(block.get("words", "")) for one in story(made)["sections"] for block in one["blocks"]
    )


def test_its_record_is_small_and_both_editions_are_issued(made: Decision) -> None:
    for rendering in recording.issue_record(made.question.made_by, made):
        make(rendering.pk)
    made.refresh_from_db()
    whole, public = made.record, made.public_record
    assert isinstance(whole, IssuedDocument)
    assert isinstance(public, IssuedDocument)
    assert whole.size < 2_000_000
    assert not whole.is_public
    assert public.is_public
    if folder := os.environ.get("RECORDS_OUT"):
        for document in (whole, public):
            with document.file.open("rb") as file:
                Path(folder, f"{document.type_name}.pdf").write_bytes(file.read())


def test_a_question_of_health_care_goes_by_its_own_regime() -> None:
    """Nobody is invited to bid, and the five key criteria are final."""
    town = make_town(rivermead())
    question = steady.make_steady(town, company.make_company(town))
    held = question.criteria_sets.get()
    assert held.is_final
    assert fit_of(question).own == (held.what_for,) == ("health_suitable",)
    reading = Reading(held)
    assert reading.at_odds == ""
    assert len(reading.tops) == 5
    assert reading.burden.startswith("No provider is asked to write anything")
