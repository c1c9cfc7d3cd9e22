"""One click in development; a closed door anywhere else."""

from typing import Any

import pytest
from django.test import Client

from commissioning.people.models import User
from tests.commissioning.people.conftest import is_signed_in

pytestmark = pytest.mark.django_db
DEMO = "/account/demo/"


@pytest.fixture
def dora(db: None) -> User:
    """Somebody of the demo place."""
    return User.objects.create_user("dora@demo.example", "Dora Demo", is_demo=True)


def test_one_click_signs_in_as_a_demo_person(client: Client, dora: User, settings: Any) -> None:
    settings.LOCAL = True
    page = client.get("/account/login/").content.decode()
    assert "Sign in as Dora Demo" in page
    response = client.post(DEMO, {"person": dora.email, "next": "/you/"})
    assert response.headers["Location"] == "/you/"
    assert is_signed_in(client)


def test_in_production_there_is_no_such_door(client: Client, dora: User, settings: Any) -> None:
    settings.LOCAL = False
    assert "Dora Demo" not in client.get("/account/login/").content.decode()
    for person in (dora.email, "nonsense", ""):
        assert client.post(DEMO, {"person": person}).status_code == 404
    assert client.get(DEMO).status_code == 405
    assert not is_signed_in(client)


def test_it_opens_for_nobody_real(client: Client, ada: User, dora: User, settings: Any) -> None:
    settings.LOCAL = True
    assert "Ada" not in client.get("/account/login/").content.decode()
    assert client.post(DEMO, {"person": ada.email}).status_code == 404
    User.objects.filter(pk=dora.pk).update(is_active=False)
    assert client.post(DEMO, {"person": dora.email}).status_code == 404
    assert not is_signed_in(client)


def test_another_site_cannot_press_the_button(dora: User, settings: Any) -> None:
    settings.LOCAL = True
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(DEMO, {"person": dora.email}).status_code == 403
