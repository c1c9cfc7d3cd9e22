"""The demo place loads whole, once, and never beside real programmes."""

import pytest

from commissioning.demo.place import load_demo
from commissioning.documents.models import Rendering
from commissioning.ground.answers import Invalid
from commissioning.people.models import User
from commissioning.programmes.models import Programme
from participation.budgeting.models import Round
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
    before = (User.objects.count(), Programme.objects.count(), Round.objects.count())
    assert load_demo() is False
    assert (User.objects.count(), Programme.objects.count(), Round.objects.count()) == before


def test_it_stays_out_of_a_database_with_real_programmes(programme: Programme) -> None:
    """Ada's programme is real, so nothing is loaded."""
    with pytest.raises(Invalid, match="real programmes"):
        load_demo()
    assert not Programme.objects.filter(is_demo=True).exists()
