"""The demo place loads whole, once, and never beside real programmes."""

import pytest
from django.test import Client
from django.utils import timezone

from commissioning.demo.place import load_demo
from commissioning.design.when import day
from commissioning.documents.models import Rendering
from commissioning.ground.answers import Invalid
from commissioning.people.models import User
from commissioning.programmes.models import Programme, Vision
from participation.budgeting.models import Round
from participation.workshops.models import DraftVersion, JoinCount, Workshop
from participation.workshops.presence import asked_of
from participation.workshops.record import data
from places.directory.models import Organisation
from places.imports.models import Import
from tests.participation.budgeting.conftest import keys  # noqa: F401  fixture

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("keys")]


def test_the_demo_place_loads_whole_and_once() -> None:
    """A vote in it has been counted, published and adopted; loading again adds nothing."""
    assert load_demo() is True
    round_ = Round.objects.get(programme__slug="growing-older-together")
    assert round_.published_at is not None
    assert round_.status == Round.Status.SEALED
    assert round_.closing.ballots == 487
    assert Rendering.objects.filter(type_name="budgeting.result").count() == 1
    _the_young_are_counted_and_none_of_them_is_pointed_at()
    _the_vision_was_agreed_on_the_evening_of_the_workshop()
    _one_file_has_rows_to_mend_and_one_was_undone()
    _two_bodies_say_what_they_measure_and_the_review_repeats_it()
    before = (User.objects.count(), Programme.objects.count(), Round.objects.count())
    assert load_demo() is False
    assert (User.objects.count(), Programme.objects.count(), Round.objects.count()) == before


def test_it_stays_out_of_a_database_with_real_programmes(programme: Programme) -> None:
    """Ada's programme is real, so nothing is loaded."""
    with pytest.raises(Invalid, match="real programmes"):
        load_demo()
    assert not Programme.objects.filter(is_demo=True).exists()


def _two_bodies_say_what_they_measure_and_the_review_repeats_it() -> None:
    for name in ("Lanes Neighbours", "Quayside Kitchen"):
        body = Organisation.objects.get(name=name)
        assert body.measures.count() == 2
        page = Client().get(body.get_absolute_url()).content.decode()
        assert f"This is what {name} says of itself." in page
    review = Client().get("/programmes/growing-older-together/review/")
    assert "Quayside Kitchen says of itself, not checked" in review.content.decode()


def _the_young_are_counted_and_none_of_them_is_pointed_at() -> None:
    evening = Workshop.objects.get(title="The river: a first evening")
    raw = {count.number for count in JoinCount.objects.filter(question__workshop=evening)}
    assert 3 in raw
    asked = asked_of(evening)
    assert len(asked) == 2
    for question in asked:
        assert question.answered
        assert all(line.number is None or line.number >= 5 for line in question.lines)
        assert len([line for line in question.lines if line.number is None]) != 1
    page = Client().get(f"{evening.get_absolute_url()}outcome/").content.decode()
    assert "17 people took part" in page
    assert "How old are you?" in page


def _one_file_has_rows_to_mend_and_one_was_undone() -> None:
    mend = Import.objects.get(file_name="april-2026.csv")
    assert (mend.state, mend.imported, mend.rejected) == ("done", 1, 2)
    assert mend.errors_file
    undone = Import.objects.get(file_name="april-2026-draft.csv")
    assert (undone.state, undone.imported) == ("undone", 2)
    assert not undone.spending_source.lines.exists()


def _the_vision_was_agreed_on_the_evening_of_the_workshop() -> None:
    vision = Vision.objects.get(programme__slug="growing-older-together", agreed_at__isnull=False)
    draft = DraftVersion.objects.get(agreed_at__isnull=False, statement=vision.statement)
    evening = draft.activity.workshop
    days = {timezone.localdate(at) for at in (vision.agreed_at, draft.agreed_at, evening.opened_at)}
    assert len(days) == 1
    assert day(evening.opened_at) in vision.how_agreed
    assert data(evening.pk)["vision"]["agreed_on"] == day(evening.opened_at)
